package storagetest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/storage/memstore"
	"virtualschool.example/term/civil"
)

// broken is a sound store with a broken Reader or Tx.
type broken struct {
	*memstore.Store
	reader func(storage.Reader) storage.Reader
	tx     func(storage.Tx) storage.Tx
}

func (b *broken) View(ctx context.Context, fn func(storage.Reader) error) error {
	return b.Store.View(ctx, func(r storage.Reader) error {
		if b.reader != nil {
			r = b.reader(r)
		}
		return fn(r)
	})
}

func (b *broken) Update(ctx context.Context, fn func(storage.Tx) error) error {
	return b.Store.Update(ctx, func(tx storage.Tx) error {
		if b.tx != nil {
			tx = b.tx(tx)
		}
		return fn(tx)
	})
}

// swallowing is a Tx whose Save ignores one error.
type swallowing struct {
	storage.Tx
	err error
}

func (s swallowing) Save(ctx context.Context, p *pep.PEP) error {
	if err := s.Tx.Save(ctx, p); !errors.Is(err, s.err) {
		return err
	}
	return nil
}

func swallows(err error) func() storage.Plans {
	return func() storage.Plans {
		return &broken{Store: memstore.New(), tx: func(tx storage.Tx) storage.Tx { return swallowing{tx, err} }}
	}
}

// outboxApart posts messages in a separate transaction, which a rollback does not
// undo.
type outboxApart struct{ *memstore.Store }

func (o outboxApart) Update(ctx context.Context, fn func(storage.Tx) error) error {
	sent := &sending{}
	defer func() {
		_ = o.Store.Update(context.WithoutCancel(ctx), func(tx storage.Tx) error {
			for _, m := range sent.messages {
				_, _ = tx.Post(context.WithoutCancel(ctx), m)
			}
			return nil
		})
	}()
	return o.Store.Update(ctx, func(tx storage.Tx) error { sent.Tx = tx; return fn(sent) })
}

type sending struct {
	storage.Tx
	messages []storage.Message
}

func (s *sending) Save(ctx context.Context, p *pep.PEP) error {
	for _, e := range p.Pending() {
		s.messages = slices.AppendSeq(s.messages, storage.MessagesOf(&e))
	}
	return s.Tx.Save(ctx, p)
}

// cachedPlans gives every reader the same plan until the plan is saved again.
type cachedPlans struct {
	storage.Reader
	mu    *sync.Mutex
	plans map[string]*pep.PEP
}

func (c cachedPlans) Plan(ctx context.Context, id pep.ID) (*pep.PEP, error) {
	p, err := c.Reader.Plan(ctx, id)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	key := fmt.Sprint(id, p.Version())
	if kept, ok := c.plans[key]; ok {
		return kept, nil
	}
	c.plans[key] = p
	return p, nil
}

func sharesPlans() storage.Plans {
	mu, plans := &sync.Mutex{}, map[string]*pep.PEP{}
	return &broken{Store: memstore.New(), reader: func(r storage.Reader) storage.Reader { return cachedPlans{r, mu, plans} }}
}

// sharesEvents keeps the slice of events that the caller passed in an outcome.
type sharesEvents struct {
	storage.Tx
	events map[storage.Key][]uuid.UUID
}

func (s sharesEvents) Record(ctx context.Context, key storage.Key, o storage.Outcome) error {
	s.events[key] = o.Events
	return s.Tx.Record(ctx, key, o)
}

type sharedEvents struct {
	storage.Reader
	events map[storage.Key][]uuid.UUID
}

func (s sharedEvents) Outcome(ctx context.Context, key storage.Key) (storage.Outcome, error) {
	o, err := s.Reader.Outcome(ctx, key)
	o.Events = s.events[key]
	return o, err
}

func sharesOutcomes() storage.Plans {
	events := map[storage.Key][]uuid.UUID{}
	return &broken{
		Store:  memstore.New(),
		reader: func(r storage.Reader) storage.Reader { return sharedEvents{r, events} },
		tx:     func(tx storage.Tx) storage.Tx { return sharesEvents{tx, events} },
	}
}

// sharesChildren keeps the children that it is given without copying their slices.
type sharesChildren struct {
	storage.Tx
	children map[record.ChildID]record.Child
}

func (s sharesChildren) registrar() storage.Registrar { return s.Tx.(storage.Registrar) }

func (s sharesChildren) Child(ctx context.Context, id record.ChildID) (record.Child, error) {
	if c, ok := s.children[id]; ok {
		return c, nil
	}
	return s.registrar().Child(ctx, id)
}

func (s sharesChildren) PutChild(ctx context.Context, c record.Child) error {
	err := s.registrar().PutChild(ctx, c)
	if err == nil {
		s.children[c.ID] = c
	}
	return err
}

func (s sharesChildren) Children(ctx context.Context, born record.Span, after record.ChildID) iter.Seq2[record.Child, error] {
	return s.registrar().Children(ctx, born, after)
}

func (s sharesChildren) Establishment(ctx context.Context, id record.EstablishmentID) (record.Establishment, error) {
	return s.registrar().Establishment(ctx, id)
}

func (s sharesChildren) Contributor(ctx context.Context, id record.ContributorID) (record.Contributor, error) {
	return s.registrar().Contributor(ctx, id)
}

func (s sharesChildren) Contributors(ctx context.Context, of record.EstablishmentID) iter.Seq2[record.Contributor, error] {
	return s.registrar().Contributors(ctx, of)
}

func (s sharesChildren) Caseload(ctx context.Context, worker record.PersonID) iter.Seq2[record.Child, error] {
	return s.registrar().Caseload(ctx, worker)
}

func (s sharesChildren) PutEstablishment(ctx context.Context, e record.Establishment) error {
	return s.registrar().PutEstablishment(ctx, e)
}

func (s sharesChildren) PutContributor(ctx context.Context, c record.Contributor) error {
	return s.registrar().PutContributor(ctx, c)
}

func sharesRegister() storage.Plans {
	children := map[record.ChildID]record.Child{}
	return &broken{Store: memstore.New(), tx: func(tx storage.Tx) storage.Tx { return sharesChildren{tx, children} }}
}

// noLease claims messages without a lease.
type noLease struct{ *memstore.Store }

func (n noLease) Claim(ctx context.Context, limit int, now, _ time.Time) ([]storage.Message, error) {
	return n.Store.Claim(ctx, limit, now, now)
}

// noOrder claims each message as if it were its plan's only message.
type noOrder struct{ *memstore.Store }

func (n noOrder) Update(ctx context.Context, fn func(storage.Tx) error) error {
	return n.Store.Update(ctx, func(tx storage.Tx) error { return fn(alone{tx}) })
}

type alone struct{ storage.Tx }

func (a alone) Post(ctx context.Context, m storage.Message) (bool, error) {
	m.Plan = pep.ID{UUID: m.ID}
	return a.Tx.Post(ctx, m)
}

// noAttempts does not count attempts.
type noAttempts struct{ *memstore.Store }

func (n noAttempts) Claim(ctx context.Context, limit int, now, until time.Time) ([]storage.Message, error) {
	messages, err := n.Store.Claim(ctx, limit, now, until)
	for i := range messages {
		messages[i].Attempts = 1
	}
	return messages, err
}

// patient does not reset the attempts of a message that is put back.
type patient struct{ *memstore.Store }

func (p patient) Requeue(ctx context.Context, id uuid.UUID) error {
	if err := p.Store.Requeue(ctx, id); err != nil {
		return err
	}
	_, err := p.Store.Claim(ctx, most, time.Unix(0, 0), time.Unix(0, 0))
	return err
}

// firstParts returns only the first message of each event.
type firstParts struct{ *memstore.Store }

func (f firstParts) Claim(ctx context.Context, limit int, now, until time.Time) ([]storage.Message, error) {
	all, err := f.Store.Claim(ctx, limit, now, until)
	return slices.DeleteFunc(all, func(m storage.Message) bool { return m.Part > 0 }), err
}

// ofNobody loses the contributor of a message.
type ofNobody struct{ *memstore.Store }

func (o ofNobody) Claim(ctx context.Context, limit int, now, until time.Time) ([]storage.Message, error) {
	all, err := o.Store.Claim(ctx, limit, now, until)
	for i := range all {
		all[i].Contributor = record.ContributorID{}
	}
	return all, err
}

// ownIDs gives messages random ids.
type ownIDs struct{ *memstore.Store }

func (o ownIDs) Claim(ctx context.Context, limit int, now, until time.Time) ([]storage.Message, error) {
	all, err := o.Store.Claim(ctx, limit, now, until)
	for i := range all {
		all[i].ID = uuid.New()
	}
	return all, err
}

// onePage ignores the place, and always lists set-aside messages from the first one.
type onePage struct{ *memstore.Store }

func (o onePage) SetAsides(ctx context.Context, _ storage.Message, limit int) ([]storage.Message, error) {
	return o.Store.SetAsides(ctx, storage.Message{}, limit)
}

// unheld lists waiting messages as leased, even if a claim would return them.
type unheld struct{ *memstore.Store }

func (u unheld) Leased(ctx context.Context, _ time.Time, after storage.Message, limit int) ([]storage.Message, error) {
	return u.Store.Leased(ctx, time.Unix(-1<<40, 0), after, limit)
}

// latest reads the latest committed plan each time, instead of one consistent state.
type latest struct{ *memstore.Store }

func (l latest) View(ctx context.Context, fn func(storage.Reader) error) error {
	return l.Store.View(ctx, func(r storage.Reader) error { return fn(latestReader{r, l.Store}) })
}

type latestReader struct {
	storage.Reader
	store *memstore.Store
}

func (l latestReader) Plan(ctx context.Context, id pep.ID) (p *pep.PEP, err error) {
	err = l.store.View(ctx, func(r storage.Reader) error { p, err = r.Plan(ctx, id); return err })
	return p, err
}

// tooEager runs a function again after any error.
type tooEager struct{ *memstore.Store }

func (e tooEager) Update(ctx context.Context, fn func(storage.Tx) error) error {
	err := e.Store.Update(ctx, fn)
	if err != nil {
		err = e.Store.Update(ctx, fn)
	}
	return err
}

// wraps wraps the function's own error.
type wraps struct{ *memstore.Store }

func (w wraps) Update(ctx context.Context, fn func(storage.Tx) error) error {
	if err := w.Store.Update(ctx, fn); err != nil {
		return fmt.Errorf("update: %w", err)
	}
	return nil
}

// commitsPanics commits although the function panicked.
type commitsPanics struct{ *memstore.Store }

func (c commitsPanics) Update(ctx context.Context, fn func(storage.Tx) error) error {
	var panicked any
	err := c.Store.Update(ctx, func(tx storage.Tx) error {
		defer func() { panicked = recover() }()
		return fn(tx)
	})
	if panicked != nil {
		panic(panicked)
	}
	return err
}

// deaf ignores the end of a context.
type deaf struct{ *memstore.Store }

func (d deaf) Update(ctx context.Context, fn func(storage.Tx) error) error {
	return d.Store.Update(context.WithoutCancel(ctx), fn)
}

// cutsAtNUL cuts a text at its first NUL, as C does.
type cutsAtNUL struct{ storage.Reader }

func (c cutsAtNUL) Answers(ctx context.Context, id pep.ID, section, revision int) (forms.Answers, error) {
	a, err := c.Reader.Answers(ctx, id, section, revision)
	texts := a.Reveal(private.Storing)
	for question, text := range texts {
		texts[question], _, _ = strings.Cut(text, "\x00")
	}
	return forms.NewAnswers(texts), err
}

// milliseconds keeps instants to the millisecond.
type milliseconds struct{ storage.Reader }

func (m milliseconds) History(ctx context.Context, id pep.ID) iter.Seq2[pep.Event, error] {
	return func(yield func(pep.Event, error) bool) {
		for e, err := range m.Reader.History(ctx, id) {
			if e.At = e.At.Truncate(time.Millisecond); !yield(e, err) {
				return
			}
		}
	}
}

// byIDOnly lists plans by id, and not by meeting date.
type byIDOnly struct{ storage.Reader }

func (b byIDOnly) Plans(ctx context.Context, q storage.Query) iter.Seq2[*pep.PEP, error] {
	return func(yield func(*pep.PEP, error) bool) {
		var plans []*pep.PEP
		for p, err := range b.Reader.Plans(ctx, q) {
			if err != nil {
				yield(nil, err)
				return
			}
			plans = append(plans, p)
		}
		slices.SortFunc(plans, func(a, b *pep.PEP) int { return strings.Compare(a.ID().String(), b.ID().String()) })
		for _, p := range plans {
			if !yield(p, nil) {
				return
			}
		}
	}
}

// endless returns a history that begins again at its end.
type endless struct{ storage.Reader }

func (e endless) History(ctx context.Context, id pep.ID) iter.Seq2[pep.Event, error] {
	return func(yield func(pep.Event, error) bool) {
		for {
			for ev, err := range e.Reader.History(ctx, id) {
				if !yield(ev, err) {
					return
				}
			}
		}
	}
}

// foldsCase treats keys as equal if they differ only in case.
type foldsCase struct{ storage.Tx }

func (f foldsCase) Once(ctx context.Context, key storage.Key, d pep.Digest, at time.Time) (storage.Outcome, bool, error) {
	return f.Tx.Once(ctx, storage.Key(strings.ToLower(string(key))), d, at)
}

// unsealed reports copies as destroyed, but keeps them.
type unsealed struct{ storage.Tx }

func (u unsealed) Destroy(ctx context.Context, on civil.Date, limit int) (gone []storage.Sealed, err error) {
	for p, err := range u.Plans(ctx, storage.Query{Scope: storage.Everything()}) {
		if err != nil {
			return gone, err
		}
		for c := range u.Sealed(ctx, p.ID()) {
			if !c.Until.After(on) && len(gone) < limit {
				c.Answers = forms.Answers{}
				gone = append(gone, c)
			}
		}
	}
	return gone, nil
}

// pruning is a Tx with a broken Prune.
type pruning struct {
	storage.Tx
	before func(time.Time) time.Time
	on     func(civil.Date) civil.Date
	limit  func(int) int
}

func (p pruning) Prune(ctx context.Context, before time.Time, on civil.Date, limit int) (storage.Pruned, error) {
	return p.Tx.Prune(ctx, p.before(before), p.on(on), p.limit(limit))
}

func prunes(change func(*pruning)) func() storage.Plans {
	return writes(func(tx storage.Tx) storage.Tx {
		p := pruning{tx, func(t time.Time) time.Time { return t }, func(d civil.Date) civil.Date { return d }, func(n int) int { return n }}
		change(&p)
		return p
	})
}

// prunesAlerts acknowledges all alerts, so that it prunes them too.
type prunesAlerts struct{ storage.Tx }

func (p prunesAlerts) Prune(ctx context.Context, before time.Time, on civil.Date, limit int) (storage.Pruned, error) {
	a := p.Tx.(storage.Acknowledger)
	for plan := range p.Plans(ctx, storage.Query{Scope: storage.Everything()}) {
		for m := range a.Alerts(ctx, plan.Child()) {
			_ = a.Acknowledge(ctx, m.ID, reader(), epoch)
		}
	}
	return p.Tx.Prune(ctx, before, on, limit)
}

// deliversAll marks messages as delivered when they are set aside, so that it prunes
// them too.
type deliversAll struct{ *memstore.Store }

func (d deliversAll) SetAside(ctx context.Context, id uuid.UUID) error { return d.Delivered(ctx, id) }

// stuck does not return from its second update.
type stuck struct {
	*memstore.Store
	updates *int
}

func (s stuck) Update(ctx context.Context, fn func(storage.Tx) error) error {
	if *s.updates++; *s.updates > 1 {
		select {}
	}
	return s.Store.Update(ctx, fn)
}

// complete is a sound store with every role, including files.
type complete struct {
	*memstore.Store
	*memstore.Blobs
}

func reads(wrap func(storage.Reader) storage.Reader) func() storage.Plans {
	return func() storage.Plans { return &broken{Store: memstore.New(), reader: wrap} }
}

func writes(wrap func(storage.Tx) storage.Tx) func() storage.Plans {
	return func() storage.Plans { return &broken{Store: memstore.New(), tx: wrap} }
}

func TestABrokenStoreIsCaught(t *testing.T) {
	t.Parallel()
	for name, b := range map[string]struct {
		open   func() storage.Plans
		caught []string // cases that must fail; others may fail too
	}{
		"no version check": {swallows(storage.ErrConflict), []string{
			"P44 a plan that has changed since it was read is a conflict", "P44 twenty change a plan at once and one succeeds", "P49 saving does not change the plan",
		}},
		"no check of open plans": {swallows(storage.ErrExists), []string{
			"P43 a child has one open plan", "P43 a new plan with a taken id is refused",
			"P45 a plan cannot become open again beside another open one",
		}},
		"messages survive a rollback": {func() storage.Plans { return outboxApart{memstore.New()} }, []string{
			"P13 an update that fails leaves no message",
		}},
		"plans are shared": {sharesPlans, []string{"P1 a plan that is read shares nothing with the store"}},
		"outcomes are shared": {sharesOutcomes, []string{
			"P1 an outcome shares nothing with the store",
		}},
		"children are shared": {sharesRegister, []string{"P1 a child shares nothing with the store"}},
		"claims without a lease": {func() storage.Plans { return noLease{memstore.New()} }, []string{
			"O2 a leased message is not given until its lease has run out", "O2 each message goes to one of several who claim at once",
		}},
		"claims out of order": {func() storage.Plans { return noOrder{memstore.New()} }, []string{
			"O3 a message waits for an earlier one of its plan", "O3 a plan's messages come by version whatever their instants",
		}},
		"one message for an event": {func() storage.Plans { return firstParts{memstore.New()} }, []string{
			"O11 an event with two notices gives two messages", "O13 a message names whom it concerns",
			"O3 the messages of one event come by part",
		}},
		"messages without a contributor": {func() storage.Plans { return ofNobody{memstore.New()} }, []string{
			"O13 a message names whom it concerns", "O13 a message comes back as it was posted",
		}},
		"ids of its own": {func() storage.Plans { return ownIDs{memstore.New()} }, []string{
			"O12 an id follows from the event and the notice",
		}},
		"no attempts counted": {func() storage.Plans { return noAttempts{memstore.New()} }, []string{"O4 each claim counts an attempt"}},
		"attempts not reset": {func() storage.Plans { return patient{memstore.New()} }, []string{
			"O10 a message put back counts as never claimed",
		}},
		"one page of what was set aside": {func() storage.Plans { return onePage{memstore.New()} }, []string{
			"O9 messages set aside come page by page",
		}},
		"leases that never end": {func() storage.Plans { return unheld{memstore.New()} }, []string{
			"O14 a message leased until years ahead is listed and can be released",
		}},
		"views that move": {func() storage.Plans { return latest{memstore.New()} }, []string{
			"P10 a view does not see what is committed meanwhile", "P2 a reader is closed after its view",
		}},
		"updates run again for any error": {func() storage.Plans { return tooEager{memstore.New()} }, []string{
			"P15 an update whose function fails is not run again",
		}},
		"errors are wrapped": {func() storage.Plans { return wraps{memstore.New()} }, []string{
			"P11 an update returns its function's error as it is",
		}},
		"panics are committed": {func() storage.Plans { return commitsPanics{memstore.New()} }, []string{
			"P13 an update that panics leaves nothing",
		}},
		"the context is ignored": {func() storage.Plans { return deaf{memstore.New()} }, []string{
			"P16 a cancelled update leaves nothing", "P6 nothing is done once the context has ended",
		}},
		"texts end at a NUL": {reads(func(r storage.Reader) storage.Reader { return cutsAtNUL{r} }), []string{"P3 answers come back byte for byte"}},
		"instants to the millisecond": {reads(func(r storage.Reader) storage.Reader { return milliseconds{r} }), []string{
			"P3 instants are kept to the microsecond, in UTC", "P26 events come in order and complete",
		}},
		"lists by id alone": {reads(func(r storage.Reader) storage.Reader { return byIDOnly{r} }), []string{
			"P21 a query selects the plans that its members describe, in order", "P21 the pages of a list add up to the whole list",
		}},
		"an endless list": {reads(func(r storage.Reader) storage.Reader { return endless{r} }), []string{
			"P26 the events of a plan fold to it", "P23 a loop over history may be left early",
		}},
		"keys that fold case": {writes(func(tx storage.Tx) storage.Tx { return foldsCase{tx} }), []string{"P3 keys are compared byte by byte"}},
		"copies that are not destroyed": {writes(func(tx storage.Tx) storage.Tx { return unsealed{tx} }), []string{
			"P57 nothing can be read of a destroyed copy", "P56 no more copies than the limit are destroyed",
		}},
		"prunes without looking at the day": {prunes(func(p *pruning) { p.on = func(d civil.Date) civil.Date { return d.AddDays(1000) } }), []string{
			"P61 a message delivered before the instant and the day is removed", "P61 a reminder is not posted again on its day",
		}},
		"prunes at the instant too": {prunes(func(p *pruning) { p.before = func(t time.Time) time.Time { return t.Add(time.Microsecond) } }), []string{
			"P61 a message delivered before the instant and the day is removed", "P62 a key entered before the instant is new again",
			"P62 keys are pruned to the microsecond",
		}},
		"prunes without a limit": {prunes(func(p *pruning) { p.limit = func(int) int { return most } }), []string{
			"P60 no more keys than the limit are removed", "P60 no more messages than the limit are removed",
		}},
		"prunes alerts":             {writes(func(tx storage.Tx) storage.Tx { return prunesAlerts{tx} }), []string{"P61 an alert stays until it is acknowledged"}},
		"prunes messages set aside": {func() storage.Plans { return deliversAll{memstore.New()} }, []string{"P61 an undelivered message stays"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, name := range b.caught {
				require.True(t, fails(t, rowNamed(t, name), b.open, limit), "%s did not fail", name)
			}
		})
	}
}

func TestAStoreThatHangsFails(t *testing.T) {
	t.Parallel()
	open := func() storage.Plans { return stuck{memstore.New(), new(int)} }
	require.True(t, fails(t, rowNamed(t, "P52 a key cannot be used for a different command"), open, time.Second/10))
	inTurn := files(turns{&memstore.Blobs{}, new(sync.Mutex)})
	require.True(t, fails(t, rowNamed(t, "F9 a reader may use the files while it is read"), inTurn, time.Second/10))
}

func rowNamed(t *testing.T, name string) row {
	rows := allRows()
	i := slices.IndexFunc(rows, func(r row) bool { return r.name == name })
	require.GreaterOrEqual(t, i, 0, "there is no case %s", name)
	return rows[i]
}

// fails runs a case on a store and reports whether it failed.
func fails(t *testing.T, r row, open func() storage.Plans, limit time.Duration) bool {
	report := &report{TB: t, quiet: true}
	report.bounded(limit, func() {
		r.run(newEnv(report, open(), func(testing.TB) storage.Plans { return open() }))
	})
	return report.Failed()
}

func TestASoundStoreFailsNoCase(t *testing.T) {
	t.Parallel()
	for _, r := range storeRows() {
		if !slices.Contains(r.needs, Contention) && !slices.Contains(r.needs, Doubt) {
			require.False(t, fails(t, r, func() storage.Plans { return complete{memstore.New(), &memstore.Blobs{}} }, limit), r.name)
		}
	}
}
