package sqlstore

import (
	"context"
	"errors"
	"iter"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
)

// Attachments reads the events that attached a document. Each event's text is the name of
// its document.
func (r *reader) Attachments(ctx context.Context, of pep.ID) iter.Seq2[record.Attachment, error] {
	return func(yield func(record.Attachment, error) bool) {
		for e, err := range r.History(ctx, of) {
			if err == nil && e.Verb != pep.VerbAttach {
				continue
			}
			var a record.Attachment
			if err == nil {
				a, err = r.attachment(ctx, &e)
			}
			if !yield(a, err) || err != nil {
				return
			}
		}
	}
}

// attachment returns the document that an event attached.
func (r *reader) attachment(ctx context.Context, e *pep.Event) (record.Attachment, error) {
	name, err := r.Text(ctx, e.ID())
	if err != nil && !errors.Is(err, storage.ErrNotFound) {
		return record.Attachment{}, err
	}
	return record.Attachment{ID: record.AttachmentID{UUID: e.ID()}, Name: name, Size: e.Size}, nil
}
