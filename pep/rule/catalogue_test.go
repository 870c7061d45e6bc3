package rule_test

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/rule"
)

// constants returns the names of the typed constants in a file of this package, in order.
func constants(t *testing.T, file, typ string) []string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	require.NoError(t, err)
	var names []string
	for _, decl := range parsed.Decls {
		block, ok := decl.(*ast.GenDecl)
		if !ok || block.Tok != token.CONST {
			continue
		}
		first := block.Specs[0].(*ast.ValueSpec)
		if of, ok := first.Type.(*ast.Ident); !ok || of.Name != typ {
			continue
		}
		for _, spec := range block.Specs {
			if name := spec.(*ast.ValueSpec).Names[0].Name; ast.IsExported(name) {
				names = append(names, name)
			}
		}
	}
	return names
}

func TestEveryConstantHasItsName(t *testing.T) {
	t.Parallel()
	names := constants(t, "id.go", "ID")
	require.Greater(t, len(names), 100)
	for n, name := range names {
		require.Equal(t, name, strings.ReplaceAll(rule.ID(n+1).String(), "-", ""))
	}
	require.Empty(t, rule.ID(len(names)+1).String())
	require.Empty(t, rule.ID(0).String())
}

func TestEveryRuleHasItsEntry(t *testing.T) {
	t.Parallel()
	entries := slices.Collect(rule.Catalogue())
	require.Len(t, entries, len(constants(t, "id.go", "ID")))
	titles := map[string]bool{}
	for n, e := range entries {
		require.Equal(t, rule.ID(n+1), e.ID, "in the order of the constants")
		require.NotEmpty(t, e.Title, e.ID)
		require.False(t, strings.HasSuffix(e.Title, "."), e.ID)
		require.False(t, titles[e.Title], "%s shares its title", e.ID)
		require.NotEmpty(t, e.Source, e.ID)
		titles[e.Title] = true
	}
}

func TestIteratingOverTheCatalogueMayStopEarly(t *testing.T) {
	t.Parallel()
	seen := 0
	for range rule.Catalogue() {
		if seen++; seen == 3 {
			break
		}
	}
	require.Equal(t, 3, seen)
}

func TestIDTextRoundTrips(t *testing.T) {
	t.Parallel()
	for e := range rule.Catalogue() {
		id, err := rule.Parse(e.ID.String())
		require.NoError(t, err)
		require.Equal(t, e.ID, id)
		text, err := e.ID.MarshalText()
		require.NoError(t, err)
		var read rule.ID
		require.NoError(t, read.UnmarshalText(text))
		require.Equal(t, e.ID, read)
	}
}

func TestParseRefusesAnUnknownRule(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "FINAL1", "final-1", "FINAL-9", "DUE-4B", " DUE-1"} {
		id, err := rule.Parse(s)
		require.Zero(t, id, s)
		require.Equal(t, "rule", rule.InvalidMember(err), s)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("DUE-4b")
	f.Add("")
	f.Add("FINAL-10")
	f.Fuzz(func(t *testing.T, s string) {
		id, err := rule.Parse(s)
		if err != nil {
			require.Zero(t, id)
			return
		}
		require.Equal(t, s, id.String())
	})
}

func TestIDsListStopsAtTheFirstUnusedPlace(t *testing.T) {
	t.Parallel()
	require.Empty(t, rule.IDs{}.List())
	require.Equal(t, []rule.ID{rule.DUE4b, rule.DUE1}, rule.IDs{rule.DUE4b, rule.DUE1}.List())
	full := rule.IDs{1, 2, 3, 4, 5, 6}
	require.Len(t, full.List(), len(full))
}

func TestEveryCodeHasNameAndSentence(t *testing.T) {
	t.Parallel()
	names, seen := constants(t, "code.go", "Code"), map[string]bool{}
	require.NotEmpty(t, names)
	for n, name := range names {
		code := rule.Code(n + 1)
		require.Equal(t, strings.ToLower(name), strings.ReplaceAll(code.String(), "_", ""))
		require.False(t, seen[code.String()], "%s shares its name", name)
		require.NotEmpty(t, code.Sentence(), name)
		require.False(t, strings.HasSuffix(code.Sentence(), "."), name)
		seen[code.String()] = true
	}
	require.Empty(t, rule.Code(0).String())
	require.Empty(t, rule.Code(len(names)+1).Sentence())
	require.Empty(t, rule.Code(255).Remedy())
}

func TestInvalidMemberNamesTheFirst(t *testing.T) {
	t.Parallel()
	born := &rule.Invalid{Member: "born", Want: "a date such as 2006-01-02"}
	require.Equal(t, "born must be a date such as 2006-01-02", born.Error())
	require.Equal(t, "born", rule.InvalidMember(errors.Join(born, &rule.Invalid{Member: "on"})))
	require.Empty(t, rule.InvalidMember(errors.New("something else")))
	require.Empty(t, rule.InvalidMember(nil))
}

func TestInvalidsReturnsEveryFaultInOrder(t *testing.T) {
	t.Parallel()
	born, upn, from := &rule.Invalid{Member: "born"}, &rule.Invalid{Member: "upn"}, &rule.Invalid{Member: "from"}
	err := errors.Join(fmt.Errorf("case A: %w", errors.Join(born, errors.New("gone"), upn)), from)
	require.Equal(t, []*rule.Invalid{born, upn, from}, rule.Invalids(err))
	require.Equal(t, []string{"born", "upn", "from"}, rule.InvalidMembers(err))
	require.Empty(t, rule.Invalids(errors.New("something else")))
	require.Empty(t, rule.Invalids(nil))
}

// numbered lists the rules and codes whose sentences may contain numbers, each with its
// numbers. The numbers apply to the whole country or are examples; none of them is
// specific to one council.
var numbered = map[string]string{
	"TERM-4": "1 September to 31 August", "TERM-5": "1 April to 31 March",
	"AGE-2": "29 February", "AGE-3": "25 years", "YEAR-4": "Year 13",
	"YEAR-5": "KS1 Y1 to Y2, KS2 Y3 to Y6, KS3 Y7 to Y9, KS4 Y10 to Y11, KS5 Y12 to Y13",
	"FORM-4": "Key Stage 5", "DELEG-9": "key stage 5", "ID-1": "a DfE number 3 and 4 digits, a URN 6 digits",
	"nobody_to_delegate_to": "key stage 5", "comment_date": "17/06/2022",
}

// TestNoSentenceHasWhatBelongsToOneCouncil checks that no sentence holds a council's
// numbers: the policy holds them, and pages show them beside the sentence.
func TestNoSentenceHasWhatBelongsToOneCouncil(t *testing.T) {
	t.Parallel()
	sentences := map[string]string{}
	for e := range rule.Catalogue() {
		sentences[e.ID.String()] = e.Title
		require.NotContains(t, e.Source+e.Home, "Lancashire", e.ID)
	}
	for n := range constants(t, "code.go", "Code") {
		code := rule.Code(n + 1)
		sentences[code.String()], sentences[code.String()+" remedy"] = code.Sentence(), code.Remedy()
	}
	for name, sentence := range sentences {
		require.Contains(t, sentence, numbered[name], name)
		sentence = strings.ReplaceAll(sentence, numbered[name], "")
		require.NotRegexp(t, `[0-9£]|Lancashire|two weeks|\bonce\b at most`, sentence, name)
	}
}

func TestASourceNamesTheDocumentFirst(t *testing.T) {
	t.Parallel()
	e, local := rule.Definition{ID: rule.DUE3, Source: "our reading"}, rule.Definition{ID: rule.DUE1, Source: "local practice"}
	said := &rule.Documents{rule.DUE1: "a guide", rule.DUE3: "a book"}
	require.Equal(t, []string{"a book; our reading", "a guide"}, []string{e.SourceIn(said), local.SourceIn(said)})
	require.Equal(t, []string{"our reading", "local practice"}, []string{e.SourceIn(nil), local.SourceIn(new(rule.Documents))})
	require.Empty(t, said.Of(255))
}
