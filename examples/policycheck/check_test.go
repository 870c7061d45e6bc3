package main

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/corpora"
)

// ours returns the arguments that make check run policycheck itself.
func ours(t *testing.T) []string {
	t.Helper()
	t.Setenv(playsProgram, "1")
	return []string{"--", os.Args[0], "ask"}
}

// python returns the arguments that make check run Python.
func python(t *testing.T, args ...string) []string {
	t.Helper()
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is not installed")
	}
	return append([]string{"-deadline=5m", "--", python}, args...)
}

// TestCheckFindsTheWrongRules checks a Python program that answers five questions but
// gets three rules wrong.
func TestCheckFindsTheWrongRules(t *testing.T) {
	t.Parallel()
	code, out, errs := cli(t, "", append([]string{"check"}, python(t, "testdata/wrong.py")...)...)
	t.Log("\n" + out)
	require.Empty(t, errs)
	require.Equal(t, failed, code)
	require.Regexp(t, `^\d+ passed, \d+ failed, \d+ not implemented$`, lastLine(out))
	for _, rule := range []string{"AGE-2", "DUE-4b", "YEAR-5"} {
		require.Regexp(t, `(?m)^`+rule+` +\d+ passed, +[1-9]\d* failed$`, out)
	}
	require.Contains(t, out, "V0026 [AGE-1 AGE-2] term.age: differs at age: wanted 1, got 2\n    given: {\"born\":\"2024-02-29\",\"on\":\"2026-02-28\"}\n")
	require.Contains(t, out, "    note: in term and long after the meeting\n")
	require.Regexp(t, `(?m)^pep\.workflow +\d+ not implemented$`, out)
	for _, line := range regexp.MustCompile(`(?m)^\S+ \[.*$`).FindAllString(out, -1) {
		require.Regexp(t, `AGE-2|DUE-4b|YEAR-[1235]`, line, "nothing else is wrong")
	}
}

// TestCheckPassesOurOwnProgram sets an environment variable, so it cannot run in parallel.
func TestCheckPassesOurOwnProgram(t *testing.T) {
	for _, test := range []struct {
		name string
		args []string
		want string
	}{
		{"a file", []string{file(t, passes)}, `^1 passed, 0 failed\n$`},
		{"a question", []string{"-ask", "term.*"}, `^2\d\d passed, 0 failed\n$`},
		{"a rule", []string{"--rule", "AGE-2", "-deadline=20s"}, `^\d\d passed, 0 failed\n$`},
	} {
		t.Run(test.name, func(t *testing.T) {
			code, out, errs := cli(t, "", append(append([]string{"check"}, test.args...), ours(t)...)...)
			require.Regexp(t, test.want, out)
			require.Empty(t, errs)
			require.Equal(t, passed, code)
		})
	}
}

func TestCheckStopsAfterACrash(t *testing.T) {
	t.Parallel()
	dies := python(t, "-c", `import sys
print(sys.stdin.readline() and '{"term": "SPRING 2026"}', flush=True)
sys.stdin.readline()
sys.exit("the disk is full")`)
	third := strings.Replace(passes, `"A"`, `"C"`, 1)
	code, out, errs := cli(t, "", append([]string{"check", file(t, passes+","+fails+","+third)}, dies...)...)
	require.Equal(t, `B [TERM-1 TERM-3] term.of: no answer: the program ended: exit status 1: it said: the disk is full
    given: {"date":"2026-04-01"}
TERM-1        1 passed,     1 failed
TERM-3        0 passed,     1 failed
the program gave no answer to B, so nothing more was asked
1 passed, 1 failed, 1 not asked
`, out)
	require.Empty(t, errs)
	require.Equal(t, failed, code)
}

func TestAProgramThatImplementsNothingDoesNotPass(t *testing.T) {
	t.Parallel()
	none := python(t, "-c", `import sys
for line in sys.stdin: print('{"invalid": "ask"}', flush=True)`)
	unknown := `{"id": "U", "ask": "term.off", "given": {}, "expect": {"term": "SPRING 2026"}}`
	code, out, _ := cli(t, "", append([]string{"check", file(t, passes+","+fails)}, none...)...)
	require.Equal(t, failed, code)
	require.Equal(t, fmt.Sprintf("%-26s %5d not implemented\n0 passed, 0 failed, 2 not implemented\n", "term.of", 2), out)
	_, out, _ = cli(t, "", append([]string{"check", file(t, unknown)}, none...)...)
	require.Equal(t, "0 passed, 1 failed", lastLine(out), "the contract has no such question")
}

func TestCheckExitsWith2OnBadInput(t *testing.T) {
	t.Parallel()
	for says, args := range map[string][]string{
		"must have a Command":  {"check"},
		"no such file":         {"check", "--", "./no-such-program", "--", "-x"},
		"syntax error":         {"check", "-ask", "[", "--", "cat"},
		"no case matches both": {"check", "-rule", "TERM-0", "--", "cat"},
		"at least one case":    {"check", write(t, `{"schema": 1, "policy": "lancashire", "cases": []}`), "--", "cat"},
		"expects nothing":      {"run", file(t, strings.Replace(passes, `{"term": "SPRING 2026"}`, "{}", 1))},
	} {
		t.Run(says, func(t *testing.T) {
			t.Parallel()
			code, out, errs := cli(t, "", args...)
			require.Equal(t, unusable, code)
			require.Empty(t, out)
			require.Contains(t, errs, says)
		})
	}
}

func TestCorpusWritesTheFilesAndOverwritesNone(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "a", "b")
	code, out, errs := cli(t, "", "corpus", "-o", dir)
	require.Equal(t, passed, code, errs)
	require.Empty(t, out)
	for _, name := range []string{"term.json", "everyday.csv"} {
		want, err := fs.ReadFile(corpora.Files(), "cases/"+name)
		require.NoError(t, err)
		got, err := os.ReadFile(filepath.Join(dir, name))
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	code, _, errs = cli(t, "", "corpus", "-o", dir)
	require.Equal(t, unusable, code)
	require.Contains(t, errs, "no file is overwritten")
}
