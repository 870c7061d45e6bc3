package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"iter"

	"github.com/google/uuid"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore/internal/body"
	"virtualschool.example/storage/sqlstore/internal/statement"
)

// reader reads in one transaction.
type reader struct {
	*session
	by statement.ID // the statement that reads a plan and, in a tx, also locks it
}

// authority is the first parameter of nearly every statement.
func (c *session) authority() string { return c.store.authority }

// id and text return values in the form that statements take.
func (c *session) id(id *uuid.UUID) any { return c.store.engine.id(id) }

func (c *session) text(text string) any { return c.store.engine.text(text) }

func (r *reader) Plan(ctx context.Context, id pep.ID) (*pep.PEP, error) {
	var text []byte
	var checksum sql.NullInt64 // NULL if there is no plan and the row therefore holds only the settings
	found, err := r.row(ctx, "plan", r.by, []any{&text, &checksum}, r.authority(), r.id(&id.UUID))
	switch {
	case err != nil:
		return nil, err
	case !found:
		return nil, storage.ErrNotFound
	}
	return restore(id, text, checksum.Int64)
}

// restore returns the plan that a row describes, or an error that names the plan if the
// row is damaged.
func restore(id pep.ID, text []byte, kept int64) (*pep.PEP, error) {
	s, err := body.Snapshot(text)
	if err == nil && s.ID == id && checksum(0).bytes(text).is(kept) {
		p, err := pep.Restore(s)
		if err == nil {
			return p, nil
		}
	}
	return nil, &storage.Error{Op: "plan", Plan: id, Err: storage.ErrDamaged}
}

// Outlines reads each child's outlines as one text, from an index that holds them.
func (r *reader) Outlines(ctx context.Context, of ...record.ChildID) iter.Seq2[storage.Outlined, error] {
	return among(ctx, r.session, "outlines", statement.Outlines, of, outlined)
}

// outlined reads the outlines of one child.
func outlined(scan scanner) (o storage.Outlined, err error) {
	var id, text []byte
	if err := scan(&id, &text); err != nil {
		return o, err
	}
	o.Child.UUID = idOf(id)
	o.Plans = make([]pep.Outline, 0, len(text)/body.OutlineLength)
	for len(text) > 0 {
		one, ok := body.Outline(o.Child.UUID, text[:min(len(text), body.OutlineLength)])
		if !ok {
			return storage.Outlined{Child: o.Child}, damaged("outlines")
		}
		o.Plans = append(o.Plans, one)
		text = text[body.OutlineLength:]
	}
	return o, nil
}

// The sizes of a list's first page and of its longest. The first page is short, for
// callers that stop early.
const (
	firstPage = 32
	lastPage  = 2048
)

// paged iterates over rows that are read in pages, so that the connection is free while
// the caller works on a row. read returns the next page; a page shorter than the limit is
// the last.
func paged[T any](ctx context.Context, c *session, read func(limit int) ([]found[T], error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for limit := firstPage; ; limit = min(4*limit, lastPage) {
			page, err := read(limit)
			if !given(ctx, c, page, err, yield) || len(page) < limit {
				return
			}
		}
	}
}

// whole iterates over rows that are read all at once, for a short list.
func whole[T any](ctx context.Context, c *session, read func() ([]found[T], error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		rows, err := read()
		given(ctx, c, rows, err, yield)
	}
}

// given yields rows that were read. It returns false if the iteration has ended.
func given[T any](ctx context.Context, c *session, rows []found[T], err error, yield func(T, error) bool) bool {
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
		if !yield(row.row, row.err) {
			return false
		}
	}
	return true
}

// found is a row that was read, or the error that says that it is damaged.
type found[T any] struct {
	row T
	err error
}

// collect reads the rows that a statement finds. If a row is damaged, collect keeps the
// error in the row's place and continues.
func collect[T any](ctx context.Context, c *session, op string, by statement.ID, read func(scanner) (T, error), args ...any) (all []found[T], err error) {
	err = c.rows(ctx, op, by, func(scan scanner) error {
		row, err := read(scan)
		if err != nil && !errors.Is(err, storage.ErrDamaged) {
			return err
		}
		all = append(all, found[T]{row, err})
		return nil
	}, args...)
	return all, err
}

func (r *reader) History(ctx context.Context, id pep.ID) iter.Seq2[pep.Event, error] {
	return func(yield func(pep.Event, error) bool) {
		var after int64
		read := func(limit int) ([]found[pep.Event], error) {
			return collect(ctx, r.session, "history", statement.History, func(scan scanner) (e pep.Event, err error) {
				var text []byte
				var checksum int64
				if err := scan(&after, &text, &checksum); err != nil {
					return e, err
				}
				return event(id, after, text, checksum)
			}, r.authority(), r.id(&id.UUID), after, limit)
		}
		paged(ctx, r.session, read)(yield)
	}
}

// event returns the event that a row describes.
func event(plan pep.ID, version int64, text []byte, kept int64) (pep.Event, error) {
	e, err := body.Event(text)
	if err != nil || e.Plan != plan || e.Version != version || !checksum(0).bytes(text).is(kept) {
		return pep.Event{}, damaged("history")
	}
	e.At = storage.Instant(e.At)
	return e, nil
}

func (r *reader) Answers(ctx context.Context, id pep.ID, section, revision int) (forms.Answers, error) {
	var text []byte
	var at, checksum int64
	_, err := r.row(ctx, "answers", statement.Answers, []any{&at, &text, &checksum}, r.authority(), r.id(&id.UUID), section, revision)
	if err != nil {
		return forms.Answers{}, err
	}
	return answers("answers", text, checksum, ofAnswers(id.UUID, int64(section), at, text))
}

// answers returns the answers that a column holds, or zero Answers if it is NULL. It
// returns an error unless the stored checksum is correct.
func answers(op string, text []byte, kept, checksum int64) (forms.Answers, error) {
	if text == nil && kept == checksum {
		return forms.Answers{}, nil
	}
	texts, err := body.Answers(text)
	if err != nil || kept != checksum {
		return forms.Answers{}, damaged(op)
	}
	return forms.NewAnswers(texts), nil
}

func (r *reader) Text(ctx context.Context, event uuid.UUID) (private.Text, error) {
	var plan []byte
	var text string
	var checksum int64
	found, err := r.row(ctx, "text", statement.Text, []any{&plan, &text, &checksum}, r.authority(), r.id(&event))
	switch {
	case err != nil:
		return private.Text{}, err
	case !found:
		return private.Text{}, storage.ErrNotFound
	case !ofText(idOf(plan), event, text).is(checksum):
		return private.Text{}, damaged("text")
	}
	return private.NewText(text), nil
}

func (r *reader) Sealed(ctx context.Context, id pep.ID) iter.Seq2[storage.Sealed, error] {
	return func(yield func(storage.Sealed, error) bool) {
		last := storage.Sealed{Plan: id}
		read := func(limit int) ([]found[storage.Sealed], error) {
			return collect(ctx, r.session, "sealed", statement.Sealed, func(scan scanner) (storage.Sealed, error) {
				var until, checksum, seal int64
				var text []byte
				err := scan(&last.Version, &last.Section, &last.Revision, &until, &text, &checksum, &seal)
				if err != nil {
					return last, err
				}
				section, revision := int64(last.Section), int64(last.Revision)
				if !ofSeal(id.UUID, last.Version, revision, until).is(seal) {
					return storage.Sealed{}, damaged("sealed")
				}
				c := last
				c.Until = dayOf(until)
				c.Answers, err = answers("sealed", text, checksum, ofAnswers(id.UUID, section, revision, text))
				return c, err
			}, r.authority(), r.id(&id.UUID), last.Version, last.Section, limit)
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

// entered returns what a statement finds for a key, and reports whether it finds anything.
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
