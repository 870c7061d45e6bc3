package sqlstore

import (
	"context"
	"errors"
	"slices"

	"github.com/google/uuid"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore/internal/body"
	"virtualschool.example/storage/sqlstore/internal/fault"
	"virtualschool.example/storage/sqlstore/internal/statement"
	"virtualschool.example/term/civil"
)

// tx is a transaction that writes.
type tx struct {
	reader
	keys []storage.Key // those entered in it
	held *recorded     // an outcome that is not written yet
}

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
	return t.happen(ctx, p, events)
}

// happen writes events one by one, the state of their plan with the first.
func (t *tx) happen(ctx context.Context, p *pep.PEP, events []pep.Event) error {
	s, content := p.Snapshot(), p.Content()
	w := step{plan: &s, stored: p.Stored(), pending: events}
	for i := range events {
		e := &events[i]
		t.describe(&w, e, content)
		if err := t.store.engine.put(ctx, t, &w); err != nil {
			return err
		}
		if !e.SealedUntil.IsZero() {
			if err := t.seal(ctx, e); err != nil {
				return err
			}
		}
		w.stored, w.pending = s.Version, nil
	}
	return nil
}

// step is one event with what belongs to it, as statements take it after the
// authority and the plan; what there is none of is nil. The first step of a
// Save has the plan's state and all pending events.
type step struct {
	plan                         *pep.Snapshot
	stored                       int64
	pending                      []pep.Event
	event, answers, text, notice []any
}

// describe sets what an event writes. It has one content at most.
func (t *tx) describe(w *step, e *pep.Event, content []pep.Content) {
	w.event, w.answers, w.text, w.notice = []any{e.Version, body.OfEvent(e)}, nil, nil, nil
	if e.Notice != 0 {
		w.notice = t.queued(storage.MessageOf(e))
	}
	if len(content) == 0 {
		return
	}
	id := e.ID()
	for i := range content {
		switch c := &content[i]; {
		case c.Event != id:
		case c.Section != 0:
			w.answers = []any{int64(c.Section), int64(c.Revision), column(c.Answers)}
		case !c.Text.IsZero():
			w.text = []any{t.id(&c.Event), t.text(c.Text.Reveal(private.Storing))}
		}
	}
}

// saving is the statements by which an engine writes the state of a plan: one
// never stored, one stored, and one of which nothing changed that plans are
// searched by.
type saving struct{ insert, update, touch statement.ID }

// putPlan writes the state of a plan, with whatever else the statement takes.
// It is the first of a Save, so that one that is refused has written nothing.
func (t *tx) putPlan(ctx context.Context, by saving, w *step, also ...any) error {
	s := w.plan
	id, text := t.id(&s.ID.UUID), body.OfSnapshot(s)
	if w.stored == 0 {
		args := append([]any{t.authority(), id, s.Version, t.id(&s.Child.UUID)}, t.searched(s, text)...)
		n, err := t.exec(ctx, "save", by.insert, append(args, also...)...)
		if err == nil && n == 0 {
			return storage.ErrExists
		}
		return plainly(err)
	}
	change, args := by.touch, []any{s.Version, text}
	if by.touch == by.update || moved(w.pending) {
		change, args = by.update, append(args[:1], t.searched(s, text)...)
	}
	args = append(args, t.authority(), id, w.stored)
	n, err := t.update(ctx, reopened(w.pending), change, append(args, also...))
	if err == nil && n == 0 {
		err = t.passed(ctx, s.ID)
	}
	return plainly(err)
}

// update runs the update of a plan: one that a key may refuse, since the plan
// becomes open again, after a savepoint, so that what went before it stays
// either way. That one ends with the transaction, or with the savepoint around it.
func (t *tx) update(ctx context.Context, refusable bool, by statement.ID, args []any) (n int64, err error) {
	if !refusable || t.store.engine.survives(fault.Unique) {
		return t.exec(ctx, "save", by, args...)
	}
	if err := t.look(ctx); err != nil { // it sets a bound on waiting, which is not to be undone
		return 0, err
	}
	place := t.store.savepoint()
	if err := t.move(ctx, place.Set()); err != nil {
		return 0, t.fail("save", err)
	}
	n, err = t.exec(ctx, "save", by, args...)
	if !errors.Is(err, storage.ErrExists) {
		return n, err
	}
	if undo := t.move(ctx, place.Undo()); undo != nil {
		return 0, t.fail("save", undo)
	}
	t.broken, t.kind = nil, 0
	return 0, err
}

// reopened reports whether events make a plan open that was not.
func reopened(events []pep.Event) bool {
	for i := range events {
		if e := &events[i]; e.To.Open() && !e.From.Open() {
			return true
		}
	}
	return false
}

// searched returns the columns by which plans are searched and that change,
// and the body after them.
func (t *tx) searched(s *pep.Snapshot, text string) []any {
	return []any{
		t.id(&s.Establishment.UUID), int64(s.Stage), termNumber(s.Term), day(s.Meeting), day(s.Due), int64(s.Grade), text,
	}
}

// moved reports whether events may have changed a column by which plans are
// searched: each event says what it sets.
func moved(events []pep.Event) bool {
	for i := range events {
		e := &events[i]
		if e.From != e.To || !e.Establishment.IsZero() || !e.Term.IsZero() || !e.Meeting.IsZero() || !e.Due.IsZero() || e.Grade != 0 {
			return true
		}
	}
	return false
}

// plainly returns storage.ErrExists as itself: a taken key is an answer here,
// not a failure of the database.
func plainly(err error) error {
	if errors.Is(err, storage.ErrExists) {
		return storage.ErrExists
	}
	return err
}

// passed returns why no row had the version that a plan was read at.
func (t *tx) passed(ctx context.Context, id pep.ID) error {
	var version int64
	found, err := t.row(ctx, "save", statement.Version, []any{&version}, t.authority(), t.id(&id.UUID))
	switch {
	case err != nil:
		return err
	case !found:
		return storage.ErrNotFound
	}
	return storage.ErrConflict
}

// column returns answers as a column holds them: NULL where there is none.
func column(a forms.Answers) any {
	if a.IsZero() {
		return nil
	}
	return body.OfAnswers(a.Reveal(private.Storing))
}

// seal moves the answers of a plan, as they stand at a revision, into sealed
// copies; the sections are blank at that revision from then on.
func (t *tx) seal(ctx context.Context, e *pep.Event) error {
	if err := t.store.engine.checkErasing(ctx, t.session); err != nil {
		return err
	}
	t.erases = true
	id := t.id(&e.Plan.UUID)
	_, err := t.exec(ctx, "save", statement.Seal,
		e.Version, e.Revision, day(e.SealedUntil), t.authority(), id, e.Revision)
	if err != nil || t.store.texts[statement.Clear].SQL == "" { // the one did both
		return err
	}
	_, err = t.exec(ctx, "save", statement.Clear, t.authority(), id, e.Version)
	return err
}

func (t *tx) Once(ctx context.Context, key storage.Key, digest pep.Digest) (storage.Outcome, bool, error) {
	if err := t.usable(ctx); err != nil {
		return storage.Outcome{}, false, err
	}
	if err := key.Check(); err != nil {
		return storage.Outcome{}, false, err
	}
	n, err := t.exec(ctx, "once", statement.InsertKey, t.authority(), []byte(key), digest[:], t.id(&noID), int64(0), []byte{})
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

// Record holds an outcome back: where the next statement is a Save, it is
// written with it.
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

// outcome returns what of a held outcome is set, nil where none is held.
func (t *tx) outcome() []any {
	if t.held == nil {
		return nil
	}
	return []any{t.id(&t.held.plan.UUID), t.held.version, t.held.events}
}

// flush writes what is held back, before anything that might read it.
func (t *tx) flush(ctx context.Context) error {
	if t.held == nil {
		return t.usable(ctx)
	}
	_, err := t.exec(ctx, "record", statement.Record, append(t.outcome(), t.authority(), []byte(t.held.key))...)
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
	return t.post(ctx, m)
}

// post queues a message, and reports whether its id is new.
func (t *tx) post(ctx context.Context, m storage.Message) (bool, error) {
	args := append([]any{t.authority(), t.id(&m.Plan.UUID)}, t.queued(m)...)
	n, err := t.exec(ctx, "post", statement.Post, args...)
	return n == 1, err
}

// queued returns a new message as a statement takes it, after its plan.
func (t *tx) queued(m storage.Message) []any {
	return []any{
		t.id(&m.ID), m.Version, t.text(m.Kind), day(m.On), instant(m.At), int64(0), anytime, int64(0), waiting,
	}
}

func (t *tx) Destroy(ctx context.Context, on civil.Date, limit int) (int, error) {
	if err := t.usable(ctx); err != nil || limit < 1 {
		return 0, err
	}
	if err := t.store.engine.checkErasing(ctx, t.session); err != nil {
		return 0, err
	}
	n, err := t.exec(ctx, "destroy", statement.Destroy, t.authority(), day(on), int64(limit))
	t.erases = t.erases || n > 0
	return int(n), err
}
