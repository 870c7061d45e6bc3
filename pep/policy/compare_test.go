package policy_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
	"virtualschool.example/pep/policy"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
)

// members returns the names of the members in which policies differ.
func members(all []policy.Change) (names []string) {
	for _, d := range all {
		names = append(names, d.Member)
	}
	return names
}

func TestCompareListsWhatAnOverlayChanges(t *testing.T) {
	t.Parallel()
	before := pep.Lancashire()
	for of, move := range moved {
		after := over(t, `{"`+of.String()+`": `+move.value+`}`)
		got := policy.Compare(before, after)
		require.Equal(t, []string{of.String()}, members(got))
		require.Equal(t, policy.Values(before, of), got[0].Before)
		require.Equal(t, policy.Values(after, of), got[0].After)
		require.NotEmpty(t, got[0].Before[0].Source)
	}
	require.Empty(t, policy.Compare(before, over(t, `{}`)))
	require.Equal(t, []string{"name", "council", "revision"}, members(policy.Compare(before, over(t, `{"name": "x", "council": {"names": ["Kent"], "la": "886", "gss": "E10000016"}, "revision": 2}`))))
}

func TestCompareIgnoresADifferentSource(t *testing.T) {
	t.Parallel()
	same := over(t, `{"returnPeriod": [{"source": "x", "value": {"days": 14}}, {"from": "2027-01-01", "source": "y", "value": {"days": 14}}],
		"untilAge": 18}`)
	require.Len(t, same.Editions(), 2)
	require.Empty(t, policy.Compare(pep.Lancashire(), same))
	require.Empty(t, policy.Compare(same, pep.Lancashire()))
}

func TestCompareForAPlanIgnoresOtherDays(t *testing.T) {
	t.Parallel()
	const later = `[{"source": "x", "value": 4}, {"from": "2026-01-02", "source": "y", "value": 5}]`
	after := over(t, `{"revision": 2, "alwaysFromAge": `+later+`, "returnPeriod": [
		{"source": "a", "value": {"days": 14}}, {"from": "2026-03-25", "source": "b", "value": {"days": 7}}],
		"carryForward": [{"source": "c", "value": "after_due"}, {"from": "2026-03-02", "source": "d", "value": "off"}],
		"keepYears": [{"source": "e", "value": 75}, {"from": "2013-10-02", "source": "f", "value": 80}]}`)
	plan := begun(pep.Lancashire(), pep.StartInitial{Meeting: on("2026-03-25")})
	days := policy.DaysOf(plan, on("2026-03-01"), &act(pep.Lancashire(), pep.SocialWorker).Facts.Child, pep.Lancashire())
	require.Equal(t, policy.Days{Meeting: on("2026-03-25"), Term: on("2026-01-01"), Today: on("2026-03-01"), Born: private.NewDate(on("2013-10-01"))}, days)
	days.Born = private.Date{}

	got := policy.CompareFor(days, pep.Lancashire(), after)
	require.Equal(t, []string{"revision", "returnPeriod", "keepYears"}, members(got), "every value is compared if the birth date is not known")
	require.Equal(t, `{"days":14}`, string(got[1].Before[0].JSON))
	require.Equal(t, policy.Value{From: on("2026-03-25"), Source: "b", JSON: []byte(`{"days":7}`)}, got[1].After[0])

	days.Born = private.NewDate(on("2013-10-01"))
	require.Equal(t, []string{"revision", "returnPeriod"}, members(policy.CompareFor(days, pep.Lancashire(), after)))
	days.Today, days.Term, days.Born = on("2026-03-02"), on("2026-04-01"), private.NewDate(on("2013-10-02"))
	require.Equal(t, []string{"revision", "alwaysFromAge", "returnPeriod", "carryForward", "keepYears"},
		members(policy.CompareFor(days, pep.Lancashire(), after)))
}

func TestCompareListsANewlyPublishedRate(t *testing.T) {
	t.Parallel()
	after := over(t, `{"rates": [{"from": "2026-04-01", "to": "2027-04-01", "source": "x", "value": 50000}]}`)
	got := policy.CompareFor(policy.Days{Term: on("2026-04-01")}, pep.Lancashire(), after)
	require.Equal(t, []string{"rates"}, members(got))
	require.Empty(t, got[0].Before, "no rate was published before")
	require.Equal(t, "50000", string(got[0].After[0].JSON))
}

// TestWebsiteDiffersOnlyInTheseMembers requires that these members of the second
// policy differ, and that no answer changes unless it depends on one of these
// members.
func TestWebsiteDiffersOnlyInTheseMembers(t *testing.T) {
	t.Parallel()
	other := website(t)
	require.Equal(t, []string{"name", "revision", "alwaysFromAge", "upperBound", "returnPeriod", "grading"},
		members(policy.Compare(pep.Lancashire(), other)))
	for of := range rule.AllParameters() {
		for _, v := range policy.Values(other, of) {
			require.NotEqual(t, policy.Unsaid, v.Source, of)
		}
	}
	for _, c := range []struct{ name, question, want, lancashire string }{
		{"a child of 3 at home", `{"ask": "pep.required_on", "given": {"born": "2023-01-01", "on": "2026-03-25"}}`,
			`{"required": true}`, `{"required": false, "reason": "not_in_nursery"}`},
		{"a child of 1", `{"ask": "pep.required_on", "given": {"born": "2024-03-26", "on": "2026-03-25"}}`,
			`{"required": false, "reason": "too_young"}`, `{"required": false, "reason": "too_young"}`},
		{"the day before the 18th birthday", `{"ask": "pep.required_on", "given": {"born": "2008-03-02", "on": "2026-03-01"}}`,
			`{"required": true}`, `{"required": true}`},
		{"the 18th birthday", `{"ask": "pep.required_on", "given": {"born": "2008-03-01", "on": "2026-03-01"}}`,
			`{"required": false, "reason": "past_last_term"}`, `{"required": true}`},
		{"18 on the first day of a term", `{"ask": "pep.in_age_window", "given": {"born": "2008-01-01", "term": "SPRING 2026"}}`,
			`{"inWindow": false}`, `{"inWindow": true}`},
		{"18 on the second day of a term", `{"ask": "pep.in_age_window", "given": {"born": "2008-01-02", "term": "SPRING 2026"}}`,
			`{"inWindow": true}`, `{"inWindow": true}`},
		{"the last term, with a birthday on its first day", `{"ask": "pep.last_term", "given": {"born": "2008-01-01"}}`,
			`{"term": "AUTUMN 2025"}`, `{"term": "SPRING 2026"}`},
		{"10 working days over Easter", `{"ask": "delegation.due", "given": {"meeting": "2026-03-25"}}`,
			`{"due": "2026-04-10"}`, `{"due": "2026-04-08"}`},
		{"10 working days without a bank holiday", `{"ask": "delegation.due", "given": {"meeting": "2026-01-14"}}`,
			`{"due": "2026-01-28"}`, `{"due": "2026-01-28"}`},
		{"out of term it is still two weeks", `{"ask": "delegation.due", "given": {"meeting": "2026-03-27", "delegated": "2026-04-05"}}`,
			`{"due": "2026-04-19"}`, `{"due": "2026-04-19"}`},
		{"graded within 12 months", `{"ask": "pep.grading", "given": {"establishment": "B", "child": "c1", "meeting": "2026-11-09", "term": "AUTUMN 2026",
			"history": [{"establishment": "A", "term": "AUTUMN 2025", "grade": "green", "child": "c1", "on": "2025-11-10"}]}}`,
			`{"required": false}`, `{"required": true}`},
		{"graded 12 months ago", `{"ask": "pep.grading", "given": {"establishment": "B", "child": "c1", "meeting": "2026-11-10", "term": "AUTUMN 2026",
			"history": [{"establishment": "A", "term": "AUTUMN 2025", "grade": "green", "child": "c1", "on": "2025-11-10"}]}}`,
			`{"required": true}`, `{"required": true}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			require.Empty(t, ask.Match([]byte(c.want), ask.AnswerJSON(other, []byte(c.question))))
			require.Empty(t, ask.Match([]byte(c.lancashire), ask.AnswerJSON(pep.Lancashire(), []byte(c.question))))
		})
	}
}

func TestCohortAgreesWithTheUpperBounds(t *testing.T) {
	t.Parallel()
	for _, p := range []*pep.Policy{pep.Lancashire(), website(t)} {
		for term, last := p.Calendar().Of(on("2025-12-31")), p.Calendar().Of(on("2028-12-31")); !term.After(last); term = term.Next() {
			for born := p.Calendar().First(term.Add(-18 * 3)).AddDays(-400); born.Before(p.Calendar().First(term.Add(-17 * 3))); born = born.AddDays(1) {
				a, err := p.InAgeWindow(born, term, nil)
				require.NoError(t, err)
				require.Equal(t, a.Required, p.Cohort(term).InWindow(born), "%s for %s", born, term)
			}
		}
	}
}
