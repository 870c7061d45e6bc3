package pep_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
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

// pure lists the packages that answer questions and have no side effects.
var pure = []string{"pep/rule", "term/civil", "pep/private", "term", "term/workday", "pep/record", "forms", "delegation", "pep", "pep/payment", "pep/access"}

// directImports lists what each package of the module imports directly, apart from the
// standard library and outside its tests: the packages of this module first, then
// packages of other modules. A test requires exactly these imports, so that nobody adds or
// removes one without also changing this list on purpose.
var directImports = map[string]struct{ ours, others string }{
	"term/civil":                          {"", ""},
	"pep/rule":                            {"term/civil", ""},
	"pep/private":                         {"term/civil", ""},
	"pep/private/privatetest":             {"term/civil pep/private", ""},
	"term":                                {"term/civil pep/rule", ""},
	"term/workday":                        {"term/civil pep/rule", ""},
	"forms":                               {"term/civil pep/rule pep/private term", ""},
	"pep/record":                          {"term/civil pep/rule pep/private term forms", "github.com/google/uuid"},
	"delegation":                          {"term/civil pep/rule term term/workday forms pep/record", ""},
	"pep":                                 {"term/civil pep/rule pep/private term forms pep/record delegation", "github.com/google/uuid"},
	"pep/payment":                         {"term/civil pep/rule pep/private term forms pep/record pep", ""},
	"pep/access":                          {"pep/rule pep", ""},
	"pep/notation":                        {"pep", ""},
	"pep/internal/strict":                 {"term/civil pep/rule", "github.com/go-json-experiment/json/jsontext"},
	"pep/policy":                          {"term/civil pep/rule pep/private term term/workday forms pep/record delegation pep pep/internal/strict", ""},
	"pep/sheet":                           {"pep/rule", ""},
	"pep/ask":                             {"term/civil pep/rule pep/private term forms pep/record delegation pep pep/payment pep/internal/strict pep/policy pep/sheet", "github.com/google/uuid github.com/go-json-experiment/json/jsontext"},
	"pep/corpora":                         {"pep/ask", ""},
	"pep/corpora/internal/oracle":         {"", ""}, // the oracle shares no code with the rules
	"pep/goldentest":                      {"", "github.com/stretchr/testify/require"},
	"pep/internal/fixture":                {"term/civil pep", "github.com/google/uuid"},
	"pep/rulebook":                        {"term/civil pep/rule term term/workday forms delegation pep pep/access pep/policy pep/ask", ""},
	"pep/report":                          {"term/civil pep/rule pep/private term forms pep/record pep pep/payment pep/sheet storage", "github.com/google/uuid"},
	"pep/report/page":                     {"pep/rule term pep pep/record pep/report", "github.com/google/uuid"},
	"pep/policytest":                      {"pep/rule pep pep/ask", ""},
	"storage":                             {"term/civil pep/rule pep/private term forms pep/record pep pep/payment", "github.com/google/uuid"},
	"storage/internal/journey":            {"term/civil pep/private forms pep/record delegation pep", "github.com/google/uuid"},
	"storage/internal/lockstep":           {"term/civil pep/rule pep/private pep/private/privatetest term forms pep/record delegation pep pep/access pep/payment storage pep/workflow", "github.com/google/uuid github.com/stretchr/testify/require pgregory.net/rapid"},
	"storage/upload":                      {"pep/rule pep/record", ""},
	"storage/dirblobs":                    {"pep/rule pep/record storage", ""},
	"storage/memstore":                    {"term/civil pep/rule pep/private term forms pep/record pep pep/payment storage", "github.com/google/uuid"},
	"storage/storagetest":                 {"term/civil pep/rule pep/private term forms pep/record pep pep/payment storage storage/internal/journey", "github.com/google/uuid github.com/stretchr/testify/require"},
	"storage/internal/joint":              {"storage/storagetest storage/sqlstore", ""},
	"storage/sqlstore":                    {"term/civil pep/rule pep/private term forms pep/record pep pep/payment storage storage/sqlstore/internal/statement storage/sqlstore/internal/fault storage/sqlstore/internal/body", "github.com/google/uuid"},
	"storage/sqlstore/internal/statement": {"", "github.com/Masterminds/squirrel"},
	"storage/sqlstore/internal/fault":     {"storage", ""},
	"storage/sqlstore/pgtest":             {"", "github.com/jackc/pgx/v5/stdlib"},
	"storage/sqlstore/internal/body":      {"term term/civil forms delegation pep", "github.com/google/uuid"},
	"storage/sqlstore/migrate":            {"pep/rule storage storage/sqlstore storage/sqlstore/internal/fault", "github.com/pressly/goose/v3"},
	"storage/outbox":                      {"pep/rule pep storage", ""},
	"pep/peptest":                         {"term term/civil pep/private pep/rule forms pep/record pep pep/workflow storage storage/memstore", "github.com/google/uuid"},
	"pep/notify":                          {"term/civil pep/rule pep/private pep/record pep storage storage/outbox", "github.com/google/uuid"},
	"pep/notify/smtp":                     {"pep/rule pep/private pep/notify", "github.com/wneessen/go-mail github.com/wneessen/go-mail/smtp"},
	"storage/internal/cells":              {"pep/rule pep/private pep/record pep pep/payment pep/access storage pep/workflow pep/peptest", "github.com/google/uuid github.com/stretchr/testify/require"},
	"pep/workflow":                        {"term/civil pep/rule pep/private term forms pep/record delegation pep pep/access pep/payment pep/policy storage storage/upload", "github.com/google/uuid"},
	"pep/export":                          {"term/civil pep/rule pep/private forms delegation pep pep/workflow", ""},
	"pep/export/pdf":                      {"pep/private forms pep/export", "github.com/signintech/gopdf golang.org/x/image/font/gofont/gobold golang.org/x/image/font/gofont/goregular golang.org/x/text/unicode/norm"},
	"pep/export/ical":                     {"term/civil delegation pep pep/workflow", "github.com/arran4/golang-ical"},
	"examples/policycheck":                {"term/civil pep/rule pep pep/notation pep/policy pep/ask pep/corpora pep/rulebook pep/policytest", "github.com/alecthomas/kong"},
	"examples/reactor":                    {"pep pep/ask", ""},
	"examples/embed":                      {"pep/private forms pep/record pep storage storage/outbox storage/sqlstore storage/sqlstore/migrate pep/workflow", "github.com/google/uuid modernc.org/sqlite"},
	"examples/internal/example":           {"", "github.com/alecthomas/kong"},
	"examples/missingplans":               {"examples/internal/example term term/civil pep pep/peptest pep/record pep/report pep/report/page pep/workflow storage storage/sqlstore storage/sqlstore/migrate", "github.com/schollz/progressbar/v3 modernc.org/sqlite"},
	"examples/ownstore":                   {"term/civil pep/private pep/record pep storage storage/sqlstore pep/workflow", "github.com/google/uuid modernc.org/sqlite"},
	"examples/termcycle":                  {"examples/termcycle/story", ""},
	"examples/termcycle/story":            {"examples/internal/example term/civil pep/rule pep/private term forms pep/record delegation pep pep/sheet pep/export pep/export/pdf pep/notify pep/report pep/report/page storage storage/outbox storage/sqlstore storage/sqlstore/migrate pep/workflow", "github.com/google/uuid modernc.org/sqlite"},
	"examples/worktray":                   {"delegation examples/termcycle/story forms pep pep/access pep/export pep/export/ical pep/export/pdf pep/payment pep/private pep/record pep/report pep/report/page pep/rule pep/workflow storage storage/sqlstore storage/sqlstore/migrate term term/civil storage/dirblobs storage/upload", "github.com/google/uuid modernc.org/sqlite"},
}

// ioPackages are the packages that a pure package must not import. A pure package does
// no I/O, takes no locks, writes no logs, draws no random values, and parses no
// documents.
var ioPackages = []string{"sync", "os", "net", "log", "context", "encoding/json", "io/ioutil", "io/fs", "math/rand", "crypto/rand", "runtime", "testing", "database/sql", "syscall", "unsafe", "C"}

// except lists the imports that are allowed although ioPackages forbids them, with the
// reason for each.
var except = map[string]string{
	"pep/private log/slog":            "Text and Date say how they are logged: as a placeholder",
	"pep/private database/sql/driver": "Text and Date refuse to be stored as they stand",
}

// source is one Go file of the module that is not a test.
type source struct {
	pkg, name string
	file      *ast.File
}

// sources returns the files of the module, without nested modules and testdata.
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

// imports returns the paths that the file imports.
func (s source) imports() (all []string) {
	for _, i := range s.file.Imports {
		name, _ := strconv.Unquote(i.Path.Value)
		all = append(all, name)
	}
	return all
}

func TestImportsAreThoseOfTheDesign(t *testing.T) {
	t.Parallel()
	found := map[string]map[string]bool{}
	for _, s := range sources(t) {
		if found[s.pkg] == nil {
			found[s.pkg] = map[string]bool{}
		}
		for _, imported := range s.imports() {
			if first, _, _ := strings.Cut(imported, "/"); strings.Contains(first, ".") {
				found[s.pkg][strings.TrimPrefix(imported, module)] = true
			}
		}
	}
	for pkg, imported := range found {
		want, known := directImports[pkg]
		require.True(t, known, "package %s is not in the list of imports", pkg)
		require.ElementsMatch(t, strings.Fields(want.ours+" "+want.others), slices.Collect(maps.Keys(imported)), pkg)
	}
	for pkg := range directImports {
		require.Contains(t, found, pkg, "there is no such package any more")
	}
}

func TestPurePackagesHaveNoSideEffects(t *testing.T) {
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

// clocks lists the names in package time that a pure package must not use.
var clocks = []string{"Now", "Since", "Until", "After", "AfterFunc", "Sleep", "Tick", "NewTimer", "NewTicker", "Local", "LoadLocation"}

// requirePureCode fails if a file reads a clock, creates ids, has an init function or
// initialises a package variable by a call.
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

// called reports whether a declaration calls a function. A conversion to an exported or
// built-in type does not count.
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

// conversions lists the types and built-in functions with which a package variable may
// be initialised, because they run no code.
var conversions = []string{"fault", "key", "GIASSet", "Roles", "uint8", "uint16", "uint32", "uint64", "len"}

func conversion(fun ast.Expr) bool {
	id, ok := fun.(*ast.Ident)
	return ok && slices.Contains(conversions, id.Name)
}

// TestNoDriverNearTheLibrary requires that no SQL driver is imported outside examples,
// tests and the package that helps to test a server, not even by files with build
// constraints.
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

// TestTestifyIsForTests requires that only tests, and packages meant for tests, import
// testify or package testing.
func TestTestifyIsForTests(t *testing.T) {
	t.Parallel()
	forTests := []string{"pep/private/privatetest", "pep/goldentest", "pep/policytest", "storage/storagetest", "storage/internal/cells", "storage/internal/journey", "storage/internal/lockstep", "storage/sqlstore/pgtest"}
	for _, s := range sources(t) {
		for _, imported := range s.imports() {
			if (imported == "testing" || strings.Contains(imported, "testify")) && !slices.Contains(forTests, s.pkg) {
				t.Errorf("%s imports %s", s.name, path.Base(imported))
			}
		}
	}
}

// TestEveryPackageSaysWhatItIs requires one package comment in each package. It must be
// in doc.go if the package has several files and others may import it.
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
