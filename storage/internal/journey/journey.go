package journey

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/term/civil"
)

// Journey is one plan on its way through the workflow, with the child, establishment
// and contributor that it concerns. Each act is an hour, a second and a nanosecond
// after the one before, in a zone other than UTC, so that a store receives more
// precise instants than it keeps.
type Journey struct {
	Plan    *pep.PEP
	Child   record.Child
	School  record.Establishment
	Teacher record.Contributor

	t      testing.TB
	name   string
	policy *pep.Policy
	at     time.Time
}

// New returns the journey of a plan that has not been started. The ids depend only
// on the name: equal names give equal plans of equal children.
func New(t testing.TB, name string) *Journey {
	school := record.EstablishmentID{UUID: ID(name, "school")}
	return &Journey{
		Plan: pep.New(pep.ID{UUID: ID(name, "plan")}),
		Child: record.Child{
			ID: record.ChildID{UUID: ID(name, "child")}, Name: private.NewText("Ada " + name),
			Born: private.NewDate(civil.MustParse("2016-05-05")), Care: record.Care{Throughout: true},
		},
		School:  record.Establishment{ID: school, Name: "Moor End", Status: record.Current},
		Teacher: record.Contributor{ID: record.ContributorID{UUID: ID(name, "teacher")}, Establishment: school, Active: true},
		t:       t, name: name, policy: pep.Lancashire(),
		at: time.Date(2026, time.January, 12, 9, 30, 0, 123_456_789, time.FixedZone("", 3600)),
	}
}

// Meeting returns a meeting date, for tests that do not care which one.
func Meeting() civil.Date { return civil.MustParse("2026-02-10") }

// ID returns an id that depends only on its two arguments.
func ID(name, of string) uuid.UUID { return uuid.NewSHA1(uuid.Nil, []byte(of+" of "+name)) }

// Next returns the journey of another plan of the same child.
func (j *Journey) Next(name string) *Journey {
	next := *j
	next.Plan = pep.New(pep.ID{UUID: ID(name, "plan")})
	return &next
}

// With continues the journey with a plan that was read from a store.
func (j *Journey) With(p *pep.PEP) *Journey {
	j.Plan = p
	return j
}

// roles holds the role that takes each action. If several roles may take an
// action, one of them is chosen.
var roles = [...]pep.Role{
	pep.VerbStartInitial:       pep.SocialWorker,
	pep.VerbStartSubsequent:    pep.BusinessSupport,
	pep.VerbAnswer:             pep.SocialWorker,
	pep.VerbRescheduleMeeting:  pep.SocialWorker,
	pep.VerbAttach:             pep.SocialWorker,
	pep.VerbDelegate:           pep.SocialWorker,
	pep.VerbSaveContribution:   pep.DesignatedTeacher,
	pep.VerbSubmitContribution: pep.DesignatedTeacher,
	pep.VerbChangeContributor:  pep.SocialWorker,
	pep.VerbRetract:            pep.SocialWorker,
	pep.VerbActivate:           pep.SocialWorker,
	pep.VerbRedelegate:         pep.SocialWorker,
	pep.VerbReassign:           pep.SocialWorker,
	pep.VerbSendForGrading:     pep.BusinessSupport,
	pep.VerbAwardGrade:         pep.VirtualSchoolConsultant,
	pep.VerbReturnForAmendment: pep.BusinessSupport,
	pep.VerbFinalise:           pep.BusinessSupport,
	pep.VerbRevise:             pep.BusinessSupport,
	pep.VerbReopen:             pep.ServiceDesk,
	pep.VerbRestoreSections:    pep.ServiceDesk,
	pep.VerbDelete:             pep.ServiceDesk,
	pep.VerbCease:              pep.System,
	pep.VerbCarryForward:       pep.System,
	pep.VerbRepin:              pep.System,
}

// Do takes actions one after another, each in a role that may take it. An action
// that is refused ends the test.
func (j *Journey) Do(actions ...pep.Action) *Journey {
	j.t.Helper()
	for _, a := range actions {
		by := j.act(roles[a.Verb()])
		if err := j.Plan.Do(by, a); err != nil {
			j.t.Fatalf("journey %s: %v", a.Verb(), err)
		}
	}
	return j
}

func (j *Journey) act(role pep.Role) *pep.Act {
	j.at = j.at.Add(time.Hour + time.Second + time.Nanosecond)
	by := &pep.Act{
		By: record.PersonID{UUID: ID(j.name, role.String())}, Role: role,
		At: j.at, On: civil.Of(j.at, j.at.Location()), Policy: j.policy,
		Facts: pep.Facts{Child: j.Child, Establishment: &j.School, Contributor: &j.Teacher},
	}
	if role == pep.DesignatedTeacher {
		by.Contributor = j.Teacher.ID
	}
	return by
}

// Start starts the plan, with the given meeting date.
func (j *Journey) Start(meeting civil.Date) *Journey {
	j.t.Helper()
	return j.Do(pep.StartInitial{Meeting: meeting})
}

// Wait delays the next act by d.
func (j *Journey) Wait(d time.Duration) *Journey {
	j.at = j.at.Add(d)
	return j
}

// Answers returns an answer to every question of a section, each with the given text.
func (j *Journey) Answers(section int, text string) forms.Answers {
	return forms.TemplateOf(j.Plan.Type()).AnswerAll(section, text)
}

// Answer fills every box of the given sections with the given text, as the social
// worker.
func (j *Journey) Answer(text string, sections ...int) *Journey {
	j.t.Helper()
	for _, n := range sections {
		j.Do(pep.Answer{Section: n, Answers: j.Answers(n, text)})
	}
	return j
}

// Contribute fills every box of the given sections with the given text, as the
// designated teacher.
func (j *Journey) Contribute(text string, sections ...int) *Journey {
	j.t.Helper()
	for _, n := range sections {
		j.Do(pep.SaveContribution{Section: n, Answers: j.Answers(n, text)})
	}
	return j
}

// Last returns the latest pending event. It panics if there is none.
func (j *Journey) Last() pep.Event {
	pending := j.Plan.Pending()
	return pending[len(pending)-1]
}

// To takes a plan to a stage by the shortest way. A stage that cannot be reached
// ends the test.
func (j *Journey) To(stage pep.Stage) *Journey {
	j.t.Helper()
	for j.Plan.Stage() != stage {
		j.advance(stage)
	}
	return j
}

func (j *Journey) advance(to pep.Stage) {
	j.t.Helper()
	switch at := j.Plan.Stage(); {
	case at == pep.None:
		j.Start(Meeting())
	case to == pep.Cancelled:
		j.Do(pep.Cease{On: civil.Of(j.at, j.at.Location())})
	case to == pep.Deleted:
		j.Do(pep.Delete{Reason: private.NewText("entered twice")})
	case at == pep.Draft:
		j.Answer("as known", 1, 2).Do(pep.Delegate{All: true})
	case at == pep.Delegated:
		j.Contribute("as seen", j.sections()...).Do(pep.SubmitContribution{})
	case at == pep.Returned:
		j.Do(pep.Reassign{Comment: j.Assignment()})
	case at == pep.Checking && to == pep.Grading:
		j.Do(pep.SendForGrading{Reason: private.NewText("a sample")})
	case at == pep.Checking:
		j.Do(pep.Finalise{})
	default:
		j.t.Fatalf("journey: there is no way from %s to %s", at, to)
	}
}

func (j *Journey) sections() []int {
	all := make([]int, forms.TemplateOf(j.Plan.Type()).Len())
	for i := range all {
		all[i] = i + 1
	}
	return all
}

// Assignment returns the comment with which the plan is reassigned.
func (j *Journey) Assignment() private.Text {
	first := j.policy.Calendar().First(j.Plan.Term().Next())
	return private.NewText(delegation.Lancashire().FormatAssignment(j.Plan.Term(), first.AddDays(20)))
}
