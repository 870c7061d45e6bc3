package rule_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/rule"
)

func TestTheNearestNameIsOffered(t *testing.T) {
	t.Parallel()
	names := []string{"", "returnPeriod", "red", "R", "FINAL-1", "delegate", "lancashire", "lancashire-website", strings.Repeat("x", 70)}
	for s, want := range map[string]string{
		"returnPeriods": "returnPeriod", "ReturnPeriod": "returnPeriod", "retrunPeriod": "returnPeriod", "return_period": "returnPeriod", "rad": "red", "erd": "red", "r": "R",
		"final1": "FINAL-1", "delgate": "delegate", "lancashir": "lancashire", "lancashire-webiste": "lancashire-website",
		"": "", "a": "", "blue": "", "outOfTerm": "", strings.Repeat("x", 69): "", "\x1b[2J": "",
	} {
		if want != "" {
			want = `; did you mean "` + want + `"?`
		}
		require.Equal(t, want, rule.DidYouMean(s, slices.Values(names)), s)
	}
	_, err := rule.ParseParameter("returnPeriods")
	require.EqualError(t, err, "parameter must be a parameter of a policy, such as returnPeriod; did you mean \"returnPeriod\"?")
}

func TestAnUnknownMemberIsNamedAsOne(t *testing.T) {
	t.Parallel()
	for want, invalid := range map[string]rule.Invalid{
		`"meting" is not a known member; did you mean "meeting"?`: {Member: "meting", Want: rule.WantKnown + rule.DidYouMean("meting", slices.Values([]string{"meeting"}))},
		`"colour" is not a known member`:                          {Member: "colour", Want: rule.WantKnown},
		"line 2, column D (given.born) is not a known member":     {Member: "line 2, column D (given.born)", Want: rule.WantKnown},
		"born must be a date such as 2006-01-02":                  {Member: "born", Want: "a date such as 2006-01-02"},
	} {
		require.EqualError(t, &invalid, want)
		require.Equal(t, want, invalid.Sentence())
	}
}

func TestTheFirstHundredFaultsAreKept(t *testing.T) {
	t.Parallel()
	var all, others rule.Faults
	require.NoError(t, all.Err())
	for range 60 {
		all.Add("a", "x")
		others.Add(strings.Repeat("b", 199)+"é", "y")
	}
	all.Join(&others)
	require.Equal(t, 120, all.Len())
	faults := rule.Invalids(all.Err())
	require.Len(t, faults, rule.MaxFaults)
	require.Equal(t, rule.Invalid{Member: "a", Want: "x"}, *faults[0])
	require.Equal(t, rule.Invalid{Member: strings.Repeat("b", 199) + "…", Want: "y; 20 more faults are not listed"}, *faults[99])
	others.Join(&all)
	require.Equal(t, 180, others.Len())
}
