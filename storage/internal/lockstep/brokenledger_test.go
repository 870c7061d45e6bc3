package lockstep_test

import (
	"context"
	"iter"
	"time"

	"virtualschool.example/pep"
	"virtualschool.example/pep/payment"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
)

// ledgerFaults holds the ways of breaking ledgers.
type ledgerFaults struct {
	notes    func([]record.Note) []record.Note
	attached func([]record.Attachment) []record.Attachment
	request  func(record.Request) record.Request
	requests func(storage.RequestQuery) storage.RequestQuery
	pay      func(error) error
	paid     func(storage.PaymentQuery) storage.PaymentQuery
	enter    func(storage.Entry) storage.Entry
	entries  func(storage.AuditQuery) storage.AuditQuery
	alerts   func([]storage.Message) []storage.Message
}

// The roles of a broken store, each on top of a sound one.
type (
	book struct {
		storage.Book
		do *faults
	}
	bookkeeper struct {
		storage.Bookkeeper
		do *faults
	}
	payments struct {
		storage.Payments
		do *faults
	}
	payer struct {
		storage.Payer
		do *faults
	}
	audit struct {
		storage.Audit
		do *faults
	}
	alerts struct {
		of storage.Alerts
		do *faults
	}
	auditor struct {
		storage.Auditor
		do *faults
	}
)

func (b book) Notes(ctx context.Context, of record.ChildID, after storage.Moment) iter.Seq2[record.Note, error] {
	return over(b.Book.Notes(ctx, of, after), b.do.ledger.notes)
}

func (b book) Attachments(ctx context.Context, of pep.ID) iter.Seq2[record.Attachment, error] {
	return over(b.Book.Attachments(ctx, of), b.do.ledger.attached)
}

func (b book) Requests(ctx context.Context, q storage.RequestQuery) iter.Seq2[record.Request, error] {
	return b.Book.Requests(ctx, changed(q, b.do.ledger.requests))
}

func (b bookkeeper) AddRequest(ctx context.Context, r record.Request) error {
	return b.Bookkeeper.AddRequest(ctx, changed(r, b.do.ledger.request))
}

func (p payments) Paid(ctx context.Context, q storage.PaymentQuery) iter.Seq2[payment.Line, error] {
	return p.Payments.Paid(ctx, changed(q, p.do.ledger.paid))
}

func (p payer) Pay(ctx context.Context, l payment.Line) error {
	return changed(p.Payer.Pay(ctx, l), p.do.ledger.pay)
}

func (a audit) Entries(ctx context.Context, q storage.AuditQuery) iter.Seq2[storage.Entry, error] {
	return a.Audit.Entries(ctx, changed(q, a.do.ledger.entries))
}

func (a alerts) Alerts(ctx context.Context, about ...record.ChildID) iter.Seq2[storage.Message, error] {
	return over(a.of.Alerts(ctx, about...), a.do.ledger.alerts)
}

func (a auditor) Audit(ctx context.Context, e storage.Entry) error {
	return a.Auditor.Audit(ctx, changed(e, a.do.ledger.enter))
}

// changed returns v, changed if change is not nil.
func changed[T any](v T, change func(T) T) T {
	if change == nil {
		return v
	}
	return change(v)
}

func nameless(all []record.Attachment) []record.Attachment {
	for i := range all {
		all[i].Name = private.Text{}
	}
	return all
}

func later(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.Add(time.Microsecond)
}
