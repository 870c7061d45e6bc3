package sqlstore_test

import (
	"database/sql"
	"errors"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore"
	"virtualschool.example/storage/sqlstore/migrate"
)

// TestWritersOfSeveralProcessesTakeTurns lets writers change one plan through separate pools,
// as if they were separate processes. Every change that was acknowledged is there exactly once,
// and no writer gets ErrContention.
func TestWritersOfSeveralProcessesTakeTurns(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "plans.db")
	first := database(t, path)
	require.NoError(t, migrate.Up(nowhere, first, sqlstore.SQLite))
	p := started(t, newChild(), "2026-05-20")
	require.NoError(t, save(over(t, first), p))
	var done, conflicts atomic.Int64
	var wg sync.WaitGroup
	for process := range 3 {
		s := over(t, database(t, path))
		for worker := range 3 {
			wg.Go(func() {
				for i := range 10 {
					name := strconv.Itoa(process) + strconv.Itoa(worker) + strconv.Itoa(i)
					switch err := attach(s, p.ID(), name); {
					case err == nil:
						done.Add(1)
					case errors.Is(err, storage.ErrConflict):
						conflicts.Add(1)
					default:
						t.Error(err)
					}
				}
			})
		}
	}
	wg.Wait()
	require.EqualValues(t, 90, done.Load()+conflicts.Load())
	require.Zero(t, conflicts.Load(), "each writer reads in the transaction in which it writes")
	require.EqualValues(t, 91, reload(t, over(t, first), p.ID()).Version())
	requireSound(t, first)
}

// TestAWriterWaitsForAnotherProcessLongerThanItsConnectionDoes shows that SQLite gives up after
// busy_timeout, but the store tries again until Options.Wait is over.
func TestAWriterWaitsForAnotherProcessLongerThanItsConnectionDoes(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "plans.db")
	other := database(t, path)
	require.NoError(t, migrate.Up(nowhere, other, sqlstore.SQLite))
	db, err := sql.Open("sqlite", strings.Replace(sqlstore.SQLite.DSN(path), "busy_timeout(1000)", "busy_timeout(1)", 1))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	s, p := over(t, db), started(t, newChild(), "2026-05-20")
	require.NoError(t, s.View(nowhere, nothing))
	held, err := other.Begin()
	require.NoError(t, err)
	time.AfterFunc(50*time.Millisecond, func() { _ = held.Rollback() })
	require.NoError(t, save(s, p))
	require.NoError(t, read(s, p.ID()))
}

func attach(s *sqlstore.Store, id pep.ID, name string) error {
	return s.Update(nowhere, func(tx storage.Tx) error {
		p, err := tx.Plan(nowhere, id)
		if err != nil {
			return err
		}
		if err := p.Do(act(p.Child(), pep.SocialWorker), pep.Attach{Name: private.NewText(name)}); err != nil {
			return err
		}
		return tx.Save(nowhere, p)
	})
}
