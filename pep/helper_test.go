package pep_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/fixture"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

var (
	on   = fixture.On
	uid  = fixture.ID
	text = private.NewText
)

// The ids that the tests use.
var (
	planID    = pep.ID{UUID: uid(1)}
	childID   = record.ChildID{UUID: uid(2)}
	schoolID  = record.EstablishmentID{UUID: uid(3)}
	otherID   = record.EstablishmentID{UUID: uid(4)}
	teacherID = record.ContributorID{UUID: uid(5)}
	deputyID  = record.ContributorID{UUID: uid(6)}
)

// person is who acts in a role.
func person(r pep.Role) record.PersonID { return record.PersonID{UUID: uid(100 + byte(r))} }

// atSchool are the facts of a child of Year 7 at a current mainstream school,
// looked after throughout, whose designated teacher is active.
func atSchool() pep.Facts {
	return pep.Facts{
		Child:         record.Child{ID: childID, Born: private.NewDate(on("2014-03-05")), Care: record.Care{Throughout: true}},
		Establishment: &record.Establishment{ID: schoolID, Status: record.Current, Type: forms.CommunitySchool},
		Contributor:   &record.Contributor{ID: teacherID, Establishment: schoolID, Active: true},
	}
}

// act is one that somebody does in a role on a day under Lancashire's policy.
func act(r pep.Role, day string, facts pep.Facts) *pep.Act {
	return actOn(pep.Lancashire(), r, on(day), facts)
}

// instant is noon of a day.
func instant(day string) time.Time {
	d := on(day)
	return time.Date(d.Year(), d.Month(), d.Day(), 12, 0, 0, 0, time.UTC)
}

func actOn(policy *pep.Policy, r pep.Role, day civil.Date, facts pep.Facts) *pep.Act {
	by := &pep.Act{
		By: person(r), Role: r, On: day, Policy: policy, Facts: facts,
		At: time.Date(day.Year(), day.Month(), day.Day(), 12, 0, 0, 0, time.UTC),
	}
	if r == pep.DesignatedTeacher {
		by.Contributor = teacherID
	}
	return by
}

// filled are the answers of a section with every box filled with s.
func filled(form forms.Type, section int, s string) forms.Answers {
	return forms.TemplateOf(form).AnswerAll(section, s)
}

// step is one action of a run: who, when and what.
type step struct {
	role pep.Role
	day  string
	do   pep.Action
}

// run takes the steps on a new plan under the facts, and fails where one is
// refused.
func run(t testing.TB, facts pep.Facts, steps ...step) *pep.PEP {
	t.Helper()
	p := pep.New(planID)
	for i, s := range steps {
		require.NoError(t, p.Do(actFor(s.do, act(s.role, s.day, facts)), s.do), "step %d: %s", i+1, s.do.Verb())
	}
	return p
}

// actFor is an act that is fit for an action: who changes the contributor means
// the deputy, and who re-pins the other revision of the policy.
func actFor(a pep.Action, by *pep.Act) *pep.Act {
	fit := *by
	switch a.Verb() {
	case pep.VerbChangeContributor:
		fit.Facts = toDeputy(by.Facts)
	case pep.VerbRepin:
		fit.Policy = revisions[3-by.Policy.Revision()]
	}
	return &fit
}

// toDeputy are the facts with the deputy as the contributor, if there is any.
func toDeputy(f pep.Facts) pep.Facts {
	if f.Contributor != nil {
		deputy := *f.Contributor
		deputy.ID, f.Contributor = deputyID, &deputy
	}
	return f
}

// answers fills sections from to to of a plan of secondary mainstream.
func answers(from, to int) (steps []step) {
	for n := from; n <= to; n++ {
		steps = append(steps, step{pep.SocialWorker, "2026-01-05", pep.Answer{Section: n, Answers: filled(forms.SecondaryMainstream, n, "Yes")}})
	}
	return steps
}

// started is an initial plan for a meeting on 14 January 2026.
func started() []step {
	return []step{{pep.SocialWorker, "2026-01-05", pep.StartInitial{Meeting: on("2026-01-14")}}}
}

// delegated is a plan, all boxes filled, delegated on 6 January 2026.
func delegated() []step {
	return join(started(), answers(1, 6), step{pep.SocialWorker, "2026-01-06", pep.Delegate{All: true}})
}

// retracted is that plan retracted on 15 January 2026.
func retracted() []step {
	why := text("Wrong school")
	return join(delegated(), nil, step{pep.SocialWorker, "2026-01-15", pep.Retract{ConfirmedWithSetting: true, Reason: why}})
}

// returned is that plan returned on 20 January 2026.
func returned() []step {
	return join(delegated(), nil, step{pep.DesignatedTeacher, "2026-01-20", pep.SubmitContribution{}})
}

// checking is that plan reassigned on 21 January 2026.
func checking() []step {
	return join(returned(), nil, step{pep.SocialWorker, "2026-01-21", pep.Reassign{Comment: text("SPRING—06/05/2026")}})
}

// grading is that plan sent for grading on 22 January 2026.
func grading() []step {
	return join(checking(), nil, step{pep.BusinessSupport, "2026-01-22", pep.SendForGrading{Reason: text("Asked for")}})
}

// finalised is that plan finalised ungraded on 23 January 2026.
func finalised() []step {
	return join(checking(), nil, step{pep.BusinessSupport, "2026-01-23", pep.Finalise{}})
}

func join(a, b []step, more ...step) []step {
	return append(append(append([]step(nil), a...), b...), more...)
}

// requireRefused requires a refusal with that rule first.
func requireRefused(t testing.TB, want rule.ID, err error) *rule.Refusal {
	t.Helper()
	var refusal *rule.Refusal
	require.ErrorAs(t, err, &refusal)
	require.Equal(t, want.String(), refusal.Rule().String(), err.Error())
	return refusal
}

// requireInvalid requires an input that is no question, by its member.
func requireInvalid(t testing.TB, member string, err error) {
	t.Helper()
	var invalid *rule.Invalid
	require.ErrorAs(t, err, &invalid)
	require.Equal(t, member, invalid.Member)
}

// comment is an assignment comment of a term, for a meeting in the next.
func comment(of term.Term) private.Text {
	return text(delegation.Lancashire().FormatAssignment(of, term.Lancashire().First(of.Next()).AddDays(20)))
}

// revisions are Lancashire's policy as it is and as a second revision.
var revisions = [...]*pep.Policy{1: pep.Lancashire(), 2: fixture.Second()}
