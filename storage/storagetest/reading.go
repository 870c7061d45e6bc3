package storagetest

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/term/civil"
)

// Holdings are the entries that a register must hold in a case: invented children,
// the establishments where they learn, and the contributors there. They are in no
// particular order.
type Holdings struct {
	Children       []record.Child
	Establishments []record.Establishment
	Contributors   []record.Contributor
}

// ReadRegister tests that a host's own register, which the library only reads, does
// what storage.Register says, and what storage.Batch and storage.Directory say if it
// implements them. For each case, ReadRegister calls the function that it was given.
// That function must enter the holdings into a new, empty register, remove from the
// holdings whatever the host does not keep, and call prove with the register while it
// can be read, for example inside a View. The register must return exactly what
// remains in the holdings:
//
//	storagetest.ReadRegister(t, func(t testing.TB, h *storagetest.Holdings, prove func(storage.Register)) {
//		h.Establishments, h.Contributors = nil, nil // the host keeps only children
//		prove(entered(t, h.Children))
//	})
func ReadRegister(t *testing.T, over func(t testing.TB, h *Holdings, prove func(storage.Register))) {
	t.Helper()
	for _, c := range readings() {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := &report{TB: t, says: sentences[numberOf(c.name)]}
			r.bounded(limit, func() {
				h, proved := holdings(), false
				over(r, &h, func(register storage.Register) {
					proved = true
					c.run(newEnv(r, nil, nil), register, &h)
				})
				require.True(r, proved, "over did not call prove")
			})
		})
	}
}

// reading is a case that reads a register, either a host's own or a store's.
type reading struct {
	name string
	run  func(*env, storage.Register, *Holdings)
}

func readings() []reading {
	return []reading{
		{"R1 a child is read as the register holds it", readChildren},
		{"R1 an unknown child is not found", readNoChild},
		{"P1 a child that is read shares nothing with the register", readOwnChild},
		{"R2 children come by id, after any given id", readByID},
		{"R2 children are selected by birth date", readBorn},
		{"R3 the register may be used in a loop over children", readInChildrenLoop},
		{"R4 an establishment is read as the register holds it", readEstablishments},
		{"R5 a contributor is read as the register holds it", readContributors},
		{"R6 contributors of an establishment come by id", readContributorsOf},
		{"R7 a caseload is the children of a worker or adviser, by id", readCaseloads},
		{"R8 the zero person has no children", readCaseloadOfNobody},
		{"R9 the register may be used in a loop over a caseload", readInCaseload},
		{"R14 children asked for by id come once each", readChildrenOf},
		{"R15 establishments asked for by id come once each", readEstablishmentsOf},
		{"R16 contributors of establishments come once each", readContributorsAt},
		{"R17 the register may be used in a loop over a batch", readInBatch},
		{"R18 establishments are found by their exact name", readNamed},
		{"R19 the register may be used in a loop over a name", readInNamed},
		{"P6 nothing is read from a register once the context has ended", readContextAtEnd},
	}
}

// stored turns each reading into a case of a store. The case first puts the holdings
// into the store.
func stored() (rows []row) {
	for _, c := range readings() {
		rows = append(rows, row{name: c.name, run: func(e *env) {
			h := holdings()
			e.put(func(r storage.Registrar) error {
				for _, v := range h.Children {
					require.NoError(e, r.PutChild(e.ctx, v))
				}
				for _, v := range h.Establishments {
					require.NoError(e, r.PutEstablishment(e.ctx, v))
				}
				for _, v := range h.Contributors {
					require.NoError(e, r.PutContributor(e.ctx, v))
				}
				return nil
			})
			e.register(func(r storage.Register) { c.run(e, r, &h) })
		}})
	}
	return rows
}

// unknown is an id that nothing has; unheard is a person who has no children.
var unknown, unheard = uuid.UUID{5: 5}, record.PersonID{UUID: uuid.UUID{6: 6}}

// person returns the n-th of a few workers. Children have the same ids.
func person(n int) record.PersonID { return record.PersonID{UUID: sharp()[n]} }

// holdings returns more children than fit on a page of any store.
func holdings() (h Holdings) {
	born := []string{"2007-08-31", "2007-09-01", "2016-02-29", "2016-03-01", "2024-12-31"}
	for n := range 90 {
		c := plain(uuid.UUID{0: byte(n * 37), 15: byte(n)}, born[n%len(born)])
		if n < len(sharp()) {
			c.ID.UUID = sharp()[n*7%len(sharp())]
		}
		if c.Name = private.NewText(fmt.Sprint("Ada Ó ", n)); n%4 != 3 { // some have no worker
			c.Worker = person(n % 3)
		}
		if n%5 == 0 {
			c.Adviser = person(n / 5 % 3)
		}
		h.Children = append(h.Children, c)
	}
	h.Children = append(h.Children, whole())
	for n, name := range []string{"Moor End", "moor end", "Moor End ", "Moor End", "", "Łukasz's", "Moor End", strings.Repeat("Moor End ", 1000)} {
		s := establishment("a")
		s.ID.UUID, s.Name = sharp()[n*3%len(sharp())], name
		if n == 4 {
			s = record.Establishment{ID: s.ID, Status: record.Ended}
		}
		h.Establishments = append(h.Establishments, s)
		for m := range n % 4 {
			c := contributor(fmt.Sprint(n, m), s.ID)
			if m == 2 {
				c = record.Contributor{ID: c.ID, Establishment: s.ID}
			}
			h.Contributors = append(h.Contributors, c)
		}
	}
	return h
}

// byBytes returns things sorted by id, byte by byte.
func byBytes[T any](all []T, id func(T) uuid.UUID) []T {
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b T) int {
		x, y := id(a), id(b)
		return bytes.Compare(x[:], y[:])
	})
	return all
}

func childID(c record.Child) uuid.UUID                 { return c.ID.UUID }
func establishmentID(s record.Establishment) uuid.UUID { return s.ID.UUID }
func contributorID(c record.Contributor) uuid.UUID     { return c.ID.UUID }

// where is a filter: it returns each element v if holds(v) is true.
func where[T any](all []T, holds func(T) bool) (some []T) {
	for _, v := range all {
		if holds(v) {
			some = append(some, v)
		}
	}
	return some
}

// children returns the children by id, and fails the case if there are none.
func (h *Holdings) children(e *env) []record.Child {
	e.Helper()
	require.NotEmpty(e, h.Children, "a register without children proves nothing")
	return byBytes(h.Children, childID)
}

// same requires want and got to hold the same things in the same order.
func same[T any](e *env, want, got []T, id func(T) uuid.UUID, equal func(want, got T)) {
	e.Helper()
	require.Equal(e, idsOf(want, id), idsOf(got, id))
	for i := range want {
		equal(want[i], got[i])
	}
}

func idsOf[T any](all []T, id func(T) uuid.UUID) []uuid.UUID {
	ids := make([]uuid.UUID, len(all))
	for i, v := range all {
		ids[i] = id(v)
	}
	return ids
}

func (e *env) sameChildren(want, got []record.Child) {
	e.Helper()
	same(e, want, got, childID, e.sameChild)
}

func (e *env) sameEstablishments(want, got []record.Establishment) {
	e.Helper()
	same(e, want, got, establishmentID, func(w, g record.Establishment) { require.Equal(e, w, g) })
}

func (e *env) sameContributors(want, got []record.Contributor) {
	e.Helper()
	same(e, want, got, contributorID, e.sameContributor)
}

// loops requires that a loop over a list may be left early, and that the register
// may be used inside the loop.
func loops[T any](e *env, r storage.Register, h *Holdings, list func() iter.Seq2[T, error]) {
	e.Helper()
	want := len(collect(e, list()))
	for range 5 {
		for _, err := range list() {
			require.NoError(e, err)
			break
		}
	}
	n := 0
	for _, err := range list() {
		require.NoError(e, err)
		if n++; n < 5 {
			require.Len(e, collect(e, list()), want)
			require.Len(e, collect(e, r.Children(e.ctx, record.Span{}, record.ChildID{})), len(h.Children))
			_, err := r.Child(e.ctx, h.Children[0].ID)
			require.NoError(e, err)
		}
	}
	require.Equal(e, want, n)
}

func readChildren(e *env, r storage.Register, h *Holdings) {
	for _, want := range h.children(e) {
		got, err := r.Child(e.ctx, want.ID)
		require.NoError(e, err)
		e.sameChild(want, got)
	}
	e.sameChildren(h.children(e), collect(e, r.Children(e.ctx, record.Span{}, record.ChildID{})))
}

func readNoChild(e *env, r storage.Register, h *Holdings) {
	for _, id := range []uuid.UUID{{}, unknown} {
		_, err := r.Child(e.ctx, record.ChildID{UUID: id})
		require.ErrorIs(e, err, storage.ErrNotFound)
		_, err = r.Establishment(e.ctx, record.EstablishmentID{UUID: id})
		require.ErrorIs(e, err, storage.ErrNotFound)
		_, err = r.Contributor(e.ctx, record.ContributorID{UUID: id})
		require.ErrorIs(e, err, storage.ErrNotFound)
	}
}

func readOwnChild(e *env, r storage.Register, h *Holdings) {
	for _, want := range h.children(e) {
		for range 2 {
			got, err := r.Child(e.ctx, want.ID)
			require.NoError(e, err)
			e.sameChild(want, got)
			for i := range got.Care.Episodes {
				got.Care.Episodes[i].Authority = "changed"
			}
			for i := range got.Education {
				got.Education[i].Kind = record.OtherEducation
			}
		}
	}
}

func readByID(e *env, r storage.Register, h *Holdings) {
	all := h.children(e)
	for _, after := range append(idsOf(all, childID), uuid.UUID{}, unknown, uuid.UUID{0: 0x7f, 15: 9}) {
		rest := where(all, func(c record.Child) bool { return bytes.Compare(c.ID.UUID[:], after[:]) > 0 })
		require.Equal(e, idsOf(rest, childID), idsOf(collect(e, r.Children(e.ctx, record.Span{}, record.ChildID{UUID: after})), childID))
	}
}

func readBorn(e *env, r storage.Register, h *Holdings) {
	all := h.children(e)
	days := map[civil.Date]bool{}
	for _, c := range all {
		days[c.Born.Reveal(private.Deciding)] = true
	}
	spans := []record.Span{{}}
	for day := range days {
		spans = append(spans, record.Span{From: day}, record.Span{To: day}, record.Span{From: day, To: day},
			record.Span{From: day, To: day.AddDays(1)}, record.Span{From: day.AddDays(1), To: day.AddDays(4000)})
	}
	for _, born := range spans {
		want := where(all, func(c record.Child) bool { return storage.BornOn(born, c.Born.Reveal(private.Deciding)) })
		got := collect(e, r.Children(e.ctx, born, record.ChildID{}))
		require.Equal(e, idsOf(want, childID), idsOf(got, childID))
		if n := len(want) / 2; n > 0 {
			rest := collect(e, r.Children(e.ctx, born, want[n-1].ID))
			require.Equal(e, idsOf(want[n:], childID), idsOf(rest, childID), "the second page")
		}
	}
}

func readInChildrenLoop(e *env, r storage.Register, h *Holdings) {
	h.children(e)
	loops(e, r, h, func() iter.Seq2[record.Child, error] { return r.Children(e.ctx, record.Span{}, record.ChildID{}) })
}

func readEstablishments(e *env, r storage.Register, h *Holdings) {
	for _, want := range h.Establishments {
		got, err := r.Establishment(e.ctx, want.ID)
		require.NoError(e, err)
		require.Equal(e, want, got)
	}
}

func readContributors(e *env, r storage.Register, h *Holdings) {
	for _, want := range h.Contributors {
		got, err := r.Contributor(e.ctx, want.ID)
		require.NoError(e, err)
		e.sameContributor(want, got)
	}
}

// workingAt returns the contributors of some establishments, by id.
func (h *Holdings) workingAt(at ...record.EstablishmentID) []record.Contributor {
	return byBytes(where(h.Contributors, func(c record.Contributor) bool { return slices.Contains(at, c.Establishment) }), contributorID)
}

func readContributorsOf(e *env, r storage.Register, h *Holdings) {
	for _, at := range append(idsOf(h.Establishments, establishmentID), unknown, uuid.UUID{}) {
		of := record.EstablishmentID{UUID: at}
		e.sameContributors(h.workingAt(of), collect(e, r.Contributors(e.ctx, of)))
	}
}

// caseload returns a person's children, by id.
func (h *Holdings) caseload(e *env, of record.PersonID) []record.Child {
	e.Helper()
	return where(h.children(e), func(c record.Child) bool { return c.Worker == of || c.Adviser == of })
}

// workers returns every worker and adviser of a child.
func (h *Holdings) workers() map[record.PersonID]bool {
	all := map[record.PersonID]bool{}
	for _, c := range h.Children {
		all[c.Worker], all[c.Adviser] = true, true
	}
	delete(all, record.PersonID{})
	return all
}

func readCaseloads(e *env, r storage.Register, h *Holdings) {
	h.children(e)
	for of := range h.workers() {
		e.sameChildren(h.caseload(e, of), collect(e, r.Caseload(e.ctx, of)))
	}
	require.Empty(e, collect(e, r.Caseload(e.ctx, unheard)))
}

func readCaseloadOfNobody(e *env, r storage.Register, _ *Holdings) {
	require.Empty(e, collect(e, r.Caseload(e.ctx, record.PersonID{})))
}

func readInCaseload(e *env, r storage.Register, h *Holdings) {
	for of := range h.workers() {
		loops(e, r, h, func() iter.Seq2[record.Child, error] { return r.Caseload(e.ctx, of) })
	}
}

// may returns r as the optional interface T, and reports whether r implements T.
func may[T any](e *env, r any) (T, bool) {
	e.Helper()
	v, ok := r.(T)
	if !ok {
		e.Logf("%s is not implemented, so it is not tested", reflect.TypeFor[T]())
	}
	return v, ok
}

// some selects every third id, mixes in unknown ids, and then repeats the last four
// ids of the result.
func some(ids []uuid.UUID) (asked []uuid.UUID) {
	for n := 0; n < len(ids); n += 3 {
		asked = append(asked, ids[n], uuid.UUID{5: 5, 7: byte(n)})
	}
	return append(asked, asked[max(0, len(asked)-4):]...)
}

func readChildrenOf(e *env, r storage.Register, h *Holdings) {
	b, ok := may[storage.Batch](e, r)
	if !ok {
		return
	}
	var ids []record.ChildID
	for _, id := range append(some(idsOf(h.Children, childID)), uuid.UUID{}) {
		ids = append(ids, record.ChildID{UUID: id})
	}
	want := where(h.children(e), func(c record.Child) bool { return slices.Contains(ids, c.ID) })
	e.sameChildren(want, byBytes(collect(e, b.ChildrenOf(e.ctx, ids...)), childID))
	for range 3 {
		ids = append(ids, ids...)
	}
	require.Len(e, collect(e, b.ChildrenOf(e.ctx, ids...)), len(want))
	require.Empty(e, collect(e, b.ChildrenOf(e.ctx)))
	require.Empty(e, collect(e, b.ChildrenOf(e.ctx, record.ChildID{}, record.ChildID{UUID: unknown})))
}

// places returns the ids of some establishments, a few of them twice, mixed with
// unknown ids.
func (h *Holdings) places() (ids []record.EstablishmentID) {
	for _, id := range append(some(idsOf(h.Establishments, establishmentID)), uuid.UUID{}) {
		ids = append(ids, record.EstablishmentID{UUID: id})
	}
	return ids
}

func readEstablishmentsOf(e *env, r storage.Register, h *Holdings) {
	b, ok := may[storage.Batch](e, r)
	if !ok {
		return
	}
	ids := h.places()
	want := where(h.Establishments, func(s record.Establishment) bool { return slices.Contains(ids, s.ID) })
	e.sameEstablishments(byBytes(want, establishmentID), byBytes(collect(e, b.EstablishmentsOf(e.ctx, ids...)), establishmentID))
	require.Empty(e, collect(e, b.EstablishmentsOf(e.ctx)))
}

func readContributorsAt(e *env, r storage.Register, h *Holdings) {
	b, ok := may[storage.Batch](e, r)
	if !ok {
		return
	}
	e.sameContributors(h.workingAt(h.places()...), byBytes(collect(e, b.ContributorsAt(e.ctx, h.places()...)), contributorID))
	require.Empty(e, collect(e, b.ContributorsAt(e.ctx)))
}

func readInBatch(e *env, r storage.Register, h *Holdings) {
	b, ok := may[storage.Batch](e, r)
	if !ok {
		return
	}
	var ids []record.ChildID
	for _, c := range h.children(e) {
		ids = append(ids, c.ID)
	}
	loops(e, r, h, func() iter.Seq2[record.Child, error] { return b.ChildrenOf(e.ctx, ids...) })
	loops(e, r, h, func() iter.Seq2[record.Establishment, error] { return b.EstablishmentsOf(e.ctx, h.places()...) })
	loops(e, r, h, func() iter.Seq2[record.Contributor, error] { return b.ContributorsAt(e.ctx, h.places()...) })
}

func readNamed(e *env, r storage.Register, h *Holdings) {
	d, ok := may[storage.Directory](e, r)
	if !ok {
		return
	}
	names := []string{"", "Moor%", "no such school"}
	for _, s := range h.Establishments {
		names = append(names, s.Name, s.Name+" ", strings.ToUpper(s.Name), strings.TrimSpace(s.Name), s.Name[:len(s.Name)/2])
	}
	for _, name := range names {
		want := where(h.Establishments, func(s record.Establishment) bool { return s.Name == name })
		e.sameEstablishments(byBytes(want, establishmentID), collect(e, d.Named(e.ctx, name)))
	}
}

func readInNamed(e *env, r storage.Register, h *Holdings) {
	d, ok := may[storage.Directory](e, r)
	if !ok || len(h.Establishments) == 0 {
		return
	}
	loops(e, r, h, func() iter.Seq2[record.Establishment, error] { return d.Named(e.ctx, h.Establishments[0].Name) })
}

func readContextAtEnd(e *env, r storage.Register, h *Holdings) {
	all := h.children(e)
	ended, cancel := context.WithCancel(e.ctx)
	cancel()
	_, child := r.Child(ended, all[0].ID)
	_, children := gather(e, r.Children(ended, record.Span{}, record.ChildID{}))
	errs := map[string]error{"Child": child, "Children": children}
	for of := range h.workers() {
		_, errs["Caseload"] = gather(e, r.Caseload(ended, of))
	}
	e.all(context.Canceled, errs)
}
