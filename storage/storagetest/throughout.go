package storagetest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
	"virtualschool.example/storage/internal/journey"
	"virtualschool.example/term/civil"
)

// throughoutRows returns the cases for the sentences in storage's package comment.
func throughoutRows() []row {
	return []row{
		{name: "P1 a plan that is read shares nothing with the store", run: planIsOwn},
		{name: "P1 a plan that is saved shares nothing with the store", run: savedPlanIsOwn},
		{name: "P1 an outcome shares nothing with the store", run: outcomeIsOwn},
		{name: "P1 revealed answers share nothing with the store", run: answersAreOwn},
		{name: "P1 a query may be changed once it was given to the store", run: queryIsOwn},
		{name: "P2 a reader is closed after its view", run: readerCloses},
		{name: "P2 a transaction is closed after its update", run: txCloses},
		{name: "P2 a transaction is closed after it failed", run: failedTxCloses},
		{name: "P2 a list is closed with its reader", run: listCloses},
		{name: "P2 views and updates run at once", needs: []Capability{AtOnce}, run: atOnce},
		{name: "P2 a closed store answers nothing", needs: []Capability{Closing}, run: afterClose},
		{name: "P3 answers come back byte for byte", run: answersExact},
		{name: "P3 texts come back byte for byte", run: textsExact},
		{name: "P3 keys are compared byte by byte", run: keysExact},
		{name: "P3 ids are compared byte by byte", run: idsExact},
		{name: "P3 instants are kept to the microsecond, in UTC", run: instantsExact},
		{name: "P3 days come back as the same day", run: daysExact},
		{name: "P4 the same actions on two stores give the same results", run: deterministic},
		{name: "P5 an error shows nothing of what was stored", run: errorsShowNothing},
		{name: "P6 nothing is done once the context has ended", run: contextAtEnd},
		{name: "P6 a list ends when its context does", run: listContextAtEnd},
	}
}

func planIsOwn(e *env) {
	j := e.save(e.plan("a").To(pep.Draft))
	other := e.load(j.Plan.ID())
	before := other.Snapshot()
	j.Answer("changed", 1)
	require.Equal(e, before, other.Snapshot())
	require.Equal(e, before, e.load(j.Plan.ID()).Snapshot())
	for _, p := range e.list(storage.Query{Scope: storage.Everything()}) {
		e.plan("a").With(p).Answer("changed", 1)
	}
	require.Equal(e, before, e.load(j.Plan.ID()).Snapshot())
	require.Len(e, e.history(j.Plan.ID()), 1)
}

func savedPlanIsOwn(e *env) {
	j := e.plan("a").To(pep.Draft)
	before := j.Plan.Snapshot()
	e.update(func(tx storage.Tx) {
		require.NoError(e, tx.Save(e.ctx, j.Plan))
		j.Answer("later", 1)
		require.Equal(e, before, e.planIn(tx, j.Plan.ID()).Snapshot())
	})
	j.Answer("later still", 2)
	require.Equal(e, before, e.load(j.Plan.ID()).Snapshot())
	require.Len(e, e.history(j.Plan.ID()), 1)
}

func outcomeIsOwn(e *env) {
	events := []uuid.UUID{journey.ID("a", "event"), journey.ID("b", "event")}
	given := slices.Clone(events)
	e.update(func(tx storage.Tx) {
		once(e, tx, "key", digest("a"))
		require.NoError(e, tx.Record(e.ctx, "key", storage.Outcome{Events: given}))
		given[0] = uuid.Max
	})
	for range 2 {
		e.view(func(r storage.Reader) {
			o, err := r.Outcome(e.ctx, "key")
			require.NoError(e, err)
			require.Equal(e, events, o.Events)
			o.Events[1] = uuid.Max
		})
	}
	e.update(func(tx storage.Tx) {
		o, again, err := tx.Once(e.ctx, "key", digest("a"), epoch)
		require.NoError(e, err)
		require.True(e, again)
		require.Equal(e, events, o.Events)
		o.Events[0] = uuid.Max
	})
	e.view(func(r storage.Reader) {
		o, err := r.Outcome(e.ctx, "key")
		require.NoError(e, err)
		require.Equal(e, events, o.Events)
	})
}

func answersAreOwn(e *env) {
	j := e.plan("a").To(pep.Draft)
	want := j.Answers(1, "mine")
	e.save(j.Do(pep.Answer{Section: 1, Answers: want}))
	for range 2 {
		texts := e.answers(j.Plan.ID(), 1, 1).Reveal(private.Deciding)
		require.Len(e, texts, want.Len())
		for question := range texts {
			texts[question] = "changed"
		}
		e.sameAnswers(want, e.answers(j.Plan.ID(), 1, 1))
	}
}

func queryIsOwn(e *env) {
	j := e.save(e.plan("a").To(pep.Draft))
	e.view(func(r storage.Reader) {
		stages := []pep.Stage{pep.Draft}
		list := r.Plans(e.ctx, storage.Query{Scope: storage.Everything(), Stages: stages})
		stages[0] = pep.Deleted
		found := collect(e, list)
		require.Len(e, found, 1)
		require.Equal(e, j.Plan.ID(), found[0].ID())
	})
}

// reads calls every method of a Reader and returns the errors.
func (e *env) reads(ctx context.Context, r storage.Reader, id pep.ID) map[string]error {
	_, plan := r.Plan(ctx, id)
	_, plans := gather(e, r.Plans(ctx, storage.Query{Scope: storage.Everything()}))
	_, history := gather(e, r.History(ctx, id))
	_, answers := r.Answers(ctx, id, 1, 1)
	_, text := r.Text(ctx, uuid.Max)
	_, sealed := gather(e, r.Sealed(ctx, id))
	_, outcome := r.Outcome(ctx, "key")
	return map[string]error{
		"Plan": plan, "Plans": plans, "History": history, "Answers": answers,
		"Text": text, "Sealed": sealed, "Outcome": outcome,
	}
}

// writes calls every writing method of a Tx and returns the errors.
func (e *env) writes(ctx context.Context, tx storage.Tx, p *pep.PEP) map[string]error {
	_, _, once := tx.Once(ctx, "another key", digest("a"), epoch)
	_, post := tx.Post(ctx, storage.RemindOn(p, journey.Meeting(), time.Now()))
	_, destroy := tx.Destroy(ctx, journey.Meeting(), 1)
	_, prune := tx.Prune(ctx, epoch, journey.Meeting(), 1)
	return map[string]error{
		"Save": tx.Save(ctx, p), "Once": once, "Record": tx.Record(ctx, "another key", storage.Outcome{}),
		"Post": post, "Destroy": destroy, "Prune": prune,
	}
}

// all requires that every error in errs wraps the expected error, kind.
func (e *env) all(kind error, errs map[string]error) {
	e.Helper()
	for name, err := range errs {
		require.ErrorIs(e, err, kind, name)
	}
}

func readerCloses(e *env) {
	j := e.save(e.plan("a").To(pep.Draft))
	var kept storage.Reader
	e.view(func(r storage.Reader) { kept = r })
	e.all(storage.ErrClosed, e.reads(e.ctx, kept, j.Plan.ID()))
}

func txCloses(e *env) {
	j := e.save(e.plan("a").To(pep.Draft))
	var kept storage.Tx
	e.update(func(tx storage.Tx) { kept = tx })
	j.Answer("late", 1)
	e.all(storage.ErrClosed, e.reads(e.ctx, kept, j.Plan.ID()))
	e.all(storage.ErrClosed, e.writes(e.ctx, kept, j.Plan))
	require.Equal(e, int64(1), e.load(j.Plan.ID()).Version())
}

func failedTxCloses(e *env) {
	j := e.plan("a").To(pep.Draft)
	var kept storage.Tx
	failure := errors.New("refused")
	require.Equal(e, failure, e.store.Update(e.ctx, func(tx storage.Tx) error { kept = tx; return failure }))
	e.all(storage.ErrClosed, e.writes(e.ctx, kept, j.Plan))
	e.absent(j.Plan.ID())
}

func listCloses(e *env) {
	j := e.save(e.plan("a").To(pep.Draft))
	var kept func(func(pep.Event, error) bool)
	e.view(func(r storage.Reader) { kept = r.History(e.ctx, j.Plan.ID()) })
	_, err := gather(e, kept)
	require.ErrorIs(e, err, storage.ErrClosed)
}

func atOnce(e *env) {
	const workers, rounds = 4, 10
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for n := range rounds {
				j := e.plan(fmt.Sprint("plan ", w, " ", n)).To(pep.Draft)
				e.noContention(e.trySave(j.Plan), func() error { return e.trySave(j.Plan) })
			}
		})
		wg.Go(func() {
			for range rounds {
				_ = e.store.View(e.ctx, func(r storage.Reader) error {
					_, err := gather(e, r.Plans(e.ctx, storage.Query{Scope: storage.Everything()}))
					return err
				})
			}
		})
	}
	wg.Wait()
	require.Len(e, e.list(storage.Query{Scope: storage.Everything()}), workers*rounds)
}

// noContention retries while the error is ErrContention, up to a hundred times: each
// time, it calls the function again. It fails the case if the last error is not nil.
func (e *env) noContention(err error, again func() error) {
	for n := 0; n < 100 && errors.Is(err, storage.ErrContention); n++ {
		err = again()
	}
	if err != nil {
		e.Errorf("%v", err)
	}
}

func afterClose(e *env) {
	j := e.save(e.plan("a").To(pep.Draft))
	require.NoError(e, e.store.(interface{ Close() error }).Close())
	nothing := func(storage.Reader) error { e.Errorf("fn was called after Close"); return nil }
	require.ErrorIs(e, e.store.View(e.ctx, nothing), storage.ErrClosed)
	require.ErrorIs(e, e.trySave(j.Answer("late", 1).Plan), storage.ErrClosed)
}

// hard lists texts that a careless store would change.
var hard = []string{
	"plain", "Case", "case", " leading", "trailing ", "tab\tnew\nline\r\n", "quote ' \" ` \\ %s $1 ? ; --",
	"caf\u00e9 (NFC)", "cafe\u0301 (NFD)", "nul \x00 within", "\x00", "𝒜𝓁𝒾 😀 (four bytes)", "\ufeffmark", "\u200bzero width",
	"Łukasz Ó Súilleabháin", "שלום", "{\"json\": [null]}", "<b>&amp;</b>", "N/A", "null", "1e5", "\u2028line", "\x7f",
}

func answersExact(e *env) {
	j := e.plan("a").To(pep.Draft)
	texts, n := map[string]string{}, 0
	for question := range forms.TemplateOf(j.Plan.Type()).Missing(1, 0) {
		texts[question] = hard[n%len(hard)]
		n++
	}
	for n := n; n < len(hard)+len(texts); n += len(texts) {
		want := forms.NewAnswers(texts)
		e.save(j.Do(pep.Answer{Section: 1, Answers: want}))
		e.sameAnswers(want, e.answers(j.Plan.ID(), 1, 1))
		for i, question := range slices.Sorted(maps.Keys(texts)) {
			texts[question] = hard[(n+i)%len(hard)]
		}
	}
	long := forms.NewAnswers(map[string]string{slices.Sorted(maps.Keys(texts))[0]: strings.Repeat("𝒜", forms.MaxAnswer)})
	e.save(j.Do(pep.Answer{Section: 1, Answers: long}))
	e.sameAnswers(long, e.answers(j.Plan.ID(), 1, 1))
}

func textsExact(e *env) {
	j := e.plan("a").To(pep.Draft)
	want := map[uuid.UUID]string{}
	for _, text := range append(hard, strings.Repeat("𝒜", record.MaxFileName)) {
		if forms.Judge(text) == forms.Blank {
			text = "not blank " + text
		}
		j.Do(pep.Attach{Name: private.NewText(text), Size: 1})
		last := j.Last()
		want[last.ID()] = text
	}
	long := strings.Repeat("long ", record.MaxText/len("long "))
	deleted := j.Do(pep.Delete{Reason: private.NewText(long)}).Last()
	want[deleted.ID()] = long
	e.save(j)
	for event, text := range want {
		got, ok := e.text(event)
		require.True(e, ok)
		require.Equal(e, []byte(text), []byte(got))
	}
	for _, ev := range e.history(j.Plan.ID()) {
		require.Equal(e, pep.DigestOf(private.NewText(want[ev.ID()])), ev.Digest)
	}
}

func keysExact(e *env) {
	keys := []storage.Key{
		"key", "Key", "KEY", "key ", " key", "key\x00", "key\x00a", "k\xffy", "k\xfey", "caf\u00e9", "cafe\u0301", "\x00",
		storage.Key(strings.Repeat("k", 200)), storage.Key(strings.Repeat("k", 199)), storage.Key(strings.Repeat("😀", 50)),
	}
	for n, key := range keys {
		e.update(func(tx storage.Tx) {
			once(e, tx, key, digest("a"))
			require.NoError(e, tx.Record(e.ctx, key, storage.Outcome{Version: int64(n)}))
		})
	}
	e.view(func(r storage.Reader) {
		for n, key := range keys {
			o, err := r.Outcome(e.ctx, key)
			require.NoError(e, err, "key %d", n)
			require.Equal(e, int64(n), o.Version, "key %d", n)
		}
	})
}

// sharp returns ids that only a comparison of unsigned bytes sorts correctly, and
// that a store might confuse if it kept them as text.
func sharp() []uuid.UUID {
	ids := []uuid.UUID{{15: 1}, {14: 1}, {0: 1}, {0: 0x7f}, {0: 0x80}, {0: 0xff}, {0: 0x41}, {0: 0x61}, {8: 0x80}, {8: 0x7f}, uuid.Max}
	slices.SortFunc(ids, func(a, b uuid.UUID) int { return strings.Compare(string(a[:]), string(b[:])) })
	return ids
}

func idsExact(e *env) {
	for n, id := range sharp() {
		j := e.plan(fmt.Sprint(n))
		j.Child.ID.UUID, j.School.ID.UUID = id, id
		j.Plan = pep.New(pep.ID{UUID: id})
		e.save(j.To(pep.Draft))
	}
	for _, id := range sharp() {
		p := e.load(pep.ID{UUID: id})
		require.Equal(e, id, p.ID().UUID)
		require.Equal(e, id, p.Child().UUID)
		require.Equal(e, id, p.Snapshot().Establishment.UUID)
	}
	for _, q := range []storage.Query{
		{Scope: storage.Everything()}, {Scope: storage.Tray(pep.SocialWorkerTray)},
		{Scope: storage.Everything(), Stages: []pep.Stage{pep.Draft}},
	} {
		var got []uuid.UUID
		for _, p := range e.list(q) {
			got = append(got, p.ID().UUID)
		}
		require.Equal(e, sharp(), got)
	}
}

func instantsExact(e *env) {
	j := e.plan("a").To(pep.Finalised)
	want := j.Plan.Pending()
	e.save(j)
	got := e.history(j.Plan.ID())
	require.Len(e, got, len(want))
	for i := range want {
		require.NotZero(e, want[i].At.Nanosecond()%1000, "the case needs an instant finer than a microsecond")
		require.Equal(e, storage.Instant(want[i].At), got[i].At)
		require.Equal(e, time.UTC, got[i].At.Location())
	}
}

func daysExact(e *env) {
	meetings := []string{"2026-01-31", "2026-02-28", "2026-03-29", "2026-03-31", "2026-04-01", "2026-10-25", "2026-12-31", "2027-01-01", "2028-02-29"}
	for _, day := range meetings {
		on, years := civil.MustParse(day), time.Duration(civil.MustParse(day).Year()-2026)
		j := e.save(e.plan(day).Wait(years * 365 * 24 * time.Hour).Start(on)) // so that the meeting date is allowed (TERM-8)
		require.Equal(e, day, e.load(j.Plan.ID()).Meeting().String())
		require.Equal(e, day, e.history(j.Plan.ID())[0].Meeting.String())
	}
}

func deterministic(e *env) {
	require.Equal(e, e.script(), e.other().script())
}

// script makes many changes to the store, and then returns everything that can be
// read from it.
func (e *env) script() []any {
	j := e.save(e.plan("a").To(pep.Delegated))
	e.save(j.Contribute("as seen", 3).Do(pep.Retract{ConfirmedWithSetting: true, Reason: private.NewText("moved")}))
	e.update(func(tx storage.Tx) {
		once(e, tx, "key", digest("a"))
		require.NoError(e, tx.Record(e.ctx, "key", storage.Outcome{Plan: j.Plan.ID(), Version: 3}))
		_, err := tx.Post(e.ctx, storage.RemindOn(j.Plan, journey.Meeting(), time.Unix(0, 0)))
		require.NoError(e, err)
	})
	all := []any{e.load(j.Plan.ID()).Snapshot()}
	for _, ev := range e.history(j.Plan.ID()) {
		text, _ := e.text(ev.ID())
		all = append(all, ev, ev.ID(), text)
	}
	for _, c := range e.sealed(j.Plan.ID()) {
		all = append(all, c.Version, c.Section, c.Until, c.Answers.Reveal(private.Deciding))
	}
	if box, ok := e.store.(storage.Outbox); ok {
		long := time.Date(1999, time.December, 31, 0, 0, 0, 0, time.UTC)
		first, err := box.Claim(e.ctx, 1, long, long.AddDate(2000, 0, 0))
		require.NoError(e, err)
		rest, err := box.Claim(e.ctx, most, long.AddDate(2000, 0, 0), long.AddDate(3000, 0, 0))
		require.NoError(e, err)
		require.NotEmpty(e, first)
		all = append(all, first, rest)
	}
	return all
}

// canary is a text that no error may show.
const canary = "Zebedee-Canary-77"

func errorsShowNothing(e *env) {
	j := e.plan("a").To(pep.Draft)
	e.save(j.Do(pep.Attach{Name: private.NewText(canary), Size: 1}).Answer(canary, 1))
	stale := e.load(j.Plan.ID())
	e.save(j.Answer(canary, 2))
	reader := func(fn func(r storage.Reader) error) error { return e.store.View(e.ctx, fn) }
	errs := []error{
		e.trySave(e.plan("a").With(stale).Answer(canary, 2).Plan),
		e.trySave(e.plan("a").To(pep.Draft).Answer(canary, 1).Plan),
		e.trySave(j.Next("b").To(pep.Draft).Answer(canary, 1).Plan),
		reader(func(r storage.Reader) error { _, err := r.Outcome(e.ctx, canary); return err }),
		reader(func(r storage.Reader) error { _, err := r.Text(e.ctx, uuid.Max); return err }),
		reader(func(r storage.Reader) error {
			_, err := gather(e, r.Plans(e.ctx, storage.Query{}))
			return err
		}),
		e.store.Update(e.ctx, func(tx storage.Tx) error {
			_, _, err := tx.Once(e.ctx, storage.Key(strings.Repeat(canary, 20)), pep.Digest{}, epoch)
			return err
		}),
	}
	for n, err := range errs {
		require.Error(e, err, "error %d", n)
		for _, format := range []string{"%v", "%+v", "%#v", "%q"} {
			require.NotContains(e, fmt.Sprintf(format, err), canary, "error %d", n)
		}
		require.True(e, known(err), "error %d is not one that the contract names", n)
	}
	require.NotContains(e, fmt.Sprintf("%v %+v %#v", e.store, e.store, e.store), canary)
}

// known reports whether the contract names err.
func known(err error) bool {
	for _, s := range sentinels {
		if errors.Is(err, s) {
			return true
		}
	}
	return rule.InvalidMember(err) != ""
}

var sentinels = []error{
	storage.ErrNotFound, storage.ErrConflict, storage.ErrExists, storage.ErrContention, storage.ErrOutcomeUnknown,
	storage.ErrKeyReused, storage.ErrClosed, storage.ErrSchema, storage.ErrUnsafe, storage.ErrUnavailable, storage.ErrDamaged,
	context.Canceled, context.DeadlineExceeded,
}

func contextAtEnd(e *env) {
	j := e.save(e.plan("a").To(pep.Draft))
	ended, cancel := context.WithCancel(e.ctx)
	cancel()
	require.ErrorIs(e, e.store.View(ended, func(storage.Reader) error { e.Errorf("called"); return nil }), context.Canceled)
	require.ErrorIs(e, e.store.Update(ended, func(storage.Tx) error { e.Errorf("called"); return nil }), context.Canceled)
	e.view(func(r storage.Reader) { e.all(context.Canceled, e.reads(ended, r, j.Plan.ID())) })
	j.Answer("late", 1)
	_ = e.store.Update(e.ctx, func(tx storage.Tx) error {
		e.all(context.Canceled, e.writes(ended, tx, j.Plan))
		return errors.New("enough")
	})
	require.Equal(e, int64(1), e.load(j.Plan.ID()).Version())
	if box, ok := e.store.(storage.Outbox); ok {
		_, err := box.Claim(ended, 1, time.Unix(0, 0), time.Unix(1, 0))
		require.ErrorIs(e, err, context.Canceled)
		require.ErrorIs(e, box.Delivered(ended, uuid.Max), context.Canceled)
	}
}

func listContextAtEnd(e *env) {
	for n := range 10 {
		e.save(e.plan(fmt.Sprint(n)).To(pep.Draft))
	}
	ctx, cancel := context.WithCancel(e.ctx)
	defer cancel()
	e.view(func(r storage.Reader) {
		n, failures := 0, 0
		for _, err := range r.Plans(ctx, storage.Query{Scope: storage.Everything()}) {
			if err != nil {
				require.ErrorIs(e, err, context.Canceled)
				failures++
			}
			if n++; n == 3 {
				cancel()
			}
			require.LessOrEqual(e, n, 11, "the list does not end")
		}
		require.Equal(e, 1, failures)
	})
}
