package memstore

import (
	"context"
	"encoding/binary"
	"flag"
	"runtime"
	"slices"
	"sync"
	"syscall"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/storage/internal/journey"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

var population = flag.Int("plans", 100_000, "how many plans the benchmarks work on")

// floor is the simplest store that a host could write for itself: a map and the same
// indexes, changed in place under a lock, with plans copied in and out. It cannot
// roll back, has no snapshots and checks only the version.
type floor struct {
	mu      sync.RWMutex
	plans   map[pep.ID]*plan
	open    map[record.ChildID]pep.ID
	indexes state // its trees are changed in place, because their owner never changes
}

func (f *floor) load(id pep.ID) (*pep.PEP, error) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	p, ok := f.plans[id]
	if !ok {
		return nil, storage.ErrNotFound
	}
	return pep.Restore(p.state)
}

func (f *floor) save(p *pep.PEP) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	old := f.plans[p.ID()]
	if old != nil && old.state.Version != p.Stored() {
		return storage.ErrConflict
	}
	next := &plan{state: p.Snapshot()}
	if old != nil {
		next.history, next.answers = old.history, old.answers
	}
	for _, c := range p.Content() {
		next.write(answers{c.Section, c.Revision, c.Answers})
	}
	next.history = append(next.history, p.Pending()...)
	f.plans[p.ID()], f.open[p.Child()] = next, p.ID()
	f.indexes.index(nil, old, next)
	return nil
}

// list returns at most n plans of an index, from one entry up to and including
// another.
func (f *floor) list(i index, from, to entry, n int) (found []*pep.PEP) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	for e := range f.indexes.indexes[i].from(from, func(e entry) bool { return e.compare(to) <= 0 && len(found) < n }) {
		found = f.add(found, e)
	}
	return found
}

// due returns the plans that are due on a day, in the order of plans.
func (f *floor) due(on civil.Date) (found []*pep.PEP) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	var all []entry
	for e := range f.indexes.indexes[byDue].from(entry{group: dayGroup(on)}, func(e entry) bool { return e.group == dayGroup(on) }) {
		all = append(all, e)
	}
	slices.SortFunc(all, entry.compare)
	for _, e := range all {
		found = f.add(found, e)
	}
	return found
}

func (f *floor) add(found []*pep.PEP, e entry) []*pep.PEP {
	if p, err := pep.Restore(f.plans[pep.ID{UUID: uuid.UUID(e.plan)}].state); err == nil {
		found = append(found, p)
	}
	return found
}

// town holds the benchmarks' plans, both in a store and in a floor.
type town struct {
	store    *Store
	floor    *floor
	ids      []pep.ID
	school   record.EstablishmentID // the last child's
	child    record.ChildID
	due      civil.Date // the due date of the last delegated plan
	act      *pep.Act
	contents [2]forms.Answers
}

// newTown makes the plans, first in the store and then in the floor: one plan for
// each child, a hundred children for each school, and a tenth of the plans delegated.
// It logs how much memory a plan takes in each.
func newTown(b *testing.B) *town {
	b.Helper()
	t := &town{store: New(), floor: &floor{plans: map[pep.ID]*plan{}, open: map[record.ChildID]pep.ID{}}}
	t.floor.indexes.owner = new(owner)
	ctx := context.Background()
	ours := growth(func() {
		require.NoError(b, t.store.Update(ctx, func(tx storage.Tx) error {
			return t.settle(b, func(p *pep.PEP) error { return tx.Save(ctx, p) })
		}))
	})
	t.ids = nil
	theirs := growth(func() { require.NoError(b, t.settle(b, t.floor.save)) })
	b.Logf("%d plans: %d bytes a plan, the floor %d: %.2f", *population,
		ours/uint64(*population), theirs/uint64(*population), float64(ours)/float64(theirs))
	j := journey.New(b, "town")
	t.contents = [2]forms.Answers{j.Start(journey.Meeting()).Answers(1, "one"), j.Answers(1, "two")}
	t.act = &pep.Act{
		By: record.PersonID{UUID: numberedID(1, 4)}, Role: pep.SocialWorker, At: j.Last().At,
		On: journey.Meeting(), Policy: pep.Lancashire(), Facts: pep.Facts{Child: j.Child},
	}
	return t
}

// settle makes the plans and saves each of them.
func (t *town) settle(b *testing.B, save func(*pep.PEP) error) error {
	for n := range *population {
		j := journey.New(b, "town")
		j.Child.ID.UUID, j.School.ID.UUID = numberedID(n, 1), numberedID(n/100, 2)
		j.Teacher.Establishment = j.School.ID
		j.Plan = pep.New(pep.ID{UUID: numberedID(n, 3)})
		j.Start(firstMeeting.AddDays(n % 200))
		if n%10 == 0 {
			j.To(pep.Delegated)
			t.due = j.Plan.Due()
		}
		t.ids, t.school, t.child = append(t.ids, j.Plan.ID()), j.School.ID, j.Child.ID
		if err := save(j.Plan); err != nil {
			return err
		}
	}
	return nil
}

var firstMeeting = civil.MustParse("2026-01-20")

// growth returns the number of bytes by which the heap grows while the function do
// runs.
func growth(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	do()
	runtime.GC()
	runtime.ReadMemStats(&after)
	return after.HeapAlloc - before.HeapAlloc
}

// numberedID returns an id for a number. The ids are scattered.
func numberedID(n, kind int) (u uuid.UUID) {
	binary.BigEndian.PutUint64(u[:], uint64(n+1)*0x9e3779b97f4a7c15)
	u[15] = byte(kind)
	return u
}

// draft returns the nth draft plan. Successive drafts are far apart.
func (t *town) draft(n int) pep.ID { return t.ids[(n*7919*10+1)%*population] }

func (t *town) step(p *pep.PEP, n int) error {
	return p.Do(t.act, pep.Answer{Section: 1, Answers: t.contents[n%2]})
}

// page returns the plans that the store selects for a query.
func (t *town) page(b *testing.B, q storage.Query) (found []*pep.PEP) {
	require.NoError(b, t.store.View(context.Background(), func(r storage.Reader) error {
		for p, err := range r.Plans(context.Background(), q) {
			if err != nil {
				return err
			}
			found = append(found, p)
		}
		return nil
	}))
	return found
}

// group returns the first and the last possible entry of a group, from the given day
// on.
func group(of id, from civil.Date) (first, last entry) {
	return entry{group: of, day: from}, entry{of, lastDay(record.Span{}), lastID}
}

// questions returns the lists to compare, each as a query for the store and a
// function for the floor.
func (t *town) questions() []question {
	middle := firstMeeting.AddDays(71)
	after := storage.Place{Meeting: middle}
	found := func(i index, of id, from civil.Date, n int) func() []*pep.PEP {
		first, last := group(of, from)
		return func() []*pep.PEP { return t.floor.list(i, first, last, n) }
	}
	autumn := term.Lancashire().Of(firstMeeting.AddDays(199))
	return []question{
		{"page of a tray", storage.Query{Scope: storage.Tray(pep.EstablishmentTray), After: after, Limit: 50},
			found(byStage, stageGroup(pep.Delegated), middle, 50)},
		{"page of a term", storage.Query{Scope: storage.Everything(), Term: autumn, Limit: 50},
			found(byTerm, termGroup(autumn), civil.Date{}, 50)},
		{"page by meeting", storage.Query{Scope: storage.Everything(), Meeting: record.Span{From: middle}, Limit: 50},
			found(byMeeting, id{}, middle, 50)},
		{"plans of an establishment", storage.Query{Scope: storage.Establishment(t.school)},
			found(byEstablishment, id(t.school.UUID), civil.Date{}, *population)},
		{"plans of a child", storage.Query{Scope: storage.Caseload(t.child)},
			found(byChild, id(t.child.UUID), civil.Date{}, *population)},
		{"plans due on a day", storage.Query{Scope: storage.Everything(), Due: record.Span{From: t.due, To: t.due.AddDays(1)}},
			func() []*pep.PEP { return t.floor.due(t.due) }},
		{"all plans", storage.Query{Scope: storage.Everything()},
			found(byMeeting, id{}, civil.Date{}, *population)},
	}
}

type question struct {
	name  string
	query storage.Query
	floor func() []*pep.PEP
}

// BenchmarkStore gives the store and the floor the same work in turns, so that other
// load on the machine affects both. It reports the processor time of each and their
// ratio. To run it on a million plans:
//
//	go test ./storage/memstore -run '^$' -bench . -timeout 0 -plans 1000000
func BenchmarkStore(b *testing.B) {
	t, ctx := newTown(b), context.Background()
	b.Run("load", func(b *testing.B) {
		both(b, 1000, func(n int) {
			require.NoError(b, t.store.View(ctx, func(r storage.Reader) error {
				_, err := r.Plan(ctx, t.draft(n))
				return err
			}))
		}, func(n int) {
			_, err := t.floor.load(t.draft(n))
			require.NoError(b, err)
		})
	})
	b.Run("load step save", func(b *testing.B) {
		both(b, 200, func(n int) {
			require.NoError(b, t.store.Update(ctx, func(tx storage.Tx) error {
				p, err := tx.Plan(ctx, t.draft(n))
				if err != nil {
					return err
				}
				if err := t.step(p, n); err != nil {
					return err
				}
				return tx.Save(ctx, p)
			}))
		}, func(n int) {
			p, err := t.floor.load(t.draft(n))
			require.NoError(b, err)
			require.NoError(b, t.step(p, n))
			require.NoError(b, t.floor.save(p))
		})
	})
	for _, q := range t.questions() {
		b.Run(q.name, func(b *testing.B) {
			found := q.floor()
			requireSame(b, found, t.page(b, q.query))
			both(b, 1+1000/len(found), func(int) { t.page(b, q.query) }, func(int) { q.floor() })
		})
	}
}

// requireSame requires the same plans in both lists, and at least one.
func requireSame(b *testing.B, want, got []*pep.PEP) {
	b.Helper()
	require.NotEmpty(b, want)
	require.Len(b, got, len(want))
	for i := range want {
		require.Equal(b, want[i].ID(), got[i].ID())
	}
}

// both measures the functions ours and floor alternately. Each measurement calls
// the function as many times as the argument turn says.
func both(b *testing.B, turn int, ours, floor func(n int)) {
	var took [2]float64
	for n := 0; b.Loop(); n += turn {
		for i, run := range [...]func(int){ours, floor} {
			from := used(b)
			for i := range turn {
				run(n + i)
			}
			took[i] += float64(used(b) - from)
		}
	}
	b.ReportMetric(0, "ns/op") // the zero hides ns/op, which would include both functions and other load on the machine
	b.ReportMetric(took[0]/float64(turn*b.N), "cpu-ns/ours")
	b.ReportMetric(took[1]/float64(turn*b.N), "cpu-ns/floor")
	b.ReportMetric(took[0]/took[1], "ours/floor")
}

func used(b *testing.B) int64 {
	var u syscall.Rusage
	require.NoError(b, syscall.Getrusage(syscall.RUSAGE_SELF, &u))
	return u.Utime.Nano() + u.Stime.Nano()
}
