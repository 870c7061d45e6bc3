package storagetest

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/goldentest"
)

func allRows() []row { return slices.Concat(storeRows(), joinRows()) }

// storeRows returns the cases of a store that does not join transactions.
func storeRows() []row {
	return slices.Concat(planRows(), registerRows(), outboxRows(), bookRows(), paymentRows(), auditRows(), alertRows(), blobRows())
}

func TestEverySentenceHasACase(t *testing.T) {
	t.Parallel()
	cases := map[string]int{}
	for _, r := range allRows() {
		cases[r.number()]++
	}
	for number := range contract(t) {
		require.NotZero(t, cases[number], "[%s] has no case", number)
	}
}

func TestEveryCaseHasASentence(t *testing.T) {
	t.Parallel()
	contract := contract(t)
	names := map[string]bool{}
	for _, r := range allRows() {
		require.Contains(t, contract, r.number(), r.name)
		require.False(t, names[r.name], "there are two cases called %s", r.name)
		names[r.name] = true
	}
}

func TestTheSentencesAreThoseOfTheContract(t *testing.T) {
	goldentest.Require(t, "sentences.go", rendered(t, contract(t)))
}

var mark = regexp.MustCompile(`\[([PROBMALFJ]\d+)\]`)

// contract returns the sentences of the contract by their numbers.
func contract(t *testing.T) map[string]string {
	files, err := filepath.Glob("../*.go")
	require.NoError(t, err)
	sentences := map[string]string{}
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
		require.NoError(t, err)
		for _, group := range parsed.Comments {
			numbered(t, group, sentences)
		}
	}
	require.Greater(t, len(sentences), 40)
	return sentences
}

// numbered adds the sentences of a comment. Each sentence ends at its number, and
// begins after the number before it or at the start of the paragraph. If a number
// appears again, its sentence must be the same.
func numbered(t *testing.T, group *ast.CommentGroup, sentences map[string]string) {
	for paragraph := range strings.SplitSeq(strings.ReplaceAll(group.Text(), "\n  - ", "\n\n"), "\n\n") {
		text, from := strings.Join(strings.Fields(paragraph), " "), 0
		for _, at := range mark.FindAllStringSubmatchIndex(text, -1) {
			number := text[at[2]:at[3]]
			said := strings.Trim(text[from:at[0]], " -,;")
			if there, ok := sentences[number]; ok {
				require.Equal(t, there, said, "two sentences have the number %s", number)
			}
			sentences[number] = said
			from = at[1]
		}
	}
}

// rendered returns the source of sentences.go.
func rendered(t *testing.T, sentences map[string]string) []byte {
	var b bytes.Buffer
	b.WriteString("package storagetest\n\n// sentences holds the sentences of the contract by number. It is generated from\n" +
		"// the comments of package storage: go test . -run Sentences -update\n" +
		"var sentences = map[string]string{\n")
	numbers := make([]string, 0, len(sentences))
	for number := range sentences {
		numbers = append(numbers, number)
	}
	slices.SortFunc(numbers, func(a, b string) int {
		return strings.Compare(a[:1]+fmt.Sprintf("%03s", a[1:]), b[:1]+fmt.Sprintf("%03s", b[1:]))
	})
	for _, number := range numbers {
		fmt.Fprintf(&b, "%q: %q,\n", number, sentences[number])
	}
	b.WriteString("}\n")
	source, err := format.Source(b.Bytes())
	require.NoError(t, err)
	return source
}
