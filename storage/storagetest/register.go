package storagetest

import (
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

// registerRows returns the cases of Register and Registrar.
func registerRows() []row {
	return append(stored(), []row{
		{name: "R1 a child is read as it was put", run: childWhole},
		{name: "P1 a child shares nothing with the store", run: childIsOwn},
		{name: "P3 a child's texts come back byte for byte", run: childExact},
		{name: "R6 a contributor who moves is listed at the new establishment", run: contributorMoves},
		{name: "R7 a child leaves a caseload when the worker changes", run: caseloadFollows},
		{name: "R18 an establishment is found by its current name", run: namedAnew},
		{name: "R10 a child put again replaces what was known", run: childReplaced},
		{name: "R11 an invalid child is refused", run: childRefused},
		{name: "R12 an establishment put again replaces the old one, and an invalid one is refused", run: establishmentPut},
		{name: "R13 a contributor of an unknown establishment is kept", run: contributorUnknown},
		{name: "R13 a contributor without an id is refused", run: contributorRefused},
		{name: "P2 a register is closed with its reader", run: registerCloses},
		{name: "P13 an update that fails leaves nothing in the register", run: registerRollsBack},
		{name: "P40 a transaction sees what it puts", run: registerSeesOwn},
	}...)
}

// register calls fn to read the register, and put calls fn to write to it. An error
// fails the case.
func (e *env) register(fn func(storage.Register)) {
	e.Helper()
	e.view(func(r storage.Reader) {
		register, ok := r.(storage.Register)
		require.True(e, ok, "a Reader of a store that keeps the register must be a storage.Register")
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
		require.True(e, ok, "a Tx of a store that keeps the register must be a storage.Registrar")
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

// whole returns a child with every member set.
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
		HealthSince:  day("2023-06-01"),
		Care: record.Care{Episodes: []record.Episode{
			{Span: record.Span{From: day("2024-01-01"), To: day("2024-02-01")}, ShortBreak: true, Authority: "lancashire"},
			{Span: record.Span{From: day("2023-05-05")}},
		}},
		Education: []record.Education{
			{Span: record.Span{From: day("2020-09-01"), To: day("2021-07-20")}, Kind: record.DayNursery},
			{Span: record.Span{From: day("2021-09-01")}, Kind: record.School, Establishment: record.EstablishmentID{UUID: journey.ID("a", "school")}},
		},
		Worker:      record.PersonID{UUID: who("worker")},
		WorkerSince: day("2024-03-04"),
		Adviser:     record.PersonID{UUID: who("adviser")},
	}
}

// plain returns a child with only the members that are required.
func plain(id uuid.UUID, born string) record.Child {
	return record.Child{ID: record.ChildID{UUID: id}, Born: private.NewDate(civil.MustParse(born))}
}

// sameChild requires two children to be equal, and prints nothing private.
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
	require.Equal(e, want.HealthSince, got.HealthSince)
	require.Equal(e, want.Care.Throughout, got.Care.Throughout)
	require.True(e, slices.Equal(want.Care.Episodes, got.Care.Episodes), "Care.Episodes")
	require.True(e, slices.Equal(want.Education, got.Education), "Education")
	require.Equal(e, want.Worker, got.Worker)
	require.Equal(e, want.WorkerSince, got.WorkerSince)
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

func establishment(name string) record.Establishment {
	return record.Establishment{
		ID: record.EstablishmentID{UUID: journey.ID(name, "school")}, Name: "Moor End Ó " + name, PostCode: "PR1 0AA",
		Status: record.Current, Type: 12, Special: true, DfENumber: "888/4000", URN: "119999", Finance: true,
	}
}

func contributor(name string, at record.EstablishmentID) record.Contributor {
	return record.Contributor{
		ID: record.ContributorID{UUID: journey.ID(name, "teacher")}, Establishment: at, Name: private.NewText("Zoë " + name),
		Email: private.NewText(name + "@example.org"), Active: true,
		Actioned: time.Date(2026, time.January, 2, 3, 4, 5, 678_901_234, time.FixedZone("", 3600)),
	}
}

// sameContributor requires two contributors to be equal, and prints nothing private.
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

func (e *env) working(at record.EstablishmentID) (all []string) {
	e.Helper()
	e.register(func(r storage.Register) {
		for _, c := range collect(e, r.Contributors(e.ctx, at)) {
			all = append(all, c.ID.String())
		}
	})
	return all
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
	errs := map[string]error{
		"Child": child, "Children": children, "Establishment": school, "Contributor": teacher, "Contributors": teachers,
		"Caseload": load, "Caseload of nobody": noLoad,
	}
	if b, ok := may[storage.Batch](e, kept); ok {
		_, errs["ChildrenOf"] = gather(e, b.ChildrenOf(e.ctx, whole().ID))
		_, errs["ContributorsAt none"] = gather(e, b.ContributorsAt(e.ctx))
	}
	if d, ok := may[storage.Directory](e, kept); ok {
		_, errs["Named"] = gather(e, d.Named(e.ctx, "Moor End"))
	}
	e.all(storage.ErrClosed, errs)
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
