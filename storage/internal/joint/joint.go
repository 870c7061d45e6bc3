// Package joint is a host for tests. It has its own table beside a store's tables,
// and its transactions write rows in both.
package joint

import (
	"context"
	"database/sql"

	"virtualschool.example/storage/sqlstore"
	"virtualschool.example/storage/storagetest"
)

// Host is a host's database, with a store over it.
type Host struct {
	*sqlstore.Store
	DB *sql.DB
}

// Table is the statement that makes the host's table.
const Table = "CREATE TABLE host_note (written integer)"

// Transaction is a transaction of the host's that the store has joined.
type Transaction struct {
	*sqlstore.Store
	*sql.Tx
}

// Begin begins a transaction that the store joins.
func (h Host) Begin(ctx context.Context) (storagetest.Joined, error) {
	tx, err := h.DB.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	return Transaction{h.In(tx), tx}, nil
}

// Notes returns the number of rows in the host's table.
func (h Host) Notes(ctx context.Context) (n int, err error) {
	err = h.DB.QueryRowContext(ctx, "SELECT count(*) FROM host_note").Scan(&n)
	return n, err
}

// Note writes a row to the host's table.
func (t Transaction) Note(ctx context.Context) error {
	_, err := t.ExecContext(ctx, "INSERT INTO host_note VALUES (1)")
	return err
}
