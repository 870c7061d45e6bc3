package corpora_test

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
	"virtualschool.example/pep/corpora"
	"virtualschool.example/pep/rule"
)

func all(t *testing.T) []ask.Corpus {
	t.Helper()
	all, err := corpora.All()
	require.NoError(t, err)
	return all
}

func TestTheProjectsCorpusPasses(t *testing.T) {
	t.Parallel()
	n := 0
	for result := range ask.Run(ask.By(pep.Lancashire()), all(t)...) {
		require.True(t, result.Passed(), "%s: %s", result.Corpus, result)
		n++
	}
	require.Greater(t, n, 2500)
}

// TestGeneratedCasesAreMarked also checks that there are enough handwritten cases
// without the generated ones.
func TestGeneratedCasesAreMarked(t *testing.T) {
	t.Parallel()
	cases := map[bool]int{}
	for _, corpus := range all(t) {
		require.Equal(t, strings.HasPrefix(corpus.Name, "generated_"), corpus.Generated, corpus.Name)
		cases[corpus.Generated] += len(corpus.Cases)
	}
	require.Greater(t, cases[false], 800)
	require.Greater(t, cases[true], 1500)
}

func TestEveryCaseHasAUniqueIDAndRules(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, corpus := range all(t) {
		require.Equal(t, "lancashire", corpus.Policy)
		for _, c := range corpus.Cases {
			require.Empty(t, seen[c.ID], "%s of %s", c.ID, corpus.Name)
			require.NotEmpty(t, c.Rules, c.ID)
			for _, r := range c.Rules {
				_, err := rule.Parse(r)
				require.NoError(t, err, "%s: %s", c.ID, r)
			}
			seen[c.ID] = corpus.Name
		}
	}
}

func TestEveryRuleThatTheCorpusMustTestHasCases(t *testing.T) {
	t.Parallel()
	pinned := ask.Pinned(all(t)...)
	for e := range rule.Catalogue() {
		if e.PinnedByCorpus() {
			require.NotZero(t, pinned[e.ID], e.ID)
		}
	}
}

func TestEveryAskHasCases(t *testing.T) {
	t.Parallel()
	cases := map[string]int{}
	for _, corpus := range all(t) {
		for _, c := range corpus.Cases {
			cases[c.Ask]++
		}
	}
	for name := range ask.Asks() {
		require.NotZero(t, cases[name], name)
	}
}

func TestEveryFileIsRead(t *testing.T) {
	t.Parallel()
	names, err := fs.Glob(corpora.Files(), "cases/*")
	require.NoError(t, err)
	require.Len(t, names, len(all(t)))
}
