package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/experimental"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
	"github.com/tetratelabs/wazero/sys"

	"virtualschool.example/pep/corpora"
)

// module is the program as WASM, compiled once and run any number of times.
type module struct {
	runtime wazero.Runtime
	code    wazero.CompiledModule
}

// built builds the program for WASI once, and returns the path of the module.
var built = sync.OnceValues(func() (file string, err error) {
	file = filepath.Join(scratch, "policycheck.wasm")
	build := exec.Command("go", "build", "-ldflags=-s -w", "-o", file, ".")
	build.Env = append(os.Environ(), "GOOS=wasip1", "GOARCH=wasm")
	if said, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, said)
	}
	return file, nil
})

// scratch is the folder for files that tests share.
var scratch string

// playsProgram names the environment variable that makes this test binary act as the
// program.
const playsProgram = "POLICYCHECK_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(playsProgram) != "" {
		main()
	}
	var err error
	if scratch, err = os.MkdirTemp("", "policycheck"); err != nil {
		panic(err)
	}
	code := m.Run()
	os.RemoveAll(scratch)
	os.Exit(code)
}

// compiled compiles the module once.
var compiled = sync.OnceValues(func() (*module, error) {
	file, err := built()
	if err != nil {
		return nil, err
	}
	binary, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	ctx := experimental.WithCompilationWorkers(context.Background(), runtime.GOMAXPROCS(0))
	m := &module{runtime: wazero.NewRuntime(ctx)}
	wasi_snapshot_preview1.MustInstantiate(ctx, m.runtime)
	m.code, err = m.runtime.CompileModule(ctx, binary)
	return m, err
})

func compile(t *testing.T) *module {
	t.Helper()
	m, err := compiled()
	require.NoError(t, err)
	return m
}

// cli runs the module with the project's own corpus as its only files.
func (m *module) cli(t *testing.T, stdin string, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = m.run(t, strings.NewReader(stdin), &o, &e, args...)
	return code, o.String(), e.String()
}

func (m *module) run(t *testing.T, in io.Reader, out, errs io.Writer, args ...string) (code int) {
	t.Helper()
	_, err := m.runtime.InstantiateModule(t.Context(), m.code, wazero.NewModuleConfig().WithName("").
		WithArgs(append([]string{"policycheck"}, args...)...).
		WithFSConfig(wazero.NewFSConfig().WithFSMount(corpora.Files(), "/")).
		WithStdin(in).WithStdout(out).WithStderr(errs).WithSysNanosleep())
	var exit *sys.ExitError
	if errors.As(err, &exit) {
		return int(exit.ExitCode())
	}
	assert.NoError(t, err)
	return passed
}

// questions returns the questions of the project's own corpus, one to a line.
func questions(t *testing.T) string {
	t.Helper()
	all, err := corpora.All()
	require.NoError(t, err)
	var lines strings.Builder
	for _, corpus := range all {
		for _, c := range corpus.Cases {
			line, err := json.Marshal(c.Question())
			require.NoError(t, err)
			lines.Write(append(line, '\n'))
		}
	}
	return lines.String()
}

// TestWASMSaysWhatTheProgramSays compares the output of the WASM module, which has no time
// zone files, with the output of the program in this process.
func TestWASMSaysWhatTheProgramSays(t *testing.T) {
	t.Parallel()
	m := compile(t)
	tests := []struct {
		name, stdin string
		args        []string
	}{
		{"the corpora", "", []string{"run", "-json"}},
		{"every question of the corpora", questions(t), []string{"ask"}},
		{"a case that fails", `{"schema": 1, "policy": "lancashire", "cases": [` + fails + `]}`, []string{"run", "-"}},
		{"invalid questions", "{\n[]\n", []string{"ask"}},
		{"no such command", "", []string{"judge"}},
		{"help", "", []string{"--help"}},
		{"rules", "", []string{"rules"}},
		{"rule book", "", []string{"rules", "-html", "-on", "2026-01-14"}},
		{"policy", "", []string{"policy"}},
		{"diagram", "", []string{"diagram", "dot"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			code, out, errs := cli(t, test.stdin, test.args...)
			gotCode, gotOut, gotErrs := m.cli(t, test.stdin, test.args...)
			require.Equal(t, errs, gotErrs)
			require.Equal(t, out, gotOut)
			require.Equal(t, code, gotCode)
		})
	}
	t.Run("files", func(t *testing.T) {
		t.Parallel()
		code, out, errs := m.cli(t, "", "run", "cases/term.json", "cases/payment.json")
		require.Regexp(t, `^\d{3} passed, 0 failed\n$`, out+errs)
		require.Equal(t, passed, code)
	})
}
