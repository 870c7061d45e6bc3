package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/experimental"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
	"github.com/tetratelabs/wazero/sys"

	"virtualschool.example/pep/corpora"
)

// module is the program as WASM, compiled once and run as often as is wanted.
type module struct {
	runtime wazero.Runtime
	code    wazero.CompiledModule
}

// build builds the program for WASI and compiles it.
func build(t *testing.T) *module {
	t.Helper()
	file := filepath.Join(t.TempDir(), "policycheck.wasm")
	build := exec.Command("go", "build", "-ldflags=-s -w", "-o", file, ".")
	build.Env = append(os.Environ(), "GOOS=wasip1", "GOARCH=wasm")
	said, err := build.CombinedOutput()
	require.NoError(t, err, string(said))
	binary, err := os.ReadFile(file)
	require.NoError(t, err)
	ctx := experimental.WithCompilationWorkers(t.Context(), runtime.GOMAXPROCS(0))
	m := &module{runtime: wazero.NewRuntime(ctx)}
	t.Cleanup(func() { require.NoError(t, m.runtime.Close(context.Background())) })
	wasi_snapshot_preview1.MustInstantiate(ctx, m.runtime)
	m.code, err = m.runtime.CompileModule(ctx, binary)
	require.NoError(t, err)
	return m
}

// cli runs the module with the project's own corpus as its only files.
func (m *module) cli(t *testing.T, stdin string, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	_, err := m.runtime.InstantiateModule(t.Context(), m.code, wazero.NewModuleConfig().WithName("").
		WithArgs(append([]string{"policycheck"}, args...)...).
		WithFSConfig(wazero.NewFSConfig().WithFSMount(corpora.Files(), "/")).
		WithStdin(strings.NewReader(stdin)).WithStdout(&o).WithStderr(&e))
	var exit *sys.ExitError
	if err != nil {
		require.ErrorAs(t, err, &exit)
		code = int(exit.ExitCode())
	}
	return code, o.String(), e.String()
}

// questions are those of the project's own corpus, one a line.
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

// TestWASMSaysWhatTheProgramSays runs the program as WASM, where there is no
// file of time zones, beside the program in this process.
func TestWASMSaysWhatTheProgramSays(t *testing.T) {
	t.Parallel()
	m := build(t)
	tests := []struct {
		name, stdin string
		args        []string
	}{
		{"the corpora", "", []string{"run", "-json"}},
		{"every question of the corpora", questions(t), []string{"ask"}},
		{"a case that fails", `{"schema": 1, "policy": "lancashire", "cases": [` + fails + `]}`, []string{"run", "-"}},
		{"what cannot be a question", "{\n[]\n", []string{"ask"}},
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
