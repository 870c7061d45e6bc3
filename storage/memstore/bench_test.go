package memstore

import (
	"context"
	"encoding/binary"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/storage/internal/journey"
	"virtualschool.example/term/civil"
)

// population is how many plans the benchmarks work on.
const population = 100_000

// floor is what a host would write for itself: a map and the same indexes
// under a lock, changed in place, with plans copied in and out. It has no
// rollback, no snapshot and no check but the version.
type floor struct {
	mu      sync.RWMutex
	plans   map[pep.ID]*plan
	open    map[record.ChildID]pep.ID
	indexes state // changed in place: its owner never changes
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
		next.write(answers{int(c.Section), c.Revision, c.Answers})
	}
	next.history = append(next.history, p.Pending()...)
	f.plans[p.ID()], f.open[p.Child()] = next, p.ID()
	f.indexes.index(old, next)
	return nil
}

func (f *floor) list(index index, group id, after entry, n int) (found []*pep.PEP) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	after.group = group
	for e := range f.indexes.indexes[index].from(after, func(e entry) bool { return e.group == group && len(found) < n }) {
		p, err := pep.Restore(f.plans[pep.ID{UUID: uuid.UUID(e.plan)}].state)
		if err == nil {
			found = append(found, p)
		}
	}
	return found
}

// town is the plans of the benchmarks, in a store and on the floor.
type town struct {
	store    *Store
	floor    *floor
	ids      []pep.ID
	school   record.EstablishmentID
	act      *pep.Act
	contents [2]forms.Answers
}

// newTown makes the plans: one of each child, a hundred children a school, a
// tenth of them delegated.
func newTown(b *testing.B) *town {
	b.Helper()
	t := &town{store: New(), floor: &floor{plans: map[pep.ID]*plan{}, open: map[record.ChildID]pep.ID{}}}
	t.floor.indexes.owner = new(owner)
	ctx := context.Background()
	require.NoError(b, t.store.Update(ctx, func(tx storage.Tx) error {
		for n := range population {
			j := journey.New(b, "town")
			j.Child.ID.UUID, j.School.ID.UUID = numberedID(n, 1), numberedID(n/100, 2)
			j.Teacher.Establishment = j.School.ID
			j.Plan = pep.New(pep.ID{UUID: numberedID(n, 3)})
			j.Start(civil.MustParse("2026-01-20").AddDays(n % 200))
			if n%10 == 0 {
				j.To(pep.Delegated)
			}
			t.ids = append(t.ids, j.Plan.ID())
			if err := tx.Save(ctx, j.Plan); err != nil {
				return err
			}
			if err := t.floor.save(j.Plan); err != nil {
				return err
			}
			t.school, t.contents = j.School.ID, [2]forms.Answers{j.Answers(1, "one"), j.Answers(1, "two")}
		}
		return nil
	}))
	j := journey.New(b, "town")
	t.act = &pep.Act{
		By: record.PersonID{UUID: numberedID(1, 4)}, Role: pep.SocialWorker, At: j.Start(journey.Meeting()).Last().At,
		On: journey.Meeting(), Policy: pep.Lancashire(), Facts: pep.Facts{Child: j.Child},
	}
	return t
}

// numberedID scatters numbers over the ids.
func numberedID(n, kind int) (u uuid.UUID) {
	binary.BigEndian.PutUint64(u[:], uint64(n+1)*0x9e3779b97f4a7c15)
	u[15] = byte(kind)
	return u
}

// draft returns a plan that is a draft, another at each call.
func (t *town) draft(n int) pep.ID { return t.ids[(n*7919*10+1)%population] }

func (t *town) step(p *pep.PEP, n int) error {
	return p.Answer(t.act, pep.Answer{Section: 1, Answers: t.contents[n%2]})
}

func BenchmarkStore(b *testing.B) {
	t, ctx := newTown(b), context.Background()
	b.Run("load/ours", func(b *testing.B) {
		b.ReportAllocs()
		for n := 0; b.Loop(); n++ {
			require.NoError(b, t.store.View(ctx, func(r storage.Reader) error {
				_, err := r.Plan(ctx, t.draft(n))
				return err
			}))
		}
	})
	b.Run("load/floor", func(b *testing.B) {
		b.ReportAllocs()
		for n := 0; b.Loop(); n++ {
			_, err := t.floor.load(t.draft(n))
			require.NoError(b, err)
		}
	})
	b.Run("load step save/ours", func(b *testing.B) {
		b.ReportAllocs()
		for n := 0; b.Loop(); n++ {
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
		}
	})
	b.Run("load step save/floor", func(b *testing.B) {
		b.ReportAllocs()
		for n := 0; b.Loop(); n++ {
			p, err := t.floor.load(t.draft(n))
			require.NoError(b, err)
			require.NoError(b, t.step(p, n))
			require.NoError(b, t.floor.save(p))
		}
	})
	page := func(q storage.Query) int {
		found := 0
		require.NoError(b, t.store.View(ctx, func(r storage.Reader) error {
			for _, err := range r.Plans(ctx, q) {
				if err != nil {
					return err
				}
				found++
			}
			return nil
		}))
		return found
	}
	middle := storage.Place{Meeting: civil.MustParse("2026-04-01")}
	b.Run("page of a tray/ours", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			require.Equal(b, 50, page(storage.Query{Scope: storage.Tray(pep.EstablishmentTray), After: middle, Limit: 50}))
		}
	})
	b.Run("page of a tray/floor", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			require.Len(b, t.floor.list(byStage, stageGroup(pep.Delegated), entry{day: middle.Meeting}, 50), 50)
		}
	})
	b.Run("plans of an establishment/ours", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			require.Equal(b, 100, page(storage.Query{Scope: storage.Establishment(t.school)}))
		}
	})
	b.Run("plans of an establishment/floor", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			require.Len(b, t.floor.list(byEstablishment, id(t.school.UUID), entry{}, population), 100)
		}
	})
	b.Run("all plans/ours", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			require.Equal(b, population, page(storage.Query{Scope: storage.Everything()}))
		}
	})
	b.Run("all plans/floor", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			require.Len(b, t.floor.list(byMeeting, id{}, entry{}, population), population)
		}
	})
}
