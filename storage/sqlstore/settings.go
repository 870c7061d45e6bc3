package sqlstore

import (
	"context"
	"strconv"
	"time"

	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore/internal/statement"
)

// server is what a transaction that writes must know of PostgreSQL.
type server struct {
	version                       int64
	only, commits, standbys, wait string
}

// into returns where the columns of the settings are read to, and more after them.
func (s *server) into(more ...any) []any {
	return append([]any{&s.version, &s.only, &s.commits, &s.standbys, &s.wait}, more...)
}

// check refuses to write into a schema of another version, on a server that
// only reads, such as a standby, and where a commit is answered before it is
// safe, unless that is allowed: on the disk, and with the standbys where there
// must be any.
func (s *server) check(a allowed) error {
	switch {
	case s.version != SchemaVersion:
		return checkSchema(s.version)
	case s.only != "off":
		return &storage.Error{Op: "settings", State: "25006", Err: storage.ErrUnavailable}
	case a.losing:
		return nil
	case s.commits == "off", s.commits == "local" && s.standbys != "":
		return unsafe("synchronous_commit=" + s.commits)
	}
	return nil
}

// firsts is the statements that, as the first of a transaction that writes,
// look at the settings too, so that this takes no round trip of its own.
var firsts = map[statement.ID]statement.ID{
	statement.LockPlan:  statement.LockPlanFirst,
	statement.InsertKey: statement.InsertKeyFirst,
}

// first runs one of those, and reports whether it did or found anything.
func (c *session) first(ctx context.Context, op string, id statement.ID, into, args []any) (done bool, err error) {
	err = c.see(ctx, op, id, append([]any{&done}, into...), args)
	return done && err == nil, err
}

// look looks at the settings where the transaction writes and has not yet.
func (c *session) look(ctx context.Context) error {
	if !c.unseen {
		return nil
	}
	return c.see(ctx, "settings", statement.Writing, nil, nil)
}

// see runs a statement that looks at the settings before anything else, and
// bounds in it how long the transaction waits for a lock, where it is the
// store's own. Where it cannot be written nothing more is done.
func (c *session) see(ctx context.Context, op string, id statement.ID, into, args []any) error {
	var s server
	row := s.into(into...)
	err := c.fetch(ctx, ctx, op, id, func(scan scanner) error { return scan(row...) }, append([]any{c.patience()}, args...))
	if err != nil {
		return err
	}
	c.unseen = false
	return c.breaks(s.check(c.store.allowed))
}

// patience returns how long a transaction may still wait for a lock, nil for
// as long as its host says.
func (c *session) patience() any {
	if c.store.host != nil {
		return nil
	}
	left := max(time.Until(c.deadline).Milliseconds(), 1)
	return strconv.FormatInt(left, 10) + "ms"
}
