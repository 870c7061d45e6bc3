package rulebook

import (
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
)

// TestNothingDrawnIsInTheWayOfText requires that every text has room of its
// own: within its box or beside its arrow, no other text there and no arrow up
// or down through it.
func TestNothingDrawnIsInTheWayOfText(t *testing.T) {
	t.Parallel()
	d := draw()
	require.Len(t, d.Boxes, int(pep.Deleted)+1)
	var below int
	for _, b := range d.Boxes {
		require.Greater(t, b.Y, below, "boxes stand one under another")
		below = b.Y + b.Height
		for _, l := range b.Lines {
			require.LessOrEqual(t, width(l), float64(b.Width), l.Text)
			require.Less(t, l.Y, below, l.Text)
		}
	}
	require.Less(t, below, d.Height)
	sides := map[[2]int]bool{}
	for _, a := range d.Arrows {
		for _, l := range a.Labels {
			place := [2]int{l.X, l.Y}
			require.False(t, sides[place], l.Text)
			sides[place] = true
			require.LessOrEqual(t, width(l), float64(sideWidth), l.Text)
			require.Greater(t, l.X, 0)
			require.Less(t, l.X, d.Width)
		}
	}
}

func width(l label) float64 { return float64(len(l.Action)+len(l.Text)) * character }

// TestEveryRowOfTheWorkflowIsDrawn requires an arrow for every two stages of
// which one leads to the other, and a point where it ends.
func TestEveryRowOfTheWorkflowIsDrawn(t *testing.T) {
	t.Parallel()
	d := draw()
	stays, leads := map[string]int{}, map[string]int{}
	for _, b := range d.Boxes {
		for _, l := range b.Lines {
			stays[l.Action]++
		}
	}
	points := 0
	for _, a := range d.Arrows {
		for _, l := range a.Labels {
			leads[l.Action]++
		}
		if a.Ends {
			points++
		}
	}
	for row := range pep.Workflow() {
		if row.From == row.To {
			stays[spaced(row.Verb)]--
		} else {
			leads[spaced(row.Verb)]--
		}
	}
	delete(stays, "")
	delete(leads, "")
	for action, n := range stays {
		require.Zero(t, n, action)
	}
	for action, n := range leads {
		require.Zero(t, n, action)
	}
	require.Greater(t, points, 10)
}
