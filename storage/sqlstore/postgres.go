package sqlstore

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"github.com/google/uuid"

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
func (postgres) checkStore(ctx context.Context, q queryer, s *Store) error {
	var encoding string
	if err := q.QueryRowContext(ctx, s.texts[statement.Erasing].SQL).Scan(&encoding); err != nil {
		return fault.Error("settings", err)
	}
	if encoding != "UTF8" {
		return unsafe("server_encoding=" + encoding)
	}
	return nil
}

// checkWriting leaves it to the first statement to look at the settings.
func (postgres) checkWriting(_ context.Context, c *session) error {
	c.unseen = true
	return nil
}

// put writes a step in one statement, and the outcome that is held with it. An
// event after the first finds the plan as the first left it.
func (postgres) put(ctx context.Context, t *tx, w *step) error {
	var key any
	if t.held != nil {
		key = []byte(t.held.key)
	}
	args := slices.Concat(orNone(w.answers, 3), orNone(w.text, 2), orNone(w.notice, 9), orNone(t.outcome(), 3), []any{key}, w.event)
	err := t.putPlan(ctx, saving{statement.SaveNew, statement.SaveStep, statement.SaveStep}, w, args...)
	if err == nil {
		t.held = nil
	} else if w.pending == nil {
		err = t.breaks(err)
	}
	return err
}

// orNone returns n values, each NULL where there are none.
func orNone(values []any, n int) []any {
	if values == nil {
		return make([]any, n)
	}
	return values
}

// checkErasing: what becomes of cleared rows is for the server's vacuum and
// whoever keeps its log and its copies.
func (postgres) checkErasing(context.Context, *session) error { return nil }

func (postgres) erase(context.Context, *session) {}

func (postgres) empty(context.Context, *Store) error { return nil }

// checkInside: PostgreSQL does nothing more in a transaction after an error,
// until whoever began it ends it.
func (postgres) checkInside(context.Context, *session) error { return nil }
