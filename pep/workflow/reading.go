package workflow

import (
	"context"
	"io"
	"iter"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
)

// Reading gives access to what is written in and about one plan, inside the function
// that Read calls. History and Text need the deed access.ReadHistory, Answers needs
// access.ReadAnswers, and Attachments and Open need access.ReadDocuments. If Read
// was called with another deed, they return a *rule.Invalid.
type Reading struct {
	Plan *pep.PEP
	deed access.Deed
	v    *visit
}

// Read calls fn with the content of a plan. The deed says what fn may read:
// access.ReadHistory, access.ReadAnswers or access.ReadDocuments. For any other
// deed, Read returns a *rule.Invalid. It returns storage.ErrNotFound if the plan
// does not exist, or if the actor may not read it in this way. It enters such a
// denial in the audit trail of a store that keeps one. If Config.AuditReadings is
// set, it also enters the reading there, before it calls fn.
func (s *Service) Read(ctx context.Context, by Actor, id pep.ID, d access.Deed, fn func(Reading) error) error {
	err := rule.Need(d == access.ReadHistory || d == access.ReadAnswers || d == access.ReadDocuments,
		"deed", "read_history, read_answers or read_documents")
	if err != nil {
		return wrap("read", id, err)
	}
	return s.run(ctx, errand{by: by, about: aPlan, deed: d, plan: id}, func(v *visit, p *pep.PEP) error { return fn(Reading{p, d, v}) })
}

// History iterates over the events of the plan, in order.
func (c Reading) History() iter.Seq2[pep.Event, error] {
	if err := c.asked(access.ReadHistory); err != nil {
		return failing[pep.Event](err)
	}
	return c.v.r.History(c.v.ctx, c.Plan.ID())
}

// Text returns the reason, comment or feedback that belongs to an event of the plan.
// It returns storage.ErrNotFound if the event has none, or if it is an event of
// another plan.
func (c Reading) Text(event pep.Event) (private.Text, error) {
	if err := c.asked(access.ReadHistory); err != nil {
		return private.Text{}, err
	}
	if event.Plan != c.Plan.ID() {
		return private.Text{}, storage.ErrNotFound
	}
	return c.v.r.Text(c.v.ctx, event.ID())
}

// Answers returns the answers of a section as they stood at a revision.
func (c Reading) Answers(section, revision int) (forms.Answers, error) {
	if err := c.asked(access.ReadAnswers); err != nil {
		return forms.Answers{}, err
	}
	return c.v.r.Answers(c.v.ctx, c.Plan.ID(), section, revision)
}

// Attachments iterates over the documents of the plan, in the order in which they
// were attached. It yields storage.ErrNoRole if the store keeps no book.
func (c Reading) Attachments() iter.Seq2[record.Attachment, error] {
	err := c.asked(access.ReadDocuments)
	if err != nil {
		return failing[record.Attachment](err)
	}
	book, err := storage.BookOf(c.v.r)
	if err != nil {
		return failing[record.Attachment](err)
	}
	return book.Attachments(c.v.ctx, c.Plan.ID())
}

// Open returns a document of the plan and opens its content. The caller must close
// the content, and can read it after Read has returned, so that no transaction waits
// for a slow connection. Open returns storage.ErrNotFound for a document of another
// plan and for one whose content has not arrived (see Upload), and storage.ErrNoRole
// if Config.Blobs is not set.
func (c Reading) Open(id record.AttachmentID) (record.Attachment, io.ReadCloser, error) {
	if c.v.c.Blobs == nil {
		return record.Attachment{}, nil, errNoBlobs
	}
	for a, err := range c.Attachments() {
		if err != nil {
			return record.Attachment{}, nil, err
		}
		if a.ID == id {
			content, err := c.v.c.Blobs.Open(c.v.ctx, id)
			return a, content, err
		}
	}
	return record.Attachment{}, nil, storage.ErrNotFound
}

// asked returns a *rule.Invalid unless Read was called with the deed d.
func (c Reading) asked(d access.Deed) error {
	return rule.Need(c.deed == d, "deed", d.String())
}

// failing iterates over one error and nothing else.
func failing[V any](err error) iter.Seq2[V, error] {
	return func(yield func(V, error) bool) {
		var zero V
		yield(zero, err)
	}
}
