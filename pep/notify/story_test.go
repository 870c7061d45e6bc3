package notify_test

import (
	"context"
	"encoding/binary"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/notify"
	"virtualschool.example/pep/peptest"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/term/civil"
)

// office is the office of an invented council.
var office = notify.Office{
	From:    "noreply@council.example",
	Portal:  "https://portal.council.example/plans/",
	Cases:   "https://cases.council.example",
	Domains: []string{"quarrybank.example", "council.example"},
}

// secret is in every private text of the story. No e-mail may hold it.
const secret = "Zephyrine Quillfeather"

// deputy is the school's other contributor.
func deputy() record.Contributor {
	c := peptest.Teacher()
	c.ID.UUID[15]++
	c.Email = private.NewText("deputy@quarrybank.example")
	return c
}

// story is a world in which every action that sends a notice has been taken.
type story struct {
	*peptest.World
	t testing.TB
}

// tell returns the story. Its ids are the same every time.
func tell(t testing.TB) *story {
	t.Helper()
	n := uint64(0)
	s := &story{t: t}
	s.World = peptest.New(t, func(c *workflow.Config) {
		c.Relation, c.Trusting = nil, true
		c.NewID = func() (id uuid.UUID) {
			n++
			binary.BigEndian.PutUint64(id[8:], n)
			return id
		}
	})
	s.enter()
	s.long(s.plan(1))
	s.do(s.plan(2), pep.SocialWorker, pep.Retract{ConfirmedWithSetting: true, Reason: said()})
	s.do(s.plan(3), pep.SocialWorker, pep.Cease{On: s.Today()})
	s.do(s.plan(4), pep.ServiceDesk, pep.Delete{Reason: said()})
	late := s.plan(5)
	s.day("2026-04-09")
	require.Equal(t, 1, s.look(late).Carried)
	return s
}

func said() private.Text { return private.NewText(secret) }

// enter gives the school's contributors names and addresses.
func (s *story) enter() {
	one, other := peptest.Teacher(), deputy()
	one.Email = private.NewText("teacher@quarrybank.example")
	one.Name, other.Name = said(), said()
	require.NoError(s.t, s.Enter(context.Background(), peptest.Actor(pep.System), workflow.Entries{Contributors: []record.Contributor{one, other}}))
}

// plan returns a delegated plan of the nth child.
func (s *story) plan(n int) pep.ID {
	child := peptest.Child(n)
	child.Name = said()
	peptest.Put(s.t, s.Service, child)
	s.enter() // restores the teacher's name and address, which Put has overwritten
	s.Clock.Noon(civil.MustParse("2026-01-05"))
	return peptest.Bring(s.t, s.Service, child.ID, peptest.Meeting(), pep.Delegated).ID()
}

// long takes a plan through the rest of the workflow.
func (s *story) long(plan pep.ID) {
	s.do(plan, pep.SocialWorker, pep.RescheduleMeeting{Meeting: civil.MustParse("2026-01-28")})
	s.do(plan, pep.SocialWorker, pep.ChangeContributor{To: deputy().ID})
	s.day("2026-01-28")
	s.do(plan, pep.DesignatedTeacher, pep.SubmitContribution{})
	s.do(plan, pep.SocialWorker, pep.Activate{})
	s.do(plan, pep.SocialWorker, pep.Redelegate{To: deputy().ID, Comments: said()})
	s.do(plan, pep.DesignatedTeacher, pep.SubmitContribution{})
	reassign := pep.Reassign{Comment: private.NewText("SPRING—06/05/2026")}
	s.do(plan, pep.SocialWorker, reassign)
	s.do(plan, pep.BusinessSupport, pep.ReturnForAmendment{Reason: said()})
	s.do(plan, pep.SocialWorker, reassign)
	s.do(plan, pep.BusinessSupport, pep.SendForGrading{Reason: said()})
	s.do(plan, pep.VirtualSchoolConsultant, pep.AwardGrade{Grade: pep.Green, Feedback: said()})
	s.do(plan, pep.BusinessSupport, pep.Finalise{})
	s.do(plan, pep.BusinessSupport, pep.Revise{Reason: said()})
}

func (s *story) look(plan pep.ID) pep.Snapshot {
	s.t.Helper()
	p, err := s.Plan(context.Background(), peptest.Actor(pep.SocialWorker), plan)
	require.NoError(s.t, err)
	return p.Snapshot()
}

func (s *story) do(plan pep.ID, by pep.Role, a pep.Action) {
	s.t.Helper()
	at := s.look(plan)
	c := workflow.Command{Key: storage.Key(uuid.NewString()), By: peptest.Actor(by), Plan: plan, Seen: at.Version, Do: a}
	if by == pep.DesignatedTeacher {
		c.By.Contributor = at.Contributor
	}
	_, err := s.Service.Do(context.Background(), c)
	require.NoError(s.t, err, a.Verb())
}

func (s *story) day(on string) {
	s.t.Helper()
	s.Clock.Noon(civil.MustParse(on))
	report, err := s.RunDay(context.Background(), s.Today())
	require.NoError(s.t, err)
	require.Empty(s.t, report.Failed)
}

// messages returns all messages of the story, in order.
func (s *story) messages() []storage.Message {
	s.t.Helper()
	now := s.Clock.Now()
	all, err := s.Store.Claim(context.Background(), 1000, now, now)
	require.NoError(s.t, err)
	return all
}

// worker returns the same address for every social worker.
func worker(context.Context, record.PersonID) (private.Text, error) {
	return private.NewText("social.worker@council.example"), nil
}

// publisher returns a publisher that reads the story's store. Each change is applied to
// its Config.
func (s *story) publisher(to notify.Sender, changes ...func(*notify.Config)) *notify.Publisher {
	s.t.Helper()
	c := notify.Config{Plans: s.Store, Office: office, Sender: to, Worker: worker}
	for _, change := range changes {
		change(&c)
	}
	p, err := notify.New(c)
	require.NoError(s.t, err)
	return p
}

// postbag is a Sender that keeps every e-mail.
type postbag []notify.Email

func (b *postbag) Send(_ context.Context, e notify.Email) error {
	*b = append(*b, e)
	return nil
}
