package clients_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// said is the text that every client must print.
const said = `start_initial: the plan is draft, due -
social_worker may: answer, attach, cease, reschedule_meeting
answer: the plan is draft, due -
answer: the plan is draft, due -
delegate: the plan is delegated, due 2026-02-11
designated_teacher may: attach, save_contribution, submit_contribution
`

// TestAClientInAnyLanguageTakesAPlanThroughItsFirstSteps runs each client whose language is
// installed. With PEP_TEST_REQUIRE=clients, every language must be installed.
func TestAClientInAnyLanguageTakesAPlanThroughItsFirstSteps(t *testing.T) {
	t.Parallel()
	program := filepath.Join(t.TempDir(), "policycheck")
	out, err := exec.Command("go", "build", "-o", program, "../policycheck").CombinedOutput()
	require.NoError(t, err, string(out))
	for _, client := range [][]string{
		{"python3", "python/client.py"},
		{"node", "javascript/client.mjs"},
		{"java", "java/Client.java"},
	} {
		t.Run(client[0], func(t *testing.T) {
			t.Parallel()
			if _, err := exec.LookPath(client[0]); err != nil {
				if slices.Contains(strings.Split(os.Getenv("PEP_TEST_REQUIRE"), ","), "clients") {
					t.Fatalf("%s is not installed, and PEP_TEST_REQUIRE asks for it", client[0])
				}
				t.Skipf("%s is not installed", client[0])
			}
			state := filepath.Join(t.TempDir(), "plan.json")
			var errs bytes.Buffer
			run := exec.Command(client[0], append(client[1:], program, state)...)
			run.Stderr = &errs
			out, err := run.Output()
			require.NoError(t, err, errs.String())
			require.Equal(t, said, strings.ReplaceAll(string(out), "\r\n", "\n"))
			kept, err := os.ReadFile(state)
			require.NoError(t, err)
			require.Contains(t, strings.ReplaceAll(string(kept), " ", ""), `"stage":"delegated"`)
		})
	}
}
