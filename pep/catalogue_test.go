package pep_test

import (
	"cmp"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/ask"
	"virtualschool.example/pep/corpora"
	"virtualschool.example/pep/rule"
)

// TestEveryRuleHasAHomeThatHoldsIt checks the symbol that the catalogue names as a
// rule's home. The module must export that symbol, and the rule's id must appear in the
// symbol's comment, in its code or in the unexported code that it uses.
func TestEveryRuleHasAHomeThatHoldsIt(t *testing.T) {
	t.Parallel()
	homes := declarations(t)
	for e := range rule.Catalogue() {
		if _, name, _ := strings.Cut(e.Home, "."); len(homes[e.Home]) != 1 || !exported(strings.Split(name, ".")) {
			t.Errorf("%v: the module exports no %q", e.ID, e.Home)
		} else if !slices.Contains(mentioned(held(homes, e.Home)), e.ID.String()) {
			t.Errorf("%v: %s does not say that it holds it", e.ID, e.Home)
		}
	}
}

// TestEveryRuleIsPinned requires that each rule has the proof that the catalogue
// names: cases of the corpus or a Go test.
func TestEveryRuleIsPinned(t *testing.T) {
	t.Parallel()
	all, err := corpora.All()
	require.NoError(t, err)
	cases, tests := ask.Pinned(all...), testFunctions(t)
	for e := range rule.Catalogue() {
		switch {
		case e.Pin == "":
			t.Errorf("%v: nothing pins it", e.ID)
		case e.PinnedByCorpus() && cases[e.ID] == 0:
			t.Errorf("%v: no case of the corpus pins it", e.ID)
		case !e.PinnedByCorpus() && !tests[e.Pin]:
			t.Errorf("%v: the module has no test %s", e.ID, e.Pin)
		}
	}
}

// declaration is one thing that a package declares: its comment and code, and the
// unexported names of the same package that it uses.
type declaration struct {
	text string
	uses []string
}

// declarations returns what the module declares, by name, such as pep.Policy.Missing.
// For an unexported method the name leaves out the type, as in pep.looked.
func declarations(t *testing.T) map[string][]declaration {
	t.Helper()
	found := map[string][]declaration{}
	for _, s := range sources(t) {
		code, err := os.ReadFile(filepath.Join("..", s.name))
		require.NoError(t, err)
		each(s.file, func(doc, line *ast.CommentGroup, node ast.Node, names ...string) {
			if last := names[len(names)-1]; !exported(names) {
				names = []string{last}
			}
			d := declaration{text: doc.Text() + "\n" + string(code[node.Pos()-1:node.End()-1]) + "\n" + line.Text()}
			for _, name := range uses(s, node) {
				d.uses = append(d.uses, s.file.Name.Name+"."+name)
			}
			full := s.file.Name.Name + "." + strings.Join(names, ".")
			found[full] = append(found[full], d)
		})
	}
	return found
}

// uses returns the unexported names that a declaration uses from its own package. It
// leaves out local names.
func uses(s source, node ast.Node) (names []string) {
	others := s.imports()
	ast.Inspect(node, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			from, _ := sel.X.(*ast.Ident)
			return from == nil || from.Obj != nil || !slices.ContainsFunc(others, func(other string) bool { return path.Base(other) == from.Name })
		}
		id, ok := n.(*ast.Ident)
		if ok && !id.IsExported() && (id.Obj == nil || s.file.Scope.Lookup(id.Name) == id.Obj) {
			names = append(names, id.Name)
		}
		return true
	})
	return names
}

func exported(names []string) bool {
	return !slices.ContainsFunc(names, func(name string) bool { return !ast.IsExported(name) })
}

// each calls the function add for every declaration of a file, with the declaration's
// comments and name. For a method or a field, the name of its type comes first.
func each(file *ast.File, add func(doc, line *ast.CommentGroup, node ast.Node, names ...string)) {
	for _, decl := range file.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil {
				add(d.Doc, nil, d, d.Name.Name)
			} else {
				add(d.Doc, nil, d, receiver(d), d.Name.Name)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				eachOf(d.Doc, spec, add)
			}
		}
	}
}

func eachOf(doc *ast.CommentGroup, spec ast.Spec, add func(doc, line *ast.CommentGroup, node ast.Node, names ...string)) {
	switch s := spec.(type) {
	case *ast.TypeSpec:
		add(cmp.Or(s.Doc, doc), s.Comment, s, s.Name.Name)
		if body, ok := s.Type.(*ast.StructType); ok {
			for _, field := range body.Fields.List {
				for _, name := range field.Names {
					add(field.Doc, field.Comment, field, s.Name.Name, name.Name)
				}
			}
		}
	case *ast.ValueSpec:
		for _, name := range s.Names {
			add(cmp.Or(s.Doc, doc), s.Comment, s, name.Name)
		}
	}
}

// everyAction names the functions that every action goes through. A call to one of them
// does not show that an action implements a rule.
var everyAction = []string{"pep.begin", "pep.record", "pep.recordText", "pep.fold"}

// held returns the text of a declaration and of all the unexported code that it uses,
// directly or indirectly.
func held(all map[string][]declaration, home string) string {
	var text strings.Builder
	seen, next := map[string]bool{}, []string{home}
	for len(next) > 0 {
		name := next[0]
		next = next[1:]
		if seen[name] || slices.Contains(everyAction, name) {
			continue
		}
		seen[name] = true
		for _, d := range all[name] {
			text.WriteString(d.text + "\n")
			next = append(next, d.uses...)
		}
	}
	return text.String()
}

// named matches one or more rules of a family in a comment, such as GRADE-1, 2 and 5 or
// FORM-1 to FORM-8. In code, a rule looks like rule.DUE4b.
var (
	named  = regexp.MustCompile(`\b([A-Z]+)-(\d+[a-z]?)((?:(?:, | and | to |, and )(?:[A-Z]+-)?\d+[a-z]?\b)*)`)
	more   = regexp.MustCompile(`(, | and | to |, and )(?:[A-Z]+-)?(\d+[a-z]?)`)
	inCode = regexp.MustCompile(`\brule\.([A-Z]+)(\d+[a-z]?)\b`)
	wraps  = regexp.MustCompile(`\s*\n\s*(?://)?\s*`)
)

// mentioned returns the ids of the rules that a text names.
func mentioned(text string) (ids []string) {
	for _, m := range inCode.FindAllStringSubmatch(text, -1) {
		ids = append(ids, m[1]+"-"+m[2])
	}
	for _, m := range named.FindAllStringSubmatch(wraps.ReplaceAllString(text, " "), -1) {
		last := m[2]
		ids = append(ids, m[1]+"-"+last)
		for _, next := range more.FindAllStringSubmatch(m[3], -1) {
			from, _ := strconv.Atoi(last)
			to, _ := strconv.Atoi(next[2])
			for n := from + 1; next[1] == " to " && n < to; n++ {
				ids = append(ids, m[1]+"-"+strconv.Itoa(n))
			}
			last = next[2]
			ids = append(ids, m[1]+"-"+last)
		}
	}
	return ids
}

func TestMentionedRulesAreReadAsTheyAreWritten(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"(PAY-3)":                      {"PAY-3"},
		"PAY-1, 2 and 4":               {"PAY-1", "PAY-2", "PAY-4"},
		"FORM-6 to FORM-8, or FORM-1":  {"FORM-6", "FORM-7", "FORM-8", "FORM-1"},
		"DUE-4b, DUE-1":                {"DUE-4b", "DUE-1"},
		"PAY-1,\n\t// 2":               {"PAY-1", "PAY-2"},
		"rule.DUE4b, rule.IDs":         {"DUE-4b"},
		"PAY-12 is not PAY-1 2 or P-x": {"PAY-12", "PAY-1"},
	} {
		require.Equal(t, want, mentioned(text), text)
	}
}

// testFunctions returns the names of the module's tests, such as pep.TestRandomWalk.
func testFunctions(t *testing.T) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	require.NoError(t, filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, decl := range file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && strings.HasPrefix(f.Name.Name, "Test") {
				found[strings.TrimSuffix(file.Name.Name, "_test")+"."+f.Name.Name] = true
			}
		}
		return nil
	}))
	require.Greater(t, len(found), 100)
	return found
}
