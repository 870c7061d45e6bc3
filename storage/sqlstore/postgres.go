package sqlstore

import (
	"context"
	"errors"
	"slices"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore/internal/fault"
	"virtualschool.example/storage/sqlstore/internal/statement"
)

// postgres is what is particular to PostgreSQL.
type postgres struct{}

func (postgres) id(id *uuid.UUID) any { return *id }

// text is given as bytes, since PostgreSQL's text can hold no NUL.
func (postgres) text(text string) any { return []byte(text) }

// save writes each event in one statement: with the state of the plan, with
// what belongs to the event and with the outcome that is held. The first is
// refused if the plan is not as it was read; an event after the first finds it
// as the first left it.
func (e postgres) save(ctx context.Context, t *tx, p *pep.PEP, events []pep.Event) error {
	s, content, stored := p.Snapshot(), p.Content(), p.Stored()
	for i := range events {
		by, args := e.plan(t, &s, stored)
		args = append(args, e.parts(t, t.step(&events[i], content))...)
		n, err := e.write(ctx, t, i == 0 && stored != 0 && reopened(events), by, args)
		if err = t.refused(ctx, p, n, err); err != nil && i > 0 {
			return t.breaks(err) // the events before it are written
		} else if err != nil {
			return err
		}
		t.held, stored = nil, s.Version
		if err := e.seal(ctx, t, &events[i]); err != nil {
			return err
		}
		if err := t.unseal(ctx, &events[i]); err != nil {
			return err
		}
	}
	return nil
}

// plan returns the statement that saves a plan, with the state of it.
func (postgres) plan(t *tx, s *pep.Snapshot, stored int64) (statement.ID, []any) {
	if stored == 0 {
		return statement.SaveNew, t.inserted(s)
	}
	return statement.SaveStep, t.updated(s, stored)
}

// parts returns what a step writes besides the state of the plan.
func (e postgres) parts(t *tx, w step) []any {
	outcome, key := t.outcome()
	return slices.Concat(orNull(w.answers, 4), orNull(w.text, 3), e.messages(t, w.messages), orNull(outcome, 3), []any{key}, w.event)
}

// messages returns the messages of one event, of which there are two at most:
// what they have in common, and then what each has of its own.
func (postgres) messages(t *tx, all []storage.Message) []any {
	const own = 4 // parameters of each message's own
	args := make([]any, 6, 6+2*own)
	if len(all) == 0 {
		return args[:cap(args)]
	}
	m := &all[0]
	copy(args, []any{m.Version, m.Verb.String(), t.id(&m.Child.UUID), t.id(&m.Establishment.UUID), day(m.On), instant(m.At)})
	for i := range all {
		m := &all[i]
		args = append(args, t.id(&m.ID), t.text(m.Kind), t.id(&m.Contributor.UUID), flag(m.Alert()))
	}
	return args[:cap(args)]
}

// orNull returns values, or n times NULL if values is nil.
func orNull(values []any, n int) []any {
	if values == nil {
		return make([]any, n)
	}
	return values
}

// write runs the statement that saves a plan. A key may refuse a plan that
// becomes open again, and after an error PostgreSQL does nothing more in a
// transaction; so such a plan is saved after a savepoint, and what went before
// stays either way. The savepoint ends with the transaction, or with the
// savepoint around it.
func (postgres) write(ctx context.Context, t *tx, refusable bool, by statement.ID, args []any) (int64, error) {
	if !refusable {
		return t.exec(ctx, "save", by, args...)
	}
	if err := t.look(ctx); err != nil { // it bounds the waiting, which must not be undone
		return 0, err
	}
	place := t.store.savepoint()
	if err := t.move(ctx, place.Set()); err != nil {
		return 0, t.fail("save", err)
	}
	n, err := t.exec(ctx, "save", by, args...)
	if !errors.Is(err, storage.ErrExists) {
		return n, err
	}
	if undo := t.move(ctx, place.Undo()); undo != nil {
		return 0, t.fail("save", undo)
	}
	t.broken, t.kind = nil, 0
	return 0, err
}

// reopened reports whether events make a plan open that was not.
func reopened(events []pep.Event) bool {
	return slices.ContainsFunc(events, func(e pep.Event) bool { return e.To.Open() && !e.From.Open() })
}

// seal seals and clears the answers of a plan that was retracted.
func (postgres) seal(ctx context.Context, t *tx, e *pep.Event) error {
	if e.SealedUntil.IsZero() {
		return nil
	}
	_, err := t.exec(ctx, "save", statement.Seal, t.sealed(e)...)
	return err
}

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

// checkErasing refuses nothing: what becomes of cleared rows is for the
// server's vacuum and for whoever keeps its log and its copies.
func (postgres) checkErasing(context.Context, *session) error { return nil }

// checkInside refuses a transaction that the host has ended by hand. PostgreSQL
// ends none by itself: it does nothing more in one after an error.
func (postgres) checkInside(ctx context.Context, c *session) error {
	if c.store.host == nil {
		return nil
	}
	err := c.lane.do(ctx, &question{session: c, ctx: ctx, id: statement.Inside})
	if err == nil {
		return nil
	}
	if kind, _ := fault.Of(err); kind == fault.Closed {
		c.end()
	}
	return c.fail("join", err)
}

// empty has no file to look after.
func (postgres) empty(_ context.Context, s *Store, _ queryer) error {
	s.erasing.Store(false)
	return nil
}
