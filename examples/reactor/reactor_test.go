package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
	"virtualschool.example/pep/corpora"
)

var many = flag.Int("questions", 5000, "how many questions to ask when checking that memory does not grow")

// TestTheNPMPackageAnswers builds the module and runs the tests in the folder npm with
// it. They ask every handwritten question of the project's own corpus.
func TestTheNPMPackageAnswers(t *testing.T) {
	t.Parallel()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed")
	}
	module := filepath.Join(t.TempDir(), "reactor.wasm")
	build := exec.Command("go", "build", "-buildmode=c-shared", "-trimpath", "-ldflags=-s -w", "-o", module, ".")
	build.Env = append(os.Environ(), "GOOS=wasip1", "GOARCH=wasm")
	said, err := build.CombinedOutput()
	require.NoError(t, err, string(said))
	about, err := os.Stat(module)
	require.NoError(t, err)

	tests := exec.Command(node, "--test", "--test-reporter=spec")
	tests.Dir = "npm"
	tests.Env = append(os.Environ(), "REACTOR_WASM="+module, "REACTOR_CASES="+cases(t), fmt.Sprint("REACTOR_QUESTIONS=", *many))
	said, err = tests.CombinedOutput()
	t.Logf("the module has %d bytes\n%s", about.Size(), said)
	require.NoError(t, err)
	require.Contains(t, string(said), "fail 0")
	require.NotContains(t, string(said), "tests 0")
}

// cases writes the questions and our answers to a file, and returns its path.
func cases(t *testing.T) string {
	t.Helper()
	all, err := corpora.All()
	require.NoError(t, err)
	all = slices.DeleteFunc(all, func(c ask.Corpus) bool { return c.Generated })
	var lines bytes.Buffer
	to := json.NewEncoder(&lines)
	for result := range ask.Run(ask.By(pep.Lancashire()), all...) {
		require.NoError(t, to.Encode(map[string]any{"question": result.Case.Question(), "answer": result.Got}))
	}
	path := filepath.Join(t.TempDir(), "cases.jsonl")
	require.NoError(t, os.WriteFile(path, lines.Bytes(), 0o600))
	return path
}
