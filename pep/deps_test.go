package pep_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "virtualschool.example/"

// The import policy: for each package of the module what it may import of
// ours and of others, directly and outside its tests. What is not here fails.
var (
	civilOnly  = []string{"term/civil"}
	ruleAndDay = []string{"pep/rule", "term/civil"}
	pure       = []string{"pep/rule", "term/civil", "pep/private", "term", "term/workday", "pep/record", "forms", "delegation", "pep", "pep/payment"}
	stored     = append([]string{"storage"}, pure...)
	contract   = append([]string{"pep/policy", "pep/internal/strict"}, pure...)
	anyOfOurs  = append([]string{"pep/ask", "pep/corpora", "pep/notation", "pep/rulebook", "pep/policytest", "pep/workflow", "storage/memstore", "storage/outbox", "storage/sqlstore", "storage/sqlstore/migrate"}, append(contract, stored...)...)

	ids      = []string{"github.com/google/uuid"}
	tokens   = []string{"github.com/go-json-experiment/json/jsontext"}
	squirrel = []string{"github.com/Masterminds/squirrel"}
	asserts  = []string{"github.com/google/uuid", "github.com/stretchr/testify/require"}
	programs = []string{"github.com/google/uuid", "github.com/alecthomas/kong", "github.com/schollz/progressbar/v3", "modernc.org/sqlite", "github.com/jackc/pgx/v5/stdlib"}
)

var mayImport = map[string]struct{ ours, others []string }{
	"term/civil":                          {nil, nil},
	"pep/rule":                            {civilOnly, nil},
	"pep/private":                         {civilOnly, nil},
	"pep/private/privatetest":             {[]string{"pep/private", "term/civil"}, asserts},
	"term":                                {ruleAndDay, nil},
	"term/workday":                        {ruleAndDay, nil},
	"forms":                               {[]string{"pep/rule", "pep/private", "term", "term/civil"}, nil},
	"pep/record":                          {[]string{"pep/rule", "pep/private", "term", "term/civil", "forms"}, ids},
	"delegation":                          {[]string{"pep/rule", "pep/record", "term", "term/civil", "term/workday", "forms"}, nil},
	"pep":                                 {[]string{"pep/rule", "pep/private", "pep/record", "term", "term/civil", "term/workday", "forms", "delegation"}, ids},
	"pep/payment":                         {[]string{"pep", "pep/rule", "pep/private", "pep/record", "term", "term/civil", "forms"}, nil},
	"pep/notation":                        {[]string{"pep"}, nil},
	"pep/internal/strict":                 {pure, tokens},
	"pep/policy":                          {append([]string{"pep/internal/strict"}, pure...), ids},
	"pep/ask":                             {contract, ids},
	"pep/corpora":                         {[]string{"pep/ask"}, nil},
	"pep/corpora/internal/oracle":         {nil, nil}, // it shares no code with the rules
	"pep/goldentest":                      {nil, asserts},
	"pep/internal/fixture":                {pure, ids},
	"pep/rulebook":                        {append([]string{"pep/ask", "pep/policy"}, pure...), nil},
	"pep/policytest":                      {append([]string{"pep/ask"}, contract...), asserts},
	"storage":                             {pure, ids},
	"storage/internal/journey":            {stored, asserts},
	"storage/internal/lockstep":           {append([]string{"pep/workflow", "pep/private/privatetest"}, stored...), append([]string{"pgregory.net/rapid"}, asserts...)},
	"storage/memstore":                    {stored, ids},
	"storage/storagetest":                 {append([]string{"storage/internal/journey"}, stored...), append([]string{"pgregory.net/rapid"}, asserts...)},
	"storage/internal/joint":              {append([]string{"storage/sqlstore", "storage/storagetest"}, stored...), nil},
	"storage/sqlstore":                    {append([]string{"storage/sqlstore/internal/statement", "storage/sqlstore/internal/fault", "storage/sqlstore/internal/body"}, stored...), ids},
	"storage/sqlstore/internal/statement": {nil, squirrel},
	"storage/sqlstore/internal/fault":     {stored, nil},
	"storage/sqlstore/pgtest":             {nil, []string{"github.com/jackc/pgx/v5/stdlib"}},
	"storage/sqlstore/internal/body":      {stored, ids},
	"storage/sqlstore/migrate":            {append([]string{"storage/sqlstore", "storage/sqlstore/internal/fault"}, stored...), []string{"github.com/pressly/goose/v3", "github.com/pressly/goose/v3/database"}},
	"storage/outbox":                      {stored, ids},
	"pep/workflow":                        {append([]string{"pep/policy"}, stored...), ids},
	"examples/policycheck":                {anyOfOurs, programs},
	"examples/embed":                      {anyOfOurs, programs},
	"examples/ownstore":                   {anyOfOurs, programs},
	"examples/termcycle":                  {anyOfOurs, programs},
}

// ioPackages are what a pure package does not import: it does no I/O, locks,
// logs, draws nothing and is given its values ready to use.
var ioPackages = []string{"sync", "os", "net", "log", "context", "encoding/json", "io/ioutil", "io/fs", "math/rand", "crypto/rand", "runtime", "testing", "database/sql", "syscall", "unsafe", "C"}

// except are imports that a pure package has for a reason.
var except = map[string]string{
	"pep/private log/slog":            "Text and Date say how they are logged: not at all",
	"pep/private database/sql/driver": "and how they are stored: not as they stand",
}

// source is one Go file of the module that is not a test.
type source struct {
	pkg, name string
	file      *ast.File
}

// sources are the files of the module, its nested modules and testdata apart.
func sources(t *testing.T) (all []source) {
	t.Helper()
	root := ".."
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() && (!strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go")) {
			return err
		}
		if d.IsDir() {
			_, nested := os.Stat(filepath.Join(name, "go.mod"))
			if base := d.Name(); name != root && (nested == nil || base == "testdata" || base[0] == '.' || base[0] == '_') {
				return fs.SkipDir
			}
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		rel, _ := filepath.Rel(root, name)
		all = append(all, source{filepath.ToSlash(filepath.Dir(rel)), filepath.ToSlash(rel), file})
		return err
	})
	require.NoError(t, err)
	require.Greater(t, len(all), 50)
	return all
}

// imports are the paths that the file imports.
func (s source) imports() (all []string) {
	for _, i := range s.file.Imports {
		name, _ := strconv.Unquote(i.Path.Value)
		all = append(all, name)
	}
	return all
}

func TestImportsAreThoseOfTheDesign(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		may, known := mayImport[s.pkg]
		if !known {
			t.Errorf("%s: package %s is not in the import policy", s.name, s.pkg)
			continue
		}
		for _, imported := range s.imports() {
			ours, isOurs := strings.CutPrefix(imported, module)
			first, _, _ := strings.Cut(imported, "/")
			switch {
			case isOurs && !slices.Contains(may.ours, ours):
				t.Errorf("%s imports %s, which is above it or beside it", s.name, ours)
			case !isOurs && strings.Contains(first, ".") && !slices.Contains(may.others, imported):
				t.Errorf("%s imports %s, which is not for that package", s.name, imported)
			}
		}
	}
}

func TestPurePackagesDoNothingButAnswer(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, s := range sources(t) {
		if !slices.Contains(pure, s.pkg) {
			continue
		}
		seen[s.pkg] = true
		for _, imported := range s.imports() {
			for _, bad := range ioPackages {
				if (imported == bad || strings.HasPrefix(imported, bad+"/")) && except[s.pkg+" "+imported] == "" {
					t.Errorf("%s imports %s: a pure package does not", s.name, imported)
				}
			}
		}
		requirePureCode(t, s)
	}
	require.Len(t, seen, len(pure))
}

// clocks are what of package time a pure package does not use.
var clocks = []string{"Now", "Since", "Until", "After", "AfterFunc", "Sleep", "Tick", "NewTimer", "NewTicker", "Local", "LoadLocation"}

// requirePureCode looks for a clock, for identities drawn, for init, and for
// package variables that are initialised by a call.
func requirePureCode(t *testing.T, s source) {
	t.Helper()
	ast.Inspect(s.file, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			from, _ := sel.X.(*ast.Ident)
			switch {
			case from == nil || from.Obj != nil:
			case from.Name == "time" && slices.Contains(clocks, sel.Sel.Name):
				t.Errorf("%s uses time.%s", s.name, sel.Sel.Name)
			case from.Name == "uuid" && !slices.Contains([]string{"UUID", "Parse", "NewSHA1"}, sel.Sel.Name):
				t.Errorf("%s uses uuid.%s", s.name, sel.Sel.Name)
			}
		}
		return true
	})
	for _, decl := range s.file.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil && d.Name.Name == "init" {
				t.Errorf("%s has an init", s.name)
			}
		case *ast.GenDecl:
			if d.Tok == token.VAR && called(d) {
				t.Errorf("%s has a package variable that is initialised by a call", s.name)
			}
		}
	}
}

// called reports whether a declaration calls a function, conversions by a
// name in capitals or of the language apart.
func called(d *ast.GenDecl) bool {
	found := false
	ast.Inspect(d, func(n ast.Node) bool {
		if _, ok := n.(*ast.FuncLit); ok {
			return false
		}
		if call, ok := n.(*ast.CallExpr); ok {
			found = found || !conversion(call.Fun)
		}
		return true
	})
	return found
}

// conversions are the calls in package variables that are none.
var conversions = []string{"fault", "key", "GIASSet", "Roles", "uint8", "uint16", "uint32", "uint64", "len"}

func conversion(fun ast.Expr) bool {
	id, ok := fun.(*ast.Ident)
	return ok && slices.Contains(conversions, id.Name)
}

// TestNoDriverNearTheLibrary requires that no SQL driver is imported outside
// examples, tests and what is there for tests of a server, by files with build
// constraints too.
func TestNoDriverNearTheLibrary(t *testing.T) {
	t.Parallel()
	drivers := []string{"modernc.org/sqlite", "github.com/jackc/pgx", "github.com/lib/pq", "github.com/mattn/go-sqlite3"}
	for _, s := range sources(t) {
		for _, imported := range s.imports() {
			for _, driver := range drivers {
				if strings.HasPrefix(imported, driver) && !strings.HasPrefix(s.pkg, "examples/") && s.pkg != "storage/sqlstore/pgtest" {
					t.Errorf("%s imports the driver %s", s.name, imported)
				}
			}
		}
	}
}

// TestTestifyIsForTests requires that only tests, and the packages that are
// there for tests, import testify or package testing.
func TestTestifyIsForTests(t *testing.T) {
	t.Parallel()
	forTests := []string{"pep/private/privatetest", "pep/goldentest", "pep/policytest", "storage/storagetest", "storage/internal/journey", "storage/internal/lockstep", "storage/sqlstore/pgtest"}
	for _, s := range sources(t) {
		for _, imported := range s.imports() {
			if (imported == "testing" || strings.Contains(imported, "testify")) && !slices.Contains(forTests, s.pkg) {
				t.Errorf("%s imports %s", s.name, path.Base(imported))
			}
		}
	}
}

// TestEveryPackageSaysWhatItIs requires one package comment of each package,
// in doc.go where it has more than one file and is for others to import.
func TestEveryPackageSaysWhatItIs(t *testing.T) {
	t.Parallel()
	files, said := map[string]int{}, map[string]string{}
	for _, s := range sources(t) {
		files[s.pkg]++
		if s.file.Doc != nil {
			require.Empty(t, said[s.pkg], "%s: a second comment on the package", s.name)
			said[s.pkg] = s.name
		}
	}
	for pkg, n := range files {
		require.NotEmpty(t, said[pkg], "%s has no package comment", pkg)
		require.True(t, n == 1 || path.Base(said[pkg]) == "doc.go" || strings.HasPrefix(pkg, "examples/") || strings.Contains(pkg, "/internal/"), said[pkg])
	}
}
