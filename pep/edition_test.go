package pep_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/fixture"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// dated returns Lancashire's policy with other parameters from a given day on.
func dated(t *testing.T, from string, change func(*pep.Parameters)) *pep.Policy {
	t.Helper()
	first := pep.Lancashire().Parameters(civil.Date{})
	later := first
	change(&later)
	p, err := pep.NewPolicy(first, pep.Edition{From: on(from), Parameters: later})
	require.NoError(t, err)
	return p
}

func TestEditionsMakeAnEqualPolicy(t *testing.T) {
	t.Parallel()
	p := dated(t, "2027-01-01", func(par *pep.Parameters) { par.SealedDays = 7 })
	editions := p.Editions()
	require.Len(t, editions, 2)
	require.Zero(t, editions[0].From)
	again, err := pep.NewPolicy(editions[0].Parameters, editions[1:]...)
	require.NoError(t, err)
	require.Equal(t, p, again)
	editions[0].Parameters.Rates[0].Pence, editions[1].Parameters.Rates[0].Pence = 1, 2
	require.Equal(t, p, again, "they share no memory")
}

func TestFaultyEditionsAreNamed(t *testing.T) {
	t.Parallel()
	base := pep.Lancashire().Parameters(civil.Date{})
	on1 := func(day string, change func(*pep.Parameters)) pep.Edition {
		e := pep.Edition{Parameters: pep.Lancashire().Parameters(civil.Date{})}
		if day != "" {
			e.From = on(day)
		}
		change(&e.Parameters)
		return e
	}
	same := func(*pep.Parameters) {}
	for _, c := range []struct {
		name, member string
		later        []pep.Edition
	}{
		{"no day", "from", []pep.Edition{on1("", same)}},
		{"the same day", "from", []pep.Edition{on1("2027-01-01", same), on1("2027-01-01", same)}},
		{"out of order", "from", []pep.Edition{on1("2027-01-01", same), on1("2026-01-01", same)}},
		{"another name", "name", []pep.Edition{on1("2027-01-01", func(p *pep.Parameters) { p.Name = "x" })}},
		{"another council", "council", []pep.Edition{on1("2027-01-01", func(p *pep.Parameters) { p.Council.LA = "111" })}},
		{"another name of the council", "council", []pep.Edition{on1("2027-01-01", func(p *pep.Parameters) { p.Council.Names = p.Council.Names[:1] })}},
		{"another revision", "revision", []pep.Edition{on1("2027-01-01", func(p *pep.Parameters) { p.Revision = 2 })}},
		{"other terms", "terms", []pep.Edition{on1("2027-01-01", func(p *pep.Parameters) {
			p.Delegation.Terms, _ = term.NewCalendar(term.MonthDay{Month: 1, Day: 1}, term.MonthDay{Month: 5, Day: 1}, term.MonthDay{Month: 9, Day: 1})
		})}},
		{"other rates", "rates", []pep.Edition{on1("2027-01-01", func(p *pep.Parameters) { p.Rates = nil })}},
		{"a bad number", "sealedDays", []pep.Edition{on1("2027-01-01", func(p *pep.Parameters) { p.SealedDays = -1 })}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p, err := pep.NewPolicy(base, c.later...)
			require.Nil(t, p)
			require.Equal(t, []string{c.member}, rule.InvalidMembers(err))
		})
	}
}

// TestTheFirstDayOfATermChoosesTheEditionForAllOfIt checks that an edition
// which begins within a term applies from the next term on, so that the same parameters
// decide for every day of a term.
func TestTheFirstDayOfATermChoosesTheEditionForAllOfIt(t *testing.T) {
	t.Parallel()
	p := dated(t, "2026-02-01", func(par *pep.Parameters) { par.AlwaysFromAge = 3 })
	born, care := on("2022-12-31"), record.Care{Throughout: true}
	for day, want := range map[string]bool{"2026-01-31": false, "2026-02-01": false, "2026-03-31": false, "2026-04-01": true} {
		a, err := p.RequiredOn(born, on(day), care, nil)
		require.NoError(t, err)
		require.Equal(t, want, a.Required, day)
		whole, err := p.RequiredForTerm(born, p.Calendar().Of(on(day)), care, nil)
		require.NoError(t, err)
		require.Equal(t, want, whole.Required, day)
		require.Equal(t, want, p.Cohort(p.Calendar().Of(on(day))).InWindow(born), day)
	}
}

func TestTheEditionOfTheBirthdayDecidesTheLastTerm(t *testing.T) {
	t.Parallel()
	p := dated(t, "2026-01-01", func(par *pep.Parameters) { par.UntilAge = 21 })
	require.Equal(t, term.MustParse("AUTUMN 2022"), p.LastTerm(on("2004-12-31")), "21 on a day before")
	require.Equal(t, term.MustParse("SPRING 2026"), p.LastTerm(on("2005-01-01")))
}

// TestAnAmberPlanGoesBackIfThePolicySaysSo uses a policy that sends amber plans back. It
// checks that an amber grade needs feedback, that an amber plan cannot be finalised and
// must be graded again, and that its events fold.
func TestAnAmberPlanGoesBackIfThePolicySaysSo(t *testing.T) {
	t.Parallel()
	policy := fixture.Policy(func(par *pep.Parameters) { par.Returned |= 1 << pep.Amber })
	p := run(t, atSchool(), grading()...)
	by := actOn(policy, vsc, on("2026-01-23"), atSchool())
	requireRefused(t, rule.GRADE4, p.Do(by, pep.AwardGrade{Grade: pep.Amber}))
	require.NoError(t, p.Do(by, pep.AwardGrade{Grade: pep.Amber, Feedback: text("No targets")}))
	require.Equal(t, pep.Returned, p.Stage())
	folded, err := pep.Fold(p.Pending())
	require.NoError(t, err)
	require.Equal(t, p.Snapshot(), folded.Snapshot())

	require.NoError(t, p.Do(actOn(policy, sw, on("2026-01-24"), atSchool()), pep.Reassign{Comment: text("SPRING—06/05/2026")}))
	requireRefused(t, rule.FINAL2, p.Do(actOn(policy, bs, on("2026-01-25"), atSchool()), pep.Finalise{}))
	require.NoError(t, p.Do(actOn(policy, bs, on("2026-01-25"), atSchool()), pep.SendForGrading{}), "it must be graded again")
}

func TestTheOutlookOfAPlanUnderAPolicy(t *testing.T) {
	t.Parallel()
	facts := atSchool()
	facts.Grading.Required = true
	p := run(t, atSchool(), delegated()...)
	for _, c := range []struct {
		name, day string
		policy    *pep.Policy
		want      pep.Outlook
	}{
		{"as it is", "2026-01-20", pep.Lancashire(), pep.Outlook{Due: on("2026-01-28"), Type: forms.SecondaryMainstream, LastTerm: term.MustParse("SPRING 2032"), Grading: true}},
		{"in the next term", "2026-04-01", pep.Lancashire(), pep.Outlook{Due: on("2026-01-28"), Type: forms.SecondaryMainstream, LastTerm: term.MustParse("SPRING 2032"), Grading: true, Carried: true}},
		{"by another policy", "2026-04-01", fixture.Policy(func(par *pep.Parameters) {
			par.Delegation.Return, par.Delegation.Carry = delegation.Period{Days: 7}, delegation.Off
			par.Special, par.UntilAge = 1<<forms.CommunitySchool, 17
		}), pep.Outlook{Due: on("2026-01-21"), Type: forms.SecondarySpecial, LastTerm: term.MustParse("SPRING 2031"), Grading: true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := p.Outlook(actOn(c.policy, pep.ServiceDesk, on(c.day), facts))
			require.NoError(t, err)
			require.Equal(t, c.want, got)
		})
	}
	done, err := run(t, atSchool(), finalised()...).Outlook(actOn(pep.Lancashire(), pep.ServiceDesk, on("2026-02-01"), facts))
	require.NoError(t, err)
	require.Zero(t, done)
	_, err = p.Outlook(&pep.Act{})
	requireInvalid(t, "policy", err)
}
