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

// These are the ids that the tests use.
var (
	planID    = pep.ID{UUID: uid(1)}
	childID   = record.ChildID{UUID: uid(2)}
	schoolID  = record.EstablishmentID{UUID: uid(3)}
	otherID   = record.EstablishmentID{UUID: uid(4)}
	teacherID = record.ContributorID{UUID: uid(5)}
	deputyID  = record.ContributorID{UUID: uid(6)}
)

// person returns the person who acts in a role.
func person(r pep.Role) record.PersonID { return record.PersonID{UUID: uid(100 + byte(r))} }

// atSchool returns the facts of a child in Year 7 who is looked after throughout and goes
// to a current mainstream school with an active designated teacher.
func atSchool() pep.Facts {
	return pep.Facts{
		Child:         record.Child{ID: childID, Born: private.NewDate(on("2014-03-05")), Care: record.Care{Throughout: true}},
		Establishment: &record.Establishment{ID: schoolID, Status: record.Current, Type: forms.CommunitySchool},
		Contributor:   &record.Contributor{ID: teacherID, Establishment: schoolID, Active: true},
	}
}

// act returns an act in a role on a day under Lancashire's policy.
func act(r pep.Role, day string, facts pep.Facts) *pep.Act {
	return actOn(pep.Lancashire(), r, on(day), facts)
}

// instant returns noon on a day.
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

// filled returns answers that put s in every box of a section.
func filled(form forms.Type, section int, s string) forms.Answers {
	return forms.TemplateOf(form).AnswerAll(section, s)
}

// step is one action of a run: who, when and what.
type step struct {
	role pep.Role
	day  string
	do   pep.Action
}

// run takes the steps on a new plan under the facts, and fails if one is refused.
func run(t testing.TB, facts pep.Facts, steps ...step) *pep.PEP {
	t.Helper()
	p := pep.New(planID)
	for i, s := range steps {
		require.NoError(t, p.Do(actFor(s.do, act(s.role, s.day, facts)), s.do), "step %d: %s", i+1, s.do.Verb())
	}
	return p
}

// actFor returns an act that fits an action. For a change of contributor, the new
// contributor is the deputy; for a re-pin, the policy is the other revision.
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

// toDeputy returns the facts with the deputy as the contributor, if the facts hold
// a contributor.
func toDeputy(f pep.Facts) pep.Facts {
	if f.Contributor != nil {
		deputy := *f.Contributor
		deputy.ID, f.Contributor = deputyID, &deputy
	}
	return f
}

// answers returns the steps that fill a range of sections of the form Secondary
// Mainstream.
func answers(from, to int) (steps []step) {
	for n := from; n <= to; n++ {
		steps = append(steps, step{pep.SocialWorker, "2026-01-05", pep.Answer{Section: n, Answers: filled(forms.SecondaryMainstream, n, "Yes")}})
	}
	return steps
}

// started returns the step that starts an initial plan for a meeting on 14 January 2026.
func started() []step {
	return []step{{pep.SocialWorker, "2026-01-05", pep.StartInitial{Meeting: on("2026-01-14")}}}
}

// delegated returns the steps up to the delegation, with every box filled, on 6 January
// 2026.
func delegated() []step {
	return join(started(), answers(1, 6), step{pep.SocialWorker, "2026-01-06", pep.Delegate{All: true}})
}

// retracted returns the steps up to a retract of the delegated plan on 15 January 2026.
func retracted() []step {
	why := text("Wrong school")
	return join(delegated(), nil, step{pep.SocialWorker, "2026-01-15", pep.Retract{ConfirmedWithSetting: true, Reason: why}})
}

// returned returns the steps up to the return of the delegated plan on 20 January 2026.
func returned() []step {
	return join(delegated(), nil, step{pep.DesignatedTeacher, "2026-01-20", pep.SubmitContribution{}})
}

// checking returns the steps up to the reassigning of the returned plan on 21 January 2026.
func checking() []step {
	return join(returned(), nil, step{pep.SocialWorker, "2026-01-21", pep.Reassign{Comment: text("SPRING—06/05/2026")}})
}

// grading returns the steps up to sending the plan for grading on 22 January 2026.
func grading() []step {
	return join(checking(), nil, step{pep.BusinessSupport, "2026-01-22", pep.SendForGrading{Reason: text("Asked for")}})
}

// finalised returns the steps up to finalising the plan, without a grade, on 23 January
// 2026.
func finalised() []step {
	return join(checking(), nil, step{pep.BusinessSupport, "2026-01-23", pep.Finalise{}})
}

func join(a, b []step, more ...step) []step {
	return append(append(append([]step(nil), a...), b...), more...)
}

// requireRefused requires a refusal, with the wanted rule as its first reason.
func requireRefused(t testing.TB, want rule.ID, err error) *rule.Refusal {
	t.Helper()
	var refusal *rule.Refusal
	require.ErrorAs(t, err, &refusal)
	require.Equal(t, want.String(), refusal.Rule().String(), err.Error())
	return refusal
}

// requireInvalid requires a *rule.Invalid that names the member.
func requireInvalid(t testing.TB, member string, err error) {
	t.Helper()
	var invalid *rule.Invalid
	require.ErrorAs(t, err, &invalid)
	require.Equal(t, member, invalid.Member)
}

// comment returns an assignment comment that names a term and a meeting in the next term.
func comment(of term.Term) private.Text {
	return text(delegation.Lancashire().FormatAssignment(of, term.Lancashire().First(of.Next()).AddDays(20)))
}

// revisions holds Lancashire's policy and a second revision of it, by number.
var revisions = [...]*pep.Policy{1: pep.Lancashire(), 2: fixture.Second()}
