package sqlstore_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore"
)

// TestARefusedReopeningLeavesWhatWentBefore shows that a transaction commits everything that it
// wrote before and after a refused reopening. On PostgreSQL the transaction's limit on waiting
// for locks stays in force.
func TestARefusedReopeningLeavesWhatWentBefore(t *testing.T) {
	t.Parallel()
	t.Run("SQLite", func(t *testing.T) {
		t.Parallel()
		s, _ := open(t)
		requireRefusedAlone(t, s, func(storage.Tx) {})
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		t.Parallel()
		s, _ := onPostgres(t)
		requireRefusedAlone(t, s, func(tx storage.Tx) {
			rows, err := sqlstore.Query(nowhere, tx, "SHOW lock_timeout")
			require.NoError(t, err)
			defer func() { require.NoError(t, rows.Close()) }()
			require.True(t, rows.Next())
			var bound string
			require.NoError(t, rows.Scan(&bound))
			require.NotEqual(t, "0", bound)
		})
	})
}

// requireRefusedAlone reopens a finalised plan although its child has an open plan, and
// requires that nothing else in the transaction is refused.
func requireRefusedAlone(t *testing.T, s *sqlstore.Store, then func(storage.Tx)) {
	t.Helper()
	child := newChild()
	p := started(t, child, "2026-05-20")
	for _, m := range story() {
		if m.apply(t, p); p.Stage() == pep.Finalised {
			break
		}
	}
	require.NoError(t, save(s, p))
	require.NoError(t, save(s, started(t, child, "2026-09-21")))
	p = reload(t, s, p.ID())
	do(t, p, pep.ServiceDesk, pep.Reopen{Reason: private.NewText("words")})
	before, after := started(t, newChild(), "2026-05-20"), started(t, newChild(), "2026-05-20")
	require.NoError(t, s.Update(nowhere, func(tx storage.Tx) error {
		require.Equal(t, storage.ErrExists, tx.Save(nowhere, p), "as the first statement")
		then(tx)
		require.NoError(t, tx.Save(nowhere, before))
		require.Equal(t, storage.ErrExists, tx.Save(nowhere, p))
		return tx.Save(nowhere, after)
	}))
	require.NoError(t, errors.Join(read(s, before.ID()), read(s, after.ID())))
	require.Equal(t, pep.Finalised, reload(t, s, p.ID()).Stage())
}
