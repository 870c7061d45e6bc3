package delegation_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep/rule"
)

func TestAllSectionsAreDelegatedTogether(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		chosen  []int
		of      int
		id      rule.ID
		section int
	}{
		{"all six of six", []int{1, 2, 3, 4, 5, 6}, 6, 0, 0},
		{"five of five", []int{5, 4, 3, 2, 1}, 5, 0, 0},
		{"five of six", []int{1, 2, 3, 4, 5}, 6, rule.DELEG1, 0},
		{"none", nil, 6, rule.DELEG1, 0},
		{"six of five", []int{1, 2, 3, 4, 5, 6}, 5, rule.DELEG5, 6},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			chosen, ok := delegation.NewSections(c.chosen...)
			require.True(t, ok)
			var reasons rule.Reasons
			delegation.CheckSections(chosen, delegation.Every(c.of), &reasons)
			if c.id == 0 {
				require.True(t, reasons.Empty())
				return
			}
			require.Len(t, reasons.List(), 1)
			require.Equal(t, c.id, reasons.List()[0].Rule)
			require.Equal(t, c.section, reasons.List()[0].Section)
		})
	}
}

func TestSectionsAreNumberedFromOne(t *testing.T) {
	t.Parallel()
	for _, n := range []int{-1, 0, forms.MaxSections + 1, 1 << 40} {
		s, ok := delegation.NewSections(1, n)
		require.False(t, ok, n)
		require.Zero(t, s)
		require.False(t, delegation.Every(forms.MaxSections).Has(n), n)
	}
	for count := range forms.MaxSections + 1 {
		require.Equal(t, count, delegation.Every(count).Len())
		require.False(t, delegation.Every(count).Has(count+1))
		require.Equal(t, delegation.Every(count), delegation.NewStates(count).In(delegation.Editable))
	}
}
