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

// postgres is the engine for PostgreSQL.
type postgres struct{}

func (postgres) id(id *uuid.UUID) any { return *id }

// text returns bytes, because PostgreSQL's type text cannot hold NUL.
func (postgres) text(text string) any { return []byte(text) }

// save writes each event in one statement, together with the plan's state, everything that
// belongs to the event, and the outcome if one is held back. The first statement is
// refused if the plan has changed since it was read; each later statement finds the plan
// as the previous statement left it.
func (e postgres) save(ctx context.Context, t *tx, p *pep.PEP, events []pep.Event) error {
	s, content, stored := p.Snapshot(), p.Content(), p.Stored()
	for i := range events {
		by, args := e.plan(t, &s, stored)
		args = append(args, e.parts(t, t.step(&events[i], content))...)
		n, err := e.write(ctx, t, i == 0 && stored != 0 && reopened(events), by, args)
		if err = t.refused(ctx, p, n, err); err != nil && i > 0 {
			return t.breaks(err) // the events before it are already written
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

// plan returns the statement that saves a plan, with the parameters for its state.
func (postgres) plan(t *tx, s *pep.Snapshot, stored int64) (statement.ID, []any) {
	if stored == 0 {
		return statement.SaveNew, t.inserted(s)
	}
	return statement.SaveStep, t.updated(s, stored)
}

// parts returns the parameters for what a step writes besides the state of the plan.
func (e postgres) parts(t *tx, w step) []any {
	outcome, key := t.outcome()
	return slices.Concat(orNull(w.answers, 4), orNull(w.text, 3), e.messages(t, w.messages), orNull(outcome, 3), []any{key}, w.event)
}

// messages returns the parameters for an event's messages, of which there are at most two:
// first the parameters that the messages share, and then each message's own.
func (postgres) messages(t *tx, all []storage.Message) []any {
	const own = 4 // the number of parameters of each message
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

// orNull returns values, or n NULLs if values is nil.
func orNull(values []any, n int) []any {
	if values == nil {
		return make([]any, n)
	}
	return values
}

// write runs the statement that saves a plan. A unique key may refuse a plan that becomes
// open again, and after an error PostgreSQL refuses every further statement of the
// transaction. Such a plan is therefore saved after a savepoint, so that earlier writes
// stay even if it is refused. The savepoint ends with the transaction, or with the
// savepoint around it.
func (postgres) write(ctx context.Context, t *tx, refusable bool, by statement.ID, args []any) (int64, error) {
	if !refusable {
		return t.exec(ctx, "save", by, args...)
	}
	if err := t.look(ctx); err != nil { // sets the limit on waiting for locks before the savepoint, so that the undo below does not remove it
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

// reopened reports whether events open a plan that was not open.
func reopened(events []pep.Event) bool {
	return slices.ContainsFunc(events, func(e pep.Event) bool { return e.To.Open() && !e.From.Open() })
}

// seal seals and clears the answers of a plan if the event retracted it.
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

// checkWriting leaves it to the first statement to check the settings.
func (postgres) checkWriting(_ context.Context, c *session) error {
	c.unseen = true
	return nil
}

// checkErasing refuses nothing. The server's vacuum removes cleared rows, and whoever
// keeps the server's log and copies must take care of those.
func (postgres) checkErasing(context.Context, *session) error { return nil }

// checkInside refuses a transaction that the host has ended by hand. PostgreSQL never ends
// a transaction by itself; after an error it refuses every further statement.
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

// empty does nothing to the database, because the store has no file to look after.
func (postgres) empty(_ context.Context, s *Store, _ queryer) error {
	s.erasing.Store(false)
	return nil
}
