package storagetest

import (
	"bytes"
	"context"
	"io"
	"iter"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/payment"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/storage/memstore"
)

// firstPage lists notes from the beginning, and ignores the place.
type firstPage struct {
	storage.Reader
	storage.Book
}

func (f firstPage) Notes(ctx context.Context, of record.ChildID, _ storage.Moment) iter.Seq2[record.Note, error] {
	return f.Book.Notes(ctx, of, storage.Moment{})
}

// tidy lists no attachments of a deleted plan.
type tidy struct {
	storage.Reader
	storage.Book
}

func (t tidy) Attachments(ctx context.Context, of pep.ID) iter.Seq2[record.Attachment, error] {
	if p, err := t.Plan(ctx, of); err == nil && p.Stage() == pep.Deleted {
		return func(func(record.Attachment, error) bool) {}
	}
	return t.Book.Attachments(ctx, of)
}

// allRequests lists everybody's requests.
type allRequests struct {
	storage.Reader
	storage.Book
}

func (a allRequests) Requests(ctx context.Context, q storage.RequestQuery) iter.Seq2[record.Request, error] {
	q.Scope = storage.Everything()
	return a.Book.Requests(ctx, q)
}

// answersAgain reports no error for a second reply.
type answersAgain struct {
	storage.Tx
	storage.Bookkeeper
}

func (a answersAgain) AnswerRequest(ctx context.Context, id record.RequestID, r record.Reply) error {
	if err := a.Bookkeeper.AnswerRequest(ctx, id, r); err != storage.ErrExists {
		return err
	}
	return nil
}

// forgetful remembers that a request was answered, but loses the text of the reply.
type forgetful struct {
	storage.Reader
	storage.Book
}

func (f forgetful) Request(ctx context.Context, id record.RequestID) (record.Request, error) {
	r, err := f.Book.Request(ctx, id)
	r.Reply.Text = private.Text{}
	return r, err
}

// unanswered lists answered requests among the open ones, and reports no error for an
// unknown id.
type unanswered struct {
	storage.Reader
	storage.Book
}

func (u unanswered) Requests(ctx context.Context, q storage.RequestQuery) iter.Seq2[record.Request, error] {
	q.Open = false
	return u.Book.Requests(ctx, q)
}

func (u unanswered) Request(ctx context.Context, id record.RequestID) (record.Request, error) {
	r, err := u.Book.Request(ctx, id)
	if err == storage.ErrNotFound {
		err = nil
	}
	return r, err
}

// careless accepts an invalid reply.
type careless struct {
	storage.Tx
	storage.Bookkeeper
}

func (c careless) AnswerRequest(ctx context.Context, id record.RequestID, r record.Reply) error {
	if r.Check() != nil {
		r = reply()
	}
	return c.Bookkeeper.AnswerRequest(ctx, id, r)
}

// paysAgain reports no error for a second payment.
type paysAgain struct {
	storage.Tx
	storage.Payer
}

func (p paysAgain) Pay(ctx context.Context, l payment.Line) error {
	if err := p.Payer.Pay(ctx, l); err != storage.ErrExists {
		return err
	}
	return nil
}

// tills ignores the place of a page if the query names a term.
type tills struct {
	storage.Reader
	storage.Payments
}

func (t tills) Paid(ctx context.Context, q storage.PaymentQuery) iter.Seq2[payment.Line, error] {
	if !q.Term.IsZero() {
		q.After = storage.PaymentPlace{}
	}
	return t.Payments.Paid(ctx, q)
}

// latestDecision keeps only the last decision on each plan.
type latestDecision struct {
	storage.Reader
	storage.Payments
}

func (l latestDecision) Decisions(ctx context.Context, plans ...pep.ID) iter.Seq2[payment.Discretion, error] {
	return func(yield func(payment.Discretion, error) bool) {
		last := map[pep.ID]payment.Discretion{}
		for d := range l.Payments.Decisions(ctx, plans...) {
			last[d.Plan] = d
		}
		for _, d := range last {
			if !yield(d, nil) {
				return
			}
		}
	}
}

// undecided accepts an invalid decision.
type undecided struct {
	storage.Tx
	storage.Payer
}

func (u undecided) Decide(ctx context.Context, d payment.Discretion) error {
	if d.Check() != nil {
		d = discretion(0)
	}
	return u.Payer.Decide(ctx, d)
}

// onceThrough allows only one loop over decisions at a time.
type onceThrough struct {
	storage.Reader
	storage.Payments
	busy *bool
}

func (o onceThrough) Decisions(ctx context.Context, plans ...pep.ID) iter.Seq2[payment.Discretion, error] {
	return undisturbed(busy{under: o.busy}, o.Payments.Decisions(ctx, plans...))
}

// hands finds an entry under the person who acted, but not under the person who was
// represented.
type hands struct {
	storage.Reader
	storage.Audit
}

func (h hands) Entries(ctx context.Context, q storage.AuditQuery) iter.Seq2[storage.Entry, error] {
	who, ofPerson := q.Scope.Person()
	return func(yield func(storage.Entry, error) bool) {
		for a, err := range h.Audit.Entries(ctx, q) {
			if err == nil && ofPerson && a.By != who {
				continue
			}
			if !yield(a, err) {
				return
			}
		}
	}
}

// overwrites reports no error for an entry that exists already.
type overwrites struct {
	storage.Tx
	storage.Auditor
}

func (o overwrites) Audit(ctx context.Context, a storage.Entry) error {
	if err := o.Auditor.Audit(ctx, a); err != storage.ErrExists {
		return err
	}
	return nil
}

// halves keeps the part of a file that it read before the reader failed.
type halves struct{ storage.Blobs }

func (h halves) Put(ctx context.Context, id record.AttachmentID, r io.Reader, limit int64) (int64, error) {
	b, failure := io.ReadAll(io.LimitReader(r, limit))
	n, err := h.Blobs.Put(ctx, id, bytes.NewReader(b), limit)
	if err == nil {
		err = failure
	}
	return n, err
}

// keeps is a Blobs whose Destroy does nothing.
type keeps struct{ storage.Blobs }

func (keeps) Destroy(context.Context, ...record.AttachmentID) error { return nil }

// stubborn checks the context only at the start.
type stubborn struct{ storage.Blobs }

func (d stubborn) Put(ctx context.Context, id record.AttachmentID, r io.Reader, limit int64) (int64, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	return d.Blobs.Put(context.WithoutCancel(ctx), id, r, limit)
}

// turns is a Blobs that lets only one Put run at a time.
type turns struct {
	storage.Blobs
	mu *sync.Mutex
}

func (o turns) Put(ctx context.Context, id record.AttachmentID, r io.Reader, limit int64) (int64, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.Blobs.Put(ctx, id, r, limit)
}

func files(of storage.Blobs) func() storage.Plans {
	return func() storage.Plans { return filesAlone{Blobs: of} }
}

func TestABrokenRoleIsCaught(t *testing.T) {
	t.Parallel()
	book := func(r storage.Reader) storage.Book { return r.(storage.Book) }
	for name, b := range map[string]struct {
		open   func() storage.Plans
		caught []string // cases that must fail; others may fail too
	}{
		"only the first page of notes": {reads(func(r storage.Reader) storage.Reader { return firstPage{r, book(r)} }), []string{
			"B1 notes come page by page", "B1 notes are listed from a place that nothing has",
		}},
		"attachments deleted": {reads(func(r storage.Reader) storage.Reader { return tidy{r, book(r)} }), []string{
			"B4 attachments stay whatever becomes of the plan",
		}},
		"requests of everybody": {reads(func(r storage.Reader) storage.Reader { return allRequests{r, book(r)} }), []string{
			"B5 a list of requests keeps to its scope", "B6 a malformed query for requests is refused",
		}},
		"requests answered twice": {writes(func(tx storage.Tx) storage.Tx { return answersAgain{tx, tx.(storage.Bookkeeper)} }), []string{
			"B13 a request is answered once", "B13 twenty answer a request at once and one succeeds",
		}},
		"replies forgotten": {reads(func(r storage.Reader) storage.Reader { return forgetful{r, book(r)} }), []string{
			"B13 full and minimal replies are kept complete",
		}},
		"answered requests among the open ones": {reads(func(r storage.Reader) storage.Reader { return unanswered{r, book(r)} }), []string{
			"B5 open requests are those that nobody has answered", "B7 a request is read by its id",
		}},
		"invalid replies accepted": {writes(func(tx storage.Tx) storage.Tx { return careless{tx, tx.(storage.Bookkeeper)} }), []string{
			"B14 an invalid reply is refused",
		}},
		"payments made twice": {writes(func(tx storage.Tx) storage.Tx { return paysAgain{tx, tx.(storage.Payer)} }), []string{
			"M10 payments cannot be added twice", "M11 twenty pay for a child and a term at once and one succeeds",
		}},
		"payments of a term without pages": {reads(func(r storage.Reader) storage.Reader { return tills{r, r.(storage.Payments)} }), []string{
			"M1 a list of payments keeps to its scope and term",
		}},
		"one decision for each plan": {reads(func(r storage.Reader) storage.Reader { return latestDecision{r, r.(storage.Payments)} }), []string{
			"M13 a decision is kept complete, and a later one stands beside it", "M4 decisions come by day, then in the order in which they were made",
			"M4 a list of decisions keeps to the plans named, or holds all", "M13 twenty decide at once and every decision is kept",
		}},
		"invalid decisions accepted": {writes(func(tx storage.Tx) storage.Tx { return undecided{tx, tx.(storage.Payer)} }), []string{
			"M14 an invalid decision is refused",
		}},
		"one loop over decisions at a time": {reads(func(r storage.Reader) storage.Reader { return onceThrough{r, r.(storage.Payments), new(bool)} }), []string{
			"M5 the payments may be used in a loop over decisions",
		}},
		"entries found only by who acted": {reads(func(r storage.Reader) storage.Reader { return hands{r, r.(storage.Audit)} }), []string{
			"A2 an entry belongs to the person who acted and the person acted for",
		}},
		"entries written over": {writes(func(tx storage.Tx) storage.Tx { return overwrites{tx, tx.(storage.Auditor)} }), []string{
			"A10 entries cannot be added twice",
		}},
		"files by halves": {files(halves{&memstore.Blobs{}}), []string{
			"F3 a file that exceeds the limit is refused", "F4 an error of the reader comes out as it is", "F5 a file can be put again after a failure",
		}},
		"a put that ignores its context": {files(stubborn{&memstore.Blobs{}}), []string{"F8 a put stops when its context ends"}},
		"files kept":                     {files(keeps{&memstore.Blobs{}}), []string{"F7 a destroyed file cannot be opened"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, name := range b.caught {
				require.True(t, fails(t, rowNamed(t, name), b.open, limit), "%s did not fail", name)
			}
		})
	}
}
