package sqlstore

import (
	"context"
	"errors"
	"slices"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore/internal/body"
	"virtualschool.example/storage/sqlstore/internal/statement"
)

// step is what one event writes, as statements take it after the authority and
// the plan. A part that the event does not have is nil.
type step struct {
	event, answers, text []any
	messages             []storage.Message
}

// step returns what an event writes. It has one content at most.
func (t *tx) step(e *pep.Event, content []pep.Content) step {
	w := step{event: []any{e.Version, body.OfEvent(e)}, messages: slices.Collect(storage.MessagesOf(e))}
	if len(content) == 0 {
		return w
	}
	id := e.ID()
	for i := range content {
		switch c := &content[i]; {
		case c.Event != id:
		case c.Section != 0:
			w.answers = []any{int64(c.Section), int64(c.Revision), column(c.Answers)}
		case !c.Text.IsZero():
			w.text = []any{t.id(&c.Event), t.text(c.Text.Reveal(private.Storing))}
		}
	}
	return w
}

// column returns answers as a column holds them: NULL for empty answers.
func column(a forms.Answers) any {
	if a.IsZero() {
		return nil
	}
	return body.OfAnswers(a.Reveal(private.Storing))
}

// inserted returns the parameters of the insertion of a plan.
func (t *tx) inserted(s *pep.Snapshot) []any {
	args := []any{t.authority(), t.id(&s.ID.UUID), s.Version, t.id(&s.Child.UUID)}
	return append(args, t.searched(s)...)
}

// updated returns the parameters of the update of a plan that was read at a
// version.
func (t *tx) updated(s *pep.Snapshot, stored int64) []any {
	args := append([]any{s.Version}, t.searched(s)...)
	return append(args, t.authority(), t.id(&s.ID.UUID), stored)
}

// searched returns the columns by which plans are searched and that change,
// and the body after them.
func (t *tx) searched(s *pep.Snapshot) []any {
	return []any{
		t.id(&s.Establishment.UUID), t.id(&s.Contributor.UUID), int64(s.Stage), termNumber(s.Term), day(s.Meeting), day(s.Due), int64(s.Grade), body.OfSnapshot(s),
	}
}

// sealed returns the parameters of statement.Seal: it moves the answers of a
// plan, as they stand at the event's revision, into sealed copies. The sections
// are blank at that revision from then on.
func (t *tx) sealed(e *pep.Event) []any {
	return []any{e.Version, e.Revision, day(e.SealedUntil), t.authority(), t.id(&e.Plan.UUID), e.Revision}
}

// unseal moves the sealed copies that an event restores back to their sections.
func (t *tx) unseal(ctx context.Context, e *pep.Event) error {
	if e.Restores == 0 {
		return nil
	}
	of := []any{t.authority(), t.id(&e.Plan.UUID), e.Restores}
	n, err := t.exec(ctx, "save", statement.Unseal, of...)
	switch {
	case err != nil:
		return err
	case n == 0:
		return t.breaks(storage.ErrNotFound) // the plan is written
	}
	_, err = t.exec(ctx, "save", statement.Unsealed, of...)
	return err
}

// refused returns why a plan was not saved by a statement that changed n rows,
// or nil if it was. A taken key is an answer here, not a fault of the database.
func (t *tx) refused(ctx context.Context, p *pep.PEP, n int64, err error) error {
	switch {
	case errors.Is(err, storage.ErrExists), err == nil && n == 0 && p.Stored() == 0:
		return storage.ErrExists
	case err != nil || n > 0:
		return err
	}
	var version int64
	id := p.ID()
	found, err := t.row(ctx, "save", statement.Version, []any{&version}, t.authority(), t.id(&id.UUID))
	switch {
	case err != nil:
		return err
	case !found:
		return storage.ErrNotFound
	}
	return storage.ErrConflict
}
