package pep_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/rule"
)

func TestEveryParameterIsReadByARule(t *testing.T) {
	t.Parallel()
	for of := range rule.AllParameters() {
		rules := slices.Collect(of.Rules())
		require.NotEmpty(t, rules, of)
		for n, id := range rules {
			_, err := rule.Parse(id.String())
			require.NoError(t, err, of)
			require.NotContains(t, rules[:n], id, of)
		}
	}
	require.Empty(t, slices.Collect(rule.Parameter(0).Rules()))
	require.Empty(t, slices.Collect(rule.Parameter(255).Rules()))
}
