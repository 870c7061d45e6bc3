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
}

func (t *tx) Save(ctx context.Context, p *pep.PEP) error {
	if err := t.usable(ctx); err != nil {
		return err
	}
	events := p.Pending()
	if len(events) == 0 {
		return nil
	}
	s := p.Snapshot()
	if err := t.putPlan(ctx, &s, p.Stored(), events); err != nil {
		return err
	}
	return t.happen(ctx, events, p.Content(), revisionBefore(&s, events))
}

// revisionBefore returns the revision that a plan had before its pending events.
func revisionBefore(s *pep.Snapshot, events []pep.Event) int {
	revision := s.Revision
	for i := range events {
		if events[i].Verb == pep.VerbRevise {
			revision--
		}
	}
	return revision
}

// putPlan writes the state of a plan. It is the first statement of a Save, so
// that one that is refused has written nothing.
func (t *tx) putPlan(ctx context.Context, s *pep.Snapshot, stored int64, events []pep.Event) error {
	id := t.id(&s.ID.UUID)
	text := body.OfSnapshot(s)
	if stored == 0 {
		args := append([]any{t.authority(), id, s.Version, t.id(&s.Child.UUID)}, t.searched(s, text)...)
		n, err := t.exec(ctx, "save", statement.InsertPlan, args...)
		if err == nil && n == 0 {
			return storage.ErrExists
		}
		return plainly(err)
	}
	by, args := statement.TouchPlan, []any{s.Version, text}
	if moved(events) {
		by, args = statement.UpdatePlan, append(args[:1], t.searched(s, text)...)
	}
	n, err := t.update(ctx, reopened(events), by, append(args, t.authority(), id, stored))
	if err == nil && n == 0 {
		err = t.passed(ctx, s.ID)
	}
	return plainly(err)
}

// update runs the update of a plan: one that a key may refuse, since the plan
// becomes open again, so that what went before it stays either way.
func (t *tx) update(ctx context.Context, refusable bool, by statement.ID, args []any) (n int64, err error) {
	if !refusable || t.store.engine.survives(fault.Unique) {
		return t.exec(ctx, "save", by, args...)
	}
	if _, err := t.exec(ctx, "save", statement.Mark); err != nil {
		return 0, err
	}
	n, err = t.exec(ctx, "save", by, args...)
	if !errors.Is(err, storage.ErrExists) {
		return n, err
	}
	t.broken, t.kind = nil, 0
	if _, undo := t.exec(ctx, "save", statement.BackToMark); undo != nil {
		return 0, undo
	}
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

// happen writes events with what belongs to each.
func (t *tx) happen(ctx context.Context, events []pep.Event, content []pep.Content, revision int) error {
	for i := range events {
		e := &events[i]
		if e.Verb == pep.VerbRevise {
			revision++
		}
		if err := t.putEvent(ctx, e, content); err != nil {
			return err
		}
		if !e.SealedUntil.IsZero() {
			if err := t.seal(ctx, e, revision); err != nil {
				return err
			}
		}
		if e.Notice != 0 {
			if _, err := t.post(ctx, storage.MessageOf(e)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *tx) putEvent(ctx context.Context, e *pep.Event, content []pep.Content) error {
	e.At = storage.Instant(e.At)
	if y := e.At.Year(); y < 1 || y > 9999 {
		return t.breaks(&rule.Invalid{Member: "at", Want: "an instant in the years 1 to 9999"})
	}
	_, err := t.exec(ctx, "save", statement.InsertEvent, t.authority(), t.id(&e.Plan.UUID), e.Version, body.OfEvent(e))
	if err != nil || len(content) == 0 {
		return err
	}
	id := e.ID()
	for i := range content {
		if c := &content[i]; c.Event == id {
			if err := t.putContent(ctx, e.Plan, c); err != nil {
				return err
			}
		}
	}
	return nil
}

// putContent writes the answers or the text that belongs to an event.
func (t *tx) putContent(ctx context.Context, plan pep.ID, c *pep.Content) error {
	var err error
	switch {
	case c.Section != 0:
		_, err = t.exec(ctx, "save", statement.PutAnswers,
			t.authority(), t.id(&plan.UUID), int64(c.Section), int64(c.Revision), column(c.Answers))
	case !c.Text.IsZero():
		_, err = t.exec(ctx, "save", statement.InsertText,
			t.authority(), t.id(&c.Event), t.id(&plan.UUID), t.text(c.Text.Reveal(private.Storing)))
	}
	return err
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
func (t *tx) seal(ctx context.Context, e *pep.Event, revision int) error {
	if err := t.store.engine.checkErasing(ctx, t.session); err != nil {
		return err
	}
	t.erases = true
	id := t.id(&e.Plan.UUID)
	_, err := t.exec(ctx, "save", statement.Seal,
		e.Version, revision, day(e.SealedUntil), t.authority(), id, revision)
	if err != nil {
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
	kept, outcome, _, err := t.entered(ctx, key)
	if err == nil && kept != digest {
		err = storage.ErrKeyReused
	}
	if err != nil {
		return storage.Outcome{}, false, err
	}
	return outcome, true, nil
}

func (t *tx) Record(ctx context.Context, key storage.Key, o storage.Outcome) error {
	if err := t.usable(ctx); err != nil {
		return err
	}
	if !slices.Contains(t.keys, key) {
		return storage.ErrNotFound
	}
	events := make([]byte, 0, 16*len(o.Events))
	for i := range o.Events {
		events = append(events, o.Events[i][:]...)
	}
	_, err := t.exec(ctx, "record", statement.Record, t.id(&o.Plan.UUID), o.Version, events, t.authority(), []byte(key))
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
	n, err := t.exec(ctx, "post", statement.Post, t.authority(), t.id(&m.ID), t.id(&m.Plan.UUID), m.Version, t.text(m.Kind),
		day(m.On), instant(m.At), int64(0), anytime, int64(0), waiting)
	return n == 1, err
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
