package sqlstore

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore/internal/statement"
	"virtualschool.example/term/civil"
)

// tx is a transaction that writes.
type tx struct {
	reader
	keys []storage.Key // the keys that were entered in this transaction
	held *recorded     // an outcome that is not written yet
}

// Save writes a plan with its pending events. It returns a *rule.Invalid if the instant
// of an event is not in the years 1 to 9999.
func (t *tx) Save(ctx context.Context, p *pep.PEP) error {
	if err := t.usable(ctx); err != nil {
		return err
	}
	events := p.Pending()
	if len(events) == 0 {
		return nil
	}
	for i := range events {
		e := &events[i]
		e.At = storage.Instant(e.At)
		if y := e.At.Year(); y < 1 || y > 9999 {
			return &rule.Invalid{Member: "at", Want: "an instant in the years 1 to 9999"}
		}
	}
	return t.store.engine.save(ctx, t, p, events)
}

func (t *tx) Once(ctx context.Context, key storage.Key, digest pep.Digest, at time.Time) (storage.Outcome, bool, error) {
	if err := t.usable(ctx); err != nil {
		return storage.Outcome{}, false, err
	}
	if err := key.Check(); err != nil {
		return storage.Outcome{}, false, err
	}
	n, err := t.exec(ctx, "once", statement.InsertKey, t.authority(), []byte(key), digest[:], t.id(&noID), int64(0), []byte{}, instant(at))
	if err != nil {
		return storage.Outcome{}, false, err
	}
	if n == 1 {
		t.keys = append(t.keys, key)
		return storage.Outcome{}, false, nil
	}
	if err := t.flush(ctx); err != nil {
		return storage.Outcome{}, false, err
	}
	kept, outcome, _, err := t.entered(ctx, statement.Repeated, key)
	if err == nil && kept != digest {
		err = storage.ErrKeyReused
	}
	if err != nil {
		return storage.Outcome{}, false, err
	}
	return outcome, true, nil
}

func (t *tx) Outcome(ctx context.Context, key storage.Key) (storage.Outcome, error) {
	if err := t.flush(ctx); err != nil {
		return storage.Outcome{}, err
	}
	return t.reader.Outcome(ctx, key)
}

// Record holds the outcome back, so that a following Save can write it too.
func (t *tx) Record(ctx context.Context, key storage.Key, o storage.Outcome) error {
	if err := t.usable(ctx); err != nil {
		return err
	}
	if !slices.Contains(t.keys, key) {
		return storage.ErrNotFound
	}
	if err := t.flush(ctx); err != nil {
		return err
	}
	events := make([]byte, 0, 16*len(o.Events))
	for i := range o.Events {
		events = append(events, o.Events[i][:]...)
	}
	t.held = &recorded{key, o.Plan, o.Version, events}
	return nil
}

// recorded is the outcome of a key.
type recorded struct {
	key     storage.Key
	plan    pep.ID
	version int64
	events  []byte
}

// outcome returns the columns to set for the outcome that is held back, and its key. Both
// are nil if no outcome is held back.
func (t *tx) outcome() (set []any, key any) {
	if t.held == nil {
		return nil, nil
	}
	return []any{t.id(&t.held.plan.UUID), t.held.version, t.held.events}, []byte(t.held.key)
}

// flush writes the outcome that is held back, before anything that might read it.
func (t *tx) flush(ctx context.Context) error {
	if t.held == nil {
		return t.usable(ctx)
	}
	set, key := t.outcome()
	_, err := t.exec(ctx, "record", statement.Record, append(set, t.authority(), key)...)
	if err == nil {
		t.held = nil
	}
	return err
}

func (t *tx) Post(ctx context.Context, m storage.Message) (bool, error) {
	if err := t.usable(ctx); err != nil {
		return false, err
	}
	if m.ID == (uuid.UUID{}) {
		return false, &rule.Invalid{Member: "id", Want: "an id"}
	}
	args := append([]any{t.authority(), t.id(&m.Plan.UUID)}, t.queued(m)...)
	n, err := t.exec(ctx, "post", statement.Post, args...)
	return n == 1, err
}

// queued returns the parameters of statement.Post for a message, except the authority and
// the plan.
func (t *tx) queued(m storage.Message) []any {
	return []any{
		t.id(&m.ID), m.Version, int64(m.Part), t.text(m.Kind), m.Verb.String(),
		t.id(&m.Child.UUID), t.id(&m.Establishment.UUID), t.id(&m.Contributor.UUID), day(m.On), instant(m.At),
		flag(m.Alert()),
	}
}

func (t *tx) Destroy(ctx context.Context, on civil.Date, limit int) (gone []storage.Sealed, err error) {
	if err := t.usable(ctx); err != nil || limit < 1 {
		return nil, err
	}
	if err := t.store.engine.checkErasing(ctx, t.session); err != nil {
		return nil, err
	}
	if err := t.writable(ctx); err != nil {
		return nil, err
	}
	err = t.find(ctx, "destroy", statement.Destroy, func(scan scanner) error {
		var c storage.Sealed
		var plan []byte
		var until int64
		err := scan(&plan, &c.Version, &c.Section, &c.Revision, &until)
		c.Plan.UUID, c.Until = idOf(plan), dayOf(until)
		gone = append(gone, c)
		return err
	}, t.authority(), day(on), int64(limit))
	if err != nil {
		return nil, err
	}
	t.erases = t.erases || len(gone) > 0
	return gone, nil
}

func (t *tx) Prune(ctx context.Context, before time.Time, on civil.Date, limit int) (gone storage.Pruned, err error) {
	if err := t.flush(ctx); err != nil || limit < 1 {
		return gone, err
	}
	messages, err := t.exec(ctx, "prune", statement.PruneMessages, t.authority(), instant(before), day(on), int64(limit))
	if err != nil {
		return gone, err
	}
	keys, err := t.exec(ctx, "prune", statement.PruneKeys, t.authority(), instant(before), int64(limit))
	if err != nil {
		return gone, t.breaks(err) // the messages are gone
	}
	return storage.Pruned{Messages: int(messages), Keys: int(keys)}, nil
}
