package policytest_test

import (
	"bufio"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
	"virtualschool.example/pep/corpora"
	"virtualschool.example/pep/policytest"
)

// playsProgram is the environment variable that makes this test binary act as the
// program under test.
const playsProgram = "POLICYTEST_PROGRAM"

func TestMain(m *testing.M) {
	if how := os.Getenv(playsProgram); how != "" {
		os.Exit(play(how))
	}
	os.Exit(m.Run())
}

// play answers on standard output, correctly or in one of the ways in which a
// program can fail, and returns the exit code.
func play(how string) int {
	in := bufio.NewScanner(os.Stdin)
	for n := 0; in.Scan(); n++ {
		switch {
		case how == "dies" && n == 1:
			fmt.Fprintln(os.Stderr, "Exception in thread main")
			return 3
		case how == "rubbish" && n == 1:
			fmt.Println("Starting up...")
			continue
		case how == "sleeps" && n == 1:
			time.Sleep(time.Minute)
		case how == "waits":
			time.Sleep(time.Millisecond)
		}
		fmt.Println(string(ask.AnswerJSON(pep.Lancashire(), in.Bytes())))
	}
	return 0
}

// program starts this test binary as the program under test. The argument how names
// the way in which the program answers.
func program(t *testing.T, how string, deadline time.Duration) ask.Asker {
	t.Helper()
	return policytest.Program{Command: []string{os.Args[0]}, Env: append(os.Environ(), playsProgram+"="+how), Deadline: deadline}.Start(t)
}

func dates(t *testing.T, days ...string) ask.Corpus {
	t.Helper()
	corpus := ask.Corpus{Name: "mine"}
	for n, d := range days {
		corpus.Cases = append(corpus.Cases, ask.Case{ID: fmt.Sprintf("C%d", n+1), Ask: "term.of",
			Given: []byte("{\n \"date\": \"" + d + "\"\n}"), Expect: []byte(`{"start": "` + d + `"}`)})
	}
	return corpus
}

func TestAProgramAnswersInOrder(t *testing.T) {
	t.Parallel()
	all, err := corpora.All()
	require.NoError(t, err)
	theirs, n := program(t, "well", 0), 0
	for result := range ask.Run(theirs, all[0], dates(t, "2026-01-01", "2026-04-01", "2026-09-01")) {
		require.True(t, result.Passed(), result)
		n++
	}
	require.Greater(t, n, 100)
}

func TestAProgramThatFailedIsAskedNothingMore(t *testing.T) {
	t.Parallel()
	for how, want := range map[string]string{
		"dies":    "the program ended: exit status 3: it said: Exception in thread main",
		"rubbish": `the program answered with a line that is not a JSON object: "Starting up..."`,
		"sleeps":  "the program gave no answer within 2s",
	} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			var errs []error
			for result := range ask.Run(program(t, how, 2*time.Second), dates(t, "2026-01-01", "2026-04-01", "2026-09-01")) {
				errs = append(errs, result.Err)
			}
			require.NoError(t, errs[0])
			require.EqualError(t, errs[1], want)
			require.ErrorIs(t, errs[2], policytest.ErrNotAsked)
		})
	}
}

func TestACommandThatCannotBeStartedIsAnError(t *testing.T) {
	t.Parallel()
	for want, command := range map[string][]string{"must have a Command": nil, "no such file": {"./no-such-program"}} {
		_, err := policytest.Program{Command: command}.Open()
		require.ErrorContains(t, err, want)
	}
}

func TestAProgramEndsWithItsTest(t *testing.T) {
	t.Parallel()
	var theirs ask.Asker
	t.Run("asks", func(t *testing.T) {
		theirs = program(t, "waits", 0)
		_, err := theirs.Ask([]byte(`{}`))
		require.NoError(t, err)
	})
	_, err := theirs.Ask([]byte(`{}`))
	require.ErrorContains(t, err, "the program ended")
}
