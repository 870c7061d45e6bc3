package sqlstore

import (
	"context"
	"iter"

	"github.com/google/uuid"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore/internal/body"
	"virtualschool.example/storage/sqlstore/internal/statement"
)

// reader reads in one transaction, a plan by a statement that is to change it
// or not.
type reader struct {
	*session
	by statement.ID
}

// authority is the first parameter of nearly every statement.
func (c *session) authority() string { return c.store.authority }

// id and text return a value as a statement takes it.
func (c *session) id(id *uuid.UUID) any { return c.store.engine.id(id) }

func (c *session) text(text string) any { return c.store.engine.text(text) }

func (r *reader) Plan(ctx context.Context, id pep.ID) (*pep.PEP, error) {
	var text []byte
	found, err := r.row(ctx, "plan", r.by, []any{&text}, r.authority(), r.id(&id.UUID))
	switch {
	case err != nil:
		return nil, err
	case !found:
		return nil, storage.ErrNotFound
	}
	return restore(id, text)
}

// restore returns the plan that a row describes. One that is damaged closes
// that plan alone.
func restore(id pep.ID, text []byte) (*pep.PEP, error) {
	s, err := body.Snapshot(text)
	if err != nil || s.ID != id {
		return nil, damaged("plan")
	}
	p, err := pep.Restore(s)
	if err != nil {
		return nil, damaged("plan")
	}
	return p, nil
}

// The pages in which lists are read: short at first, for who leaves early.
const (
	firstPage = 32
	lastPage  = 2048
)

// paged iterates over rows read in pages, so that nothing is under way on the
// connection while the caller has a row. read returns the next page, which is
// the last where it is shorter than the limit.
func paged[T any](ctx context.Context, c *session, read func(limit int) ([]T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for limit := firstPage; ; limit = min(4*limit, lastPage) {
			page, err := read(limit)
			if !given(ctx, c, page, err, yield) || len(page) < limit {
				return
			}
		}
	}
}

// whole iterates over rows read all at once, for a list that is short.
func whole[T any](ctx context.Context, c *session, read func() ([]T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		rows, err := read()
		given(ctx, c, rows, err, yield)
	}
}

// given gives rows that were read, and reports whether more are wanted.
func given[T any](ctx context.Context, c *session, rows []T, err error, yield func(T, error) bool) bool {
	var none T
	if err != nil {
		yield(none, err)
		return false
	}
	for _, row := range rows {
		if err := c.usable(ctx); err != nil {
			yield(none, err)
			return false
		}
		if !yield(row, nil) {
			return false
		}
	}
	return true
}

func (r *reader) History(ctx context.Context, id pep.ID) iter.Seq2[pep.Event, error] {
	return func(yield func(pep.Event, error) bool) {
		var after int64
		read := func(limit int) (page []pep.Event, err error) {
			err = r.rows(ctx, "history", statement.History, func(scan scanner) error {
				var text []byte
				if err := scan(&after, &text); err != nil {
					return err
				}
				e, err := event(id, after, text)
				page = append(page, e)
				return err
			}, r.authority(), r.id(&id.UUID), after, limit)
			return page, err
		}
		paged(ctx, r.session, read)(yield)
	}
}

// event returns the event that a row describes.
func event(plan pep.ID, version int64, text []byte) (pep.Event, error) {
	e, err := body.Event(text)
	if err != nil || e.Plan != plan || e.Version != version {
		return pep.Event{}, damaged("history")
	}
	e.At = storage.Instant(e.At)
	return e, nil
}

func (r *reader) Answers(ctx context.Context, id pep.ID, section, revision int) (forms.Answers, error) {
	var text []byte
	_, err := r.row(ctx, "answers", statement.Answers, []any{&text}, r.authority(), r.id(&id.UUID), section, revision)
	if err != nil {
		return forms.Answers{}, err
	}
	return answers(text)
}

// answers returns the answers that a column holds, zero for NULL.
func answers(text []byte) (forms.Answers, error) {
	if text == nil {
		return forms.Answers{}, nil
	}
	texts, err := body.Answers(text)
	if err != nil {
		return forms.Answers{}, damaged("answers")
	}
	return forms.NewAnswers(texts), nil
}

func (r *reader) Text(ctx context.Context, event uuid.UUID) (private.Text, error) {
	var text string
	found, err := r.row(ctx, "text", statement.Text, []any{&text}, r.authority(), r.id(&event))
	switch {
	case err != nil:
		return private.Text{}, err
	case !found:
		return private.Text{}, storage.ErrNotFound
	}
	return private.NewText(text), nil
}

func (r *reader) Sealed(ctx context.Context, id pep.ID) iter.Seq2[storage.Sealed, error] {
	return func(yield func(storage.Sealed, error) bool) {
		last := storage.Sealed{Plan: id}
		read := func(limit int) (page []storage.Sealed, err error) {
			err = r.rows(ctx, "sealed", statement.Sealed, func(scan scanner) error {
				var until int64
				var text []byte
				err := scan(&last.Version, &last.Section, &last.Revision, &until, &text)
				if err != nil {
					return err
				}
				last.Until = dayOf(until)
				last.Answers, err = answers(text)
				page = append(page, last)
				return err
			}, r.authority(), r.id(&id.UUID), last.Version, last.Section, limit)
			return page, err
		}
		paged(ctx, r.session, read)(yield)
	}
}

func (r *reader) Outcome(ctx context.Context, key storage.Key) (storage.Outcome, error) {
	_, outcome, found, err := r.entered(ctx, statement.Outcome, key)
	if err == nil && !found {
		err = storage.ErrNotFound
	}
	return outcome, err
}

// entered returns what a statement finds of a key.
func (r *reader) entered(ctx context.Context, by statement.ID, key storage.Key) (digest pep.Digest, o storage.Outcome, found bool, err error) {
	var kept, plan, events []byte
	into := []any{&kept, &plan, &o.Version, &events}
	found, err = r.row(ctx, "outcome", by, into, r.authority(), []byte(key))
	if err != nil || !found {
		return pep.Digest{}, storage.Outcome{}, false, err
	}
	copy(digest[:], kept)
	o.Plan.UUID = idOf(plan)
	for ; len(events) >= 16; events = events[16:] {
		o.Events = append(o.Events, idOf(events[:16]))
	}
	return digest, o, true, nil
}
