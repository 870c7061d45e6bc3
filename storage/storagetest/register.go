package storagetest

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
	"virtualschool.example/storage/internal/journey"
	"virtualschool.example/term/civil"
)

// registerRows are the sentences of Register and Registrar.
func registerRows() []row {
	return []row{
		{name: "R1 a child is read as it was put", run: childWhole},
		{name: "R1 a child that is not there is not found", run: noChild},
		{name: "P1 a child shares nothing with the store", run: childIsOwn},
		{name: "P3 a child's texts byte for byte", run: childExact},
		{name: "R2 children come by id", run: childrenByID},
		{name: "R2 children are selected by birth date", run: childrenBorn},
		{name: "R2 children come page by page", run: childrenPaged},
		{name: "R3 a loop over children may be left early", run: leaveChildren},
		{name: "R3 the register may be read in a loop over children", run: readInChildren},
		{name: "R4 an establishment is read as it was put", run: establishmentWhole},
		{name: "R5 a contributor is read as it was put", run: contributorWhole},
		{name: "R6 contributors of an establishment come by id", run: contributorsByID},
		{name: "R6 a contributor who moves is listed where they went", run: contributorMoves},
		{name: "R7 a caseload is the children of a worker or adviser, by id", run: caseloadOf},
		{name: "R7 a child is in a caseload as long as the worker has it", run: caseloadFollows},
		{name: "R8 nobody has no caseload", run: caseloadOfNobody},
		{name: "R9 the register may be used in a loop over a caseload", run: useInCaseload},
		{name: "R14 children of ids come once each", run: childrenOf},
		{name: "R15 establishments of ids come once each", run: establishmentsOf},
		{name: "R16 contributors of establishments come once each", run: contributorsAt},
		{name: "R17 the register may be used in a loop over a batch", run: useInBatch},
		{name: "R18 establishments are found by exactly their name", run: named},
		{name: "R18 an establishment is found by its present name", run: namedAnew},
		{name: "R19 the register may be used in a loop over a name", run: useInNamed},
		{name: "R10 a child put again replaces what was known", run: childReplaced},
		{name: "R11 a child that cannot be is refused", run: childRefused},
		{name: "R12 an establishment put again replaces, and one that cannot be is refused", run: establishmentPut},
		{name: "R13 a contributor of an unknown establishment is kept", run: contributorUnknown},
		{name: "R13 a contributor without an id is refused", run: contributorRefused},
		{name: "P2 a register is closed with its reader", run: registerCloses},
		{name: "P13 an update that fails leaves nothing in the register", run: registerRollsBack},
		{name: "P40 a transaction sees what it puts", run: registerSeesOwn},
	}
}

// register reads, and put writes, without an error.
func (e *env) register(fn func(storage.Register)) {
	e.Helper()
	e.view(func(r storage.Reader) {
		register, ok := r.(storage.Register)
		require.True(e, ok, "a Reader of a store that keeps the register is a storage.Register")
		fn(register)
	})
}

func (e *env) put(fn func(storage.Registrar) error) {
	e.Helper()
	require.NoError(e, e.tryPut(fn))
}

func (e *env) tryPut(fn func(storage.Registrar) error) error {
	e.Helper()
	return e.store.Update(e.ctx, func(tx storage.Tx) error {
		registrar, ok := tx.(storage.Registrar)
		require.True(e, ok, "a Tx of a store that keeps the register is a storage.Registrar")
		return fn(registrar)
	})
}

func (e *env) putChildren(children ...record.Child) {
	e.Helper()
	e.put(func(r storage.Registrar) error {
		var errs []error
		for _, c := range children {
			errs = append(errs, r.PutChild(e.ctx, c))
		}
		return errors.Join(errs...)
	})
}

func (e *env) child(id record.ChildID) (c record.Child) {
	e.Helper()
	e.register(func(r storage.Register) {
		var err error
		c, err = r.Child(e.ctx, id)
		require.NoError(e, err)
	})
	return c
}

func (e *env) children(born record.Span, after record.ChildID) (found []record.Child) {
	e.Helper()
	e.register(func(r storage.Register) { found = collect(e, r.Children(e.ctx, born, after)) })
	return found
}

// whole is a child with every member set.
func whole() record.Child {
	day := civil.MustParse
	return record.Child{
		ID:           record.ChildID{UUID: journey.ID("a", "child")},
		SUNumber:     private.NewText("SU-0042"),
		Name:         private.NewText("Ada Łukasz-Ó"),
		Born:         private.NewDate(day("2016-02-29")),
		UPN:          private.NewText("B801200005001"),
		Consent:      record.Withheld,
		RecordedYear: forms.Y1,
		RecordedOn:   day("2022-09-01"),
		Care: record.Care{Episodes: []record.Episode{
			{Span: record.Span{From: day("2024-01-01"), To: day("2024-02-01")}, ShortBreak: true, Authority: "lancashire"},
			{Span: record.Span{From: day("2023-05-05")}},
		}},
		Education: []record.Education{
			{Span: record.Span{From: day("2020-09-01"), To: day("2021-07-20")}, Kind: record.DayNursery},
			{Span: record.Span{From: day("2021-09-01")}, Kind: record.School, Establishment: record.EstablishmentID{UUID: journey.ID("a", "school")}},
		},
		Worker:  record.PersonID{UUID: who("worker")},
		Adviser: record.PersonID{UUID: who("adviser")},
	}
}

// plain is a child with no more than is needed.
func plain(id uuid.UUID, born string) record.Child {
	return record.Child{ID: record.ChildID{UUID: id}, Born: private.NewDate(civil.MustParse(born))}
}

// sameChild demands a child, and shows nothing of it.
func (e *env) sameChild(want, got record.Child) {
	e.Helper()
	require.Equal(e, want.ID, got.ID)
	require.True(e, want.SUNumber.Equal(got.SUNumber), "SUNumber")
	require.True(e, want.Name.Equal(got.Name), "Name")
	require.True(e, want.Born.Equal(got.Born), "Born")
	require.True(e, want.UPN.Equal(got.UPN), "UPN")
	require.Equal(e, want.Consent, got.Consent)
	require.Equal(e, want.RecordedYear, got.RecordedYear)
	require.Equal(e, want.RecordedOn, got.RecordedOn)
	require.Equal(e, want.Care.Throughout, got.Care.Throughout)
	require.True(e, slices.Equal(want.Care.Episodes, got.Care.Episodes), "Care.Episodes")
	require.True(e, slices.Equal(want.Education, got.Education), "Education")
	require.Equal(e, want.Worker, got.Worker)
	require.Equal(e, want.Adviser, got.Adviser)
}

func childWhole(e *env) {
	throughout := plain(journey.ID("b", "child"), "2008-01-01")
	throughout.Care.Throughout = true
	for _, want := range []record.Child{whole(), throughout, plain(journey.ID("c", "child"), "2024-12-31")} {
		e.putChildren(want)
		e.sameChild(want, e.child(want.ID))
	}
	e.sameChild(whole(), e.child(whole().ID))
}

func noChild(e *env) {
	e.putChildren(whole())
	e.register(func(r storage.Register) {
		for _, id := range []uuid.UUID{{}, uuid.Max} {
			_, err := r.Child(e.ctx, record.ChildID{UUID: id})
			require.ErrorIs(e, err, storage.ErrNotFound)
		}
	})
}

func childIsOwn(e *env) {
	given := whole()
	e.putChildren(given)
	given.Care.Episodes[0].ShortBreak, given.Education[1].Kind = false, record.College
	e.sameChild(whole(), e.child(given.ID))
	read := e.child(given.ID)
	read.Care.Episodes[1].Authority, read.Education[0].Kind = "changed", record.College
	e.sameChild(whole(), e.child(given.ID))
	for _, c := range e.children(record.Span{}, record.ChildID{}) {
		c.Care.Episodes[1].Authority, c.Education[0].Kind = "changed", record.College
	}
	e.sameChild(whole(), e.child(given.ID))
	e.put(func(r storage.Registrar) error {
		c, err := r.Child(e.ctx, given.ID)
		require.NoError(e, err)
		e.sameChild(whole(), c)
		c.Care.Episodes[1].Authority = "changed"
		return nil
	})
	e.sameChild(whole(), e.child(given.ID))
}

func childExact(e *env) {
	for n, text := range append(hard, "invalid \xff bytes") {
		c := plain(journey.ID(fmt.Sprint(n), "child"), "2016-05-05")
		c.Name, c.SUNumber = private.NewText(text), private.NewText(text+" ")
		e.putChildren(c)
		e.sameChild(c, e.child(c.ID))
	}
}

func childIDs(children []record.Child) (all []uuid.UUID) {
	for _, c := range children {
		all = append(all, c.ID.UUID)
	}
	return all
}

func childrenByID(e *env) {
	ids := sharp()
	for _, n := range []int{5, 2, 9, 0, 10, 1, 7, 4, 3, 8, 6} {
		e.putChildren(plain(ids[n], "2016-05-05"))
	}
	require.Equal(e, ids, childIDs(e.children(record.Span{}, record.ChildID{})))
	for n, id := range ids {
		rest := childIDs(e.children(record.Span{}, record.ChildID{UUID: id}))
		require.True(e, slices.Equal(ids[n+1:], rest), "after %d", n)
	}
}

func childrenBorn(e *env) {
	days := []string{"2007-08-31", "2007-09-01", "2016-02-29", "2016-03-01", "2024-12-31"}
	want := map[string]record.ChildID{}
	for n, day := range days {
		c := plain(sharp()[n], day)
		e.putChildren(c)
		want[day] = c.ID
	}
	for _, span := range [][2]string{{"", ""}, {"2007-09-01", ""}, {"", "2007-09-01"}, {"2016-02-29", "2016-03-01"}, {"2016-03-01", "2016-03-01"}, {"2030-01-01", ""}} {
		born, expected := record.Span{}, []uuid.UUID{}
		if span[0] != "" {
			born.From = civil.MustParse(span[0])
		}
		if span[1] != "" {
			born.To = civil.MustParse(span[1])
		}
		for _, day := range days {
			if day >= span[0] && (span[1] == "" || day < span[1]) {
				expected = append(expected, want[day].UUID)
			}
		}
		got := childIDs(e.children(born, record.ChildID{}))
		require.True(e, slices.Equal(expected, got), "%v", span)
	}
}

func childrenPaged(e *env) {
	var want []uuid.UUID
	for n := range 25 {
		c := plain(journey.ID(fmt.Sprint(n), "child"), "2016-05-05")
		if n%3 == 0 {
			c.Born = private.NewDate(civil.MustParse("2010-01-01"))
		} else {
			want = append(want, c.ID.UUID)
		}
		e.putChildren(c)
	}
	slices.SortFunc(want, func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
	born := record.Span{From: civil.MustParse("2016-01-01"), To: civil.MustParse("2017-01-01")}
	var got []uuid.UUID
	for len(got) < len(want) {
		before, after := len(got), record.ChildID{}
		if before > 0 {
			after.UUID = got[before-1]
		}
		e.register(func(r storage.Register) {
			for c, err := range r.Children(e.ctx, born, after) {
				require.NoError(e, err)
				if got = append(got, c.ID.UUID); len(got) == before+4 {
					break
				}
			}
		})
		require.Greater(e, len(got), before, "a page is empty")
	}
	require.Equal(e, want, got)
}

func leaveChildren(e *env) {
	for n := range 10 {
		e.putChildren(plain(journey.ID(fmt.Sprint(n), "child"), "2016-05-05"))
	}
	e.register(func(r storage.Register) {
		for range 20 {
			for _, err := range r.Children(e.ctx, record.Span{}, record.ChildID{}) {
				require.NoError(e, err)
				break
			}
		}
		require.Len(e, collect(e, r.Children(e.ctx, record.Span{}, record.ChildID{})), 10)
	})
}

func readInChildren(e *env) {
	school := establishment("a")
	e.put(func(r storage.Registrar) error {
		return errors.Join(r.PutEstablishment(e.ctx, school), r.PutContributor(e.ctx, contributor("a", school.ID)))
	})
	for n := range 10 {
		e.putChildren(plain(journey.ID(fmt.Sprint(n), "child"), "2016-05-05"))
	}
	e.register(func(r storage.Register) {
		for c, err := range r.Children(e.ctx, record.Span{}, record.ChildID{}) {
			require.NoError(e, err)
			again, err := r.Child(e.ctx, c.ID)
			require.NoError(e, err)
			e.sameChild(c, again)
			require.Len(e, collect(e, r.Children(e.ctx, record.Span{}, record.ChildID{})), 10)
			require.Len(e, collect(e, r.Contributors(e.ctx, school.ID)), 1)
			_, err = r.Establishment(e.ctx, school.ID)
			require.NoError(e, err)
		}
	})
}

func establishment(name string) record.Establishment {
	return record.Establishment{
		ID: record.EstablishmentID{UUID: journey.ID(name, "school")}, Name: "Moor End Ó " + name, PostCode: "PR1 0AA",
		Status: record.Current, Type: 12, Special: true, DfENumber: "888/4000", URN: "119999", Finance: true,
	}
}

func establishmentWhole(e *env) {
	bare := record.Establishment{ID: record.EstablishmentID{UUID: journey.ID("bare", "school")}, Status: record.Ended}
	for _, want := range []record.Establishment{establishment("a"), bare} {
		e.put(func(r storage.Registrar) error { return r.PutEstablishment(e.ctx, want) })
		e.register(func(r storage.Register) {
			got, err := r.Establishment(e.ctx, want.ID)
			require.NoError(e, err)
			require.Equal(e, want, got)
			_, err = r.Establishment(e.ctx, record.EstablishmentID{UUID: uuid.Max})
			require.ErrorIs(e, err, storage.ErrNotFound)
		})
	}
}

func contributor(name string, at record.EstablishmentID) record.Contributor {
	return record.Contributor{
		ID: record.ContributorID{UUID: journey.ID(name, "teacher")}, Establishment: at, Name: private.NewText("Zoë " + name),
		Email: private.NewText(name + "@example.org"), Active: true,
		Actioned: time.Date(2026, time.January, 2, 3, 4, 5, 678_901_234, time.FixedZone("", 3600)),
	}
}

// sameContributor demands a contributor, and shows nothing of them.
func (e *env) sameContributor(want, got record.Contributor) {
	e.Helper()
	require.Equal(e, want.ID, got.ID)
	require.Equal(e, want.Establishment, got.Establishment)
	require.True(e, want.Name.Equal(got.Name), "Name")
	require.True(e, want.Email.Equal(got.Email), "Email")
	require.Equal(e, want.Active, got.Active)
	require.Equal(e, want.Actioned.IsZero(), got.Actioned.IsZero())
	require.Equal(e, want.Actioned.UTC().Truncate(time.Microsecond), got.Actioned)
}

func contributorWhole(e *env) {
	bare := record.Contributor{ID: record.ContributorID{UUID: journey.ID("bare", "teacher")}}
	for _, want := range []record.Contributor{contributor("a", establishment("a").ID), bare} {
		e.put(func(r storage.Registrar) error { return r.PutContributor(e.ctx, want) })
		e.register(func(r storage.Register) {
			got, err := r.Contributor(e.ctx, want.ID)
			require.NoError(e, err)
			e.sameContributor(want, got)
			_, err = r.Contributor(e.ctx, record.ContributorID{UUID: uuid.Max})
			require.ErrorIs(e, err, storage.ErrNotFound)
		})
	}
}

func (e *env) working(at record.EstablishmentID) (all []string) {
	e.Helper()
	e.register(func(r storage.Register) {
		for _, c := range collect(e, r.Contributors(e.ctx, at)) {
			all = append(all, c.ID.String())
		}
	})
	return all
}

func contributorsByID(e *env) {
	here, there := establishment("here").ID, establishment("there").ID
	var want []string
	for n := range 10 {
		c := contributor(fmt.Sprint(n), here)
		if n%3 == 0 {
			c.Establishment = there
		} else {
			want = append(want, c.ID.String())
		}
		e.put(func(r storage.Registrar) error { return r.PutContributor(e.ctx, c) })
	}
	slices.Sort(want)
	require.Equal(e, want, e.working(here))
	require.Len(e, e.working(there), 4)
	require.Empty(e, e.working(establishment("nowhere").ID))
}

func contributorMoves(e *env) {
	here, there := establishment("here").ID, establishment("there").ID
	for _, at := range []record.EstablishmentID{here, there, there} {
		e.put(func(r storage.Registrar) error { return r.PutContributor(e.ctx, contributor("a", at)) })
	}
	require.Empty(e, e.working(here))
	require.Len(e, e.working(there), 1)
}

func childReplaced(e *env) {
	e.putChildren(whole())
	bare := plain(whole().ID.UUID, "2015-01-01")
	e.putChildren(bare)
	e.sameChild(bare, e.child(bare.ID))
	require.Len(e, e.children(record.Span{}, record.ChildID{}), 1)
	require.Empty(e, e.children(record.Span{From: civil.MustParse("2016-01-01")}, record.ChildID{}))
	e.putChildren(whole())
	e.sameChild(whole(), e.child(bare.ID))
}

func childRefused(e *env) {
	e.putChildren(whole())
	for member, spoil := range map[string]func(*record.Child){
		"id":   func(c *record.Child) { c.ID = record.ChildID{} },
		"born": func(c *record.Child) { c.Born = private.Date{} },
		"upn":  func(c *record.Child) { c.UPN = private.NewText(canary) },
	} {
		c := whole()
		c.Name = private.NewText(canary)
		spoil(&c)
		err := e.tryPut(func(r storage.Registrar) error { return r.PutChild(e.ctx, c) })
		e.invalid(member, err)
		require.NotContains(e, fmt.Sprintf("%v %+v", err, err), canary)
	}
	e.sameChild(whole(), e.child(whole().ID))
}

func establishmentPut(e *env) {
	want := establishment("a")
	e.put(func(r storage.Registrar) error { return r.PutEstablishment(e.ctx, want) })
	want.Status, want.Name, want.Special = record.Ended, strings.Repeat("x", 300), false
	e.put(func(r storage.Registrar) error { return r.PutEstablishment(e.ctx, want) })
	for member, spoil := range map[string]func(*record.Establishment){
		"id":     func(s *record.Establishment) { s.ID = record.EstablishmentID{} },
		"status": func(s *record.Establishment) { s.Status = 0 },
		"dfe":    func(s *record.Establishment) { s.DfENumber = "8" },
	} {
		s := want
		spoil(&s)
		e.invalid(member, e.tryPut(func(r storage.Registrar) error { return r.PutEstablishment(e.ctx, s) }))
	}
	e.register(func(r storage.Register) {
		got, err := r.Establishment(e.ctx, want.ID)
		require.NoError(e, err)
		require.Equal(e, want, got)
	})
}

func contributorUnknown(e *env) {
	c := contributor("a", establishment("unknown").ID)
	e.put(func(r storage.Registrar) error { return r.PutContributor(e.ctx, c) })
	c.Active, c.Name = false, private.Text{}
	e.put(func(r storage.Registrar) error { return r.PutContributor(e.ctx, c) })
	e.register(func(r storage.Register) {
		got, err := r.Contributor(e.ctx, c.ID)
		require.NoError(e, err)
		e.sameContributor(c, got)
	})
}

func contributorRefused(e *env) {
	c := contributor("a", establishment("a").ID)
	c.ID = record.ContributorID{}
	err := e.tryPut(func(r storage.Registrar) error { return r.PutContributor(e.ctx, c) })
	require.Equal(e, "id", rule.InvalidMember(err))
	require.Empty(e, e.working(c.Establishment))
}

func registerCloses(e *env) {
	e.putChildren(whole())
	var kept storage.Register
	e.register(func(r storage.Register) { kept = r })
	_, child := kept.Child(e.ctx, whole().ID)
	_, children := gather(e, kept.Children(e.ctx, record.Span{}, record.ChildID{}))
	_, school := kept.Establishment(e.ctx, establishment("a").ID)
	_, teacher := kept.Contributor(e.ctx, contributor("a", establishment("a").ID).ID)
	_, teachers := gather(e, kept.Contributors(e.ctx, establishment("a").ID))
	_, load := gather(e, kept.Caseload(e.ctx, whole().Worker))
	_, noLoad := gather(e, kept.Caseload(e.ctx, record.PersonID{}))
	_, of := gather(e, kept.(storage.Batch).ChildrenOf(e.ctx, whole().ID))
	_, none := gather(e, kept.(storage.Batch).ContributorsAt(e.ctx))
	_, called := gather(e, kept.(storage.Directory).Named(e.ctx, "Moor End"))
	e.all(storage.ErrClosed, map[string]error{
		"Child": child, "Children": children, "Establishment": school, "Contributor": teacher, "Contributors": teachers,
		"Caseload": load, "Caseload of nobody": noLoad, "ChildrenOf": of, "ContributorsAt none": none, "Named": called,
	})
}

func registerRollsBack(e *env) {
	school := establishment("a")
	require.ErrorIs(e, e.tryPut(func(r storage.Registrar) error {
		return errors.Join(r.PutChild(e.ctx, whole()), r.PutEstablishment(e.ctx, school),
			r.PutContributor(e.ctx, contributor("a", school.ID)), errOwn)
	}), errOwn)
	e.register(func(r storage.Register) {
		_, err := r.Child(e.ctx, whole().ID)
		require.ErrorIs(e, err, storage.ErrNotFound)
		_, err = r.Establishment(e.ctx, school.ID)
		require.ErrorIs(e, err, storage.ErrNotFound)
		require.Empty(e, collect(e, r.Children(e.ctx, record.Span{}, record.ChildID{})))
		require.Empty(e, collect(e, r.Contributors(e.ctx, school.ID)))
	})
}

func registerSeesOwn(e *env) {
	school := establishment("a")
	e.put(func(r storage.Registrar) error {
		err := errors.Join(r.PutChild(e.ctx, whole()), r.PutEstablishment(e.ctx, school), r.PutContributor(e.ctx, contributor("a", school.ID)))
		require.NoError(e, err)
		c, err := r.Child(e.ctx, whole().ID)
		require.NoError(e, err)
		e.sameChild(whole(), c)
		require.Len(e, collect(e, r.Children(e.ctx, record.Span{}, record.ChildID{})), 1)
		require.Len(e, collect(e, r.Contributors(e.ctx, school.ID)), 1)
		return nil
	})
}
