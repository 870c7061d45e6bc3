package notation_test

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/goldentest"
	"virtualschool.example/pep/notation"
)

// diagrams are the ways to draw the workflow, by the name of the golden file.
var diagrams = map[string]func(io.Writer) error{
	"workflow.mmd": notation.Mermaid, "workflow.dot": notation.DOT, "matrix.md": notation.Matrix,
}

func drawn(t *testing.T, draw func(io.Writer) error) string {
	t.Helper()
	var b strings.Builder
	require.NoError(t, draw(&b))
	return b.String()
}

func TestDiagramsMatchTheGoldenFiles(t *testing.T) {
	t.Parallel()
	for name, draw := range diagrams {
		goldentest.Require(t, "testdata/"+name, drawn(t, draw))
		require.Equal(t, drawn(t, draw), drawn(t, draw))
	}
}

func TestDiagramsHoldEveryRow(t *testing.T) {
	t.Parallel()
	for row := range pep.Workflow() {
		from := row.From.String()
		if row.From == pep.None {
			from = "[*]"
		}
		require.Contains(t, drawn(t, notation.Mermaid), "    "+from+" --> "+row.To.String()+": ")
		require.Contains(t, drawn(t, notation.DOT), "\t"+row.From.String()+" -> "+row.To.String()+" [label=\"")
		for _, draw := range diagrams {
			require.Contains(t, drawn(t, draw), row.Verb.String())
		}
	}
	require.Contains(t, drawn(t, notation.Mermaid), "deleted --> [*]")
	require.NotContains(t, drawn(t, notation.Mermaid), "finalised --> [*]")
	require.NotContains(t, drawn(t, notation.Mermaid), "cancelled --> [*]")
}

// TestMatrixIsTheTable reads the Markdown back and compares each cell with the workflow. It
// skips the row for a red grade, because the workflow has one row for each kind of grade.
func TestMatrixIsTheTable(t *testing.T) {
	t.Parallel()
	lines := strings.Split(strings.TrimSpace(drawn(t, notation.Matrix)), "\n")
	roles := fields(lines[0])[1:]
	require.Len(t, lines, 2+len(slices.Collect(pep.AllVerbs())))
	for _, line := range lines[2:] {
		cells := fields(line)
		for i, name := range roles {
			role, err := pep.ParseRole(name)
			require.NoError(t, err)
			var want []string
			for row := range pep.Workflow() {
				if row.Verb.String() == cells[0] && row.Roles.Has(role) && row.When != pep.WhenRed {
					want = append(want, row.From.String())
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

// full is a writer that has no room left.
type full struct{}

var errFull = errors.New("full")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestDiagramsReturnTheWritersError(t *testing.T) {
	t.Parallel()
	for _, draw := range diagrams {
		require.ErrorIs(t, draw(full{}), errFull)
	}
}
