package sqlstore

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore/internal/fault"
	"virtualschool.example/storage/sqlstore/internal/statement"
)

// settings are the settings of a connection to SQLite, as the driver of
// modernc.org/sqlite is given them.
const settings = "?_txlock=immediate" +
	"&_pragma=busy_timeout(1000)" +
	"&_pragma=journal_mode(WAL)" +
	"&_pragma=synchronous(FULL)" +
	"&_pragma=foreign_keys(ON)" +
	"&_pragma=secure_delete(ON)" +
	"&_pragma=cache_size(-65536)"

// DSN returns the connection string for a SQLite file, for the driver of
// modernc.org/sqlite: writers begin at once, a write-ahead log that is synced
// at each commit, foreign keys, cleared space overwritten, 64 MB of cache for
// each connection. The path is taken as it is, whatever characters it has.
func (d Dialect) DSN(path string) string {
	escape := strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23")
	return "file:" + escape.Replace(path) + settings
}

// sqlite is what is particular to SQLite.
type sqlite struct{}

func (sqlite) turns() bool { return true }

func (sqlite) reading() *sql.TxOptions { return &sql.TxOptions{ReadOnly: true} }

// reach does not let cancelling into a statement: SQLite would undo the whole
// transaction of one that writes, and what followed would be committed by itself.
func (sqlite) reach(ctx context.Context) context.Context { return context.WithoutCancel(ctx) }

func (sqlite) id(id *uuid.UUID) any { return id[:] }

func (sqlite) text(text string) any { return text }

func (sqlite) ids(n int, id func(int) *uuid.UUID) string {
	all := make([]string, n)
	for i := range all {
		all[i] = hex.EncodeToString(id(i)[:])
	}
	list, err := json.Marshal(all)
	if err != nil {
		return "[]" // encoding/json marshals every string
	}
	return string(list)
}

// survives: a statement that a key refused is undone by itself.
func (sqlite) survives(kind fault.Kind) bool { return kind == fault.Unique }

func (sqlite) locking() statement.ID { return statement.Plan }

func (sqlite) earlier(args []any) []any { return args }

// checkStore refuses, before anything is written, a database set up so that it
// can lose what was committed or keep what was cleared.
func (sqlite) checkStore(ctx context.Context, q queryer, s *Store) error {
	var secure int64
	var journal string
	if err := q.QueryRowContext(ctx, s.texts[statement.Erasing].SQL).Scan(&secure, &journal); err != nil {
		return fault.Error("settings", err)
	}
	return s.allowed.erasable(secure, journal)
}

// checkWriting refuses to write into a schema of another version, or through a
// connection with which a power cut loses what was committed. Both can change
// between transactions, so they are looked at in each.
func (sqlite) checkWriting(ctx context.Context, c *session) error {
	unfit, err := c.exec(ctx, "settings", statement.Unfit, int64(SchemaVersion), c.store.allowed.leastSynchronous())
	if err != nil || unfit == 0 {
		return err
	}
	var version, synchronous int64
	if _, err := c.row(ctx, "settings", statement.Writing, []any{&version, &synchronous}); err != nil {
		return err
	}
	if err := checkSchema(version); err != nil {
		return err
	}
	return unsafe("synchronous=" + strconv.FormatInt(synchronous, 10))
}

// put writes a step row by row: SQLite has no trips to save, and rewrites the
// entries of every index that an update names.
func (sqlite) put(ctx context.Context, t *tx, w *step) error {
	if w.pending != nil {
		by := saving{statement.InsertPlan, statement.UpdatePlan, statement.TouchPlan}
		if err := t.putPlan(ctx, by, w); err != nil {
			return err
		}
	}
	for _, part := range [...]struct {
		by   statement.ID
		args []any
	}{
		{statement.InsertEvent, w.event}, {statement.PutAnswers, w.answers}, {statement.InsertText, w.text}, {statement.Post, w.notice},
	} {
		if part.args == nil {
			continue
		}
		args := append([]any{t.authority(), t.id(&w.plan.ID.UUID)}, part.args...)
		if _, err := t.exec(ctx, "save", part.by, args...); err != nil {
			return err
		}
	}
	return nil
}

// checkErasing refuses to clear text through a connection that would leave it
// in a file.
func (sqlite) checkErasing(ctx context.Context, c *session) error {
	var secure int64
	var journal string
	if _, err := c.row(ctx, "settings", statement.Erasing, []any{&secure, &journal}); err != nil {
		return err
	}
	return c.breaks(c.store.allowed.erasable(secure, journal))
}

// leastSynchronous returns FULL, or OFF where what was committed may be lost.
func (a allowed) leastSynchronous() int64 {
	if a.losing {
		return 0
	}
	return 2
}

// erasable returns storage.ErrUnsafe where cleared text stays in the file or
// in its journal, or where the journal does not outlive the process, unless
// that is allowed; and where there is none at all, since nothing can be undone
// then.
func (a allowed) erasable(secure int64, journal string) error {
	switch {
	case secure != 1 && !a.keeping:
		return unsafe("secure_delete=" + strconv.FormatInt(secure, 10))
	case journal == "off", journal == "memory" && !a.losing, journal == "persist" && !a.keeping:
		return unsafe("journal_mode=" + journal)
	}
	return nil
}

// erase empties the write-ahead log after text was cleared, so that it is in
// no file any more. Where a reader stands in the way it is done after a later
// write.
func (e sqlite) erase(ctx context.Context, c *session) {
	if s := c.store; c.erases || s.erasing.Load() && s.db.Stats().InUse <= 1 {
		_ = s.truncate(ctx, c.conn)
	}
}

func (sqlite) empty(ctx context.Context, s *Store) error { return s.truncate(ctx, s.db) }

// truncate empties the write-ahead log. What is cleared meanwhile is noted by
// whoever clears it, while nobody else can write.
func (s *Store) truncate(ctx context.Context, q queryer) error {
	s.erasing.Store(false)
	var busy, pages, moved int64
	err := q.QueryRowContext(context.WithoutCancel(ctx), "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &pages, &moved)
	switch {
	case err != nil:
		err = fault.Error("erase", err)
	case busy != 0:
		err = &storage.Error{Op: "erase", Err: storage.ErrContention}
	default:
		return nil
	}
	s.erasing.Store(true)
	return err
}

// checkInside begins a transaction, which SQLite refuses within another one
// and which does nothing there. After some errors SQLite has undone and ended
// the transaction by itself, also after one of the host's own: what is written
// then would be committed at once.
func (sqlite) checkInside(ctx context.Context, c *session) error {
	_, err := c.run(context.WithoutCancel(ctx), statement.Begin)
	switch {
	case err == nil:
		err = &storage.Error{Op: "join", State: "no transaction", Err: storage.ErrClosed}
	case fault.Within(err):
		return nil
	default:
		err = fault.Error("join", err)
	}
	c.end()
	return c.breaks(err)
}
