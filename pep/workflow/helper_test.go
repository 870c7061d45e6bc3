package workflow_test

import (
	"context"
	"encoding/binary"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/internal/fixture"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/private/privatetest"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/storage/memstore"
	"virtualschool.example/term/civil"
)

var (
	on   = fixture.On
	uid  = fixture.ID
	text = private.NewText
)

// The ids that the tests use.
var (
	ada, ben, cem, dot        = record.ChildID{UUID: uid(1)}, record.ChildID{UUID: uid(2)}, record.ChildID{UUID: uid(3)}, record.ChildID{UUID: uid(4)}
	school, academy           = record.EstablishmentID{UUID: uid(11)}, record.EstablishmentID{UUID: uid(12)}
	teacher, deputy, academic = record.ContributorID{UUID: uid(21)}, record.ContributorID{UUID: uid(22)}, record.ContributorID{UUID: uid(23)}

	worker     = actor(pep.SocialWorker)
	support    = actor(pep.BusinessSupport)
	consultant = actor(pep.VirtualSchoolConsultant)
	desk       = actor(pep.ServiceDesk)
	system     = actor(pep.System)
)

// actor returns somebody in a role. For the role of designated teacher, that is the
// school's own teacher.
func actor(r pep.Role) workflow.Actor {
	if r == pep.DesignatedTeacher {
		return contributor(teacher)
	}
	return workflow.Actor{ID: record.PersonID{UUID: uid(100 + byte(r))}, Role: r}
}

func contributor(id record.ContributorID) workflow.Actor {
	return workflow.Actor{ID: record.PersonID(id), Role: pep.DesignatedTeacher, Contributor: id}
}

// clock is a clock that a test sets.
type clock struct {
	sync.Mutex
	t time.Time
}

func (c *clock) now() time.Time {
	c.Lock()
	defer c.Unlock()
	return c.t
}

func (c *clock) set(t time.Time) {
	c.Lock()
	defer c.Unlock()
	c.t = t
}

// noon sets the clock to noon UTC on a day.
func (c *clock) noon(day civil.Date) {
	c.set(time.Date(day.Year(), day.Month(), day.Day(), 12, 0, 0, 0, time.UTC))
}

// TB is what the helpers need from a test, whether it is rapid's or the standard
// one.
type TB interface {
	require.TestingT
	Helper()
}

// world is a service over a store, with children at two schools.
type world struct {
	TB
	*workflow.Service
	store  *memstore.Store
	clock  *clock
	config workflow.Config
	keys   atomic.Int64
}

var ctx = context.Background()

// newWorld returns a world in which it is noon on 5 January 2026.
func newWorld(t TB, change ...func(*workflow.Config)) *world {
	t.Helper()
	w := &world{TB: t, store: memstore.New(), clock: &clock{}}
	w.clock.noon(on("2026-01-05"))
	ids := atomic.Uint64{}
	w.config = workflow.Config{
		Plans: w.store, Trusting: true, Now: w.clock.now, System: system.ID,
		NewID: func() (id uuid.UUID) {
			binary.BigEndian.PutUint64(id[:8], ids.Add(1))
			return id
		},
	}
	w.put(pupils()...)
	w.put(
		record.Establishment{ID: school, Status: record.Current, Type: forms.CommunitySchool},
		record.Establishment{ID: academy, Status: record.Current, Type: forms.CommunitySchool},
		record.Contributor{ID: teacher, Establishment: school, Name: text(privatetest.Canary), Active: true},
		record.Contributor{ID: deputy, Establishment: school, Name: text(privatetest.Canary), Active: true},
		record.Contributor{ID: academic, Establishment: academy, Name: text(privatetest.Canary), Active: true},
	)
	w.make(change...)
	return w
}

// make makes the service again, with changes to its configuration.
func (w *world) make(change ...func(*workflow.Config)) {
	w.Helper()
	for _, c := range change {
		c(&w.config)
	}
	s, err := workflow.New(w.config)
	require.NoError(w, err)
	w.Service = s
}

// born is the birth date of the pupils: they are in Year 7 until August 2026.
var born = on("2014-03-05")

// pupils returns four children at the school, looked after since 2015.
func pupils() (all []any) {
	for _, id := range []record.ChildID{ada, ben, cem, dot} {
		all = append(all, record.Child{
			ID: id, Name: text(privatetest.Canary), Born: private.NewDate(born),
			Care:      record.Care{Episodes: []record.Episode{{Span: record.Span{From: on("2015-01-01")}}}},
			Education: []record.Education{{Span: record.Span{From: on("2018-09-01")}, Kind: record.School, Establishment: school}},
		})
	}
	return all
}

// put registers children, establishments and contributors.
func (w *world) put(all ...any) {
	w.Helper()
	require.NoError(w, w.store.Update(ctx, func(tx storage.Tx) error {
		to := tx.(storage.Registrar)
		for _, v := range all {
			var err error
			switch v := v.(type) {
			case record.Child:
				err = to.PutChild(ctx, v)
			case record.Establishment:
				err = to.PutEstablishment(ctx, v)
			case record.Contributor:
				err = to.PutContributor(ctx, v)
			}
			if err != nil {
				return err
			}
		}
		return nil
	}))
}

// change changes a child's record in the register.
func (w *world) change(id record.ChildID, change func(*record.Child)) {
	w.Helper()
	var c record.Child
	require.NoError(w, w.store.View(ctx, func(r storage.Reader) (err error) {
		c, err = r.(storage.Register).Child(ctx, id)
		return err
	}))
	change(&c)
	w.put(c)
}

// key returns a key that was not used before.
func (w *world) key() storage.Key {
	return storage.Key("key " + strconv.FormatInt(w.keys.Add(1), 10))
}

// command returns a new command on the current version of a plan.
func (w *world) command(by workflow.Actor, id pep.ID, do pep.Action) workflow.Command {
	w.Helper()
	c := workflow.Command{Key: w.key(), By: by, Plan: id, Do: do}
	if !id.IsZero() {
		c.Seen = w.plan(id).Version
	}
	return c
}

// Options returns what somebody can do with a plan.
func (w *world) Options(ctx context.Context, by workflow.Actor, id pep.ID) ([]pep.Option, error) {
	v, err := w.Look(ctx, by, id)
	return v.Options, err
}

// relate returns a change that sets Config.Relation and clears Config.Trusting.
func relate(relation func(ctx context.Context, c workflow.Case) (access.Relations, error)) func(*workflow.Config) {
	return func(c *workflow.Config) { c.Relation, c.Trusting = relation, false }
}

// everything holds every relation, so that the actor may do all that their role may do.
const everything = access.Relations(0xFF)

// try gives a command and returns its error.
func (w *world) try(by workflow.Actor, id pep.ID, do pep.Action) error {
	w.Helper()
	_, err := w.Do(ctx, w.command(by, id, do))
	return err
}

// must gives a command that has to succeed, and returns the plan's id.
func (w *world) must(by workflow.Actor, id pep.ID, do pep.Action) pep.ID {
	w.Helper()
	o, err := w.Do(ctx, w.command(by, id, do))
	require.NoError(w, err, do.Verb().String())
	return o.Plan
}

// plan returns a plan as it is stored.
func (w *world) plan(id pep.ID) pep.Snapshot {
	w.Helper()
	var p *pep.PEP
	require.NoError(w, w.store.View(ctx, func(r storage.Reader) (err error) {
		p, err = r.Plan(ctx, id)
		return err
	}))
	return p.Snapshot()
}

// history returns all events of a plan.
func (w *world) history(id pep.ID) (events []pep.Event) {
	w.Helper()
	require.NoError(w, w.store.View(ctx, func(r storage.Reader) error {
		for e, err := range r.History(ctx, id) {
			require.NoError(w, err)
			events = append(events, e)
		}
		return nil
	}))
	return events
}

// messages returns all messages in the outbox. The lease ends at once, so they can
// be claimed again.
func (w *world) messages() []storage.Message {
	w.Helper()
	late := w.clock.now().AddDate(90, 0, 0)
	all, err := w.store.Claim(ctx, 1_000_000, late, late)
	require.NoError(w, err)
	for i := range all {
		all[i].Attempts = 0
	}
	return all
}

// reminders counts the reminders in messages, by plan and day.
func reminders(messages []storage.Message) map[string]int {
	counts := map[string]int{}
	for _, m := range messages {
		if m.Kind == storage.Reminder {
			counts[m.Plan.String()+" "+m.On.String()]++
		}
	}
	return counts
}

// filled returns answers that fill every box of a section of a form.
func filled(form forms.Type, section int) forms.Answers {
	return forms.TemplateOf(form).AnswerAll(section, privatetest.Canary)
}

// start starts a child's first plan.
func (w *world) start(child record.ChildID, meeting string) pep.ID {
	w.Helper()
	return w.must(worker, pep.ID{}, pep.StartInitial{Child: child, Meeting: on(meeting)})
}

// fill fills every section as the social worker.
func (w *world) fill(id pep.ID) pep.ID {
	w.Helper()
	p := w.plan(id)
	for n := range forms.TemplateOf(p.Type).Len() {
		w.must(worker, id, pep.Answer{Section: n + 1, Answers: filled(p.Type, n+1)})
	}
	return id
}

// delegated returns a child's first plan, which has every box filled and is
// delegated today.
func (w *world) delegated(child record.ChildID, meeting string) pep.ID {
	w.Helper()
	id := w.fill(w.start(child, meeting))
	return w.must(worker, id, pep.Delegate{To: teacher, All: true})
}

// checking returns a child's first plan, which the school has returned and the social
// worker has reassigned.
func (w *world) checking(child record.ChildID, meeting, comment string) pep.ID {
	w.Helper()
	id := w.delegated(child, meeting)
	w.must(contributor(teacher), id, pep.SubmitContribution{})
	return w.must(worker, id, pep.Reassign{Comment: text(comment)})
}

// finalised returns a child's first plan, finalised today.
func (w *world) finalised(child record.ChildID, meeting, comment string) pep.ID {
	w.Helper()
	id := w.checking(child, meeting, comment)
	return w.must(support, id, pep.Finalise{Waiver: text("Seen by the head")})
}

// day does the work of a day. If the day is still to come, it first sets the clock to
// noon on that day.
func (w *world) day(day string) workflow.DayReport {
	w.Helper()
	if on(day).After(w.Today()) {
		w.clock.noon(on(day))
	}
	d, err := w.RunDay(ctx, on(day))
	require.NoError(w, err)
	return d
}

// state returns everything that the store holds about plans: events, messages and
// states, by plan.
func (w *world) state(ids ...pep.ID) (all []any) {
	w.Helper()
	for _, id := range ids {
		all = append(all, w.plan(id), w.history(id))
	}
	return append(all, w.messages())
}

// requireKind requires an *Error of one kind.
func requireKind(t TB, want workflow.Kind, err error) {
	t.Helper()
	var e *workflow.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, want.String(), workflow.KindOf(err).String(), err.Error())
}

// requireRefused requires a refusal that has the rule among its reasons.
func requireRefused(t TB, want rule.ID, err error) {
	t.Helper()
	var refusal *rule.Refusal
	require.ErrorAs(t, err, &refusal)
	require.ErrorIs(t, err, want)
}

func sorted(ids []pep.ID) []pep.ID {
	slices.SortFunc(ids, func(a, b pep.ID) int { return slices.Compare(a.UUID[:], b.UUID[:]) })
	return ids
}
