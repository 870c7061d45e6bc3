package memstore

import (
	"context"
	"iter"

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

// attached iterates over which of a plan's events attached a document; nil has
// none.
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
	return selected(ctx, r, q.Check(), q.Limit, func(s *state) iter.Seq[record.Request] { return s.requests.each(of) })
}

func (t *tx) AddNote(ctx context.Context, n record.Note) error {
	check := named(n.ID, n.Check())
	n.At = storage.Instant(n.At)
	own, at := id(n.ID.UUID), n.At.UnixMicro()
	return file(ctx, t, &t.state.notes, n, check,
		place{by: byItself, id: own},
		place{ofChild, id(n.Child.UUID), at, own})
}

func (t *tx) AddRequest(ctx context.Context, r record.Request) error {
	check := named(r.ID, r.Check())
	r.At = storage.Instant(r.At)
	own, at := id(r.ID.UUID), r.At.UnixMicro()
	return file(ctx, t, &t.state.requests, r, check,
		place{by: byItself, id: own},
		place{amongAll, id{}, at, own},
		place{ofChild, id(r.Child.UUID), at, own},
		place{ofEstablishment, id(r.Establishment.UUID), at, own})
}
