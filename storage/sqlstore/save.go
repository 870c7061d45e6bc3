package sqlstore

import (
	"context"
	"errors"
	"slices"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore/internal/body"
	"virtualschool.example/storage/sqlstore/internal/statement"
)

// step is what one event writes: the parameters of each part, without the authority and
// the plan. A part that the event does not have is nil.
type step struct {
	event, answers, text []any
	messages             []storage.Message
}

// step returns what an event writes. An event has at most one content.
func (t *tx) step(e *pep.Event, content []pep.Content) step {
	text := body.OfEvent(e)
	w := step{event: []any{e.Version, text, ofBody(text)}, messages: slices.Collect(storage.MessagesOf(e))}
	if len(content) == 0 {
		return w
	}
	id := e.ID()
	for i := range content {
		switch c := &content[i]; {
		case c.Event != id:
		case c.Section != 0:
			w.answers = t.answered(e.Plan.UUID, c)
		case !c.Text.IsZero():
			text := c.Text.Reveal(private.Storing)
			w.text = []any{t.id(&c.Event), t.text(text), int64(ofText(e.Plan.UUID, c.Event, text))}
		}
	}
	return w
}

// answered returns the columns of a section's answers. Empty answers are NULL.
func (t *tx) answered(plan uuid.UUID, c *pep.Content) []any {
	section, revision := int64(c.Section), int64(c.Revision)
	if c.Answers.IsZero() {
		return []any{section, revision, nil, int64(0)}
	}
	text := body.OfAnswers(c.Answers.Reveal(private.Storing))
	return []any{section, revision, text, ofAnswers(plan, section, revision, []byte(text))}
}

// inserted returns the parameters for inserting a plan.
func (t *tx) inserted(s *pep.Snapshot) []any {
	args := []any{t.authority(), t.id(&s.ID.UUID), s.Version, t.id(&s.Child.UUID)}
	return append(args, t.searched(s)...)
}

// updated returns the parameters for updating a plan that was read at version stored.
func (t *tx) updated(s *pep.Snapshot, stored int64) []any {
	args := append([]any{s.Version}, t.searched(s)...)
	return append(args, t.authority(), t.id(&s.ID.UUID), stored)
}

// searched returns the columns that an update changes: the columns that searches use, the
// outline, and the body with its checksum.
func (t *tx) searched(s *pep.Snapshot) []any {
	outline, text := s.Outline(), body.OfSnapshot(s)
	return []any{
		t.id(&s.Establishment.UUID), t.id(&s.Contributor.UUID), int64(s.Stage), termNumber(s.Term), day(s.Meeting), day(s.Due), int64(s.Grade),
		body.OfOutline(s.Child.UUID, &outline), text, ofBody(text),
	}
}

// sealed returns the parameters of statement.Seal, which moves a plan's answers, as they
// stand at the event's revision, into sealed copies.
func (t *tx) sealed(e *pep.Event) []any {
	revision, until := int64(e.Revision), day(e.SealedUntil)
	seal := int64(ofSeal(e.Plan.UUID, e.Version, revision, until))
	return []any{e.Version, revision, until, seal, revision, t.authority(), t.id(&e.Plan.UUID), revision}
}

// unseal moves the sealed copies of a version back to their sections, if e restores that
// version.
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
		return t.breaks(storage.ErrNotFound) // the plan is written already
	}
	_, err = t.exec(ctx, "save", statement.Unsealed, of...)
	return err
}

// refused returns the error of a Save whose statement changed n rows, or nil if it saved
// the plan. Here a taken key means that the Save is refused, not that the database failed.
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
