package sqlstore_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore"
	"virtualschool.example/term/civil"
)

// TestAnAuthorityRemovesOnlyItsOwnRows gives two authorities the same rows in one
// database. One of them destroys and prunes, and the rows of the other stay.
func TestAnAuthorityRemovesOnlyItsOwnRows(t *testing.T) {
	t.Parallel()
	for _, e := range []engine{sqliteEngine, postgresEngine} {
		t.Run(e.dialect.String(), func(t *testing.T) {
			t.Parallel()
			_, db := hostedOn(t, e)
			ours, theirs := e.over(t, db, "lancashire"), e.over(t, db, "cumbria")
			p := played(t, retracted)
			for _, s := range []*sqlstore.Store{ours, theirs} {
				require.NoError(t, s.Update(nowhere, func(tx storage.Tx) error {
					if _, _, err := tx.Once(nowhere, "key", pep.Digest{7}, lately); err != nil {
						return err
					}
					return tx.Save(nowhere, p)
				}))
				require.NoError(t, s.Delivered(nowhere, waiting(t, s)...))
			}
			require.NoError(t, ours.Update(nowhere, func(tx storage.Tx) error {
				gone, err := tx.Destroy(nowhere, civil.MustParse("2030-01-01"), 1000)
				require.NoError(t, err)
				require.Len(t, gone, 6)
				pruned, err := tx.Prune(nowhere, lately.AddDate(1, 0, 0), today.AddDays(365), 1000)
				require.Equal(t, storage.Pruned{Messages: 2, Keys: 1}, pruned)
				return err
			}))
			require.Equal(t, 0, sealed(t, ours, p.ID()))
			require.Equal(t, 6, sealed(t, theirs, p.ID()))
			require.Equal(t, 2, count(t, db, "pep_outbox"))
			require.NoError(t, theirs.View(nowhere, func(r storage.Reader) error {
				_, err := r.Outcome(nowhere, "key")
				return err
			}))
		})
	}
}

// waiting returns the ids of the waiting messages.
func waiting(t *testing.T, s *sqlstore.Store) (ids []uuid.UUID) {
	t.Helper()
	claimed, err := s.Claim(nowhere, 1000, lately, lately.Add(time.Hour))
	require.NoError(t, err)
	for _, m := range claimed {
		ids = append(ids, m.ID)
	}
	return ids
}

// sealed returns how many sealed copies a plan has.
func sealed(t *testing.T, s *sqlstore.Store, id pep.ID) (n int) {
	t.Helper()
	require.NoError(t, s.View(nowhere, func(r storage.Reader) error {
		for _, err := range r.Sealed(nowhere, id) {
			require.NoError(t, err)
			n++
		}
		return nil
	}))
	return n
}
