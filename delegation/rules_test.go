package delegation_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"virtualschool.example/delegation"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/workday"
)

func TestLancashireReturnsThePublishedValues(t *testing.T) {
	t.Parallel()
	require.Equal(t, delegation.Rules{
		Terms: term.Lancashire(), Workdays: workday.EnglandAndWales(),
		Return: delegation.Period{Days: 14}, OutOfTerm: delegation.Period{Days: 14},
		Reminders: delegation.OnTheDay, Carry: delegation.AfterDue, MaxCarries: 1,
		PortalLag: 24 * time.Hour, Preparation: 10,
		Comment: delegation.Grammar{Dashes: "—–-\u2010\u2011\u2012\u2015\u2212", None: "N/A"},
	}, delegation.Lancashire())
	require.NoError(t, delegation.Lancashire().Check())
	one, other := delegation.Lancashire(), delegation.Lancashire()
	require.True(t, one == other, "a policy is comparable")
}

func TestCheckNamesAnInvalidMember(t *testing.T) {
	t.Parallel()
	for member, change := range map[string]func(*delegation.Rules){
		"terms":           func(p *delegation.Rules) { p.Terms = term.Calendar{} },
		"bankHolidays":    func(p *delegation.Rules) { p.Workdays = nil },
		"returnPeriod":    func(p *delegation.Rules) { p.Return.WorkingDays = 10 },
		"outOfTermPeriod": func(p *delegation.Rules) { p.OutOfTerm = delegation.Period{} },
		"carryForward":    func(p *delegation.Rules) { p.Carry = 4 },
		"maxCarries":      func(p *delegation.Rules) { p.MaxCarries = -1 },
		"portalLag":       func(p *delegation.Rules) { p.PortalLag = -1 },
		"preparationDays": func(p *delegation.Rules) { p.Preparation = -1 },

		"assignmentComment": func(p *delegation.Rules) { p.Comment.None = "" },
	} {
		require.Equal(t, member, rule.InvalidMember(with(change).Check()))
		require.ErrorContains(t, delegation.Rules{Workdays: workday.EnglandAndWales(), MaxCarries: -1, PortalLag: -1, Preparation: -1}.Check(), "terms must be")
	}
}

func TestAPeriodHasOneKindOfDay(t *testing.T) {
	t.Parallel()
	for days := -2; days <= 2; days++ {
		for working := -2; working <= 2; working++ {
			want := days > 0 && working == 0 || days == 0 && working > 0
			require.Equal(t, want, delegation.Period{Days: days, WorkingDays: working}.Valid(), "%d %d", days, working)
		}
	}
}

func TestSectionsAreReadyInTimeBeforeTheMeeting(t *testing.T) {
	t.Parallel()
	p, meeting := delegation.Lancashire(), on("2026-01-14")
	require.Equal(t, on("2026-01-04"), p.PrepareBy(meeting))
	require.Zero(t, p.PrepareBy(on("")))
	require.False(t, p.PreparedLate(meeting, on("2026-01-03")))
	require.False(t, p.PreparedLate(meeting, on("2026-01-04")))
	require.True(t, p.PreparedLate(meeting, on("2026-01-05")))
	require.False(t, p.PreparedLate(on(""), on("2026-01-05")))
	require.False(t, p.PreparedLate(meeting, on("")))
}

func TestCarryingReadsBackFromItsText(t *testing.T) {
	t.Parallel()
	for n := range 256 {
		c := delegation.Carrying(n)
		text, err := c.MarshalText()
		require.NoError(t, err)
		require.Equal(t, map[int]string{1: "after_due", 2: "strict", 3: "off"}[n], string(text))
		if n != 0 && len(text) == 0 {
			continue
		}
		read := delegation.Off
		require.NoError(t, read.UnmarshalText(text))
		require.Equal(t, c, read)
	}
	for _, other := range []string{"", "AFTER_DUE", " strict", "none"} {
		_, err := delegation.ParseCarrying(other)
		require.Equal(t, "carryForward", rule.InvalidMember(err), other)
	}
}
