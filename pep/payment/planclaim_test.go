package payment_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/payment"
	"virtualschool.example/pep/peptest"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
)

// finalised returns the plan of the first invented child, for a meeting on 14
// January 2026, finalised without a grade.
func finalised(t *testing.T) *pep.PEP {
	t.Helper()
	return peptest.New(t).At(1, pep.Finalised)
}

// step is an action, with the role of the person who takes it and the day.
type step struct {
	role pep.Role
	day  string
	do   pep.Action
}

// after returns a copy of p on which the invented people have taken the steps.
// The plan must belong to the first invented child.
func after(t *testing.T, p *pep.PEP, steps ...step) *pep.PEP {
	t.Helper()
	p, err := pep.Restore(p.Snapshot())
	require.NoError(t, err)
	school, teacher := peptest.School(), peptest.Teacher()
	var clock peptest.Clock
	for _, s := range steps {
		by := peptest.Actor(s.role)
		clock.Noon(on(s.day))
		require.NoError(t, p.Do(&pep.Act{
			By: by.ID, Role: by.Role, Contributor: by.Contributor, On: on(s.day), At: clock.Now(), Policy: pep.Lancashire(),
			Facts: pep.Facts{Child: peptest.Child(1), Establishment: &school, Contributor: &teacher},
		}, s.do), s.do.Verb())
	}
	return p
}

// claimOf returns the claim of a plan of the first invented child, whose
// establishment is the school.
func claimOf(t *testing.T, p *pep.PEP, school record.Establishment) payment.PlanClaim {
	t.Helper()
	s := p.Snapshot()
	c, err := payment.ClaimOf(&s, on("2014-05-20"), forms.Recorded{}, &school)
	require.NoError(t, err)
	return c
}

// TestThePayeeIsTheEstablishmentOfThePlan tests PAY-6.
func TestThePayeeIsTheEstablishmentOfThePlan(t *testing.T) {
	t.Parallel()
	p, school := finalised(t), peptest.School()
	run := pay(t, "SPRING 2026", "2026-03-31", nil, claimOf(t, p, school))
	require.Equal(t, []payment.Line{{
		Payment: record.Payment{Child: peptest.Child(1).ID, Term: term.MustParse("SPRING 2026"), Establishment: school.ID, Pence: 550_00, PaidOn: on("2026-03-31")},
		Plan:    p.ID(), Version: p.Version(), FinancialYear: 2025, Cause: payment.Paid,
	}}, run.Lines)

	s, other := p.Snapshot(), school
	other.ID = record.EstablishmentID{UUID: uid(4)}
	for name, at := range map[string]*record.Establishment{"where the child is now": &other, "nowhere": nil} {
		_, err := payment.ClaimOf(&s, on("2014-03-05"), forms.Recorded{}, at)
		require.Equal(t, "establishment", rule.InvalidMember(err), name)
	}
}

func TestAPlanWithoutAnEstablishmentPaysNobody(t *testing.T) {
	t.Parallel()
	s, school := finalised(t).Snapshot(), peptest.School()
	s.Establishment, s.Final.Establishment = record.EstablishmentID{}, record.EstablishmentID{}
	c, err := payment.ClaimOf(&s, on("2014-03-05"), forms.Recorded{}, nil)
	require.NoError(t, err)
	requireException(t, "payee_unpaid", payment.NotPayable, rule.PAY7, pay(t, "SPRING 2026", "2026-03-31", nil, c))
	_, err = payment.ClaimOf(&s, on("2014-03-05"), forms.Recorded{}, &school)
	require.Equal(t, "establishment", rule.InvalidMember(err))
}

// TestTheYearGroupIsThatOfTheMeeting tests PAY-5.
func TestTheYearGroupIsThatOfTheMeeting(t *testing.T) {
	t.Parallel()
	s, school := finalised(t).Snapshot(), peptest.School()
	for _, test := range []struct {
		name, born string
		recorded   forms.Recorded
		want       forms.YearGroup
	}{
		{"Year 11 on the day of the meeting", "2010-08-31", forms.Recorded{}, forms.Y11},
		{"a day younger", "2010-09-01", forms.Recorded{}, forms.Y10},
		{"as recorded", "2010-08-31", forms.Recorded{Year: forms.Y10}, forms.Y10},
		{"as recorded a year before", "2010-08-31", forms.Recorded{Year: forms.Y9, On: on("2025-08-31")}, forms.Y10},
	} {
		c, err := payment.ClaimOf(&s, on(test.born), test.recorded, &school)
		require.NoError(t, err)
		require.Equal(t, test.want, c.YearGroup, test.name)
	}
	_, err := payment.ClaimOf(&s, on("2006-08-31"), forms.Recorded{}, &school)
	require.ErrorIs(t, err, rule.YEAR4)
}

// TestACarriedPlanIsPaidForTheTermItWasCarriedTo tests PAY-10.
func TestACarriedPlanIsPaidForTheTermItWasCarriedTo(t *testing.T) {
	t.Parallel()
	w := peptest.New(t)
	w.Clock.Noon(on("2025-10-01"))
	delegated := peptest.Bring(t, w.Service, w.Child(1), on("2025-10-08"), pep.Delegated)
	p := after(t, delegated,
		step{pep.System, "2026-01-05", pep.CarryForward{}},
		step{pep.DesignatedTeacher, "2026-01-20", pep.SubmitContribution{}},
		step{pep.SocialWorker, "2026-01-21", pep.Reassign{Comment: text("SPRING—06/05/2026")}},
		step{pep.BusinessSupport, "2026-01-23", pep.Finalise{}},
	)
	c := claimOf(t, p, peptest.School())
	require.Equal(t, nothing, pay(t, "AUTUMN 2025", "2026-03-31", nil, c), "nothing is paid for the term of the meeting")
	lines := pay(t, "SPRING 2026", "2026-03-31", nil, c).Lines
	require.Len(t, lines, 1)
	require.Equal(t, "SPRING 2026", lines[0].Term.String())

	s := p.Snapshot()
	s.Meeting, s.Carried, s.CarriedTo, s.Term = on("2025-10-08"), 0, term.Term{}, term.MustParse("AUTUMN 2025")
	notCarried, err := pep.Restore(s)
	require.NoError(t, err)
	require.Equal(t, "AUTUMN 2025", pay(t, "AUTUMN 2025", "2026-03-31", nil, claimOf(t, notCarried, peptest.School())).Lines[0].Term.String())
}

// TestWhatWasPaidIsFlaggedAndNotClawedBack tests PAY-12.
func TestWhatWasPaidIsFlaggedAndNotClawedBack(t *testing.T) {
	t.Parallel()
	p, school := finalised(t), peptest.School()
	paid := pay(t, "SPRING 2026", "2026-02-01", nil, claimOf(t, p, school)).Lines
	require.Len(t, paid, 1)
	require.Equal(t, nothing, pay(t, "SPRING 2026", "2026-03-31", paid, claimOf(t, p, school)), "an unchanged plan is not mentioned")

	reopen := step{pep.ServiceDesk, "2026-02-02", pep.Reopen{Reason: text("Wrong date")}}
	revise := step{pep.BusinessSupport, "2026-02-02", pep.Revise{Reason: text("New school")}}
	for _, test := range []struct {
		name, want string
		steps      []step
	}{
		{"reopened", "changed_since_paid", []step{reopen}},
		{"reopened and finalised again", "changed_since_paid", []step{reopen, {pep.BusinessSupport, "2026-02-03", pep.Finalise{}}}},
		{"revised", "changed_since_paid", []step{revise}},
		{"deleted", "deleted_since_paid", []step{{pep.ServiceDesk, "2026-02-02", pep.Delete{Reason: text("Twice")}}}},
	} {
		c := claimOf(t, after(t, p, test.steps...), school)
		requireException(t, test.want, payment.NotPayable, rule.PAY12, pay(t, "SPRING 2026", "2026-03-31", paid, c))
	}
}

// TestAnAcademyIsPaidOnceItsDetailsAreKnown tests CHG-3 and PAY-8.
func TestAnAcademyIsPaidOnceItsDetailsAreKnown(t *testing.T) {
	t.Parallel()
	p, before := finalised(t), peptest.School() // the finance details on record belong to the school, not to the academy that it becomes
	converted := func(number string) record.Establishment {
		academy, err := pep.Lancashire().Convert(before, pep.Conversion{Type: forms.AcademyConverter, DfENumber: number})
		require.NoError(t, err)
		return academy
	}
	held := func(at record.Establishment) payment.Run {
		return pay(t, "SPRING 2026", "2026-03-31", nil, claimOf(t, p, at))
	}
	require.Len(t, held(before).Lines, 1, "before the conversion")
	after, unnumbered := converted("888/6900"), converted("")
	requireException(t, "finance_missing", payment.Held, rule.PAY8, held(after))
	unnumbered.Finance = true
	requireException(t, "finance_missing", payment.Held, rule.PAY8, held(unnumbered))
	after.Finance = true
	lines := pay(t, "SUMMER 2026", "2026-06-01", nil, claimOf(t, p, after)).Lines
	require.Len(t, lines, 1, "in a later run")
	require.Equal(t, 550_00, lines[0].Pence)
}
