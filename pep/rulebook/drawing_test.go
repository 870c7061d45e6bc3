package rulebook

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
)

// TestNothingDrawnIsInTheWayOfText requires that every line of text fits into its box or
// beside its arrow, and that no two lines of text are in the same place.
func TestNothingDrawnIsInTheWayOfText(t *testing.T) {
	t.Parallel()
	d := draw()
	require.Len(t, d.Boxes, int(pep.Deleted)+1)
	var below int
	for _, b := range d.Boxes {
		require.Greater(t, b.Y, below, "each box is below the one before")
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

// TestEveryRowOfTheWorkflowIsDrawn requires every action in its place: in the box of its
// stage, beside the arrow to the next stage, or beside an arrow on the left or right.
func TestEveryRowOfTheWorkflowIsDrawn(t *testing.T) {
	t.Parallel()
	d, drawn := draw(), map[string]int{}
	for _, b := range d.Boxes {
		for _, l := range b.Lines {
			drawn["stays "+l.Action]++
		}
	}
	for _, a := range d.Arrows {
		for _, l := range a.Labels {
			drawn[way(a)+" "+l.Action]++
		}
	}
	for row := range pep.Workflow() {
		drawn[wayOf(row)+" "+spaced(row.Verb)]--
	}
	for action, n := range drawn {
		require.True(t, n == 0 || strings.HasSuffix(action, " "), "%s: %d", action, n)
	}
}

// TestEveryArrowEndsAtItsStage requires an arrowhead at each stage to which an action
// leads. The arrowhead must be on the side where the action's arrow arrives.
func TestEveryArrowEndsAtItsStage(t *testing.T) {
	t.Parallel()
	d, want, got := draw(), map[string]bool{}, map[string]bool{}
	for row := range pep.Workflow() {
		if row.From != row.To {
			want[wayOf(row)+" to "+row.To.String()] = true
		}
	}
	for _, a := range d.Arrows {
		if !a.Ends {
			continue
		}
		var x, y, edge int
		if way(a) == "down" {
			_, err := fmt.Sscanf(a.Path, "M%d %dV%d", &x, &edge, &y)
			require.NoError(t, err)
			y += 2 // the arrow ends just above the box
		} else {
			_, err := fmt.Sscanf(a.Path, "M%d %dH%d", &x, &y, &edge)
			require.NoError(t, err)
		}
		for _, b := range d.Boxes {
			if y >= b.Y && y <= b.Y+b.Height {
				got[way(a)+" to "+b.stage.String()] = true
			}
		}
	}
	require.Equal(t, want, got)
}

// wayOf returns how a row of the workflow should be drawn.
func wayOf(row pep.Transition) string {
	switch {
	case row.From == row.To:
		return "stays"
	case row.To < row.From:
		return "back"
	case row.To == row.From+1:
		return "down"
	}
	return "on"
}

// way returns how an arrow is drawn. Only an arrow straight down has no horizontal part.
func way(a arrow) string {
	switch {
	case a.Back:
		return "back"
	case strings.Contains(a.Path, "H"):
		return "on"
	}
	return "down"
}
