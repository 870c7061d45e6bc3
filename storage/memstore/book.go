package memstore

import (
	"cmp"
	"context"
	"iter"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
)

func (r *reader) Notes(ctx context.Context, of record.ChildID, after storage.Moment) iter.Seq2[record.Note, error] {
	child := scoped(storage.Caseload(of))
	child.after = past(after)
	return each(ctx, r, func(s *state) iter.Seq[record.Note] { return s.notes.each(child) })
}

func (r *reader) Attachments(ctx context.Context, of pep.ID) iter.Seq2[record.Attachment, error] {
	return each(ctx, r, func(s *state) iter.Seq[record.Attachment] {
		return func(yield func(record.Attachment) bool) {
			p := s.plan(of)
			for i := range p.attached() {
				if !yield(s.attachment(&p.history[i])) {
					return
				}
			}
		}
	})
}

// attached iterates over the positions, in p's history, of the events that attached a
// document. p may be nil.
func (p *plan) attached() iter.Seq[int] {
	return func(yield func(int) bool) {
		if p == nil {
			return
		}
		for i := range p.history {
			if p.history[i].Verb == pep.VerbAttach && !yield(i) {
				return
			}
		}
	}
}

func (s *state) attachment(e *pep.Event) record.Attachment {
	name, _ := s.texts.get(id(e.ID()))
	return record.Attachment{ID: record.AttachmentID{UUID: e.ID()}, Name: name, Size: e.Size}
}

func (r *reader) Requests(ctx context.Context, q storage.RequestQuery) iter.Seq2[record.Request, error] {
	of := scoped(q.Scope)
	of.after = past(q.After)
	return selected(ctx, r, q.Check(), q.Limit, func(s *state) iter.Seq[record.Request] {
		return func(yield func(record.Request) bool) {
			for v := range s.requests.each(of) {
				if (!q.Open || v.Open()) && !yield(v) {
					return
				}
			}
		}
	})
}

func (r *reader) Request(ctx context.Context, of record.RequestID) (record.Request, error) {
	if err := r.usable(ctx); err != nil {
		return record.Request{}, err
	}
	found, ok := r.state.requests.get(itself(of.UUID))
	if !ok {
		return record.Request{}, storage.ErrNotFound
	}
	return *found, nil
}

func (t *tx) AddNote(ctx context.Context, n record.Note) error {
	check := named(n.ID, n.Check())
	n.At = storage.Instant(n.At)
	own, at := id(n.ID.UUID), n.At.UnixMicro()
	return file(ctx, t, &t.state.notes, n, check,
		itself(n.ID.UUID),
		place{ofChild, id(n.Child.UUID), at, own})
}

func (t *tx) AddRequest(ctx context.Context, r record.Request) error {
	check := named(r.ID, storage.CheckRequest(r))
	r.At = storage.Instant(r.At)
	return file(ctx, t, &t.state.requests, r, check, placesOf(&r)...)
}

// placesOf returns the places of a request on its shelf.
func placesOf(r *record.Request) []place {
	own, at := id(r.ID.UUID), r.At.UnixMicro()
	return []place{
		itself(r.ID.UUID),
		{amongAll, id{}, at, own},
		{ofChild, id(r.Child.UUID), at, own},
		{ofEstablishment, id(r.Establishment.UUID), at, own},
	}
}

// itself returns the place of a thing that is found by its own id.
func itself(of uuid.UUID) place { return place{by: byItself, id: id(of)} }

func (t *tx) AnswerRequest(ctx context.Context, of record.RequestID, reply record.Reply) error {
	if err := cmp.Or(t.usable(ctx), reply.Check()); err != nil {
		return err
	}
	kept, ok := t.state.requests.get(itself(of.UUID))
	switch {
	case !ok:
		return storage.ErrNotFound
	case !kept.Open():
		return storage.ErrExists
	}
	answered := *kept
	reply.At = storage.Instant(reply.At)
	answered.Reply = reply
	t.state.requests.put(t.state.owner, &answered, placesOf(&answered)...)
	return nil
}
