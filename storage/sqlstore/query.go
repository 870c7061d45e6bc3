package sqlstore

import (
	"context"
	"database/sql"

	"virtualschool.example/storage"
)

// Query queries the host's own tables in the transaction of one of the store's
// Readers or Txs, its own or one that it joined: for a Register of the host's,
// which sees then what its own transaction has written. A Reader of something
// else is storage.ErrNoRole. The error holds nothing of the driver's; those of
// the Rows do. It is not for writing, which is done in a transaction of the
// host's.
func Query(ctx context.Context, r storage.Reader, query string, args ...any) (*sql.Rows, error) {
	in, ok := r.(interface{ transaction() *session })
	if !ok {
		return nil, &storage.Error{Op: "query", Err: storage.ErrNoRole}
	}
	c := in.transaction()
	if err := c.usable(ctx); err != nil {
		return nil, err
	}
	if err := c.look(ctx); err != nil {
		return nil, err
	}
	c.shared = true
	var rows *sql.Rows
	err := c.lane.do(ctx, callOf(func() (err error) {
		rows, err = c.tx.QueryContext(c.reach(ctx), query, args...)
		return err
	}))
	if err != nil {
		return nil, c.fail("query", err)
	}
	return rows, nil
}

// transaction returns the session, to whoever has a Reader of it.
func (c *session) transaction() *session { return c }
