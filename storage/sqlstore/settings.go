package sqlstore

import (
	"context"
	"strconv"
	"time"

	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore/internal/statement"
)

// server holds what a transaction that writes must know about a PostgreSQL server.
type server struct {
	version                       int64
	only, commits, standbys, wait string
}

// into returns pointers to the variables that receive the columns of the settings,
// followed by the given pointers.
func (s *server) into(more ...any) []any {
	return append([]any{&s.version, &s.only, &s.commits, &s.standbys, &s.wait}, more...)
}

// check refuses a schema of another version and a read-only server, such as a standby.
// Unless the host allows it, check also refuses a server that answers a commit before the
// commit is safe on the disk or, if there must be standbys, on the standbys.
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

// firsts holds the statements with which a transaction that writes can begin. Each has a
// variant, which also reads the settings and so saves a round trip.
var firsts = map[statement.ID]statement.ID{
	statement.LockPlan:  statement.LockPlanFirst,
	statement.InsertKey: statement.InsertKeyFirst,
}

// first runs a variant in firsts. It returns true if the statement changed or found a row.
func (c *session) first(ctx context.Context, op string, id statement.ID, into, args []any) (done bool, err error) {
	err = c.see(ctx, op, id, append([]any{&done}, into...), args)
	return done && err == nil, err
}

// look checks the settings if the transaction writes and has not checked them yet.
func (c *session) look(ctx context.Context) error {
	if !c.unseen {
		return nil
	}
	return c.see(ctx, "settings", statement.Writing, nil, nil)
}

// see runs a statement that reads the settings before anything else. In a transaction of
// the store's own, the statement also limits how long the transaction waits for a lock.
// If the settings are refused, nothing more is done in the transaction.
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

// patience returns how long the transaction may still wait for a lock. It returns nil in
// the host's transaction, because the host's own limit applies there.
func (c *session) patience() any {
	if c.store.host != nil {
		return nil
	}
	left := max(time.Until(c.deadline).Milliseconds(), 1)
	return strconv.FormatInt(left, 10) + "ms"
}
