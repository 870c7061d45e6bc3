package oracle_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/corpora/internal/oracle"
	"virtualschool.example/pep/goldentest"
)

const cases = "../../cases"

func TestTheGeneratedCorpusIsWhatTheOracleSays(t *testing.T) {
	t.Parallel()
	files := oracle.Corpora()
	for name, want := range files {
		goldentest.Require(t, filepath.Join(cases, name), want)
	}
	names, err := filepath.Glob(filepath.Join(cases, "generated_*"))
	require.NoError(t, err)
	require.Len(t, names, len(files), "a generated file that the oracle does not know")
}

// TestTheOracleAgreesWithTheHandwrittenRuns compares the oracle's answers with those
// that the corpus expects for runs.
func TestTheOracleAgreesWithTheHandwrittenRuns(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob(filepath.Join(cases, "*.json"))
	require.NoError(t, err)
	for _, name := range names {
		var corpus struct {
			Cases []struct {
				ID, Ask                  string
				Given, Expect, Overrides json.RawMessage
			}
		}
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(text, &corpus))
		for _, c := range corpus.Cases {
			unknown := strings.Contains(string(c.Overrides), "meetingTerms") // the oracle knows only one window
			if c.Ask == "pep.workflow" && !unknown && !strings.Contains(string(c.Expect), `"invalid"`) {
				expectWithin(t, c.ID, decoded(t, c.Expect), decoded(t, oracle.Run(c.Given, c.Overrides)))
			}
		}
	}
}

func decoded(t *testing.T, text []byte) (v any) {
	t.Helper()
	require.NoError(t, json.Unmarshal(text, &v))
	return v
}

// expectWithin asserts that got matches want, by the same rules as a corpus.
func expectWithin(t *testing.T, where string, want, got any) {
	t.Helper()
	switch want := want.(type) {
	case map[string]any:
		object, _ := got.(map[string]any)
		for member, v := range want {
			if member != "reason" { // the oracle gives the rules that refuse, but no codes
				expectWithin(t, where+" "+member, v, object[member])
			}
		}
	case []any:
		list, _ := got.([]any)
		if assert.Len(t, list, len(want), where) {
			for n := range want {
				expectWithin(t, where+" "+strconv.Itoa(n), want[n], list[n])
			}
		}
	default:
		assert.Equal(t, want, got, where)
	}
}
