package statement

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/Masterminds/squirrel"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden file")

func TestEveryTextIsTheGoldenOne(t *testing.T) {
	t.Parallel()
	set, err := Build(squirrel.Question)
	require.NoError(t, err)
	var b strings.Builder
	for _, id := range All() {
		s := set[id]
		fmt.Fprintf(&b, "-- %s (%s)\n%s;\n\n", id, strings.Join(s.Params, ", "), s.SQL)
	}
	const golden = "testdata/sqlite.sql"
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(b.String()), 0o600))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), b.String())
}

// TestEveryStatementIsOfOneAuthority holds that a filter cannot be forgotten:
// squirrel makes every row of no filter.
func TestEveryStatementIsOfOneAuthority(t *testing.T) {
	t.Parallel()
	set, err := Build(squirrel.Question)
	require.NoError(t, err)
	for _, id := range All() {
		s := set[id]
		require.NotContains(t, s.SQL, "1=1", id)
		require.NotContains(t, s.SQL, "1=0", id)
		require.Equal(t, strings.Count(s.SQL, "?"), len(s.Params), id)
		if strings.Contains(s.SQL, "pep_schema") || strings.Contains(s.SQL, "pragma_") {
			continue
		}
		require.Contains(t, s.Params, "authority", id)
		if !strings.HasPrefix(s.SQL, "INSERT") {
			require.Contains(t, s.SQL, "authority = ?", id)
		}
	}
}

func TestNumberedPlaceholdersRunOn(t *testing.T) {
	t.Parallel()
	set, err := Build(squirrel.Dollar)
	require.NoError(t, err)
	for _, id := range All() {
		s := set[id]
		require.NotContains(t, s.SQL, "?", id)
		for i := range s.Params {
			require.Equal(t, 1, strings.Count(s.SQL+" ", fmt.Sprintf("$%d", i+1))-
				strings.Count(s.SQL, fmt.Sprintf("$%d0", i+1))-strings.Count(s.SQL, fmt.Sprintf("$%d1", i+1))-
				strings.Count(s.SQL, fmt.Sprintf("$%d2", i+1))-strings.Count(s.SQL, fmt.Sprintf("$%d3", i+1)), "%s $%d", id, i+1)
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
