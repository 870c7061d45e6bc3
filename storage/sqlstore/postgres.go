package sqlstore

import (
	"context"
	"database/sql"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore/internal/fault"
	"virtualschool.example/storage/sqlstore/internal/statement"
)

// postgres is what is particular to PostgreSQL.
type postgres struct{}

func (postgres) turns() bool { return false }

// reading: every statement of a view sees the same.
func (postgres) reading() *sql.TxOptions {
	return &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead}
}

func (postgres) reach(ctx context.Context) context.Context { return ctx }

func (postgres) id(id *uuid.UUID) any { return *id }

// text is given as bytes, since PostgreSQL's text can hold no NUL.
func (postgres) text(text string) any { return []byte(text) }

func (postgres) ids(n int, id func(int) *uuid.UUID) string {
	all := make([]string, n)
	for i := range all {
		all[i] = id(i).String()
	}
	return "{" + strings.Join(all, ",") + "}"
}

// survives: after any error PostgreSQL does nothing more in a transaction.
func (postgres) survives(fault.Kind) bool { return false }

func (postgres) locking() statement.ID { return statement.LockPlan }

// earlier: those that are locked, and all.
func (postgres) earlier(args []any) []any { return append(args, args...) }

// checkStore refuses a database that cannot hold every text.
func (postgres) checkStore(ctx context.Context, q queryer, texts *statement.Set) error {
	var encoding string
	if err := q.QueryRowContext(ctx, texts[statement.Erasing].SQL).Scan(&encoding); err != nil {
		return fault.Error("settings", err)
	}
	if encoding != "UTF8" {
		return unsafe("server_encoding=" + encoding)
	}
	return nil
}

// checkWriting refuses to write into a schema of another version, on a server
// that only reads, such as a standby, and where a commit is answered before it
// is safe: on the disk, and with the standbys where there must be any. In the
// same statement it bounds how long the transaction waits for a lock, where
// it is the store's own.
func (postgres) checkWriting(ctx context.Context, c *session) error {
	var version int64
	var only, commit, standbys, bound string
	into := []any{&version, &only, &commit, &standbys, &bound}
	found, err := c.row(ctx, "settings", statement.Writing, into, c.patience())
	switch {
	case err != nil:
		return err
	case !found || version != SchemaVersion:
		return checkSchema(version)
	case only != "off":
		return &storage.Error{Op: "settings", State: "25006", Err: storage.ErrUnavailable}
	case commit == "off", commit == "local" && standbys != "":
		return unsafe("synchronous_commit=" + commit)
	}
	return nil
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

// checkErasing: what becomes of cleared rows is for the server's vacuum and
// whoever keeps its log and its copies.
func (postgres) checkErasing(context.Context, *session) error { return nil }

func (postgres) erase(context.Context, *session) {}

func (postgres) empty(context.Context, *Store) error { return nil }

// checkInside: PostgreSQL does nothing more in a transaction after an error,
// until whoever began it ends it.
func (postgres) checkInside(context.Context, *session) error { return nil }
