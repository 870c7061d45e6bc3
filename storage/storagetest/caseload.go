package storagetest

import (
	"errors"
	"iter"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/storage/internal/journey"
)

// person is the n-th of a few workers, whose ids are those of children too.
func person(n int) record.PersonID { return record.PersonID{UUID: sharp()[n]} }

// worked is a child that somebody has, with an adviser beside.
func worked(n int, worker, adviser record.PersonID) record.Child {
	c := plain(sharp()[n], "2016-05-05")
	c.Worker, c.Adviser = worker, adviser
	return c
}

// workload puts eight children: those with an even number are the first
// worker's, who advises the sixth too, and nobody has the last.
func workload(e *env) {
	e.Helper()
	nobody := record.PersonID{}
	for _, n := range []int{5, 2, 7, 0, 6, 1, 4, 3} {
		c := worked(n, person(n%2), nobody)
		switch n {
		case 4:
			c.Adviser = person(0)
		case 5:
			c.Adviser = person(0)
		case 6:
			c.Adviser = person(1)
		case 7:
			c.Worker = nobody
		}
		e.putChildren(c)
	}
}

func (e *env) caseloadIDs(of record.PersonID) (ids []uuid.UUID) {
	e.Helper()
	e.register(func(r storage.Register) { ids = childIDs(collect(e, r.Caseload(e.ctx, of))) })
	return ids
}

// at returns the ids at places of sharp.
func at(places ...int) (ids []uuid.UUID) {
	for _, n := range places {
		ids = append(ids, sharp()[n])
	}
	return ids
}

func caseloadOf(e *env) {
	workload(e)
	require.Equal(e, at(0, 2, 4, 5, 6), e.caseloadIDs(person(0)), "once where one is both")
	require.Equal(e, at(1, 3, 5, 6), e.caseloadIDs(person(1)))
	require.Empty(e, e.caseloadIDs(person(9)))
	e.putChildren(whole())
	e.register(func(r storage.Register) {
		for _, of := range []record.PersonID{whole().Worker, whole().Adviser} {
			found := collect(e, r.Caseload(e.ctx, of))
			require.Len(e, found, 1)
			e.sameChild(whole(), found[0])
		}
	})
}

// caseloadFollows takes a caseload of more than a page from one to another.
func caseloadFollows(e *env) {
	const many = 70
	var all []record.Child
	for n := range many {
		all = append(all, worked(0, person(0), record.PersonID{}))
		all[n].ID.UUID = ordinal(n)
	}
	e.putChildren(all...)
	require.Len(e, e.caseloadIDs(person(0)), many)
	for n := range many / 2 {
		all[n].Worker = person(1)
	}
	e.putChildren(all...)
	slices.SortFunc(all, func(a, b record.Child) int {
		return strings.Compare(string(a.ID.UUID[:]), string(b.ID.UUID[:]))
	})
	for n := range 2 {
		theirs := slices.DeleteFunc(slices.Clone(all), func(c record.Child) bool { return c.Worker != person(n) })
		require.Equal(e, childIDs(theirs), e.caseloadIDs(person(n)))
	}
}

func caseloadOfNobody(e *env) {
	workload(e)
	require.Empty(e, e.caseloadIDs(record.PersonID{}))
}

func useInCaseload(e *env) {
	workload(e)
	e.register(func(r storage.Register) {
		usable(e, r, 5, func() iter.Seq2[record.Child, error] { return r.Caseload(e.ctx, person(0)) })
	})
}

// usable demands that a list may be left early, and that the register may be
// used in a loop over it.
func usable[T any](e *env, r storage.Register, want int, list func() iter.Seq2[T, error]) {
	e.Helper()
	for range 5 {
		for _, err := range list() {
			require.NoError(e, err)
			break
		}
	}
	n := 0
	for _, err := range list() {
		require.NoError(e, err)
		require.Len(e, collect(e, list()), want)
		require.NotEmpty(e, collect(e, r.Children(e.ctx, record.Span{}, record.ChildID{})))
		n++
	}
	require.Equal(e, want, n)
}

// batch returns the batch of a register that has it.
func (e *env) batch(r storage.Register) storage.Batch {
	e.Helper()
	return role[storage.Batch](e, r)
}

func childrenOf(e *env) {
	workload(e)
	e.putChildren(whole())
	e.register(func(r storage.Register) {
		asked := []record.ChildID{whole().ID, {UUID: sharp()[3]}, {UUID: uuid.Max}, whole().ID, {}, {UUID: sharp()[0]}}
		found := collect(e, e.batch(r).ChildrenOf(e.ctx, asked...))
		require.ElementsMatch(e, append(at(0, 3), whole().ID.UUID), childIDs(found))
		i := slices.IndexFunc(found, func(c record.Child) bool { return c.ID == whole().ID })
		e.sameChild(whole(), found[i])
		require.Empty(e, collect(e, e.batch(r).ChildrenOf(e.ctx)))
		require.Empty(e, collect(e, e.batch(r).ChildrenOf(e.ctx, record.ChildID{}, record.ChildID{UUID: uuid.Max})))
	})
	manyChildrenOf(e)
}

// manyChildrenOf asks for more than any page of a store has.
func manyChildrenOf(e *env) {
	var all []record.Child
	var ids []record.ChildID
	for n := range 300 {
		c := plain(uuid.UUID{0: byte(n >> 8), 7: byte(n), 9: 1}, "2012-12-12")
		all, ids = append(all, c), append(ids, c.ID, record.ChildID{UUID: uuid.UUID{1: byte(n), 2: byte(n >> 8), 3: 9}})
	}
	e.putChildren(all...)
	e.register(func(r storage.Register) {
		require.ElementsMatch(e, childIDs(all), childIDs(collect(e, e.batch(r).ChildrenOf(e.ctx, ids...))))
	})
}

// places puts establishments, and returns them.
func (e *env) places(names ...string) (all []record.Establishment) {
	e.Helper()
	e.put(func(r storage.Registrar) error {
		var errs []error
		for _, name := range names {
			all = append(all, establishment(name))
			errs = append(errs, r.PutEstablishment(e.ctx, establishment(name)))
		}
		return errors.Join(errs...)
	})
	return all
}

func establishmentsOf(e *env) {
	all := e.places("a", "b", "c")
	e.register(func(r storage.Register) {
		unknown := record.EstablishmentID{UUID: uuid.Max}
		found := collect(e, e.batch(r).EstablishmentsOf(e.ctx, all[2].ID, unknown, all[0].ID, all[2].ID, record.EstablishmentID{}))
		require.ElementsMatch(e, []record.Establishment{all[0], all[2]}, found)
		require.Empty(e, collect(e, e.batch(r).EstablishmentsOf(e.ctx)))
	})
}

func contributorsAt(e *env) {
	all := e.places("a", "b", "c", "d")
	want := []record.Contributor{contributor("1", all[0].ID), contributor("2", all[2].ID), contributor("3", all[0].ID)}
	e.put(func(r storage.Registrar) error {
		errs := []error{r.PutContributor(e.ctx, contributor("4", all[1].ID))}
		for _, c := range want {
			errs = append(errs, r.PutContributor(e.ctx, c))
		}
		return errors.Join(errs...)
	})
	e.register(func(r storage.Register) {
		unknown := record.EstablishmentID{UUID: uuid.Max}
		found := collect(e, e.batch(r).ContributorsAt(e.ctx, all[2].ID, unknown, all[3].ID, all[0].ID, all[2].ID))
		require.Len(e, found, len(want))
		for _, w := range want {
			i := slices.IndexFunc(found, func(c record.Contributor) bool { return c.ID == w.ID })
			require.GreaterOrEqual(e, i, 0, w.ID)
			e.sameContributor(w, found[i])
		}
		require.Empty(e, collect(e, e.batch(r).ContributorsAt(e.ctx)))
	})
}

func useInBatch(e *env) {
	workload(e)
	all := e.places("a", "b")
	e.put(func(r storage.Registrar) error {
		return errors.Join(r.PutContributor(e.ctx, contributor("1", all[0].ID)), r.PutContributor(e.ctx, contributor("2", all[1].ID)))
	})
	e.register(func(r storage.Register) {
		b := e.batch(r)
		ids := []record.EstablishmentID{all[0].ID, all[1].ID}
		usable(e, r, 3, func() iter.Seq2[record.Child, error] {
			return b.ChildrenOf(e.ctx, record.ChildID{UUID: sharp()[1]}, record.ChildID{UUID: sharp()[2]}, record.ChildID{UUID: sharp()[3]})
		})
		usable(e, r, 2, func() iter.Seq2[record.Establishment, error] { return b.EstablishmentsOf(e.ctx, ids...) })
		usable(e, r, 2, func() iter.Seq2[record.Contributor, error] { return b.ContributorsAt(e.ctx, ids...) })
	})
}

// called puts establishments of a name, the n-th with the n-th id of sharp.
func (e *env) called(name string, places ...int) (all []record.Establishment) {
	e.Helper()
	e.put(func(r storage.Registrar) error {
		var errs []error
		for _, n := range places {
			s := establishment("a")
			s.ID.UUID, s.Name = sharp()[n], name
			all = append(all, s)
			errs = append(errs, r.PutEstablishment(e.ctx, s))
		}
		return errors.Join(errs...)
	})
	return all
}

func (e *env) named(name string) (found []record.Establishment) {
	e.Helper()
	e.register(func(r storage.Register) {
		found = collect(e, role[storage.Directory](e, r).Named(e.ctx, name))
	})
	return found
}

func named(e *env) {
	long := strings.Repeat("Moor End ", 1000)
	want := map[string][]record.Establishment{
		"Moor End": e.called("Moor End", 1, 4, 6, 9), "moor end": e.called("moor end", 2), "Moor End ": e.called("Moor End ", 3),
		"": e.called("", 5), long: e.called(long, 7), long + "2": e.called(long+"2", 8), "M%": nil, "Moor": nil, long[:len(long)-1]: nil,
	}
	for name, all := range want {
		require.Equal(e, all, e.named(name), "%.12q", name)
	}
}

func namedAnew(e *env) {
	old := e.called("Moor End", 1, 2)
	anew := e.called("Moor End Academy", 1)
	require.Equal(e, old[1:], e.named("Moor End"))
	require.Equal(e, anew, e.named("Moor End Academy"))
	require.NotEqual(e, journey.ID("a", "school"), anew[0].ID.UUID)
}

func useInNamed(e *env) {
	workload(e)
	e.called("Moor End", 1, 2, 3)
	e.register(func(r storage.Register) {
		usable(e, r, 3, func() iter.Seq2[record.Establishment, error] {
			return role[storage.Directory](e, r).Named(e.ctx, "Moor End")
		})
	})
}
