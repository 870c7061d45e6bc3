package storagetest

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/storage/memstore"
)

// hosting enters the holdings into a new store, which acts as a host's register,
// and calls read with a Reader of that store.
func hosting(t testing.TB, h *Holdings, with func(storage.Registrar), read func(storage.Reader)) {
	ctx, s := context.Background(), memstore.New()
	require.NoError(t, s.Update(ctx, func(tx storage.Tx) error {
		r := tx.(storage.Registrar)
		for _, c := range h.Children {
			require.NoError(t, r.PutChild(ctx, c))
		}
		if with != nil {
			with(r)
		}
		return nil
	}))
	require.NoError(t, s.View(ctx, func(r storage.Reader) error { read(r); return nil }))
}

// TestASoundRegisterPasses tests a register that keeps everything, and one that keeps
// only children and supports neither batches nor names.
func TestASoundRegisterPasses(t *testing.T) {
	t.Parallel()
	t.Run("complete", func(t *testing.T) {
		ReadRegister(t, func(t testing.TB, h *Holdings, prove func(storage.Register)) {
			hosting(t, h, func(r storage.Registrar) {
				for _, v := range h.Establishments {
					require.NoError(t, r.PutEstablishment(context.Background(), v))
				}
				for _, v := range h.Contributors {
					require.NoError(t, r.PutContributor(context.Background(), v))
				}
			}, func(r storage.Reader) { prove(r.(storage.Register)) })
		})
	})
	t.Run("only children", func(t *testing.T) {
		ReadRegister(t, func(t testing.TB, h *Holdings, prove func(storage.Register)) {
			h.Establishments, h.Contributors = nil, nil
			for i := range h.Children {
				h.Children[i].Adviser = record.PersonID{}
			}
			hosting(t, h, nil, func(r storage.Reader) { prove(struct{ storage.Register }{r.(storage.Register)}) })
		})
	})
}

// TestARegisterThatDiffersFromItsHoldingsIsCaught tests a register that does not
// return what is in the holdings, and holdings without any children.
func TestARegisterThatDiffersFromItsHoldingsIsCaught(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		spoil  func(*Holdings)
		caught []string
	}{
		"a child lost":    {func(h *Holdings) { h.Children = h.Children[1:] }, []string{"R2 children come by id, after any given id", "R3 the register may be used in a loop over children"}},
		"nobody":          {func(h *Holdings) { h.Children = nil }, []string{"R1 a child is read as the register holds it", "R7 a caseload is the children of a worker or adviser, by id"}},
		"an adviser lost": {func(h *Holdings) { h.Children[0].Adviser = unheard }, []string{"R1 a child is read as the register holds it", "R7 a caseload is the children of a worker or adviser, by id", "R14 children asked for by id come once each"}},
		"schools lost":    {func(*Holdings) {}, []string{"R4 an establishment is read as the register holds it", "R5 a contributor is read as the register holds it", "R6 contributors of an establishment come by id", "R18 establishments are found by their exact name"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, reading := range readings() {
				h, r := holdings(), &report{TB: t, quiet: true}
				hosting(t, &h, nil, func(reader storage.Reader) {
					c.spoil(&h)
					r.bounded(limit, func() { reading.run(newEnv(r, nil, nil), reader.(storage.Register), &h) })
				})
				for _, name := range c.caught {
					require.True(t, r.Failed() || reading.name != name, name)
				}
			}
		})
	}
}
