package sqlstore_test

import (
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/stretchr/testify/require"

	"virtualschool.example/storage/sqlstore"
	"virtualschool.example/storage/sqlstore/migrate"
	"virtualschool.example/storage/sqlstore/pgtest"
)

// TestAPgxpoolWorks uses a pgxpool as the package comment says.
func TestAPgxpoolWorks(t *testing.T) {
	t.Parallel()
	pool, err := pgxpool.New(nowhere, pgtest.DSN(t))
	require.NoError(t, err)
	defer pool.Close()
	db := stdlib.OpenDBFromPool(pool)
	require.NoError(t, migrate.Up(nowhere, db, sqlstore.Postgres))
	s := postgresEngine.over(t, db, "lancashire")
	p, joined := started(t, newChild(), "2026-05-20"), started(t, newChild(), "2026-05-20")
	require.NoError(t, save(s, p))
	tx, err := db.Begin()
	require.NoError(t, err)
	require.NoError(t, save(s.In(tx), joined))
	require.NoError(t, tx.Commit())
	require.NoError(t, read(s, p.ID()))
	require.NoError(t, read(s, joined.ID()))
	require.NoError(t, db.Close())
	require.Zero(t, pool.Stat().AcquiredConns())
}
