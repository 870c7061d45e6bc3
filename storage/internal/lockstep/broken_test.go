package lockstep_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/storage/internal/lockstep"
	"virtualschool.example/storage/memstore"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// broken is a sound store with broken transactions.
type broken struct {
	*memstore.Store
	do *faults
}

// faults holds the ways of breaking a store; a nil function breaks nothing.
type faults struct {
	plan    func(*pep.PEP, error) (*pep.PEP, error)
	plans   func(storage.Query) storage.Query
	list    func([]*pep.PEP) []*pep.PEP
	history func([]pep.Event) []pep.Event
	answers func(forms.Answers) forms.Answers
	text    func(private.Text, error) (private.Text, error)
	sealed  func([]storage.Sealed) []storage.Sealed
	once    func(storage.Outcome, bool, error) (storage.Outcome, bool, error)
	record  func(storage.Outcome) storage.Outcome
	save    func(error) error
	post    func(storage.Message) storage.Message
	destroy func(civil.Date) civil.Date
	prune   func(time.Time) time.Time
	claim   func([]storage.Message) []storage.Message
	release func(time.Time) time.Time
	commits bool // whether an Update is committed even if its function failed
	ledger  ledgerFaults
}

// flawed is a broken Tx, which also serves as a broken Reader.
type flawed struct {
	storage.Tx
	do *faults
}

// onlyReads turns a Reader into a Tx that cannot write.
type onlyReads struct{ storage.Reader }

func (onlyReads) Save(context.Context, *pep.PEP) error { return storage.ErrClosed }
func (onlyReads) Once(context.Context, storage.Key, pep.Digest, time.Time) (storage.Outcome, bool, error) {
	return storage.Outcome{}, false, storage.ErrClosed
}
func (onlyReads) Record(context.Context, storage.Key, storage.Outcome) error {
	return storage.ErrClosed
}
func (onlyReads) Post(context.Context, storage.Message) (bool, error) {
	return false, storage.ErrClosed
}
func (onlyReads) Destroy(context.Context, civil.Date, int) ([]storage.Sealed, error) {
	return nil, storage.ErrClosed
}

func (onlyReads) Prune(context.Context, time.Time, civil.Date, int) (storage.Pruned, error) {
	return storage.Pruned{}, storage.ErrClosed
}

// reader and tx are a flawed Reader and a flawed Tx with every role.
type (
	reader struct {
		flawed
		storage.Register
		storage.Batch
		storage.Directory
		book
		payments
		audit
		alerts
	}
	tx struct {
		flawed
		storage.Registrar
		bookkeeper
		payer
		auditor
		storage.Acknowledger
	}
)

func (b *broken) View(ctx context.Context, fn func(storage.Reader) error) error {
	return b.Store.View(ctx, func(r storage.Reader) error {
		return fn(reader{
			flawed{onlyReads{r}, b.do}, r.(storage.Register), r.(storage.Batch), r.(storage.Directory),
			book{r.(storage.Book), b.do}, payments{r.(storage.Payments), b.do}, audit{r.(storage.Audit), b.do}, alerts{r.(storage.Alerts), b.do},
		})
	})
}

func (b *broken) Update(ctx context.Context, fn func(storage.Tx) error) error {
	var came error
	err := b.Store.Update(ctx, func(t storage.Tx) error {
		came = fn(tx{
			flawed{t, b.do}, t.(storage.Registrar),
			bookkeeper{t.(storage.Bookkeeper), b.do}, payer{t.(storage.Payer), b.do}, auditor{t.(storage.Auditor), b.do},
			t.(storage.Acknowledger),
		})
		if b.do.commits {
			return nil
		}
		return came
	})
	return cmp.Or(err, came)
}

func (b *broken) Claim(ctx context.Context, limit int, now, until time.Time) ([]storage.Message, error) {
	all, err := b.Store.Claim(ctx, limit, now, until)
	if b.do.claim != nil {
		all = b.do.claim(all)
	}
	return all, err
}

func (b *broken) Release(ctx context.Context, id uuid.UUID, until time.Time) error {
	if b.do.release != nil {
		until = b.do.release(until)
	}
	return b.Store.Release(ctx, id, until)
}

func (f flawed) Plan(ctx context.Context, id pep.ID) (*pep.PEP, error) {
	p, err := f.Tx.Plan(ctx, id)
	if f.do.plan != nil {
		return f.do.plan(p, err)
	}
	return p, err
}

func (f flawed) Plans(ctx context.Context, q storage.Query) iter.Seq2[*pep.PEP, error] {
	if f.do.plans != nil {
		q = f.do.plans(q)
	}
	return over(f.Tx.Plans(ctx, q), f.do.list)
}

func (f flawed) History(ctx context.Context, id pep.ID) iter.Seq2[pep.Event, error] {
	return over(f.Tx.History(ctx, id), f.do.history)
}

func (f flawed) Sealed(ctx context.Context, id pep.ID) iter.Seq2[storage.Sealed, error] {
	return over(f.Tx.Sealed(ctx, id), f.do.sealed)
}

// over returns a list with its items changed.
func over[T any](all iter.Seq2[T, error], change func([]T) []T) iter.Seq2[T, error] {
	if change == nil {
		return all
	}
	return func(yield func(T, error) bool) {
		var items []T
		for item, err := range all {
			if err != nil {
				yield(item, err)
				return
			}
			items = append(items, item)
		}
		for _, item := range change(items) {
			if !yield(item, nil) {
				return
			}
		}
	}
}

func (f flawed) Answers(ctx context.Context, id pep.ID, section, revision int) (forms.Answers, error) {
	a, err := f.Tx.Answers(ctx, id, section, revision)
	if f.do.answers != nil {
		a = f.do.answers(a)
	}
	return a, err
}

func (f flawed) Text(ctx context.Context, event uuid.UUID) (private.Text, error) {
	t, err := f.Tx.Text(ctx, event)
	if f.do.text != nil {
		return f.do.text(t, err)
	}
	return t, err
}

func (f flawed) Once(ctx context.Context, key storage.Key, digest pep.Digest, at time.Time) (storage.Outcome, bool, error) {
	o, seen, err := f.Tx.Once(ctx, key, digest, at)
	if f.do.once != nil {
		return f.do.once(o, seen, err)
	}
	return o, seen, err
}

func (f flawed) Record(ctx context.Context, key storage.Key, o storage.Outcome) error {
	if f.do.record != nil {
		o = f.do.record(o)
	}
	return f.Tx.Record(ctx, key, o)
}

func (f flawed) Save(ctx context.Context, p *pep.PEP) error {
	err := f.Tx.Save(ctx, p)
	if f.do.save != nil {
		return f.do.save(err)
	}
	return err
}

func (f flawed) Post(ctx context.Context, m storage.Message) (bool, error) {
	if f.do.post != nil {
		m = f.do.post(m)
	}
	return f.Tx.Post(ctx, m)
}

func (f flawed) Prune(ctx context.Context, before time.Time, on civil.Date, limit int) (storage.Pruned, error) {
	return f.Tx.Prune(ctx, changed(before, f.do.prune), on, limit)
}

func (f flawed) Destroy(ctx context.Context, on civil.Date, limit int) ([]storage.Sealed, error) {
	if f.do.destroy != nil {
		on = f.do.destroy(on)
	}
	return f.Tx.Destroy(ctx, on, limit)
}

// lastLost returns a list without its last item.
func lastLost[T any](all []T) []T { return all[:max(len(all)-1, 0)] }

func turned[T any](all []T) []T {
	slices.Reverse(all)
	return all
}

// TestASoundStoreKeepsStep shows that the walks in the next test fail only because
// of the faults in their stores.
func TestASoundStoreKeepsStep(t *testing.T) {
	t.Parallel()
	require.Empty(t, walks(t, 25, &faults{}))
}

// TestABrokenStoreFallsOutOfStep walks with a sound store and, for each kind of
// fault, a broken one.
func TestABrokenStoreFallsOutOfStep(t *testing.T) {
	t.Parallel()
	for name, do := range map[string]*faults{
		"a list in the wrong order":                  {list: turned[*pep.PEP]},
		"a list without its last plan":               {list: lastLost[*pep.PEP]},
		"a page that begins with its place":          {plans: func(q storage.Query) storage.Query { q.After.ID = pep.ID{}; return q }},
		"a list that includes the day after":         {plans: func(q storage.Query) storage.Query { q.Meeting.To = next(q.Meeting.To); return q }},
		"a list that includes plans without a grade": {plans: func(q storage.Query) storage.Query { q.Graded = false; return q }},
		"an event lost":                              {history: lastLost[pep.Event]},
		"events in the wrong order":                  {history: turned[pep.Event]},
		"an instant in another zone":                 {history: elsewhere},
		"answers trimmed":                            {answers: trimmed},
		"answers lost":                               {answers: func(forms.Answers) forms.Answers { return forms.Answers{} }},
		"a text normalised":                          {text: normalised},
		"an empty text":                              {text: func(private.Text, error) (private.Text, error) { return private.Text{}, nil }},
		"sealed copies lost":                         {sealed: lastLost[storage.Sealed]},
		"sealed copies out of order":                 {sealed: turned[storage.Sealed]},
		"a key reused unnoticed":                     {once: reuses},
		"a key never seen again": {once: func(storage.Outcome, bool, error) (storage.Outcome, bool, error) {
			return storage.Outcome{}, false, nil
		}},
		"an outcome without its events":             {record: func(o storage.Outcome) storage.Outcome { o.Events = nil; return o }},
		"an outcome of another version":             {record: func(o storage.Outcome) storage.Outcome { o.Version++; return o }},
		"the wrong error":                           {plan: func(p *pep.PEP, err error) (*pep.PEP, error) { return p, instead(err, storage.ErrConflict) }},
		"an existing id saved over":                 {save: func(err error) error { return without(err, storage.ErrExists) }},
		"a driver's error":                          {save: func(err error) error { return instead(err, errors.New("UNIQUE constraint failed")) }},
		"a reminder of another day":                 {post: func(m storage.Message) storage.Message { m.On = m.On.AddDays(1); return m }},
		"a reminder posted each time":               {post: func(m storage.Message) storage.Message { m.ID[0] ^= byte(m.At.UnixMicro() >> 24); return m }},
		"sealed copies kept for another day":        {destroy: func(on civil.Date) civil.Date { return on.AddDays(-1) }},
		"pruned a day early":                        {prune: func(t time.Time) time.Time { return t.AddDate(0, 0, -1) }},
		"messages in the wrong order":               {claim: turned[storage.Message]},
		"a message lost":                            {claim: lastLost[storage.Message]},
		"a claim that does not count as an attempt": {claim: untried},
		"a release without its instant":             {release: func(time.Time) time.Time { return time.Time{} }},
		"a failed transaction that is committed":    {commits: true},
		"a note lost":                               {ledger: ledgerFaults{notes: lastLost[record.Note]}},
		"attachments without their names":           {ledger: ledgerFaults{attached: nameless}},
		"a request without its child":               {ledger: ledgerFaults{request: func(r record.Request) record.Request { r.Child = record.ChildID{}; return r }}},
		"requests of everybody":                     {ledger: ledgerFaults{requests: func(q storage.RequestQuery) storage.RequestQuery { q.Scope = storage.Everything(); return q }}},
		"answered requests among the open ones":     {ledger: ledgerFaults{requests: func(q storage.RequestQuery) storage.RequestQuery { q.Open = false; return q }}},
		"an alert lost":                             {ledger: ledgerFaults{alerts: lastLost[storage.Message]}},
		"a payment made twice":                      {ledger: ledgerFaults{pay: func(err error) error { return without(err, storage.ErrExists) }}},
		"payments of every term":                    {ledger: ledgerFaults{paid: func(q storage.PaymentQuery) storage.PaymentQuery { q.Term = term.Term{}; return q }}},
		"an entry without the person acted for":     {ledger: ledgerFaults{enter: func(e storage.Entry) storage.Entry { e.For = record.PersonID{}; return e }}},
		"entries at the end of a period too":        {ledger: ledgerFaults{entries: func(q storage.AuditQuery) storage.AuditQuery { q.To = later(q.To); return q }}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, walks(t, 400, do), "the walk did not notice")
		})
	}
}

// walks takes up to n walks with a sound and a broken store, until the two differ,
// and returns what differed.
func walks(t *testing.T, n int, do *faults) map[string]int {
	var tally lockstep.Tally
	sound := lockstep.Entrant{Name: "sound", New: func() lockstep.Store { return memstore.New() }}
	other := lockstep.Entrant{Name: "broken", New: func() lockstep.Store { return &broken{memstore.New(), do} }}
	for seed := 0; seed < n && len(tally.Differs) == 0; seed++ {
		once(seed, func(t *rapid.T) {
			if len(tally.Differs) == 0 { // rapid may call this function again after a walk has failed
				lockstep.Walk(t, &tally, sound, other)
			}
		})
	}
	t.Log(&tally)
	return tally.Differs
}

// once takes one walk, which may fail.
func once(seed int, prop func(*rapid.T)) {
	defer func() { _ = recover() }()
	rapid.Custom(func(t *rapid.T) bool { prop(t); return true }).Example(seed)
}

func next(d civil.Date) civil.Date {
	if d.IsZero() {
		return d
	}
	return d.AddDays(1)
}

func elsewhere(all []pep.Event) []pep.Event {
	for i := range all {
		all[i].At = all[i].At.In(time.FixedZone("", 3600))
	}
	return all
}

func trimmed(a forms.Answers) forms.Answers {
	texts := a.Reveal(private.Storing)
	for q, text := range texts {
		texts[q] = strings.TrimSuffix(text, "--")
	}
	return forms.NewAnswers(texts)
}

func normalised(t private.Text, err error) (private.Text, error) {
	return private.NewText(strings.ReplaceAll(t.Reveal(private.Storing), "e\u0301", "é")), err
}

func reuses(o storage.Outcome, seen bool, err error) (storage.Outcome, bool, error) {
	if errors.Is(err, storage.ErrKeyReused) {
		return o, true, nil
	}
	return o, seen, err
}

// instead replaces an error with another; a nil error stays nil.
func instead(err, other error) error {
	if err != nil {
		return fmt.Errorf("instead: %w", other)
	}
	return nil
}

func without(err, swallowed error) error {
	if errors.Is(err, swallowed) {
		return nil
	}
	return err
}

func untried(all []storage.Message) []storage.Message {
	for i := range all {
		all[i].Attempts--
	}
	return all
}
