package delegation_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"virtualschool.example/delegation"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
)

func TestPreflightNamesEveryReason(t *testing.T) {
	t.Parallel()
	monday := time.Date(2026, time.January, 12, 9, 0, 0, 0, time.UTC)
	day := 24 * time.Hour
	for _, c := range []struct {
		name     string
		status   record.Status
		active   bool
		actioned time.Time
		at       time.Time
		want     []rule.ID
	}{
		{"nothing stands in the way", record.Current, true, time.Time{}, monday, nil},
		{"PRE-1 an ended establishment", record.Ended, true, time.Time{}, monday, []rule.ID{rule.PRE1}},
		{"PRE-1 an establishment without a status", 0, true, time.Time{}, monday, []rule.ID{rule.PRE1}},
		{"PRE-2 an inactive contributor", record.Current, false, time.Time{}, monday, []rule.ID{rule.PRE2}},
		{"PRE-3 just actioned", record.Current, true, monday, monday, []rule.ID{rule.PRE3}},
		{"PRE-3 a nanosecond short of a day", record.Current, true, monday, monday.Add(day - 1), []rule.ID{rule.PRE3}},
		{"PRE-3 exactly a day", record.Current, true, monday, monday.Add(day), nil},
		{"PRE-3 more than a day", record.Current, true, monday, monday.Add(day + 1), nil},
		{"PRE-3 in another zone", record.Current, true, monday, monday.Add(day).In(time.FixedZone("", 3600)), nil},
		{"PRE-3 actioned in the future", record.Current, true, monday.Add(time.Hour), monday, []rule.ID{rule.PRE3}},
		{"all three at once, in order", record.Ended, false, monday, monday, []rule.ID{rule.PRE1, rule.PRE2, rule.PRE3}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var reasons rule.Reasons
			delegation.Lancashire().Preflight(record.Establishment{Status: c.status}, record.Contributor{Active: c.active, Actioned: c.actioned}, c.at, &reasons)
			var got []rule.ID
			for _, reason := range reasons.List() {
				got = append(got, reason.Rule)
				require.Equal(t, reason.Rule == rule.PRE3, !reason.From.IsZero())
			}
			require.Equal(t, c.want, got)
		})
	}
}

func TestARefusalSaysWhenTheContributorCanBeSelected(t *testing.T) {
	t.Parallel()
	actioned := time.Date(2026, time.March, 28, 9, 0, 0, 0, time.UTC) // the clocks go forward that night, but it is still 24 hours
	p := with(func(p *delegation.Rules) { p.PortalLag = 36 * time.Hour })
	var reasons rule.Reasons
	p.Preflight(record.Establishment{Status: record.Current}, record.Contributor{Active: true, Actioned: actioned}, actioned, &reasons)
	require.Equal(t, time.Date(2026, time.March, 29, 21, 0, 0, 0, time.UTC), reasons.List()[0].From)
	require.Equal(t, reasons.List()[0].From, p.SelectableFrom(record.Contributor{Actioned: actioned}))
	require.True(t, p.SelectableFrom(record.Contributor{}).IsZero())
}

func TestAgencyIsMatchedOnNameAndPostCode(t *testing.T) {
	t.Parallel()
	e := record.Establishment{Name: "Moor Park Primary", PostCode: "PR1 0XA"}
	require.True(t, delegation.MatchesAgency(e, "Moor Park Primary", "PR1 0XA"))
	for _, other := range [][2]string{{"Moor Park Primary", "PR1 0XB"}, {"Moor Park", "PR1 0XA"}, {"Moor Park Primary", "PR10XA"}, {"moor park primary", "PR1 0XA"}, {"", ""}} {
		require.False(t, delegation.MatchesAgency(e, other[0], other[1]), other)
	}
}
