package workflow_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/fixture"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/term"
)

// third is another contributor of the school.
var third = record.ContributorID{UUID: uid(24)}

// contributors replaces what the register knows about the school's contributors.
func (w *world) contributors(teacherActive, deputyActive bool, more ...record.Contributor) {
	w.put(record.Contributor{ID: teacher, Establishment: school, Active: teacherActive},
		record.Contributor{ID: deputy, Establishment: school, Active: deputyActive})
	for _, c := range more {
		w.put(c)
	}
}

// TestTheOnlyContributorWhoCanBeChosenIsTaken covers delegate, redelegate and
// change_contributor for an action that names nobody.
func TestTheOnlyContributorWhoCanBeChosenIsTaken(t *testing.T) {
	t.Parallel()
	soon := func(w *world) record.Contributor {
		return record.Contributor{ID: third, Establishment: school, Active: true, Actioned: w.clock.now()}
	}
	for _, test := range []struct {
		name            string
		teacher, deputy bool
		third           bool // whether there is a third contributor, who cannot be chosen yet (PRE-3)
		at              pep.Stage
		want            record.ContributorID
		refused         rule.ID // the rule that refuses; zero if the action succeeds
	}{
		{"a draft, one of two", false, true, false, pep.Draft, deputy, 0},
		{"a draft, the one who is selectable", true, false, true, pep.Draft, teacher, 0},
		{"a draft, either of two", true, true, false, pep.Draft, record.ContributorID{}, 0},
		{"a draft, nobody is active", false, false, false, pep.Draft, record.ContributorID{}, rule.PRE2},
		{"a draft, nobody is selectable yet", false, false, true, pep.Draft, record.ContributorID{}, rule.PRE3},
		{"returned, one of two", false, true, false, pep.Returned, deputy, 0},
		{"returned, the one before", true, false, false, pep.Returned, teacher, 0},
		{"returned, either of two", true, true, false, pep.Returned, record.ContributorID{}, 0},
		{"returned, nobody is active", false, false, false, pep.Returned, record.ContributorID{}, rule.PRE2},
		{"delegated, the other of two", true, true, false, pep.Delegated, deputy, 0},
		{"delegated, the other because the present one left", false, true, false, pep.Delegated, deputy, 0},
		{"delegated, nobody else", true, false, false, pep.Delegated, record.ContributorID{}, rule.DELEG2},
		{"delegated, somebody else who is not selectable yet", false, false, true, pep.Delegated, record.ContributorID{}, rule.PRE3},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			id := w.at(test.at)
			if test.at == pep.Returned {
				w.must(worker, id, pep.Activate{})
			}
			w.contributors(test.teacher, test.deputy)
			if test.third {
				w.put(soon(w))
			}
			do := map[pep.Stage]pep.Action{
				pep.Draft: pep.Delegate{All: true}, pep.Returned: pep.Redelegate{Comments: text("Because")}, pep.Delegated: pep.ChangeContributor{},
			}[test.at]
			o, err := w.option(worker, id, do.Verb()), w.try(worker, id, do)
			require.Equal(t, test.refused == 0, o.Allowed(), o.Reasons)
			switch {
			case test.refused != 0:
				requireRefused(t, test.refused, err)
				require.Equal(t, test.refused, o.Reasons[0].Rule)
			case test.want.IsZero():
				require.Equal(t, []string{"to"}, rule.InvalidMembers(err))
				require.NoError(t, w.try(worker, id, named(do, teacher)))
			default:
				require.NoError(t, err)
				require.Equal(t, test.want, w.plan(id).Contributor)
			}
		})
	}
}

// named returns an action that names a contributor.
func named(do pep.Action, to record.ContributorID) pep.Action {
	switch do := do.(type) {
	case pep.Delegate:
		do.To = to
		return do
	case pep.Redelegate:
		do.To = to
		return do
	}
	return pep.ChangeContributor{To: to}
}

// TestThePresentContributorCannotBeChosenAgain: several others can be chosen, so
// the action must name one.
func TestThePresentContributorCannotBeChosenAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.delegated(ada, "2026-01-14")
	w.contributors(true, true, record.Contributor{ID: third, Establishment: school, Active: true})
	require.Equal(t, []string{"to"}, rule.InvalidMembers(w.try(worker, id, pep.ChangeContributor{})))
	requireRefused(t, rule.DELEG2, w.try(worker, id, pep.ChangeContributor{To: teacher}))
	w.must(worker, id, pep.ChangeContributor{To: third})
	require.Equal(t, third, w.plan(id).Contributor)
}

// TestTheContributorIsCheckedEachTime: Do and Options both go by what the register
// says now about the contributor and the plan's establishment.
func TestTheContributorIsCheckedEachTime(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		put  any
		want rule.ID
	}{
		{"PRE-1", record.Establishment{ID: school, Name: "School", PostCode: "ZZ1 1AA", Status: record.Ended}, rule.PRE1},
		{"PRE-2", record.Contributor{ID: teacher, Establishment: school}, rule.PRE2},
		{"DELEG-2", record.Contributor{ID: teacher, Establishment: academy, Active: true}, rule.DELEG2},
	} {
		for _, v := range []pep.Verb{pep.VerbSaveContribution, pep.VerbSubmitContribution, pep.VerbAttach} {
			t.Run(test.name+" "+v.String(), func(t *testing.T) {
				t.Parallel()
				w := newWorld(t)
				id := w.at(pep.Delegated)
				by := contributor(teacher)
				require.True(t, w.option(by, id, v).Allowed())
				w.put(test.put)
				requireRefused(t, test.want, w.try(by, id, sample(v)))
				require.Equal(t, test.want, w.option(by, id, v).Reasons[0].Rule)
				require.True(t, w.option(worker, id, pep.VerbChangeContributor).Allowed() == (test.want != rule.PRE1), "at an establishment that is open, another contributor can be chosen")
			})
		}
	}
}

// TestARepinIsOfferedIfItCanBeDone covers REPIN-1. The service's current policy
// decides whether the plan can be re-pinned.
func TestARepinIsOfferedIfItCanBeDone(t *testing.T) {
	t.Parallel()
	later, err := term.NewCalendar(term.MonthDay{Month: 1, Day: 1}, term.MonthDay{Month: 5, Day: 1}, term.MonthDay{Month: 9, Day: 1})
	require.NoError(t, err)
	for _, test := range []struct {
		name   string
		policy *pep.Policy
		want   rule.Code
	}{
		{"the revision that it has", pep.Lancashire(), rule.SamePolicy},
		{"another revision", fixture.Second(), 0},
		{"another revision with other terms", fixture.Second(func(par *pep.Parameters) { par.Delegation.Terms = later }), rule.DifferentTerms},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			id := w.start(ada, "2026-01-14")
			w.make(func(c *workflow.Config) {
				if c.Policy = test.policy; test.policy.Revision() != 1 {
					c.Earlier = []*pep.Policy{pep.Lancashire()}
				}
			})
			o, err := w.option(desk, id, pep.VerbRepin), w.try(desk, id, pep.Repin{})
			require.False(t, w.option(worker, id, pep.VerbRepin).Allowed())
			if test.want == 0 {
				require.True(t, o.Allowed())
				require.NoError(t, err)
				return
			}
			requireRefused(t, rule.REPIN1, err)
			require.Equal(t, []rule.Reason{{Rule: rule.REPIN1, Code: test.want}}, o.Reasons)
		})
	}
}
