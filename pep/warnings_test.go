package pep_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
)

func TestWarningsOfAPlan(t *testing.T) {
	t.Parallel()
	prepared := join(started(), answers(1, 2))
	nextOn := func(comment string) []step {
		return join(returned(), nil, step{sw, "2026-01-21", pep.Reassign{Comment: text(comment)}})
	}
	carried := join(delegated(), nil, step{sys, "2026-04-01", pep.CarryForward{}})
	for _, c := range []struct {
		name  string
		steps []step
		facts pep.Facts
		day   string
		want  []pep.Warning
	}{
		{"nothing", prepared, atSchool(), "2026-01-06", nil},
		{"FORM-9 moved to a special school", prepared, but(func(f *pep.Facts) { f.Establishment.Special = true }), "2026-01-06", []pep.Warning{pep.TypeMismatch}},
		{"FORM-9 a special school by its type", prepared, but(func(f *pep.Facts) { f.Establishment.Type = 7 }), "2026-01-06", []pep.Warning{pep.TypeMismatch}},
		{"FORM-9 recorded in Year 6", prepared, but(func(f *pep.Facts) { f.Child.RecordedYear = 10 }), "2026-01-06", []pep.Warning{pep.TypeMismatch}},
		{"FORM-9 out of school stays mainstream", prepared, but(nowhere), "2026-01-06", nil},
		{"SECT-4 ten days before", started(), atSchool(), "2026-01-04", nil},
		{"SECT-4 nine days before", started(), atSchool(), "2026-01-05", []pep.Warning{pep.LatePreparation}},
		{"SECT-4 section 2 is blank", join(started(), answers(1, 1)), atSchool(), "2026-01-05", []pep.Warning{pep.LatePreparation}},
		{"SECT-4 ready", prepared, atSchool(), "2026-01-14", nil},
		{"DELEG-3 due on the day of the meeting", join(prepared, nil, step{sw, "2026-01-06", pep.Delegate{All: true, Due: on("2026-01-14")}}), atSchool(), "2026-01-06", nil},
		{"DELEG-3 due the day before", join(prepared, nil, step{sw, "2026-01-06", pep.Delegate{All: true, Due: on("2026-01-13")}}), atSchool(), "2026-01-06", []pep.Warning{pep.DueBeforeMeeting}},
		{"ASSIGN-3 in the next term", nextOn("SPRING—31/08/2026"), atSchool(), "2026-01-22", nil},
		{"ASSIGN-3 in the same term", nextOn("SPRING—31/03/2026"), atSchool(), "2026-01-22", []pep.Warning{pep.SameTerm}},
		{"ASSIGN-3 skips a term", nextOn("SPRING—01/09/2026"), atSchool(), "2026-01-22", []pep.Warning{pep.SkipsTerm}},
		{"OOT-4 before the end of the second term", carried, atSchool(), "2026-08-31", nil},
		{"OOT-4 after it", carried, atSchool(), "2026-09-01", []pep.Warning{pep.Stale}},
		{"OOT-4 not carried yet", delegated(), atSchool(), "2026-09-01", nil},
		{"OOT-4 returned", join(carried, nil, step{dt, "2026-04-10", pep.SubmitContribution{}}), atSchool(), "2026-09-01", nil},
		{"YEAR-2 recorded two years from the age", prepared, recordedYear(forms.Y9, ""), "2026-01-06", []pep.Warning{pep.YearFarFromAge}},
		{"YEAR-2 recorded a year from the age", prepared, recordedYear(forms.Y8, ""), "2026-01-06", nil},
		{"YEAR-2 a year from the age on the day of recording", prepared, recordedYear(forms.Y8, "2025-08-31"), "2026-01-06", []pep.Warning{pep.YearFarFromAge}},
		{"CHG-2 at the school of the plan", delegated(), educated(record.Education{Span: span("2020-09-01", ""), Establishment: schoolID}), "2026-01-07", nil},
		{"CHG-2 moves tomorrow", delegated(), educated(moving("2026-01-08")...), "2026-01-07", nil},
		{"CHG-2 has moved today", delegated(), educated(moving("2026-01-07")...), "2026-01-07", []pep.Warning{pep.ChildMoved}},
		{"CHG-2 has left and is nowhere", delegated(), educated(moving("2026-01-07")[0]), "2026-01-07", []pep.Warning{pep.ChildMoved}},
		{"CHG-2 at both", delegated(), educated(moving("2026-01-07")[1], record.Education{Span: span("2020-09-01", ""), Establishment: schoolID}), "2026-01-07", nil},
		{"CHG-2 education that names no establishment", delegated(), educated(record.Education{Span: span("2020-09-01", "")}), "2026-01-07", nil},
		{"CHG-2 a draft follows the child", prepared, educated(moving("2026-01-06")...), "2026-01-06", nil},
		{"CHG-6 health changed on the day of the start", prepared, health("2026-01-05"), "2026-01-07", nil},
		{"CHG-6 health changed since", prepared, health("2026-01-06"), "2026-01-07", []pep.Warning{pep.HealthChanged}},
		{"CHG-6 health changed, the establishment has the plan", delegated(), health("2026-01-06"), "2026-01-07", []pep.Warning{pep.HealthChanged}},
		{"CHG-6 health changed, the social worker has the plan back", returned(), health("2026-01-06"), "2026-01-21", []pep.Warning{pep.HealthChanged}},
		{"CHG-6 health is to change", prepared, health("2026-01-08"), "2026-01-07", nil},
		{"CHG-6 business support has the plan", nextOn("SPRING—31/08/2026"), health("2026-01-06"), "2026-01-22", nil},
		{"NOTE-1 another worker on the day of the start", prepared, newWorker("2026-01-05"), "2026-01-07", nil},
		{"NOTE-1 another worker since", prepared, newWorker("2026-01-06"), "2026-01-07", []pep.Warning{pep.WorkerChanged}},
		{"NOTE-1 another worker today, the establishment has the plan", delegated(), newWorker("2026-01-07"), "2026-01-07", []pep.Warning{pep.WorkerChanged}},
		{"NOTE-1 another worker from tomorrow", prepared, newWorker("2026-01-08"), "2026-01-07", nil},
		{"NOTE-1 business support has the plan", nextOn("SPRING—31/08/2026"), newWorker("2026-01-06"), "2026-01-22", nil},
		{"several at once", started(), but(func(f *pep.Facts) { f.Establishment.Special = true }), "2026-01-10", []pep.Warning{pep.TypeMismatch, pep.LatePreparation}},
		{"a finalised plan has none", finalised(), but(func(f *pep.Facts) { f.Establishment.Special = true }), "2026-09-01", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := run(t, atSchool(), c.steps...).Warnings(act(sw, c.day, c.facts))
			require.NoError(t, err)
			require.Equal(t, c.want, got)
		})
	}
}

// recordedYear returns the facts of a child whose year group was recorded on a day.
func recordedYear(y forms.YearGroup, day string) pep.Facts {
	return but(func(f *pep.Facts) { f.Child.RecordedYear, f.Child.RecordedOn = y, on(day) })
}

// newWorker returns the facts of a child whose case another worker took over on a day.
func newWorker(day string) pep.Facts {
	return but(func(f *pep.Facts) { f.Child.WorkerSince = on(day) })
}

// health returns the facts of a child whose health information changed on a day.
func health(day string) pep.Facts { return but(func(f *pep.Facts) { f.Child.HealthSince = on(day) }) }

func educated(periods ...record.Education) pep.Facts {
	return but(func(f *pep.Facts) { f.Child.Education = periods })
}

// moving returns the education of a child who leaves the school for another one on a day.
func moving(day string) []record.Education {
	return []record.Education{{Span: span("2020-09-01", day), Establishment: schoolID}, {Span: span(day, ""), Establishment: otherID}}
}

func TestWarningsOfAnUnusableActAreInvalid(t *testing.T) {
	t.Parallel()
	p := run(t, atSchool(), started()...)
	by := act(sw, "2026-01-06", atSchool())
	by.Policy = revisions[2]
	got, err := p.Warnings(by)
	require.Nil(t, got)
	requireInvalid(t, "policy", err)
	got, err = pep.New(planID).Warnings(by)
	require.NoError(t, err)
	require.Nil(t, got)
}

func TestEveryWarningSaysWhatItIs(t *testing.T) {
	t.Parallel()
	rules := []rule.ID{rule.FORM9, rule.SECT4, rule.DELEG3, rule.ASSIGN3, rule.ASSIGN3, rule.OOT4, rule.YEAR2, rule.CHG2, rule.CHG6, rule.NOTE1, rule.NOTE1}
	for w := pep.TypeMismatch; w <= pep.NotesUnread; w++ {
		require.NotEmpty(t, w.Sentence())
		require.Equal(t, rules[w-1], w.Rule())
		text, err := w.MarshalText()
		require.NoError(t, err)
		require.Equal(t, w.String(), string(text))
		if gap, err := delegation.ParseGap(w.String()); err == nil {
			require.Contains(t, []pep.Warning{pep.SameTerm, pep.SkipsTerm}, w, gap)
		}
	}
	require.Empty(t, pep.Warning(0).String())
	require.Empty(t, (pep.NotesUnread + 1).String())
}
