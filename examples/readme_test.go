package examples_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
	"virtualschool.example/pep/notation"
	"virtualschool.example/pep/policy"
)

// block matches a fenced block of a page and the comment before it. The comment names the
// file from which the block was copied.
var block = regexp.MustCompile("(?s)<!-- ([^ ]+) -->\n```[a-z]*\n(.*?)```")

func page(t *testing.T, name string) string {
	text, err := os.ReadFile("../" + name)
	require.NoError(t, err)
	return string(text)
}

// pages lists the READMEs that show code or the output of a program.
var pages = []string{"README.md", "pep/README.md", "pep/policy/README.md", "storage/README.md"}

// TestTheReadmesQuoteTheirFiles checks that every block that names a file is part of that
// file, and that every block of Go names a file.
func TestTheReadmesQuoteTheirFiles(t *testing.T) {
	t.Parallel()
	for _, name := range pages {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, seen := page(t, name), 0
			for _, found := range block.FindAllStringSubmatch(text, -1) {
				if found[1] == "diagram" {
					continue
				}
				if strings.HasSuffix(found[1], ".go") {
					seen++
				}
				require.NotEmpty(t, strings.TrimSpace(found[2]), found[1])
				require.Contains(t, unindented(page(t, found[1])), unindented(found[2]), found[1])
			}
			require.Equal(t, strings.Count(text, "```go\n"), seen, "a Go snippet does not name the file that it comes from")
		})
	}
}

// TestTheReadmeIsShort allows 1,500 words at most.
func TestTheReadmeIsShort(t *testing.T) {
	t.Parallel()
	require.LessOrEqual(t, len(strings.Fields(page(t, "README.md"))), 1500)
}

// TestTheCaseOfThePolicyPagePasses runs the case that pep/policy/README.md shows, under the
// policy that it shows.
func TestTheCaseOfThePolicyPagePasses(t *testing.T) {
	t.Parallel()
	p, err := policy.Overlay(pep.Lancashire(), []byte(page(t, "pep/policy/testdata/readme/ours.json")))
	require.NoError(t, err)
	cases, err := ask.ReadCSV("ours.csv", p.Name(), strings.NewReader(page(t, "pep/policy/testdata/readme/ours.csv")))
	require.NoError(t, err)
	require.NotEmpty(t, cases.Cases)
	for result := range ask.Run(ask.By(p), cases) {
		require.True(t, result.Passed(), result.Case.ID)
	}
}

// unindented returns the lines without the white space around them.
func unindented(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return strings.Join(lines, "\n")
}

func TestTheReadmesDiagramAndMatrixMatchTheWorkflow(t *testing.T) {
	t.Parallel()
	text := page(t, "pep/README.md")
	var diagram, matrix strings.Builder
	require.NoError(t, notation.Mermaid(&diagram))
	require.NoError(t, notation.Matrix(&matrix))
	require.Contains(t, text, "<!-- diagram -->\n```mermaid\n"+diagram.String()+"```\n")
	require.Contains(t, text, "<!-- matrix -->\n"+matrix.String())
}
