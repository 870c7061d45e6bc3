package sqlstore

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore/internal/body"
	"virtualschool.example/storage/sqlstore/internal/fault"
	"virtualschool.example/storage/sqlstore/internal/statement"
)

// settings are the settings of a connection to SQLite, in the form that the driver of
// modernc.org/sqlite takes.
const settings = "?_txlock=immediate" +
	"&_pragma=busy_timeout(1000)" +
	"&_pragma=journal_mode(WAL)" +
	"&_pragma=synchronous(FULL)" +
	"&_pragma=foreign_keys(ON)" +
	"&_pragma=secure_delete(ON)" +
	"&_pragma=cache_size(-65536)"

// DSN returns the connection string for a SQLite file, for the driver of
// modernc.org/sqlite. It sets BEGIN IMMEDIATE, a write-ahead log that is synced at each
// commit, foreign keys, overwriting of cleared space, and 64 MB of cache for each
// connection. The path may hold any character. DSN puts an empty host before a path that
// begins with two slashes, because SQLite would read what follows them as the name of a
// host.
func (d Dialect) DSN(path string) string {
	escape := strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23")
	if strings.HasPrefix(path, "//") {
		path = "//" + path
	}
	return "file:" + escape.Replace(path) + settings
}

// sqlite is the engine for SQLite.
type sqlite struct{}

func (sqlite) id(id *uuid.UUID) any { return id[:] }

func (sqlite) text(text string) any { return text }

// save writes the plan and then each event; if it refuses the plan, it has written
// nothing. It writes row by row, because a statement to SQLite costs no round trip.
func (e sqlite) save(ctx context.Context, t *tx, p *pep.PEP, events []pep.Event) error {
	if err := e.savePlan(ctx, t, p, events); err != nil {
		return err
	}
	content := p.Content()
	for i := range events {
		if err := e.saveEvent(ctx, t, &events[i], content); err != nil {
			return err
		}
	}
	return nil
}

// savePlan writes the state of a plan. SQLite rewrites the entries of every index whose
// columns an update names, so savePlan names indexed columns only if one of them may have
// changed.
func (sqlite) savePlan(ctx context.Context, t *tx, p *pep.PEP, events []pep.Event) (err error) {
	var n int64
	switch s, stored := p.Snapshot(), p.Stored(); {
	case stored == 0:
		n, err = t.exec(ctx, "save", statement.InsertPlan, t.inserted(&s)...)
	case moved(events):
		n, err = t.exec(ctx, "save", statement.UpdatePlan, t.updated(&s, stored)...)
	default:
		text := body.OfSnapshot(&s)
		n, err = t.exec(ctx, "save", statement.TouchPlan, s.Version, text, ofBody(text), t.authority(), t.id(&s.ID.UUID), stored)
	}
	return t.refused(ctx, p, n, err)
}

// moved reports whether events may have changed a column that an index holds. Each event
// says what it sets.
func moved(events []pep.Event) bool {
	return slices.ContainsFunc(events, func(e pep.Event) bool {
		return e.From != e.To || !e.Term.IsZero() || !e.Meeting.IsZero() || !e.Due.IsZero() || e.Grade != 0 || !e.Contributor.IsZero()
	})
}

// saveEvent writes an event and what belongs to it. For a retract it then seals and clears
// the answers.
func (e sqlite) saveEvent(ctx context.Context, t *tx, event *pep.Event, content []pep.Content) error {
	w, plan := t.step(event, content), t.id(&event.Plan.UUID)
	type part struct {
		by   statement.ID
		args []any
	}
	parts := append(make([]part, 0, 5), part{statement.InsertEvent, w.event}, part{statement.PutAnswers, w.answers}, part{statement.InsertText, w.text})
	for _, m := range w.messages {
		parts = append(parts, part{statement.Post, t.queued(m)})
	}
	for _, part := range parts {
		if part.args == nil {
			continue
		}
		if _, err := t.exec(ctx, "save", part.by, append([]any{t.authority(), plan}, part.args...)...); err != nil {
			return err
		}
	}
	if event.SealedUntil.IsZero() {
		return t.unseal(ctx, event)
	}
	if err := e.checkErasing(ctx, t.session); err != nil {
		return err
	}
	t.erases = true
	if _, err := t.exec(ctx, "save", statement.Seal, t.sealed(event)...); err != nil {
		return err
	}
	_, err := t.exec(ctx, "save", statement.Clear, t.authority(), plan, event.Version)
	return err
}

// checkStore refuses a database that may lose what was committed or keep what was cleared.
func (sqlite) checkStore(ctx context.Context, q queryer, s *Store) error {
	var secure int64
	var journal string
	if err := q.QueryRowContext(ctx, s.texts[statement.Erasing].SQL).Scan(&secure, &journal); err != nil {
		return fault.Error("settings", err)
	}
	return s.allowed.erasable(secure, journal)
}

// checkWriting refuses a schema of another version, and a connection whose settings let a
// power cut lose what was committed. Both can change between transactions, so each
// transaction checks them.
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

// leastSynchronous returns FULL, or OFF if the host allows losing what was committed.
func (a allowed) leastSynchronous() int64 {
	if a.losing {
		return 0
	}
	return 2
}

// erasable returns storage.ErrUnsafe if cleared text stays in the file or in its journal,
// or if the journal does not outlive the process, unless the host allows that. It always
// refuses a database without a journal, because nothing can be undone in it.
func (a allowed) erasable(secure int64, journal string) error {
	switch {
	case secure != 1 && !a.keeping:
		return unsafe("secure_delete=" + strconv.FormatInt(secure, 10))
	case journal == "off", journal == "memory" && !a.losing, journal == "persist" && !a.keeping:
		return unsafe("journal_mode=" + journal)
	}
	return nil
}

// empty empties the write-ahead log after text was cleared, so that no file holds the text
// any more. If another transaction clears text meanwhile, that transaction sets s.erasing
// itself, while nobody else can write.
func (sqlite) empty(ctx context.Context, s *Store, q queryer) error {
	s.erasing.Store(false)
	var busy, pages, moved int64
	err := q.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &pages, &moved)
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

// checkInside tries to begin a transaction. Inside another transaction SQLite refuses
// that, and nothing changes. After some errors, even in a statement of the host's own,
// SQLite undoes and ends the transaction by itself; anything written after that would be
// committed at once.
func (sqlite) checkInside(ctx context.Context, c *session) error {
	err := c.lane.do(ctx, &question{session: c, ctx: context.WithoutCancel(ctx), id: statement.Inside})
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
