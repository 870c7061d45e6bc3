package statement

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/Masterminds/squirrel"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden files")

// dialects holds every dialect, each with the statements that it does not use.
var dialects = map[Dialect][]ID{
	SQLite:   {InsertKeyFirst, LockPlanFirst, SaveNew, SaveStep},
	Postgres: {Clear, InsertEvent, InsertPlan, InsertText, PutAnswers, TouchPlan, Unfit, UpdatePlan},
}

// ids returns the value of every constant in id.go, sorted.
func ids(t *testing.T) (all []ID) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "id.go", nil, 0)
	require.NoError(t, err)
	ast.Inspect(file, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok {
			value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			require.NoError(t, err)
			require.Equal(t, spec.Names[0].Name, value)
			all = append(all, ID(value))
		}
		return true
	})
	slices.Sort(all)
	return all
}

func TestIDsAndStatementsCorrespond(t *testing.T) {
	t.Parallel()
	for d, unused := range dialects {
		set, err := Load(d)
		require.NoError(t, err)
		want := slices.DeleteFunc(ids(t), func(id ID) bool { return slices.Contains(unused, id) })
		require.Equal(t, want, slices.Sorted(maps.Keys(set)), languages[d].file)
	}
}

func TestEveryListMatchesItsGoldenFile(t *testing.T) {
	t.Parallel()
	for d := range dialects {
		golden := "testdata/lists_" + languages[d].file
		set, err := Load(d)
		require.NoError(t, err)
		var b strings.Builder
		for _, id := range slices.Sorted(maps.Keys(languages[d].lists())) {
			fmt.Fprintf(&b, "-- name: %s (%s)\n%s;\n\n", id, strings.Join(set[id].Params, ", "), set[id].SQL)
		}
		if *update {
			require.NoError(t, os.WriteFile(golden, []byte(b.String()), 0o600))
		}
		want, err := os.ReadFile(golden)
		require.NoError(t, err)
		require.Equal(t, string(want), b.String())
	}
}

func TestAListIsNotInAFile(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"common.sql", "sqlite.sql", "postgres.sql"} {
		text, err := files.ReadFile(name)
		require.NoError(t, err)
		for id := range languages[SQLite].lists() {
			require.NotContains(t, string(text), "-- name: "+string(id)+" ")
		}
	}
}

// TestEveryStatementNamesTheAuthority guards against a forgotten filter: if a
// condition is empty, squirrel makes a statement that reads every row, or no row.
func TestEveryStatementNamesTheAuthority(t *testing.T) {
	t.Parallel()
	inserts := regexp.MustCompile(`^(WITH (settings AS \((?s:.*?)\), )?\w+ AS \(\s*)?INSERT`)
	for d := range dialects {
		set, err := Load(d)
		require.NoError(t, err)
		for id, s := range set {
			require.NotContains(t, s.SQL, "1=1", id)
			require.NotContains(t, s.SQL, "1=0", id)
			if !strings.Contains(s.SQL, " pep_") || strings.HasSuffix(s.SQL, "FROM pep_schema") || id == Unfit || id == Writing || id == Inside {
				continue
			}
			require.Contains(t, s.Params, "authority", id)
			if !inserts.MatchString(s.SQL) {
				require.Regexp(t, `authority = [?$]`, s.SQL, id)
			}
		}
	}
}

func TestEveryParameterHasItsPlaceholder(t *testing.T) {
	t.Parallel()
	numbered := regexp.MustCompile(`\$\d+`)
	sqlite, err := Load(SQLite)
	require.NoError(t, err)
	for id, s := range sqlite {
		require.Equal(t, strings.Count(s.SQL, "?"), len(s.Params), id)
	}
	postgres, err := Load(Postgres)
	require.NoError(t, err)
	for id, s := range postgres {
		require.NotContains(t, s.SQL, "?", id)
		found := numbered.FindAllString(s.SQL, -1)
		require.Len(t, found, len(s.Params), id)
		for i, n := range found {
			require.Equal(t, "$"+strconv.Itoa(i+1), n, id)
		}
	}
}

// TestAParameterIsNamedAfterItsColumn checks that in every insertion and comparison
// each parameter has the name of its column. In a comparison, a few values have
// their own names instead.
func TestAParameterIsNamedAfterItsColumn(t *testing.T) {
	t.Parallel()
	inserted := regexp.MustCompile(`INSERT INTO \w+ \(([\w, ]+)\)\s+VALUES \(\$(\d+)`)
	compared := regexp.MustCompile(`(\w+) = \$(\d+)`)
	own := []string{"stored", "group", "until"}
	for d := range dialects {
		set, err := Load(d)
		require.NoError(t, err)
		for id, s := range set {
			text, err := squirrel.Dollar.ReplacePlaceholders(s.SQL)
			require.NoError(t, err)
			for _, m := range inserted.FindAllStringSubmatch(text, -1) {
				columns := strings.Split(m[1], ", ")
				from, err := strconv.Atoi(m[2])
				require.NoError(t, err)
				require.Equal(t, columns, s.Params[from-1:][:len(columns)], id)
			}
			for _, m := range compared.FindAllStringSubmatch(text, -1) {
				n, err := strconv.Atoi(m[2])
				require.NoError(t, err)
				if name := s.Params[n-1]; !slices.Contains(own, name) {
					require.Equal(t, m[1], name, id)
				}
			}
		}
	}
}

func TestAFileThatIsNotStatementsIsRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text string }{
		{"no text", "-- name: A ()\n-- name: B ()\nSELECT 1;\n"},
		{"a malformed header", "-- name: A ()\nSELECT 1;\n-- name B ()\nSELECT 2;\n"},
		{"a name twice", "-- name: A ()\nSELECT 1;\n-- name: A ()\nSELECT 2;\n"},
		{"an unknown part", "-- name: A ()\n{b};\n"},
	} {
		_, _, err := parse(c.text)
		require.Error(t, err, c.name)
	}
}

func TestAPartIsInsertedWhereAStatementNamesIt(t *testing.T) {
	t.Parallel()
	set, _, err := parse("-- name: A (a, {b}, c)\n-- why\nSELECT ?, {b}, ?;\n\n-- part: b (d, e)\n? + ?\n")
	require.NoError(t, err)
	require.Equal(t, Set{"A": {"SELECT ?, ? + ?, ?", []string{"a", "d", "e", "c"}}}, set)
}

func TestAStatementNeedsAPlaceholderForEachParameter(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		s    Statement
	}{
		{"too few", Statement{"SELECT ?, ?", []string{"a"}}},
		{"too many", Statement{"SELECT 1", []string{"a"}}},
	} {
		_, err := c.s.in(&languages[SQLite])
		require.Error(t, err, c.name)
	}
}

func TestAListThatHoldsAValueIsRefused(t *testing.T) {
	t.Parallel()
	for name, list := range map[string]squirrel.Sqlizer{
		"a value":    squirrel.Select("a").From("t").Where("a = ?", 7),
		"no columns": squirrel.Select().From("t"),
	} {
		_, err := composed(list)
		require.Error(t, err, name)
	}
}
