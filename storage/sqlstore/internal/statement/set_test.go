package statement

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/Masterminds/squirrel"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/goldentest"
)

// dialects is every dialect, with the name of its golden file.
var dialects = map[Dialect]string{SQLite: "sqlite", Postgres: "postgres"}

func TestEveryTextIsTheGoldenOne(t *testing.T) {
	t.Parallel()
	for d, name := range dialects {
		goldentest.Require(t, "testdata/"+name+".sql", texts(t, d))
	}
}

// texts is every statement of a dialect, with its parameters.
func texts(t *testing.T, d Dialect) string {
	t.Helper()
	set, err := Build(d)
	require.NoError(t, err)
	var b strings.Builder
	for _, id := range All() {
		if s := set[id]; s.SQL != "" {
			fmt.Fprintf(&b, "-- %s (%s)\n%s;\n\n", id, strings.Join(s.Params, ", "), s.SQL)
		}
	}
	return b.String()
}

// TestEveryStatementIsOfOneAuthority holds that a filter cannot be forgotten:
// squirrel makes every row of no filter.
func TestEveryStatementIsOfOneAuthority(t *testing.T) {
	t.Parallel()
	inserts := regexp.MustCompile(`^(WITH (settings AS \(.*\), )?\w+ AS \()?INSERT`)
	for d := range dialects {
		set, err := Build(d)
		require.NoError(t, err)
		for _, id := range All() {
			s := set[id]
			require.NotContains(t, s.SQL, "1=1", id)
			require.NotContains(t, s.SQL, "1=0", id)
			if !strings.Contains(s.SQL, " pep_") || strings.Contains(s.SQL, "pep_schema") {
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
	sqlite, err := Build(SQLite)
	require.NoError(t, err)
	postgres, err := Build(Postgres)
	require.NoError(t, err)
	numbered := regexp.MustCompile(`\$\d+`)
	for _, id := range All() {
		require.Equal(t, strings.Count(sqlite[id].SQL, "?"), len(sqlite[id].Params), id)
		require.NotContains(t, postgres[id].SQL, "?", id)
		found := numbered.FindAllString(postgres[id].SQL, -1)
		require.Len(t, found, len(postgres[id].Params), id)
		for i, n := range found {
			require.Equal(t, "$"+strconv.Itoa(i+1), n, id)
		}
	}
}

func TestATextThatDoesNotFitItsParametersIsNotBuilt(t *testing.T) {
	t.Parallel()
	for name, q := range map[string]squirrel.Sqlizer{
		"too few":    squirrel.Select("a").From("t").Where("a = ? AND b = ?", param("a")),
		"too many":   squirrel.Select("a").From("t").Where("a = 1", param("a")),
		"a value":    squirrel.Select("a").From("t").Where("a = ?", 7),
		"no columns": squirrel.Select().From("t"),
	} {
		_, err := build(squirrel.Question, q)
		require.Error(t, err, name)
	}
}
