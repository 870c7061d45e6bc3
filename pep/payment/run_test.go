package payment_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/fixture"
	"virtualschool.example/pep/payment"
	"virtualschool.example/pep/peptest"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
)

var (
	on   = fixture.On
	uid  = fixture.ID
	text = private.NewText
)

// claim returns the claim of a plan that was finalised without a grade, for
// a child in Year 7 who has no other plan.
func claim(n byte, of string) payment.PlanClaim {
	return payment.PlanClaim{
		Claim: payment.Claim{
			Term: term.MustParse(of), YearGroup: forms.Y7, Stage: pep.Finalised,
			Payee: &payment.Payee{Type: forms.CommunitySchool, DfENumber: "888/4000"},
		},
		Plan: pep.ID{UUID: uid(n)}, Version: 9, Child: record.ChildID{UUID: uid(100 + n)},
		Establishment: peptest.School().ID, FinalisedOn: on("2026-02-01"),
	}
}

// pay settles one payment run of a term, which must succeed.
func pay(t testing.TB, of, day string, paid []payment.Line, claims ...payment.PlanClaim) payment.Run {
	t.Helper()
	return payAs(t, of, day, paid, nil, claims...)
}

func payAs(t testing.TB, of, day string, paid []payment.Line, by []payment.Discretion, claims ...payment.PlanClaim) payment.Run {
	t.Helper()
	r, err := payment.Settle(pep.Lancashire(), payment.Order{Term: term.MustParse(of), On: on(day), Claims: claims, Paid: paid, Decisions: by})
	require.NoError(t, err)
	return r
}

// This run has neither lines nor exceptions.
var nothing = payment.Run{Lines: []payment.Line{}, Exceptions: []payment.Exception{}, Revision: 1}

// requireException requires that the run has the wanted exception and nothing else.
func requireException(t testing.TB, want string, outcome payment.Verdict, deciding rule.ID, r payment.Run) {
	t.Helper()
	require.Empty(t, r.Lines)
	require.Zero(t, r.Pence)
	require.Len(t, r.Exceptions, 1)
	e := r.Exceptions[0]
	require.Equal(t, want, e.Cause.String())
	require.Equal(t, outcome, e.Verdict)
	require.Equal(t, deciding.String(), e.Rules[0].String())
	require.NotEmpty(t, e.Cause.Words())
}

// TestAChildIsPaidForOnceInATerm tests PAY-3.
func TestAChildIsPaidForOnceInATerm(t *testing.T) {
	t.Parallel()
	first, second := claim(1, "SPRING 2026"), claim(2, "SPRING 2026")
	second.Child, first.FinalisedOn = first.Child, on("2026-02-02")

	run := pay(t, "SPRING 2026", "2026-03-31", nil, first, second)
	require.Len(t, run.Lines, 1)
	require.Equal(t, second.Plan, run.Lines[0].Plan, "the plan that was finalised first")
	require.Equal(t, 550_00, run.Pence)
	require.Equal(t, "already_paid", run.Exceptions[0].Cause.String())
	require.Equal(t, first.Plan, run.Exceptions[0].Plan)

	again := pay(t, "SPRING 2026", "2026-04-20", run.Lines, first, second)
	requireException(t, "already_paid", payment.NotPayable, rule.PAY3, again)
	require.Equal(t, first.Plan, again.Exceptions[0].Plan, "the plan that was paid is not mentioned")

	other := first
	other.Term = term.MustParse("AUTUMN 2025")
	require.Len(t, pay(t, "SPRING 2026", "2026-04-20", run.Lines, other).Lines, 1, "another term of the child")
	other = first
	other.Child = record.ChildID{UUID: uid(99)}
	require.Len(t, pay(t, "SPRING 2026", "2026-04-20", run.Lines, other).Lines, 1, "another child")
}

// TestALatePlanIsPaidAtItsOwnTermsRate tests PAY-9.
func TestALatePlanIsPaidAtItsOwnTermsRate(t *testing.T) {
	t.Parallel()
	open := claim(1, "SUMMER 2025")
	open.Stage, open.FinalisedOn = pep.Checking, on("")
	requireException(t, "not_finalised", payment.Held, rule.PAY1, pay(t, "SUMMER 2025", "2025-08-31", nil, open))

	late := claim(1, "SUMMER 2025")
	lines := pay(t, "SPRING 2026", "2026-04-20", nil, late, claim(2, "SPRING 2026")).Lines
	require.Len(t, lines, 2)
	require.Equal(t, 610_00, lines[0].Pence, "the rate of SUMMER 2025, not the 550 of SPRING 2026")
	require.Equal(t, "2025/26", lines[0].FinancialYear.String(), "although the run is in 2026/27")

	early := pay(t, "SPRING 2025", "2026-04-20", nil, late)
	require.Empty(t, early.Lines, "a plan of a later term is not paid")
	require.Empty(t, early.Exceptions, "and it is not an exception")
}

// TestATermWithoutARateDoesNotStopOtherPlans tests PAY-4 in a run.
func TestATermWithoutARateDoesNotStopOtherPlans(t *testing.T) {
	t.Parallel()
	run := pay(t, "SUMMER 2026", "2026-08-31", nil, claim(1, "SPRING 2026"), claim(2, "SUMMER 2026"))
	require.Len(t, run.Lines, 1)
	require.Equal(t, "no_rate", run.Exceptions[0].Cause.String())
	require.Equal(t, payment.Held, run.Exceptions[0].Verdict)
}

// byHead returns a decision by the Virtual School Head on the plan of claim(1,
// …).
func byHead(o payment.Verdict, pence int, day string) payment.Discretion {
	return payment.Discretion{
		Plan: pep.ID{UUID: uid(1)}, Verdict: o, Pence: pence, On: on(day), Reason: text("Exceptional"),
		Role: pep.VirtualSchoolHead, By: peptest.Actor(pep.VirtualSchoolHead).ID,
	}
}

// TestTheHeadMayPayOrHold tests PAY-11.
func TestTheHeadMayPayOrHold(t *testing.T) {
	t.Parallel()
	pays, holds := byHead(payment.Payable, 0, "2026-03-31"), byHead(payment.Held, 0, "2026-03-31")
	set := func(change func(*payment.PlanClaim)) payment.PlanClaim {
		c := claim(1, "SPRING 2026")
		change(&c)
		return c
	}
	as := func(d payment.Discretion, day string) payment.Discretion { d.On = on(day); return d }
	for _, test := range []struct {
		name   string
		claim  payment.PlanClaim
		by     []payment.Discretion
		reason string
		pence  int
	}{
		{"nobody decided", claim(1, "SPRING 2026"), nil, "payable", 550_00},
		{"held", claim(1, "SPRING 2026"), []payment.Discretion{holds}, "held_by_head", 0},
		{"held from tomorrow on", claim(1, "SPRING 2026"), []payment.Discretion{as(holds, "2026-04-01")}, "payable", 550_00},
		{"held, then paid", claim(1, "SPRING 2026"), []payment.Discretion{pays, as(holds, "2026-03-30")}, "paid_by_head", 550_00},
		{"held, then paid on the same day", claim(1, "SPRING 2026"), []payment.Discretion{holds, pays}, "paid_by_head", 550_00},
		{"another plan is held", claim(2, "SPRING 2026"), []payment.Discretion{holds}, "payable", 550_00},
		{"held, and not payable anyway", set(func(c *payment.PlanClaim) { c.YearGroup = forms.Y12 }), []payment.Discretion{holds}, "year_group_unpaid", 0},
		{"an independent school", set(func(c *payment.PlanClaim) { c.Payee.Type = forms.Independent }), []payment.Discretion{pays}, "paid_by_head", 550_00},
		{"an independent school, held", set(func(c *payment.PlanClaim) { c.Payee.Type = forms.Independent }), []payment.Discretion{holds}, "payee_unpaid", 0},
		{"Year 12", set(func(c *payment.PlanClaim) { c.YearGroup = forms.Y12 }), []payment.Discretion{pays}, "paid_by_head", 550_00},
		{"red", set(func(c *payment.PlanClaim) { c.Grade = pep.Red }), []payment.Discretion{pays}, "paid_by_head", 550_00},
		{"another sum", claim(1, "SPRING 2026"), []payment.Discretion{byHead(payment.Payable, 1, "2026-03-31")}, "paid_by_head", 1},
		{"no rate, but another sum", claim(1, "SPRING 2023"), []payment.Discretion{byHead(payment.Payable, 300_00, "2026-03-31")}, "paid_by_head", 300_00},
		{"no rate", claim(1, "SPRING 2023"), []payment.Discretion{pays}, "no_rate", 0},
		{"no establishment", set(func(c *payment.PlanClaim) { c.Payee = nil }), []payment.Discretion{pays}, "payee_unpaid", 0},
		{"no DfE number", set(func(c *payment.PlanClaim) { c.Payee.DfENumber = "" }), []payment.Discretion{pays}, "finance_missing", 0},
		{"not finalised", set(func(c *payment.PlanClaim) { c.Stage = pep.Checking }), []payment.Discretion{pays}, "not_finalised", 0},
		{"deleted", set(func(c *payment.PlanClaim) { c.Stage = pep.Deleted }), []payment.Discretion{pays}, "no_longer_a_plan", 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			run := payAs(t, "SPRING 2026", "2026-03-31", nil, test.by, test.claim)
			require.Equal(t, test.pence, run.Pence)
			if test.pence == 0 {
				require.Equal(t, test.reason, run.Exceptions[0].Cause.String())
				return
			}
			require.Equal(t, test.reason, run.Lines[0].Cause.String())
			require.Equal(t, test.pence, run.Lines[0].Pence)
			require.Empty(t, run.Exceptions)
		})
	}
}

// TestTheHeadMustGiveAReason tests PAY-11: without a reason the whole run is
// refused.
func TestTheHeadMustGiveAReason(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		change func(*payment.Discretion)
		code   rule.Code
		member string
	}{
		{"with a reason", func(*payment.Discretion) {}, 0, ""},
		{"without", func(d *payment.Discretion) { d.Reason = text("") }, rule.Blank, ""},
		{"white space", func(d *payment.Discretion) { d.Reason = text(" \n") }, rule.Blank, ""},
		{"a consultant", func(d *payment.Discretion) { d.Role = pep.VirtualSchoolConsultant }, rule.WrongRole, ""},
		{"no plan", func(d *payment.Discretion) { d.Plan = pep.ID{} }, 0, "plan"},
		{"no verdict", func(d *payment.Discretion) { d.Verdict = 0 }, 0, "verdict"},
		{"never", func(d *payment.Discretion) { d.Verdict = payment.NotPayable }, 0, "verdict"},
		{"a negative sum", func(d *payment.Discretion) { d.Pence = -1 }, 0, "pence"},
		{"a sum with a hold", func(d *payment.Discretion) { d.Verdict, d.Pence = payment.Held, 1 }, 0, "pence"},
		{"no day", func(d *payment.Discretion) { d.On = on("") }, 0, "on"},
	} {
		d := byHead(payment.Payable, 0, "2026-03-31")
		test.change(&d)
		_, err := payment.Settle(pep.Lancashire(), payment.Order{
			Term: term.MustParse("SPRING 2026"), On: on("2026-03-31"),
			Claims: []payment.PlanClaim{claim(1, "SPRING 2026")}, Decisions: []payment.Discretion{d},
		})
		require.Equal(t, test.member, rule.InvalidMember(err), test.name)
		if test.code != 0 {
			var refusal *rule.Refusal
			require.ErrorAs(t, err, &refusal, test.name)
			require.Equal(t, rule.PAY11, refusal.Rule(), test.name)
			require.Equal(t, test.code, refusal.Code(), test.name)
		}
	}
}

func TestAMalformedOrderIsInvalid(t *testing.T) {
	t.Parallel()
	for member, q := range map[string]payment.Order{
		"term":   {On: on("2026-03-31")},
		"on":     {Term: term.MustParse("SPRING 2026")},
		"claims": {Term: term.MustParse("SPRING 2026"), On: on("2026-03-31"), Claims: []payment.PlanClaim{claim(1, "SPRING 2026"), claim(1, "AUTUMN 2025")}},
	} {
		_, err := payment.Settle(pep.Lancashire(), q)
		require.Equal(t, member, rule.InvalidMember(err))
	}
	_, err := payment.Settle(pep.Lancashire(), payment.Order{Term: term.MustParse("SPRING 2026"), On: on("2026-03-31"), Claims: make([]payment.PlanClaim, 1)})
	require.Equal(t, "claims", rule.InvalidMember(err))
	_, err = payment.Settle(pep.Lancashire(), payment.Order{Term: term.MustParse("SPRING 2026"), On: on("2025-12-31")})
	require.Equal(t, "term", rule.InvalidMember(err), "a term that has not begun")
	_, err = payment.Settle(pep.Lancashire(), payment.Order{Term: term.MustParse("SPRING 2026"), On: on("2026-01-01")})
	require.NoError(t, err)
}

func TestAMalformedLineIsInvalid(t *testing.T) {
	t.Parallel()
	line := pay(t, "SPRING 2026", "2026-03-31", nil, claim(1, "SPRING 2026")).Lines[0]
	for _, test := range []struct {
		member string
		change func(*payment.Line)
	}{
		{"", func(*payment.Line) {}},
		{"", func(l *payment.Line) { l.Version, l.Cause = 1, payment.PaidByHead }},
		{"pence", func(l *payment.Line) { l.Pence = 0 }},
		{"plan", func(l *payment.Line) { l.Plan = pep.ID{} }},
		{"version", func(l *payment.Line) { l.Version = 0 }},
		{"financialYear", func(l *payment.Line) { l.FinancialYear++ }},
		{"cause", func(l *payment.Line) { l.Cause = payment.HeldByHead }},
	} {
		changed := line
		test.change(&changed)
		require.Equal(t, test.member, rule.InvalidMember(changed.Check()))
	}
}

// TestPaymentRunsInAnyOrder requires, for any claims in any order, that every
// claim for the run's terms is accounted for, that no child is paid for twice,
// and that a repeated run pays nothing.
func TestPaymentRunsInAnyOrder(t *testing.T) {
	t.Parallel()
	terms := []string{"SUMMER 2025", "AUTUMN 2025", "SPRING 2026"}
	rapid.Check(t, func(t *rapid.T) {
		var paid []payment.Line
		for n := range rapid.IntRange(1, 4).Draw(t, "runs") {
			claims := make([]payment.PlanClaim, rapid.IntRange(0, 8).Draw(t, "claims"))
			for i := range claims {
				c := claim(byte(i+1), rapid.SampledFrom(terms).Draw(t, "term"))
				c.Child = record.ChildID{UUID: uid(rapid.ByteRange(1, 3).Draw(t, "child"))}
				c.Stage = rapid.SampledFrom([]pep.Stage{pep.Draft, pep.Finalised, pep.Deleted}).Draw(t, "stage")
				claims[i] = c
			}
			shuffled := rapid.Permutation(claims).Draw(t, "order")
			of := terms[min(n, 2)]
			run := payT(t, of, paid, claims)
			require.Equal(t, run, payT(t, of, paid, shuffled), "the order of the claims does not matter")
			sum := 0
			for _, line := range run.Lines {
				sum += line.Pence
			}
			require.Equal(t, sum, run.Pence)
			paid = append(paid, run.Lines...)
			require.Empty(t, payT(t, of, paid, claims).Lines, "repeated")
			requireAccounted(t, of, run, paid, claims)
		}
		requireOnce(t, paid)
	})
}

func payT(t *rapid.T, of string, paid []payment.Line, claims []payment.PlanClaim) payment.Run {
	r, err := payment.Settle(pep.Lancashire(), payment.Order{Term: term.MustParse(of), On: on("2026-03-31"), Claims: claims, Paid: paid})
	require.NoError(t, err)
	return r
}

// requireAccounted requires that each claim up to the term is a line or an
// exception of the run, or was paid before.
func requireAccounted(t *rapid.T, of string, run payment.Run, paid []payment.Line, claims []payment.PlanClaim) {
	for _, c := range claims {
		isLine := slices.ContainsFunc(paid, func(l payment.Line) bool { return l.Plan == c.Plan })
		excepted := slices.ContainsFunc(run.Exceptions, func(e payment.Exception) bool { return e.Plan == c.Plan })
		if !c.Term.After(term.MustParse(of)) {
			require.True(t, isLine || excepted)
		}
	}
}

func requireOnce(t *rapid.T, paid []payment.Line) {
	type once struct {
		child record.ChildID
		term  term.Term
	}
	terms, plans := map[once]bool{}, map[pep.ID]bool{}
	for _, l := range paid {
		key := once{l.Child, l.Term}
		require.False(t, terms[key], "a child is paid for twice in a term")
		require.False(t, plans[l.Plan], "a plan is paid for twice")
		terms[key], plans[l.Plan] = true, true
	}
}
