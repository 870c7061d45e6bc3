package main

import (
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
	"virtualschool.example/pep/policytest"
)

// BenchmarkConversation asks one question after another, in this process and through a
// pipe. It also times cat, which only sends each line back, as the least that a pipe costs.
func BenchmarkConversation(b *testing.B) {
	program := filepath.Join(b.TempDir(), "policycheck")
	said, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput()
	require.NoError(b, err, string(said))
	question := []byte(`{"ask":"pep.required_on","given":{"born":"2014-05-20","on":"2026-02-03","lookedAfter":[{"from":"2020-01-01"}],"education":[{"kind":"school","from":"2020-01-01"}]}}`)
	through := func(command ...string) ask.Asker { return policytest.Program{Command: command}.Start(b) }
	for _, of := range []struct {
		name string
		by   ask.Asker
	}{
		{"in process", ask.By(pep.Lancashire())},
		{"through a pipe", through(program, "ask")},
		{"through a pipe, floor", through("cat")},
	} {
		b.Run(of.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := of.by.Ask(question); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
