package sqlstore

import (
	"context"
	"database/sql"

	"virtualschool.example/storage"
)

// Query queries the host's own tables in the transaction of a Reader or Tx of this
// package. A host's Register uses Query, and so sees what that transaction has written.
// If r is not a Reader of this package, Query returns storage.ErrNoRole. An error from
// Query holds nothing from the driver, but an error from the Rows may. Query must not
// write; a host writes in a transaction of its own that the store joins.
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

// transaction returns c. Query uses it to find the session of a Reader.
func (c *session) transaction() *session { return c }
