package pgtest

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
)

// Require is the environment variable that lists required services, separated by
// commas. If one of them is absent, a test that needs it fails instead of being
// skipped. This package looks for postgres.
const Require = "PEP_TEST_REQUIRE"

// errAbsent says that there is neither a server nor the binaries to start one.
var errAbsent error = fault("no PostgreSQL: " + Server + " is not set, and the binaries initdb and postgres are not on this machine")

// fault is an error that consists of its text.
type fault string

func (f fault) Error() string { return string(f) }

// able skips the test if there is no PostgreSQL. It fails the test if PostgreSQL is
// required, or if err is any other error.
func able(t testing.TB, err error) {
	t.Helper()
	switch {
	case err == nil:
	case !errors.Is(err, errAbsent):
		t.Fatalf("pgtest: %v", err)
	case slices.Contains(strings.Split(os.Getenv(Require), ","), "postgres"):
		t.Fatalf("pgtest: %v, but %s requires it", err, Require)
	default:
		t.Skipf("pgtest: %v", err)
	}
}
