package examples_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/notation"
)

// block is a fenced block of a page with the comment that stands before it:
// where it is copied from.
var block = regexp.MustCompile("(?s)<!-- ([^ ]+) -->\n```[a-z]*\n(.*?)```")

func readme(t *testing.T) string { return page(t, "README.md") }

func page(t *testing.T, name string) string {
	text, err := os.ReadFile("../" + name)
	require.NoError(t, err)
	return string(text)
}

func TestSnippetsAreCompiledCode(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"README.md", "storage/README.md"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, seen := page(t, name), 0
			for _, found := range block.FindAllStringSubmatch(text, -1) {
				if found[1] == "diagram" {
					continue
				}
				seen++
				require.NotEmpty(t, strings.TrimSpace(found[2]), found[1])
				require.Contains(t, unindented(page(t, found[1])), unindented(found[2]), found[1])
			}
			require.Equal(t, strings.Count(text, "```go\n"), seen, "a Go snippet without the file that it comes from")
		})
	}
}

// unindented returns the lines without the white space before them.
func unindented(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return strings.Join(lines, "\n")
}

func TestReadmeDiagramAndMatrixAreTheWorkflow(t *testing.T) {
	t.Parallel()
	text := readme(t)
	var diagram, matrix strings.Builder
	require.NoError(t, notation.Mermaid(&diagram))
	require.NoError(t, notation.Matrix(&matrix))
	require.Contains(t, text, "<!-- diagram -->\n```mermaid\n"+diagram.String()+"```\n")
	require.Contains(t, text, "<!-- matrix -->\n"+matrix.String())
}
