package joint_test

import (
	"context"
	"database/sql"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite"

	"virtualschool.example/storage"
	"virtualschool.example/storage/internal/joint"
	"virtualschool.example/storage/sqlstore"
	"virtualschool.example/storage/sqlstore/migrate"
	"virtualschool.example/storage/storagetest"
)

// host is a host whose transactions may be broken on purpose.
type host struct {
	joint.Host
	breaks func(joint.Host, joint.Transaction) storagetest.Joined
}

func (h host) Begin(ctx context.Context) (storagetest.Joined, error) {
	tx, err := h.Host.Begin(ctx)
	if err != nil || h.breaks == nil {
		return tx, err
	}
	return h.breaks(h.Host, tx.(joint.Transaction)), nil
}

func openHost(t testing.TB, breaks func(joint.Host, joint.Transaction) storagetest.Joined) storagetest.Host {
	db, err := sql.Open("sqlite", sqlstore.SQLite.DSN(filepath.Join(t.TempDir(), "plans.db")))
	require.NoError(t, err)
	t.Cleanup(func() { _ = db.Close() })
	require.NoError(t, migrate.Up(context.Background(), db, sqlstore.SQLite))
	_, err = db.Exec(joint.Table)
	require.NoError(t, err)
	store, err := sqlstore.New(db, sqlstore.Options{Dialect: sqlstore.SQLite, Authority: "lancashire"})
	require.NoError(t, err)
	return host{joint.Host{Store: store, DB: db}, breaks}
}

// halves is a transaction that keeps what a failed function did.
type halves struct{ joint.Transaction }

func (h halves) Update(ctx context.Context, fn func(storage.Tx) error) (failed error) {
	err := h.Transaction.Update(ctx, func(tx storage.Tx) error { failed = fn(tx); return nil })
	if failed != nil {
		return failed
	}
	return err
}

// commits ends the host's transaction as if it were the store's own.
type commits struct{ joint.Transaction }

func (c commits) Update(ctx context.Context, fn func(storage.Tx) error) error {
	if err := c.Transaction.Update(ctx, fn); err != nil {
		return err
	}
	return c.Transaction.Commit()
}

func (c commits) Commit() error   { return nil }
func (c commits) Rollback() error { return nil }

// undoesAll rolls the host's transaction back if a function fails.
type undoesAll struct{ joint.Transaction }

func (u undoesAll) Update(ctx context.Context, fn func(storage.Tx) error) error {
	err := u.Transaction.Update(ctx, fn)
	if err != nil {
		_ = u.Transaction.Rollback()
	}
	return err
}

// tries is a transaction that calls a failed function once more.
type tries struct{ joint.Transaction }

func (t tries) Update(ctx context.Context, fn func(storage.Tx) error) error {
	if err := t.Transaction.Update(ctx, fn); err == nil {
		return nil
	}
	return t.Transaction.Update(ctx, fn)
}

// looksElsewhere reads outside the host's transaction.
type looksElsewhere struct {
	joint.Transaction
	store *sqlstore.Store
}

func (l looksElsewhere) View(ctx context.Context, fn func(storage.Reader) error) error {
	return l.store.View(ctx, fn)
}

// breakages are the ways in which a host's transactions are broken, each with some of
// the cases that detect it.
var breakages = map[string]struct {
	breaks func(joint.Host, joint.Transaction) storagetest.Joined
	caught []string
}{
	"halves stay": {func(_ joint.Host, tx joint.Transaction) storagetest.Joined { return halves{tx} }, []string{
		"J3 a joined update that fails leaves the host's rows", "J3 a joined update that is refused leaves no key",
		"J4 a joined update after one that failed", "J5 a joined update within another fails by itself",
		"J5 a joined update is undone with the one that it is within",
	}},
	"updates commit": {func(_ joint.Host, tx joint.Transaction) storagetest.Joined { return commits{tx} }, []string{
		"J2 nothing of what was joined is there after a rollback by the host", "J4 two joined updates in one transaction",
	}},
	"all is undone": {func(_ joint.Host, tx joint.Transaction) storagetest.Joined { return undoesAll{tx} }, []string{
		"J3 a joined update that fails leaves the host's rows", "J4 a joined update after one that failed",
	}},
	"functions run again": {func(_ joint.Host, tx joint.Transaction) storagetest.Joined { return tries{tx} }, []string{
		"J6 a joined update calls its function once",
	}},
	"views of something else": {func(h joint.Host, tx joint.Transaction) storagetest.Joined { return looksElsewhere{tx, h.Store} }, []string{
		"J7 a joined view sees what the transaction has written", "J8 after the host's commit nothing is done",
	}},
}

// breakage is the environment variable that says how the host of TestAHost is broken.
// It is set only in a separate process, in which the test must fail.
const breakage = "JOINT_BREAKAGE"

func TestAHost(t *testing.T) {
	t.Parallel()
	storagetest.Joins(t, func(t testing.TB) storagetest.Host {
		return openHost(t, breakages[os.Getenv(breakage)].breaks)
	})
}

func TestABrokenHostIsCaught(t *testing.T) {
	t.Parallel()
	for name, b := range breakages {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			alone := exec.Command(os.Args[0], "-test.run=^TestAHost$")
			alone.Env = append(os.Environ(), breakage+"="+name)
			out, err := alone.CombinedOutput()
			require.Error(t, err)
			for _, name := range b.caught {
				require.Contains(t, string(out), "--- FAIL: TestAHost/"+strings.ReplaceAll(name, " ", "_")+" ")
			}
		})
	}
}
