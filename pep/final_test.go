package pep_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/payment"
	"virtualschool.example/pep/record"
	"virtualschool.example/term"
)

// revised returns the steps of a plan that is finalised green on 23 January 2026 and
// then revised.
func revised() []step {
	why := text("Because")
	return join(grading(), nil,
		step{vsc, "2026-01-23", pep.AwardGrade{Grade: pep.Green, Feedback: why}},
		step{bs, "2026-01-23", pep.Finalise{}},
		step{bs, "2026-01-24", pep.Revise{Reason: why}})
}

// whatIsLeft returns ways in which a revised plan can go on. None of them changes what
// was finalised.
func whatIsLeft() map[string][]step {
	why := text("Because")
	redelegate := step{sw, "2026-01-25", pep.Redelegate{Comments: why}}
	reassign := step{sw, "2026-01-25", pep.Reassign{Comment: text("SPRING—20/05/2026")}}
	grading := step{bs, "2026-01-26", pep.SendForGrading{Reason: why}}
	return map[string][]step{
		"revised":           nil,
		"delegated again":   {redelegate},
		"retracted":         {redelegate, {sw, "2026-01-26", pep.Retract{ConfirmedWithSetting: true, Reason: why}}},
		"for another day":   {reassign},
		"graded red":        {reassign, grading, {vsc, "2026-01-27", pep.AwardGrade{Grade: pep.Red, Feedback: why}}},
		"ceased":            {{sw, "2026-02-20", pep.Cease{On: on("2026-02-20")}}},
		"ceased, delegated": {redelegate, {sw, "2026-02-20", pep.Cease{On: on("2026-02-20")}}},
		"ceased, reopened":  {{sw, "2026-02-20", pep.Cease{On: on("2026-02-20")}}, reopens("2026-02-21")},
	}
}

func TestWhatWasFinalisedStaysFinalised(t *testing.T) {
	t.Parallel()
	want := pep.Final{Revision: 1, On: on("2026-01-23"), Grade: pep.Green, Next: on("2026-05-06"), Establishment: schoolID}
	for name, steps := range whatIsLeft() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := run(t, atSchool(), join(revised(), steps)...).Snapshot()
			require.Equal(t, want, s.Final)
			_, err := pep.Restore(s)
			require.NoError(t, err)

			q := pep.MissingQuestion{
				Term: term.MustParse("SPRING 2026"), Today: on("2026-03-01"), Plans: []pep.Outline{s.Outline()},
				Care: record.Care{Episodes: []record.Episode{{Span: span("2024-01-10", "")}}},
			}
			standing, err := pep.Lancashire().Missing(on("2014-03-05"), q)
			require.NoError(t, err)
			require.Equal(t, pep.Satisfied, standing.Standing, "MISS-1")

			claim, err := payment.ClaimOf(&s, on("2014-03-05"), forms.Recorded{}, atSchool().Establishment)
			require.NoError(t, err)
			require.Equal(t, []any{pep.Finalised, pep.Green, schoolID, want.On}, []any{claim.Stage, claim.Grade, claim.Establishment, claim.FinalisedOn}, "PAY-1")

			var facts pep.Facts
			facts.AddPlan(&s)
			require.Equal(t, &pep.Previous{Plan: planID, Started: s.Started, Term: s.Term, Next: want.Next, Finalised: want.On, Kind: s.Kind}, facts.Previous, "START-1")
		})
	}
}

func TestWhatClearsTheRecordOfFinalising(t *testing.T) {
	t.Parallel()
	deletes := step{pep.ServiceDesk, "2026-02-22", pep.Delete{Reason: text("Entered twice")}}
	cease := step{sw, "2026-02-20", pep.Cease{On: on("2026-02-20")}}
	for name, steps := range map[string][]step{
		"deleted":                            join(finalised(), nil, deletes),
		"a later revision deleted":           join(revised(), nil, deletes),
		"a ceased one reopened and deleted":  join(revised(), nil, cease, reopens("2026-02-21"), deletes),
		"reopened while finalised":           join(finalised(), nil, reopens("2026-02-21")),
		"reopened while finalised and ended": join(finalised(), nil, reopens("2026-02-19"), cease),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := run(t, atSchool(), steps...).Snapshot()
			require.Equal(t, pep.Final{}, s.Final)
			require.False(t, s.Outline().Finalised, "MISS-1")
			claim, err := payment.ClaimOf(&s, on("2014-03-05"), forms.Recorded{}, atSchool().Establishment)
			require.NoError(t, err)
			require.Equal(t, s.Stage, claim.Stage, "PAY-1")
			var facts pep.Facts
			facts.AddPlan(&s)
			require.Nil(t, facts.Previous, "START-1")
		})
	}
}

// TestFinalisingTheNextRevisionReplacesTheRecord checks that the plan keeps only
// what was finalised last.
func TestFinalisingTheNextRevisionReplacesTheRecord(t *testing.T) {
	t.Parallel()
	p := run(t, atSchool(), join(revised(), nil,
		step{sw, "2026-02-02", pep.Reassign{Comment: text("SPRING—20/05/2026")}}, step{bs, "2026-02-03", pep.Finalise{}})...)
	want := pep.Final{Revision: 2, On: on("2026-02-03"), Grade: pep.Green, Next: on("2026-05-20"), Establishment: schoolID}
	require.Equal(t, want, p.Snapshot().Final)
}

// TestPAY6PaysTheEstablishmentLastFinalised checks a plan that was finalised for a
// child in no establishment. The next revision is delegated to a school, but the school
// is not paid for the revision that was finalised before.
func TestPAY6PaysTheEstablishmentLastFinalised(t *testing.T) {
	t.Parallel()
	steps := join(started(), answers(1, 6),
		step{sw, "2026-01-21", pep.Reassign{Comment: text("SPRING—06/05/2026")}}, step{bs, "2026-01-22", pep.Finalise{}},
		step{bs, "2026-01-23", pep.Revise{Reason: text("The child has a school")}})
	p := run(t, but(nowhere), steps...)
	require.NoError(t, p.Do(act(sw, "2026-01-24", atSchool()), pep.Redelegate{Comments: text("Please complete it")}))
	s := p.Snapshot()
	require.Equal(t, schoolID, s.Establishment)
	claim, err := payment.ClaimOf(&s, on("2014-03-05"), forms.Recorded{}, nil)
	require.NoError(t, err)
	require.True(t, claim.Establishment.IsZero())
	require.Nil(t, claim.Payee)
}

// TestSTART1FollowsTheLatestFinalisedPlan checks that the plan with the latest term
// counts as the latest and, within one term, the plan that was started last.
func TestSTART1FollowsTheLatestFinalisedPlan(t *testing.T) {
	t.Parallel()
	plan := func(id byte, of, started string) pep.Snapshot {
		return pep.Snapshot{
			ID: pep.ID{UUID: uid(id)}, Type: forms.SecondaryMainstream, Stage: pep.Finalised, Term: term.MustParse(of),
			Started: on(started), Final: pep.Final{Revision: 1, On: on(started)},
		}
	}
	first, latest := plan(1, "AUTUMN 2025", "2025-09-10"), plan(2, "SPRING 2026", "2026-01-05")
	sameTerm, open := plan(3, "SPRING 2026", "2025-12-20"), plan(4, "SUMMER 2026", "2026-04-05")
	open.Stage, open.Final = pep.Draft, pep.Final{}
	gone := plan(5, "AUTUMN 2026", "2026-09-05")
	gone.Stage, gone.CeasedOn, gone.Final = pep.Cancelled, on("2026-09-20"), pep.Final{}
	for _, order := range [][]pep.Snapshot{
		{first, latest, sameTerm, open, gone}, {gone, open, sameTerm, latest, first}, {latest, first, gone, sameTerm, open},
	} {
		var facts pep.Facts
		for i := range order {
			facts.AddPlan(&order[i])
		}
		require.Equal(t, latest.ID, facts.Previous.Plan)
		require.True(t, facts.OtherOpen)
		require.Equal(t, gone.CeasedOn, facts.CeasedOn)
	}
}
