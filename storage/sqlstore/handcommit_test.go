package sqlstore_test

import (
	"database/sql"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore"
)

// TestATransactionCommittedByHandWithinAnUpdateIsFound has the host commit, or roll back, by
// hand inside an Update. After that the store writes nothing, the Update returns an error,
// and the host commits nothing more.
func TestATransactionCommittedByHandWithinAnUpdateIsFound(t *testing.T) {
	t.Parallel()
	own := errors.New("the function's own")
	for _, e := range []engine{sqliteEngine, postgresEngine} {
		for _, c := range []struct {
			name          string
			before, after bool   // whether a plan is saved
			by            string // what the host does by hand
			fails         bool
			want          error
			kept          int
		}{
			{"a write, then a failure", true, false, "COMMIT", true, own, 1},
			{"a write on either side, then a failure", true, true, "COMMIT", true, own, 1},
			{"a write on either side", true, true, "COMMIT", false, storage.ErrClosed, 1},
			{"a write before", true, false, "COMMIT", false, storage.ErrClosed, 1},
			{"a write after, then a failure", false, true, "COMMIT", true, own, 0},
			{"a write after", false, true, "COMMIT", false, storage.ErrClosed, 0},
			{"a write after a rollback", true, true, "ROLLBACK", false, storage.ErrClosed, 0},
			{"no write", false, false, "COMMIT", false, storage.ErrClosed, 0},
		} {
			t.Run(e.dialect.String()+"/"+c.name, func(t *testing.T) {
				t.Parallel()
				s, db := hostedOn(t, e)
				tx := begin(t, db)
				err := s.In(tx).Update(nowhere, func(in storage.Tx) error {
					if c.before {
						require.NoError(t, in.Save(nowhere, started(t, newChild(), "2026-05-20")))
					}
					_, err := tx.Exec(c.by)
					require.NoError(t, err)
					if c.after {
						requirePlain(t, in.Save(nowhere, started(t, newChild(), "2026-05-20")), storage.ErrClosed)
						_, err = tx.Exec("INSERT INTO host_note VALUES (2)")
						require.ErrorIs(t, err, sql.ErrTxDone, "a statement of the host's must not be committed by itself")
					}
					if c.fails {
						return own
					}
					return nil
				})
				require.ErrorIs(t, err, c.want)
				require.ErrorIs(t, tx.Commit(), sql.ErrTxDone)
				require.Equal(t, c.kept, count(t, db, "pep_plan"))
			})
		}
	}
}

// hostedOn returns a store on an engine, and its host's database.
func hostedOn(t *testing.T, e engine) (*sqlstore.Store, *sql.DB) {
	if e.dialect == sqlstore.SQLite {
		s, db, _ := hostOf(t)
		return s, db
	}
	db := tables(t)
	return e.over(t, db, "lancashire"), db
}
