package sqlstore_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/storage"
)

// TestAnOutcomeThatIsHeldOutlivesACallWhoseContextEnded shows that the store, which writes an
// outcome with a later statement, does not lose it if that statement cannot be run.
func TestAnOutcomeThatIsHeldOutlivesACallWhoseContextEnded(t *testing.T) {
	t.Parallel()
	ended, cancel := context.WithCancel(nowhere)
	cancel()
	for _, e := range []engine{sqliteEngine, postgresEngine} {
		s, _ := hostedOn(t, e)
		p := started(t, newChild(), "2026-05-20")
		want := storage.Outcome{Plan: p.ID(), Version: p.Version()}
		require.NoError(t, s.Update(nowhere, func(tx storage.Tx) error {
			_, _, err := tx.Once(nowhere, "key", pep.Digest{1}, lately)
			require.NoError(t, err)
			require.NoError(t, tx.Save(nowhere, p))
			require.NoError(t, tx.Record(nowhere, "key", want))
			_, err = tx.Outcome(ended, "key")
			require.Equal(t, context.Canceled, err)
			return nil
		}))
		require.NoError(t, s.View(nowhere, func(r storage.Reader) error {
			got, err := r.Outcome(nowhere, "key")
			require.Equal(t, want.Plan, got.Plan)
			require.Equal(t, want.Version, got.Version)
			return err
		}))
	}
}
