package workflow_test

import (
	"context"
	"iter"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/peptest"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/term"
)

// damaging is a store in which one plan and one child's record are damaged.
type damaging struct {
	storage.Plans
	plan  pep.ID
	child record.ChildID
}

func (s *damaging) View(ctx context.Context, fn func(storage.Reader) error) error {
	return s.Plans.View(ctx, func(r storage.Reader) error {
		return fn(damagedReader{r, r.(storage.Register), r.(storage.Payments), s})
	})
}

func (s *damaging) Update(ctx context.Context, fn func(storage.Tx) error) error {
	return s.Plans.Update(ctx, func(tx storage.Tx) error {
		return fn(damagedTx{tx, tx.(storage.Registrar), damagedReader{tx, tx.(storage.Register), tx.(storage.Payments), s}})
	})
}

type damagedReader struct {
	storage.Reader
	storage.Register
	storage.Payments
	of *damaging
}

type damagedTx struct {
	storage.Tx
	storage.Registrar
	reader damagedReader
}

var errPlan = &storage.Error{Op: "plan", Err: storage.ErrDamaged}

func (r damagedReader) Plans(ctx context.Context, q storage.Query) iter.Seq2[*pep.PEP, error] {
	return func(yield func(*pep.PEP, error) bool) {
		for p, err := range r.Reader.Plans(ctx, q) {
			if err == nil && p.ID() == r.of.plan {
				p, err = nil, &storage.Error{Op: "plan", Plan: r.of.plan, Err: storage.ErrDamaged}
			}
			if !yield(p, err) {
				return
			}
		}
	}
}

func (r damagedReader) Plan(ctx context.Context, id pep.ID) (*pep.PEP, error) {
	if id == r.of.plan {
		return nil, errPlan
	}
	return r.Reader.Plan(ctx, id)
}

func (r damagedReader) Children(ctx context.Context, born record.Span, after record.ChildID) iter.Seq2[record.Child, error] {
	return r.some(r.Register.Children(ctx, born, after))
}

func (r damagedReader) Caseload(ctx context.Context, of record.PersonID) iter.Seq2[record.Child, error] {
	return r.some(r.Register.Caseload(ctx, of))
}

// some iterates over the children of a list, with an error in place of the child whose
// record is damaged.
func (r damagedReader) some(list iter.Seq2[record.Child, error]) iter.Seq2[record.Child, error] {
	return func(yield func(record.Child, error) bool) {
		for c, err := range list {
			if err == nil && c.ID == r.of.child {
				c, err = record.Child{}, &storage.Error{Op: "children", Err: storage.ErrDamaged}
			}
			if !yield(c, err) {
				return
			}
		}
	}
}

func (t damagedTx) Plans(ctx context.Context, q storage.Query) iter.Seq2[*pep.PEP, error] {
	return t.reader.Plans(ctx, q)
}

func (t damagedTx) Plan(ctx context.Context, id pep.ID) (*pep.PEP, error) {
	return t.reader.Plan(ctx, id)
}

// TestADamagedPlanStopsNoList: every list names the damaged plan and still contains
// the others.
func TestADamagedPlanStopsNoList(t *testing.T) {
	t.Parallel()
	var store damaging
	w := peptest.New(t, func(c *workflow.Config) { store.Plans = c.Plans; c.Plans = &store })
	bad, good := w.At(1, pep.Delegated), w.At(2, pep.Delegated)
	paid := w.At(4, pep.Finalised)
	store.plan, store.child = bad.ID(), w.Child(3)
	teacher, worker, support := peptest.Actor(pep.DesignatedTeacher), peptest.Actor(pep.SocialWorker), peptest.Actor(pep.BusinessSupport)

	_, err := w.Look(t.Context(), teacher, bad.ID())
	require.Equal(t, workflow.Damaged, workflow.KindOf(err))

	page, err := w.Tray(t.Context(), teacher, workflow.TrayQuery{})
	require.NoError(t, err)
	require.Equal(t, []pep.ID{good.ID()}, seen(page.Views))
	require.Equal(t, []pep.ID{bad.ID()}, failedOf(page.Failed))

	everything := storage.Query{Scope: storage.Everything()}
	views, err := w.LookAll(t.Context(), support, everything)
	require.NoError(t, err)
	require.Equal(t, bad.ID(), views[len(views)-1].Failed.Plan)
	views, err = w.LookAll(t.Context(), worker, everything)
	require.NoError(t, err)
	require.ElementsMatch(t, []pep.ID{good.ID(), paid.ID()}, seen(views)) // nobody knows which case the damaged plan belongs to

	list := w.Missing(t.Context(), support, term.MustParse("SPRING 2026"))
	errs, children := 0, 0
	for _, err := range list.All() {
		if children++; err != nil {
			require.Equal(t, workflow.Damaged, workflow.KindOf(err))
			errs++
		}
	}
	require.Equal(t, 4, children)
	require.Equal(t, 2, errs) // the child of the damaged plan, and the child whose record is damaged

	run, err := w.PreviewPayments(t.Context(), support, term.MustParse("SPRING 2026"))
	require.NoError(t, err)
	require.Len(t, run.Lines, 1)
	require.Equal(t, []pep.ID{bad.ID()}, failedOf(run.Failed))

	w.Clock.Noon(w.Today().AddDays(31))
	report, err := w.RunDay(t.Context(), w.Today())
	require.NoError(t, err)
	require.Equal(t, []pep.ID{good.ID()}, plansOf(report.Overdue))
	require.Contains(t, failedOf(report.Failed), bad.ID())
	require.Contains(t, failedOf(report.Failed), pep.ID{})
}

func seen(views []workflow.View) (ids []pep.ID) {
	for _, v := range views {
		ids = append(ids, v.Plan.ID())
	}
	return ids
}

func failedOf(errs []*workflow.Error) (ids []pep.ID) {
	for _, e := range errs {
		ids = append(ids, e.Plan)
	}
	return ids
}

func plansOf(tasks []workflow.Task) (ids []pep.ID) {
	for _, i := range tasks {
		ids = append(ids, i.Plan)
	}
	return ids
}

// erasing is a store whose files need erasing. Its Erase returns an error that the
// test chooses.
type erasing struct {
	storage.Plans
	err   error
	times int
}

func (e *erasing) Erase(context.Context) error {
	e.times++
	return e.err
}

func TestTheDaysWorkErasesTheFiles(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		err  error
		want workflow.Kind
	}{
		{"erased", nil, 0},
		{"somebody else is using the files", &storage.Error{Op: "erase", Err: storage.ErrContention}, 0},
		{"the database has failed", &storage.Error{Op: "erase", Err: storage.ErrUnavailable}, workflow.KindOf(storage.ErrUnavailable)},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			store := erasing{err: c.err}
			w := peptest.New(t, func(config *workflow.Config) { store.Plans = config.Plans; config.Plans = &store })
			_, err := w.RunDay(t.Context(), w.Today())
			require.Equal(t, c.want, workflow.KindOf(err))
			require.Equal(t, 1, store.times)
		})
	}
}
