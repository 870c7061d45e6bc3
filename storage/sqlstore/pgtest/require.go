package pgtest

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
)

// Require is the environment variable with the services, parted by commas,
// that a test must not be skipped for; this package looks for postgres.
const Require = "PEP_TEST_REQUIRE"

// errAbsent is that there is nothing to start a server from.
var errAbsent error = fault("no PostgreSQL: neither " + Server + " nor its binaries initdb and postgres on this machine")

// fault is an error that is its text.
type fault string

func (f fault) Error() string { return string(f) }

// able skips the test where there is no PostgreSQL, unless it is required, and
// fails it for any other error.
func able(t testing.TB, err error) {
	t.Helper()
	switch {
	case err == nil:
	case !errors.Is(err, errAbsent):
		t.Fatalf("pgtest: %v", err)
	case slices.Contains(strings.Split(os.Getenv(Require), ","), "postgres"):
		t.Fatalf("pgtest: %v, and %s asks for it", err, Require)
	default:
		t.Skipf("pgtest: %v", err)
	}
}
