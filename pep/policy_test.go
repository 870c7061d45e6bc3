package pep_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/fixture"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

func TestParametersRoundTrip(t *testing.T) {
	t.Parallel()
	par := pep.Lancashire().Parameters(civil.Date{})
	again, err := pep.NewPolicy(par)
	require.NoError(t, err)
	require.Equal(t, pep.Lancashire(), again)
	require.Equal(t, par, again.Parameters(civil.Date{}))
	require.Equal(t, "lancashire", again.Name())
	require.Equal(t, 1, again.Revision())
	require.Equal(t, delegation.Lancashire(), again.Delegation(civil.Date{}))
	require.Equal(t, term.Lancashire(), again.Calendar())
}

func TestParametersShareNoMemory(t *testing.T) {
	t.Parallel()
	given := pep.Lancashire().Parameters(civil.Date{})
	p, err := pep.NewPolicy(given)
	require.NoError(t, err)
	given.Rates[0].Pence = 1
	got := p.Parameters(civil.Date{})
	got.Rates[0].Pence = 2
	_ = append(got.Rates[:0], pep.Rate{})
	require.Equal(t, pep.Lancashire().Parameters(civil.Date{}), p.Parameters(civil.Date{}))
}

// TestBadParameterIsNamed spoils one member at a time, and then all of them together.
func TestBadParameterIsNamed(t *testing.T) {
	t.Parallel()
	bad := []struct {
		member string
		spoil  func(*pep.Parameters)
	}{
		{"name", func(p *pep.Parameters) { p.Name = "" }},
		{"council.names", func(p *pep.Parameters) { p.Council.Names = nil }},
		{"council.names", func(p *pep.Parameters) { p.Council.Names = []string{"Kent", " "} }},
		{"council.names", func(p *pep.Parameters) { p.Council.Names = []string{" Kent"} }},
		{"council.names", func(p *pep.Parameters) { p.Council.Names = []string{"E10000017"} }},
		{"council.names", func(p *pep.Parameters) { p.Council.Names = []string{"Other"} }},
		{"council.la", func(p *pep.Parameters) { p.Council.LA = "88" }},
		{"council.gss", func(p *pep.Parameters) { p.Council.GSS = "e10000017" }},
		{"paidTypes", func(p *pep.Parameters) { p.Payee |= 1 << forms.Independent }},
		{"revision", func(p *pep.Parameters) { p.Revision = 0 }},
		{"leapBirthday", func(p *pep.Parameters) { p.LeapBirthday = 3 }},
		{"nurseryFromAge", func(p *pep.Parameters) { p.NurseryFromAge = 5 }},
		{"nurseryFromAge", func(p *pep.Parameters) { p.NurseryFromAge = -1 }},
		{"schoolFromAge", func(p *pep.Parameters) { p.SchoolFromAge = 1 }},
		{"alwaysFromAge", func(p *pep.Parameters) { p.AlwaysFromAge = 18 }},
		{"untilAge", func(p *pep.Parameters) { p.UntilAge = 26 }},
		{"lowerBound", func(p *pep.Parameters) { p.LowerBound = 0 }},
		{"formTypes", func(p *pep.Parameters) { p.FormTypes = nil }},
		{"subsequentDelegation", func(p *pep.Parameters) { p.SubsequentDelegation = 0 }},
		{"subsequentDelegation", func(p *pep.Parameters) { p.SubsequentDelegation |= 1 << pep.DesignatedTeacher }},
		{"sealedDays", func(p *pep.Parameters) { p.SealedDays = -1 }},
		{"stalledDays", func(p *pep.Parameters) { p.StalledDays = -1 }},
		{"upperBound", func(p *pep.Parameters) { p.UpperBound = 3 }},
		{"sectionTitles", func(p *pep.Parameters) { p.Titles = nil }},
		{"grading", func(p *pep.Parameters) { p.Sampling = 4 }},
		{"grading.months", func(p *pep.Parameters) { p.SamplingMonths = 0 }},
		{"gradesReturned", func(p *pep.Parameters) { p.Returned = 0 }},
		{"gradesReturned", func(p *pep.Parameters) { p.Returned |= 1 << pep.Green }},
		{"initialDeadline", func(p *pep.Parameters) { p.InitialDeadline = delegation.Period{} }},
		{"emergencyDeadline", func(p *pep.Parameters) { p.EmergencyDeadline.Days = 1 }},
		{"paidYears.from", func(p *pep.Parameters) { p.PayFrom = 0 }},
		{"paidYears.from", func(p *pep.Parameters) { p.PayFrom = p.PayTo + 1 }},
		{"paidYears.to", func(p *pep.Parameters) { p.PayTo = 18 }},
		{"rates", func(p *pep.Parameters) { p.Rates[0].Pence = 0 }},
		{"rates", func(p *pep.Parameters) { p.Rates[0].From = civil.Date{} }},
		{"rates", func(p *pep.Parameters) { p.Rates[1].From = p.Rates[0].To.AddDays(1) }},
		{"rates", func(p *pep.Parameters) { p.Rates[1].From = p.Rates[0].To.AddDays(-1) }},
		{"rates", func(p *pep.Parameters) { p.Rates[1].To = p.Rates[1].From }},
		{"keepYears", func(p *pep.Parameters) { p.KeepYears = 0 }},
		{"keepAfterDeath", func(p *pep.Parameters) { p.KeepAfterDeath = 0 }},
		{"terms", func(p *pep.Parameters) { p.Delegation.Terms = term.Calendar{} }},
		{"bankHolidays", func(p *pep.Parameters) { p.Delegation.Workdays = nil }},
		{"returnPeriod", func(p *pep.Parameters) { p.Delegation.Return = delegation.Period{} }},
		{"outOfTermPeriod", func(p *pep.Parameters) { p.Delegation.OutOfTerm = delegation.Period{Days: 1, WorkingDays: 1} }},
		{"carryForward", func(p *pep.Parameters) { p.Delegation.Carry = 0 }},
		{"maxCarries", func(p *pep.Parameters) { p.Delegation.MaxCarries = -1 }},
		{"portalLag", func(p *pep.Parameters) { p.Delegation.PortalLag = -1 }},
		{"assignmentComment", func(p *pep.Parameters) { p.Delegation.Comment.Dashes = "" }},
		{"preparationDays", func(p *pep.Parameters) { p.Delegation.Preparation = -1 }},
	}
	all, members := pep.Lancashire().Parameters(civil.Date{}), map[string]bool{}
	for _, c := range bad {
		par := pep.Lancashire().Parameters(civil.Date{})
		c.spoil(&par)
		p, err := pep.NewPolicy(par)
		require.Nil(t, p, c.member)
		require.Contains(t, rule.InvalidMembers(err), c.member)
		c.spoil(&all)
		members[c.member] = true
	}
	all.AlwaysFromAge, all.NurseryFromAge, all.SchoolFromAge, all.PayFrom = 30, 31, 30, 0
	_, err := pep.NewPolicy(all)
	for member := range members {
		require.Contains(t, rule.InvalidMembers(err), member, "every fault is reported at once")
	}
	_, err = pep.NewPolicy(pep.Parameters{})
	require.Error(t, err)
}

func TestAParameterAtItsBoundIsAccepted(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*pep.Parameters){
		"nursery from birth": func(p *pep.Parameters) { p.NurseryFromAge = 0 },
		"nursery and school from the age from which a plan is always needed": func(p *pep.Parameters) {
			p.NurseryFromAge, p.SchoolFromAge = p.AlwaysFromAge, p.AlwaysFromAge
		},
		"until 25":                 func(p *pep.Parameters) { p.UntilAge = 25 },
		"meetings of this term":    func(p *pep.Parameters) { p.MeetingTermsBack, p.MeetingTermsAhead = 0, 0 },
		"meetings within 10 years": func(p *pep.Parameters) { p.MeetingTermsBack, p.MeetingTermsAhead = 30, 30 },
		"sealed for no day":        func(p *pep.Parameters) { p.SealedDays = 0 },
		"stalled at once":          func(p *pep.Parameters) { p.StalledDays = 0 },
		"every plan graded":        func(p *pep.Parameters) { p.Sampling = pep.EveryPlan },
		"graded each month":        func(p *pep.Parameters) { p.SamplingMonths = 1 },
		"kept for a year":          func(p *pep.Parameters) { p.KeepYears, p.KeepAfterDeath = 1, 1 },
		"one year group is paid":   func(p *pep.Parameters) { p.PayTo = p.PayFrom },
		"the last is paid":         func(p *pep.Parameters) { p.PayTo = forms.Y13 },
		"a rate of a penny":        func(p *pep.Parameters) { p.Rates[0].Pence = 1 },
	} {
		par := pep.Lancashire().Parameters(civil.Date{})
		change(&par)
		_, err := pep.NewPolicy(par)
		require.NoError(t, err, name)
	}
}

func TestThePolicySaysWhoDelegatesASubsequentPlan(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		may    pep.Roles
		sw, bs bool
	}{
		{"both", 1<<pep.SocialWorker | 1<<pep.BusinessSupport, true, true},
		{"the social worker", 1 << pep.SocialWorker, true, false},
		{"business support", 1 << pep.BusinessSupport, false, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			policy := fixture.Policy(func(par *pep.Parameters) { par.SubsequentDelegation = c.may })
			for role, want := range map[pep.Role]bool{pep.SocialWorker: c.sw, pep.BusinessSupport: c.bs} {
				p := run(t, but(after("2026-05-06")), join([]step{{bs, "2026-02-05", pep.StartSubsequent{}}}, answers(1, 2))...)
				err := p.Do(actOn(policy, role, on("2026-02-06"), atSchool()), pep.Delegate{All: true})
				if want {
					require.NoError(t, err)
				} else {
					requireRefused(t, rule.DELEG2, err)
				}
			}
		})
	}
}
