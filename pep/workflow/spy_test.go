package workflow_test

import (
	"context"
	"iter"
	"time"

	"github.com/google/uuid"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/term/civil"
)

// spy is a store that reports the name of each call before it makes the call. It
// reports to the function that the test supplies. If that function returns an error,
// the spy returns the error instead of making the call. Inside a View or an Update,
// the spy also reports the calls of the Reader, the Tx and the Register. It reports
// "commit" once the function passed to Update has returned nil.
type spy struct {
	storage.Plans
	call func(name string) error
}

func (s spy) View(ctx context.Context, fn func(storage.Reader) error) error {
	if err := s.call("View"); err != nil {
		return err
	}
	return s.Plans.View(ctx, func(r storage.Reader) error { return fn(spyReader{r, s.call}) })
}

func (s spy) Update(ctx context.Context, fn func(storage.Tx) error) error {
	if err := s.call("Update"); err != nil {
		return err
	}
	return s.Plans.Update(ctx, func(tx storage.Tx) error {
		if err := fn(spyTx{spyReader{tx, s.call}, tx}); err != nil {
			return err
		}
		return s.call("commit")
	})
}

type spyReader struct {
	r    storage.Reader
	call func(string) error
}

func (s spyReader) register() storage.Register { return s.r.(storage.Register) }

func (s spyReader) Plan(ctx context.Context, id pep.ID) (*pep.PEP, error) {
	return ask(s, "Plan", func() (*pep.PEP, error) { return s.r.Plan(ctx, id) })
}

func (s spyReader) Plans(ctx context.Context, q storage.Query) iter.Seq2[*pep.PEP, error] {
	return list(s, "Plans", s.r.Plans(ctx, q))
}

func (s spyReader) History(ctx context.Context, id pep.ID) iter.Seq2[pep.Event, error] {
	return list(s, "History", s.r.History(ctx, id))
}

func (s spyReader) Answers(ctx context.Context, id pep.ID, section, revision int) (forms.Answers, error) {
	return ask(s, "Answers", func() (forms.Answers, error) { return s.r.Answers(ctx, id, section, revision) })
}

func (s spyReader) Text(ctx context.Context, event uuid.UUID) (private.Text, error) {
	return ask(s, "Text", func() (private.Text, error) { return s.r.Text(ctx, event) })
}

func (s spyReader) Sealed(ctx context.Context, id pep.ID) iter.Seq2[storage.Sealed, error] {
	return list(s, "Sealed", s.r.Sealed(ctx, id))
}

func (s spyReader) Outcome(ctx context.Context, key storage.Key) (storage.Outcome, error) {
	return ask(s, "Outcome", func() (storage.Outcome, error) { return s.r.Outcome(ctx, key) })
}

func (s spyReader) Child(ctx context.Context, id record.ChildID) (record.Child, error) {
	return ask(s, "Child", func() (record.Child, error) { return s.register().Child(ctx, id) })
}

func (s spyReader) Children(ctx context.Context, born record.Span, after record.ChildID) iter.Seq2[record.Child, error] {
	return list(s, "Children", s.register().Children(ctx, born, after))
}

func (s spyReader) Establishment(ctx context.Context, id record.EstablishmentID) (record.Establishment, error) {
	return ask(s, "Establishment", func() (record.Establishment, error) { return s.register().Establishment(ctx, id) })
}

func (s spyReader) Contributor(ctx context.Context, id record.ContributorID) (record.Contributor, error) {
	return ask(s, "Contributor", func() (record.Contributor, error) { return s.register().Contributor(ctx, id) })
}

func (s spyReader) Contributors(ctx context.Context, of record.EstablishmentID) iter.Seq2[record.Contributor, error] {
	return list(s, "Contributors", s.register().Contributors(ctx, of))
}

func (s spyReader) Caseload(ctx context.Context, worker record.PersonID) iter.Seq2[record.Child, error] {
	return list(s, "Caseload", s.register().Caseload(ctx, worker))
}

type spyTx struct {
	spyReader
	tx storage.Tx
}

func (s spyTx) Save(ctx context.Context, p *pep.PEP) error {
	if err := s.call("Save"); err != nil {
		return err
	}
	return s.tx.Save(ctx, p)
}

func (s spyTx) Once(ctx context.Context, key storage.Key, digest pep.Digest, at time.Time) (storage.Outcome, bool, error) {
	if err := s.call("Once"); err != nil {
		return storage.Outcome{}, false, err
	}
	return s.tx.Once(ctx, key, digest, at)
}

func (s spyTx) Record(ctx context.Context, key storage.Key, o storage.Outcome) error {
	if err := s.call("Record"); err != nil {
		return err
	}
	return s.tx.Record(ctx, key, o)
}

func (s spyTx) Post(ctx context.Context, m storage.Message) (bool, error) {
	return ask(s.spyReader, "Post", func() (bool, error) { return s.tx.Post(ctx, m) })
}

func (s spyTx) Destroy(ctx context.Context, on civil.Date, limit int) ([]storage.Sealed, error) {
	return ask(s.spyReader, "Destroy", func() ([]storage.Sealed, error) { return s.tx.Destroy(ctx, on, limit) })
}

func (s spyTx) Prune(ctx context.Context, before time.Time, on civil.Date, limit int) (storage.Pruned, error) {
	return ask(s.spyReader, "Prune", func() (storage.Pruned, error) { return s.tx.Prune(ctx, before, on, limit) })
}

// ask tells the spy about a call, and then makes it.
func ask[T any](s spyReader, name string, call func() (T, error)) (T, error) {
	if err := s.call(name); err != nil {
		var none T
		return none, err
	}
	return call()
}

// list does what ask does, for a call that returns an iterator.
func list[T any](s spyReader, name string, all iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		if err := s.call(name); err != nil {
			var none T
			yield(none, err)
			return
		}
		all(yield)
	}
}

// twice is a store that runs every transaction twice. It rolls back the first run,
// as a store does when it cannot serialise the transaction.
type twice struct{ storage.Plans }

func (s twice) View(ctx context.Context, fn func(storage.Reader) error) error {
	if err := s.Plans.View(ctx, fn); err != nil {
		return err
	}
	return s.Plans.View(ctx, fn)
}

func (s twice) Update(ctx context.Context, fn func(storage.Tx) error) error {
	err := s.Plans.Update(ctx, func(tx storage.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		return storage.ErrContention
	})
	if err != storage.ErrContention {
		return err
	}
	return s.Plans.Update(ctx, fn)
}
