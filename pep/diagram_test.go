package pep_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/goldentest"
	"virtualschool.example/pep/notation"
)

// diagrams are the ways to draw the workflow, by the name of their file.
var diagrams = map[string]func(io.Writer) error{
	"workflow.mmd": notation.Mermaid, "workflow.dot": notation.DOT, "matrix.md": notation.Matrix,
}

func drawn(t *testing.T, draw func(io.Writer) error) string {
	t.Helper()
	var b strings.Builder
	require.NoError(t, draw(&b))
	return b.String()
}

func TestDiagramsAreTheSameBytes(t *testing.T) {
	t.Parallel()
	for name, draw := range diagrams {
		goldentest.Require(t, "testdata/"+name, drawn(t, draw))
		require.Equal(t, drawn(t, draw), drawn(t, draw))
	}
}

func TestDiagramsHoldEveryRow(t *testing.T) {
	t.Parallel()
	for _, row := range permitted {
		from := row.from
		if from == "none" {
			from = "[*]"
		}
		require.Contains(t, drawn(t, notation.Mermaid), "    "+from+" --> "+row.to+": ")
		require.Contains(t, drawn(t, notation.DOT), "\t"+row.from+" -> "+row.to+" [label=\"")
		for _, draw := range diagrams {
			require.Contains(t, drawn(t, draw), row.action)
		}
	}
	require.Contains(t, drawn(t, notation.Mermaid), "deleted --> [*]")
	require.NotContains(t, drawn(t, notation.Mermaid), "finalised --> [*]")
	require.NotContains(t, drawn(t, notation.Mermaid), "cancelled --> [*]")
}

// TestMatrixIsTheTable reads the Markdown back and compares each cell with the
// table written by hand.
func TestMatrixIsTheTable(t *testing.T) {
	t.Parallel()
	lines := strings.Split(strings.TrimSpace(drawn(t, notation.Matrix)), "\n")
	roles := fields(lines[0])[1:]
	require.Len(t, lines, 2+len(refusedBy))
	for _, line := range lines[2:] {
		cells := fields(line)
		for i, role := range roles {
			var want []string
			for _, row := range permitted {
				if row.action == cells[0] && strings.Contains(row.roles, role) {
					want = append(want, row.from)
				}
			}
			got := []string{}
			for _, stage := range strings.Split(cells[i+1], ", ") {
				if first, _, _ := strings.Cut(stage, " "); first != "-" {
					got = append(got, first)
				}
			}
			require.ElementsMatch(t, want, got, "%s by %s", cells[0], role)
		}
	}
}

func fields(line string) (cells []string) {
	for _, cell := range strings.Split(strings.Trim(line, "|"), "|") {
		cells = append(cells, strings.TrimSpace(cell))
	}
	return cells
}

// full is a writer that is full.
type full struct{}

var errFull = errors.New("full")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestDiagramsReturnTheWritersError(t *testing.T) {
	t.Parallel()
	for _, draw := range diagrams {
		require.ErrorIs(t, draw(full{}), errFull)
	}
}
