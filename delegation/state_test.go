package delegation_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"virtualschool.example/delegation"
	"virtualschool.example/forms"
)

// allowed is every row of the table of section states, written independently.
var allowed = map[string]string{
	"editable delegate":    "delegated",
	"editable reassign":    "locked",
	"delegated save":       "saved",
	"delegated submit":     "locked",
	"delegated retract":    "editable",
	"saved save":           "saved",
	"saved submit":         "locked",
	"saved retract":        "editable",
	"locked activate":      "activated",
	"locked reassign":      "locked",
	"locked revise":        "activated",
	"activated redelegate": "delegated",
	"activated reassign":   "locked",
}

func TestEveryStateAndMoveFollowTheTable(t *testing.T) {
	t.Parallel()
	seen := 0
	for s := range delegation.State(255) {
		for a := range delegation.Move(255) {
			to, ok := s.After(a)
			want, listed := allowed[s.String()+" "+a.String()]
			require.Equal(t, listed, ok, "%v %v", s, a)
			require.Equal(t, want, to.String(), "%v %v", s, a)
			if ok {
				seen++
			}
		}
	}
	require.Equal(t, len(allowed), seen)
}

func TestOnlySectionsWithTheContributorAreOutstanding(t *testing.T) {
	t.Parallel()
	for s := range delegation.State(255) {
		require.Equal(t, s == delegation.Delegated || s == delegation.Saved, s.Outstanding(), s)
	}
}

func TestSectionsMoveTogetherOrNotAtAll(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		count := rapid.IntRange(0, forms.MaxSections).Draw(t, "count")
		got, want := delegation.NewStates(count), make([]string, forms.MaxSections)
		for n := range count {
			want[n] = "editable"
		}
		t.Repeat(map[string]func(*rapid.T){
			"act": func(t *rapid.T) {
				act := delegation.Move(rapid.IntRange(1, 8).Draw(t, "act"))
				to := delegation.Sections(rapid.Uint8().Draw(t, "sections"))
				if rapid.Bool().Draw(t, "together") {
					to = delegation.Every(count)
				}
				after, ok := got.After(act, to)
				require.Equal(t, moves(want, act.String(), to), ok)
				if !ok {
					require.Equal(t, got, after)
				}
				got = after
			},
			"": func(t *rapid.T) { requireStates(t, want, got) },
		})
	})
}

// moves makes the move on every chosen section of the model, or on none.
func moves(model []string, act string, to delegation.Sections) bool {
	for n := range model {
		if to.Has(n+1) && allowed[model[n]+" "+act] == "" {
			return false
		}
	}
	for n := range model {
		if to.Has(n + 1) {
			model[n] = allowed[model[n]+" "+act]
		}
	}
	return to != 0
}

func requireStates(t *rapid.T, want []string, got delegation.States) {
	outstanding := 0
	for n, state := range want {
		require.Equal(t, state, got[n].String())
		require.Equal(t, state != "", got.In(got[n]).Has(n+1))
		if state == "delegated" || state == "saved" {
			outstanding++
			require.True(t, got.Outstanding().Has(n+1))
		}
	}
	require.Equal(t, outstanding, got.Outstanding().Len())
}

func TestASubmittedSectionIsLockedUntilActivated(t *testing.T) {
	t.Parallel()
	all := delegation.Every(5)
	form := delegation.NewStates(5)
	for _, step := range []struct {
		act delegation.Move
		to  delegation.Sections
		ok  bool
	}{
		{delegation.Submit, all, false},
		{delegation.Delegate, all, true},
		{delegation.Delegate, all, false},
		{delegation.Activate, all, false},
		{delegation.Save, 1 << 2, true},
		{delegation.Redelegate, all, false},
		{delegation.Submit, form.Outstanding(), false}, // no section was outstanding when this table was made
		{delegation.Submit, all, true},
		{delegation.Submit, all, false},
		{delegation.Retract, all, false},
		{delegation.Redelegate, all, false},
		{delegation.Activate, all, true},
		{delegation.Activate, all, false},
		{delegation.Redelegate, all, true},
		{delegation.Retract, all, true},
		{delegation.Retract, all, false},
		{delegation.Delegate, 1 << 5, false}, // the form has no sixth section
	} {
		after, ok := form.After(step.act, step.to)
		require.Equal(t, step.ok, ok, step.act)
		form = after
	}
	require.Equal(t, delegation.NewStates(5), form)
	require.Zero(t, form.In(0), "a section that the form does not have is in no state")
}
