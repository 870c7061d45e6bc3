package policytest_test

import (
	"errors"
	"os"
	"os/exec"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
	"virtualschool.example/pep/corpora"
	"virtualschool.example/pep/policytest"
)

func TestTheProjectsCorpus(t *testing.T) {
	all, err := corpora.All()
	require.NoError(t, err)
	policytest.Suite{Minimum: 1}.Run(t, ask.By(pep.Lancashire()), all...)
}

// wrong is an implementation that answers every question with an empty object
// or with an error.
type wrong struct{ err error }

func (w wrong) Ask([]byte) ([]byte, error) { return []byte(`{}`), w.err }

// askedToFail is the environment variable that makes the test below fail in its
// own process.
const askedToFail = "POLICYTEST_FAILS"

// TestACaseThatFailsFailsItsTest runs itself in another process, because a test
// that fails cannot be observed from within.
func TestACaseThatFailsFailsItsTest(t *testing.T) {
	corpus := ask.Corpus{Name: "mine", Cases: []ask.Case{
		{ID: "passes", Rules: []string{"TERM-1"}, Ask: "term.of", Given: []byte(`{"date": "2026-02-03"}`), Expect: []byte(`{"end": null}`)},
		{ID: "fails", Rules: []string{"TERM-1"}, Ask: "term.of", Given: []byte(`{"date": "2026-02-03"}`), Expect: []byte(`{"term": "SPRING 2026"}`)},
	}}
	switch os.Getenv(askedToFail) {
	case "answer":
		policytest.Run(t, wrong{}, corpus)
		return
	case "none":
		policytest.Run(t, wrong{errors.New("gone")}, corpus)
		return
	case "no case":
		corpus.Cases = corpus.Cases[:1]
		corpus.Cases[0].Given = []byte(`{"day": "2026-02-03"}`)
		policytest.Run(t, wrong{}, corpus)
		return
	case "no rate":
		corpus.Cases = corpus.Cases[:1]
		corpus.Cases[0].Ask, corpus.Cases[0].Given = "pep.payment", []byte(`{"term": "SUMMER 2026", "yearGroup": "Y5", "grade": null,
			"stage": "finalised", "establishment": {"gias": 1, "dfe": "888/4000", "finance": true}}`)
		policytest.Run(t, wrong{}, corpus)
		return
	case "few":
		corpus.Cases = corpus.Cases[:1]
		policytest.Suite{Minimum: 2}.Run(t, wrong{}, corpus)
		return
	}
	t.Parallel()
	said := output(t, "answer")
	require.Contains(t, said, "differs at term: wanted \"SPRING 2026\", got nothing")
	require.Contains(t, said, "--- PASS: TestACaseThatFailsFailsItsTest/mine/passes")
	require.Contains(t, said, "--- FAIL: TestACaseThatFailsFailsItsTest/mine/fails")
	require.Contains(t, output(t, "none"), "no answer: gone")
	require.Contains(t, output(t, "no case"), "case passes: \"given.day\" is not a known member")
	require.Contains(t, output(t, "no rate"),
		"case passes: given must be dates for which the policy has an answer, or the case must expect the refusal PAY-4: the policy has no payment rate for the term")
	said = output(t, "few")
	require.Contains(t, said, "--- PASS: TestACaseThatFailsFailsItsTest/mine/passes")
	require.Contains(t, said, "TERM-1 has 1 cases, not the 2 asked for: Three terms tile the year")
	require.Contains(t, said, "FINAL-1 has 0 cases, not the 2 asked for")
	require.Regexp(t, `1 of \d+ rules have cases\n.*TERM-1 +1  Three terms tile the year`, said)
}

// output runs the test in a process in which it fails, and returns what it prints.
func output(t *testing.T, how string) string {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestACaseThatFailsFailsItsTest$", "-test.v")
	cmd.Env = append(os.Environ(), askedToFail+"="+how)
	said, err := cmd.CombinedOutput()
	require.Error(t, err, "a case that fails fails its test")
	return string(said)
}
