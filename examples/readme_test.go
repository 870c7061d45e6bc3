package examples_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
)

// block is a fenced block of the README with the comment that stands before
// it: where it is copied from.
var block = regexp.MustCompile("(?s)<!-- ([^ ]+) -->\n```[a-z]*\n(.*?)```")

func readme(t *testing.T) string {
	text, err := os.ReadFile("../README.md")
	require.NoError(t, err)
	return string(text)
}

func TestReadmeSnippetsAreCompiledCode(t *testing.T) {
	t.Parallel()
	seen := 0
	for _, found := range block.FindAllStringSubmatch(readme(t), -1) {
		if found[1] == "diagram" {
			continue
		}
		seen++
		source, err := os.ReadFile("../" + found[1])
		require.NoError(t, err)
		require.NotEmpty(t, strings.TrimSpace(found[2]), found[1])
		require.Contains(t, unindented(string(source)), unindented(found[2]), found[1])
	}
	require.Equal(t, strings.Count(readme(t), "```go\n"), seen, "a Go snippet without the file that it comes from")
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
	require.NoError(t, pep.Mermaid(&diagram))
	require.NoError(t, pep.Matrix(&matrix))
	require.Contains(t, text, "<!-- diagram -->\n```mermaid\n"+diagram.String()+"```\n")
	require.Contains(t, text, "<!-- matrix -->\n"+matrix.String())
}
