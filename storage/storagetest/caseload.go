package storagetest

import (
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
)

func (e *env) caseloadIDs(of record.PersonID) (ids []uuid.UUID) {
	e.Helper()
	e.register(func(r storage.Register) { ids = childIDs(collect(e, r.Caseload(e.ctx, of))) })
	return ids
}

// caseloadFollows moves half of a long caseload from one worker to another.
func caseloadFollows(e *env) {
	const many = 70
	var all []record.Child
	for n := range many {
		all = append(all, plain(ordinal(n), "2016-05-05"))
		all[n].Worker = person(0)
	}
	e.putChildren(all...)
	require.Len(e, e.caseloadIDs(person(0)), many)
	for n := range many / 2 {
		all[n].Worker = person(1)
	}
	e.putChildren(all...)
	h := Holdings{Children: all}
	for n := range 2 {
		require.Equal(e, childIDs(h.caseload(e, person(n))), e.caseloadIDs(person(n)))
	}
}

func namedAnew(e *env) {
	old := establishment("a")
	anew := old
	anew.Name = old.Name + " Academy"
	for _, s := range []record.Establishment{old, anew} {
		e.put(func(r storage.Registrar) error { return r.PutEstablishment(e.ctx, s) })
	}
	e.register(func(r storage.Register) {
		if d, ok := may[storage.Directory](e, r); ok {
			require.Empty(e, collect(e, d.Named(e.ctx, old.Name)))
			require.Equal(e, []record.Establishment{anew}, collect(e, d.Named(e.ctx, anew.Name)))
		}
	})
}
