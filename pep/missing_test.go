package pep_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/fixture"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
)

func TestStandingForATerm(t *testing.T) {
	t.Parallel()
	spring, autumn := term.New(term.Spring, 2026), term.New(term.Autumn, 2026)
	out := func(stage pep.Stage, due string) pep.Outline {
		return pep.Outline{Term: spring, Stage: stage, Due: on(due)}
	}
	carried := pep.Outline{Term: spring.Next(), Stage: pep.Delegated, Due: on("2026-01-28"), Carried: 1, CarriedTo: spring.Next()}
	entered := func(day string) []record.Episode { return []record.Episode{{Span: span(day, "")}} }
	for _, c := range []struct {
		name    string
		born    string
		term    term.Term
		today   string
		care    []record.Episode // nil means care throughout
		school  []record.Education
		plans   []pep.Outline
		want    string // the standing and the reason
		by      string
		decided rule.ID
	}{
		{"no plan", "2014-03-05", spring, "2026-02-20", nil, nil, nil, "missing no_form", "", rule.MISS1},
		{"a plan of another term", "2014-03-05", spring, "2026-02-20", nil, nil, []pep.Outline{{Term: spring.Previous(), Stage: pep.Finalised}}, "missing no_form", "", rule.MISS1},
		{"a deleted plan", "2014-03-05", spring, "2026-02-20", nil, nil, []pep.Outline{out(pep.Deleted, "")}, "missing no_form", "", rule.MISS1},
		{"a draft", "2014-03-05", spring, "2026-02-20", nil, nil, []pep.Outline{out(pep.Draft, "")}, "missing draft", "", rule.MISS1},
		{"due today", "2014-03-05", spring, "2026-02-20", nil, nil, []pep.Outline{out(pep.Delegated, "2026-02-20")}, "missing delegated_not_due", "2026-02-20", rule.MISS1},
		{"due yesterday", "2014-03-05", spring, "2026-02-21", nil, nil, []pep.Outline{out(pep.Delegated, "2026-02-20")}, "missing overdue", "2026-02-20", rule.MISS1},
		{"returned", "2014-03-05", spring, "2026-02-20", nil, nil, []pep.Outline{out(pep.Returned, "2026-01-28")}, "satisfied returned", "", rule.MISS1},
		{"checking", "2014-03-05", spring, "2026-02-20", nil, nil, []pep.Outline{out(pep.Checking, "")}, "satisfied returned", "", rule.MISS1},
		{"grading", "2014-03-05", spring, "2026-02-20", nil, nil, []pep.Outline{out(pep.Grading, "")}, "satisfied returned", "", rule.MISS1},
		{"finalised beside a draft", "2014-03-05", spring, "2026-02-20", nil, nil, []pep.Outline{out(pep.Draft, ""), out(pep.Finalised, "")}, "satisfied returned", "", rule.MISS1},
		{"OOT-3 carried out of the term", "2014-03-05", spring, "2026-04-20", nil, nil, []pep.Outline{carried}, "missing rolled_over", "2026-01-28", rule.MISS1},
		{"OOT-3 carried into the term", "2014-03-05", spring.Next(), "2026-04-20", nil, nil, []pep.Outline{carried}, "missing overdue", "2026-01-28", rule.MISS1},
		{"OOT-3 carried and returned counts once", "2014-03-05", spring, "2026-06-20", nil, nil, []pep.Outline{{Term: spring.Next(), Stage: pep.Finalised, Carried: 1, CarriedTo: spring.Next()}}, "missing rolled_over", "", rule.MISS1},
		{"OOT-3 for the term that it was carried to", "2014-03-05", spring.Next(), "2026-06-20", nil, nil, []pep.Outline{{Term: spring.Next(), Stage: pep.Finalised, Carried: 1, CarriedTo: spring.Next()}}, "satisfied returned", "", rule.MISS1},
		{"carried twice leaves two terms behind", "2014-03-05", spring, "2026-09-20", nil, nil, []pep.Outline{{Term: autumn, Stage: pep.Draft, Carried: 2, CarriedTo: autumn}}, "missing rolled_over", "", rule.MISS1},
		{"carried twice leaves no earlier term behind", "2014-03-05", spring.Previous(), "2026-09-20", nil, nil, []pep.Outline{{Term: autumn, Stage: pep.Draft, Carried: 2, CarriedTo: autumn}}, "missing no_form", "", rule.MISS1},
		{"carried, then moved to a later meeting", "2014-03-05", spring, "2026-09-20", nil, nil, []pep.Outline{{Term: autumn, Stage: pep.Draft, Carried: 1, CarriedTo: spring.Next()}}, "missing rolled_over", "", rule.MISS1},
		{"not missing where it was only passed over", "2014-03-05", spring.Next(), "2026-09-20", nil, nil, []pep.Outline{{Term: autumn, Stage: pep.Draft, Carried: 1, CarriedTo: spring.Next()}}, "missing no_form", "", rule.MISS1},
		{"deleted after it was carried", "2014-03-05", spring, "2026-04-20", nil, nil, []pep.Outline{{Term: spring.Next(), Stage: pep.Deleted, Carried: 1, CarriedTo: spring.Next()}}, "missing no_form", "", rule.MISS1},

		{"MISS-2 too young", "2024-09-01", spring, "2026-02-20", nil, nil, nil, "not_required too_young", "", rule.MISS2},
		{"MISS-2 past the last term", "2007-12-31", spring, "2026-02-20", nil, nil, nil, "not_required past_last_term", "", rule.MISS2},
		{"MISS-2 care ended before the term", "2014-03-05", spring, "2026-02-20", []record.Episode{{Span: span("2020-01-01", "2026-01-01")}}, nil, nil, "not_required not_looked_after", "", rule.MISS2},
		{"MISS-2 care ended in the term", "2014-03-05", spring, "2026-02-20", []record.Episode{{Span: span("2020-01-01", "2026-02-20")}}, nil, nil, "excused care_ended", "", rule.MISS2},
		{"MISS-2 care ends tomorrow", "2014-03-05", spring, "2026-02-19", []record.Episode{{Span: span("2020-01-01", "2026-02-20")}}, nil, nil, "missing no_form", "", rule.MISS1},
		{"MISS-2 care ended in a term that is over", "2014-03-05", spring, "2026-06-20", []record.Episode{{Span: span("2020-01-01", "2026-03-31")}}, nil, nil, "excused care_ended", "", rule.MISS2},
		{"MISS-2 care ended after the term", "2014-03-05", spring, "2026-06-20", []record.Episode{{Span: span("2020-01-01", "2026-04-01")}}, nil, nil, "missing no_form", "", rule.MISS1},
		{"MISS-2 care ended and the plan is returned", "2014-03-05", spring, "2026-02-20", []record.Episode{{Span: span("2020-01-01", "2026-02-01")}}, nil, []pep.Outline{out(pep.Returned, "")}, "satisfied returned", "", rule.MISS1},
		{"MISS-2 care ended and began again", "2014-03-05", spring, "2026-02-20", []record.Episode{{Span: span("2020-01-01", "2026-02-01")}, {Span: span("2026-03-01", "")}}, nil, nil, "missing no_form", "", rule.MISS1},
		{"CHG-4 the plan was ceased", "2014-03-05", spring, "2026-02-20", nil, nil, []pep.Outline{{Term: spring, Stage: pep.Cancelled, CeasedOn: on("2026-02-10")}}, "excused care_ended", "", rule.MISS2},
		{"CHG-4 ceased the term before", "2014-03-05", spring, "2026-02-20", nil, nil, []pep.Outline{{Term: spring.Previous(), Stage: pep.Cancelled, CeasedOn: on("2025-12-31")}}, "not_required not_looked_after", "", rule.MISS2},
		{"a future term is missing as yet", "2014-03-05", spring, "2025-12-01", nil, nil, nil, "missing no_form", "", rule.MISS1},
		{"a future term of care that will begin in it", "2014-03-05", spring, "2025-12-01", entered("2026-01-20"), nil, nil, "missing no_form", "", rule.MISS1},

		{"ELIG-10 entered on 18 December 2026", "2014-03-05", autumn, "2027-02-01", entered("2026-12-18"), nil, nil, "excused new_to_care", "2027-01-20", rule.MISS2},
		{"ELIG-10 a draft is excused too", "2014-03-05", autumn, "2026-12-20", entered("2026-12-18"), nil, []pep.Outline{{Term: autumn, Stage: pep.Draft}}, "excused new_to_care", "2027-01-20", rule.MISS2},
		{"ELIG-10 due on the last day of the term", "2014-03-05", autumn, "2026-12-20", entered("2026-12-01"), nil, nil, "missing no_form", "", rule.MISS1},
		{"ELIG-10 due on the first day of the next", "2014-03-05", autumn, "2026-12-20", entered("2026-12-02"), nil, nil, "excused new_to_care", "2027-01-04", rule.MISS2},
		{"ELIG-10 due on 28 August", "2014-03-05", spring.Next(), "2026-08-20", entered("2026-07-31"), nil, nil, "missing no_form", "", rule.MISS1},
		{"ELIG-10 due on 1 September", "2014-03-05", spring.Next(), "2026-08-20", entered("2026-08-03"), nil, nil, "excused new_to_care", "2026-09-01", rule.MISS2},
		{"ELIG-10 the next term is missing", "2014-03-05", autumn.Next(), "2027-02-01", entered("2026-12-18"), nil, nil, "missing no_form", "", rule.MISS1},
		{"ELIG-10 an earlier episode in the term", "2014-03-05", autumn, "2026-12-20", []record.Episode{{Span: span("2026-09-10", "2026-10-01")}, {Span: span("2026-12-18", "")}}, nil, nil, "missing no_form", "", rule.MISS1},
		{"ELIG-10 from another authority to ours", "2014-03-05", autumn, "2026-12-20", []record.Episode{{Span: span("2020-01-01", "2026-12-18"), Authority: "890"}, {Span: span("2026-12-18", "")}}, nil, nil, "excused new_to_care", "2027-01-20", rule.MISS2},
		{"A20 the 4th birthday is the entry", "2022-12-18", autumn, "2026-12-20", nil, nil, nil, "excused new_to_care", "2027-01-20", rule.MISS2},
		{"A20 a nursery is the entry", "2024-02-01", autumn, "2026-12-20", nil, []record.Education{{Span: span("2026-12-18", ""), Kind: record.DayNursery}}, nil, "excused new_to_care", "2027-01-20", rule.MISS2},
		{"A20 the 3rd birthday at school is the entry", "2023-12-18", autumn, "2026-12-20", nil, []record.Education{{Span: span("2026-09-01", ""), Kind: record.School}}, nil, "excused new_to_care", "2027-01-20", rule.MISS2},
		{"A20 the 4th birthday of a nursery child is not an entry", "2022-12-18", autumn, "2026-12-20", nil, []record.Education{{Span: span("2026-01-01", ""), Kind: record.Nursery}}, nil, "missing no_form", "", rule.MISS1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			q := pep.MissingQuestion{
				Term: c.term, Today: on(c.today), Plans: c.plans, Education: c.school,
				Care: record.Care{Throughout: c.care == nil, Episodes: c.care},
			}
			got, err := pep.Lancashire().Missing(on(c.born), q)
			require.NoError(t, err)
			reason := got.Reason.String()
			if got.Standing == pep.NotNeeded {
				require.False(t, got.Requirement.Required)
				reason = got.Requirement.Reason.String()
				require.Equal(t, got.Requirement.Sentence(), got.Sentence())
				require.Contains(t, got.Rules.List(), got.Requirement.Rules[0])
			}
			require.Equal(t, c.want, got.Standing.String()+" "+reason)
			require.Equal(t, c.by, got.By.String())
			require.Equal(t, c.decided, got.Rules[0])
			require.NotEmpty(t, got.Sentence())
			require.Equal(t, 1, got.Revision)
		})
	}
}

// ELIG-10: a child who already needed a plan before the term gets no extra time, even
// if the deadline for a first plan is after the term.
func TestAChildWhoNeededAPlanBeforeTheTermIsNotNewToCare(t *testing.T) {
	t.Parallel()
	policy := fixture.Policy(func(p *pep.Parameters) { p.InitialDeadline.WorkingDays = 100 })
	for from, want := range map[string]pep.MissingReason{"2025-12-31": pep.NoForm, "2026-01-01": pep.NewToCare} {
		got, err := policy.Missing(on("2014-03-05"), pep.MissingQuestion{
			Term: term.New(term.Spring, 2026), Today: on("2026-02-20"), Care: record.Care{Episodes: []record.Episode{{Span: span(from, "")}}},
		})
		require.NoError(t, err)
		require.Equal(t, want.String(), got.Reason.String(), from)
	}
}

// ELIG-10: the edition that applied before the term decides whether the child needed
// a plan then.
func TestAPlanThatIsFirstNeededByALaterEditionHasItsGrace(t *testing.T) {
	t.Parallel()
	policy := dated(t, "2027-01-01", func(p *pep.Parameters) { p.AlwaysFromAge, p.InitialDeadline.WorkingDays = 3, 100 })
	got, err := policy.Missing(on("2023-06-01"), pep.MissingQuestion{
		Term: term.New(term.Spring, 2027), Today: on("2027-02-20"), Care: record.Care{Throughout: true},
	})
	require.NoError(t, err)
	require.Equal(t, pep.NewToCare.String(), got.Reason.String())
}

func TestMissingRefusesAnImpossibleQuestion(t *testing.T) {
	t.Parallel()
	p := pep.Lancashire()
	spring := term.New(term.Spring, 2026)
	_, err := p.Missing(on("2026-04-01"), pep.MissingQuestion{Term: spring, Today: on("2026-02-20"), Care: record.Care{Throughout: true}})
	requireInvalid(t, "born", err)
	_, err = p.Missing(on("2014-03-05"), pep.MissingQuestion{Term: spring, Care: record.Care{Throughout: true}})
	requireInvalid(t, "today", err)
	_, err = p.Missing(on("2014-03-05"), pep.MissingQuestion{Today: on("2026-02-20"), Care: record.Care{Throughout: true}})
	requireInvalid(t, "term", err)
	_, err = p.Missing(on("2026-12-18").AddDays(-365*14), pep.MissingQuestion{
		Term: term.New(term.Autumn, 2028), Today: on("2028-12-20"),
		Care: record.Care{Episodes: []record.Episode{{Span: span("2028-12-18", "")}}},
	})
	requireRefused(t, rule.DUE7, err)
}

// TestTheOutlineOfACarriedPlan checks the outline of a plan that was carried forward.
func TestTheOutlineOfACarriedPlan(t *testing.T) {
	t.Parallel()
	p := run(t, atSchool(), join(delegated(), nil, step{sys, "2026-04-01", pep.CarryForward{}})...)
	s := p.Snapshot()
	for of, want := range map[string]pep.MissingReason{"SPRING 2026": pep.RolledOver, "SUMMER 2026": pep.OverdueReturn, "AUTUMN 2026": pep.NoForm} {
		q := pep.MissingQuestion{Term: term.MustParse(of), Today: on("2026-04-20"), Care: record.Care{Throughout: true}, Plans: []pep.Outline{s.Outline()}}
		got, err := pep.Lancashire().Missing(on("2014-03-05"), q)
		require.NoError(t, err)
		require.Equal(t, want.String(), got.Reason.String(), of)
	}
}

func TestEveryMissingReasonSaysWhatItIs(t *testing.T) {
	t.Parallel()
	for r := pep.NothingNeeded; r <= pep.DelegatedNotDue; r++ {
		text, err := r.MarshalText()
		require.NoError(t, err)
		require.NotEmpty(t, text)
		if r != pep.NothingNeeded {
			require.NotEmpty(t, pep.MissingDecision{Reason: r}.Sentence())
		}
	}
	require.Empty(t, pep.MissingReason(0).String())
	require.Empty(t, (pep.DelegatedNotDue + 1).String())
	text, err := pep.MissingPlan.MarshalText()
	require.NoError(t, err)
	require.Equal(t, "missing", string(text))
}
