package storagetest

import (
	"context"
	"iter"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
)

// auditRows returns the cases of Audit and Auditor.
func auditRows() []row {
	return slices.Concat(entries.rows("A1", "A4", "A10"), []row{
		{name: "A1 a list of entries keeps to its scope and time", run: entriesOfScope},
		{name: "A1 full and minimal entries are kept complete", run: entryWhole},
		{name: "A2 an entry belongs to the person who acted and the person acted for", run: entriesOfPerson},
		{name: "A3 a malformed query for entries is refused", run: badAuditQuery},
		{name: "A10 entries stay whatever becomes of the plan", run: entriesStay},
		{name: "A11 an invalid entry is refused", run: entryRefused},
	})
}

var entries = ledger[storage.Entry]{
	name: "entries",
	nth:  entry,
	again: func(a storage.Entry) storage.Entry {
		a.At, a.Name, a.Plan.UUID = a.At.Add(time.Hour), "another", uuid.Max
		return a
	},
	add: func(e *env, ctx context.Context, tx storage.Tx, a storage.Entry) error {
		return role[storage.Auditor](e, tx).Audit(ctx, a)
	},
	all: func(e *env, ctx context.Context, r storage.Reader, after *storage.Entry, limit int) iter.Seq2[storage.Entry, error] {
		q := storage.AuditQuery{Scope: storage.Everything(), After: momentOf(after, (*storage.Entry).Moment), Limit: limit}
		return role[storage.Audit](e, r).Entries(ctx, q)
	},
	same: func(e *env, want, got storage.Entry) {
		e.Helper()
		want.At = storage.Instant(want.At)
		require.Equal(e, want, got)
	},
}

// entry returns the n-th entry, with every member set. The entries concern three
// plans and two children. Three people act in turn, on behalf of two others.
func entry(n int) storage.Entry {
	return storage.Entry{
		ID: ordinal(n), By: record.PersonID{UUID: sameID(n % 3)}, For: record.PersonID{UUID: sameID(5 + n%2)}, Role: pep.VirtualSchoolHead,
		At: moment(n), What: []storage.Deed{storage.Acted, storage.Looked, storage.Exported, storage.Denied}[n%4], Name: "finalise",
		Plan: pep.ID{UUID: sameID(n % 3)}, Child: record.ChildID{UUID: sameID(n % 2)}, Kind: "forbidden", Rule: rule.FINAL1,
	}
}

func (e *env) entries(q storage.AuditQuery) (found []storage.Entry) {
	e.Helper()
	e.view(func(r storage.Reader) { found = collect(e, role[storage.Audit](e, r).Entries(e.ctx, q)) })
	return found
}

func entryID(a storage.Entry) uuid.UUID { return a.ID }

func entriesOfScope(e *env) {
	all := entries.fill(e, 12)
	everything, plan := storage.Everything(), storage.OnePlan(pep.ID{UUID: sameID(1)})
	child := func(n int) record.ChildID { return record.ChildID{UUID: sameID(n)} }
	from := storage.Instant(moment(4))
	for name, c := range map[string]struct {
		q    storage.AuditQuery
		want []int
	}{
		"everything":              {storage.AuditQuery{Scope: everything}, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}},
		"a plan":                  {storage.AuditQuery{Scope: plan}, []int{1, 4, 7, 10}},
		"a page of a plan":        {storage.AuditQuery{Scope: plan, After: all[1].Moment(), Limit: 2}, []int{4, 7}},
		"a plan of none":          {storage.AuditQuery{Scope: storage.OnePlan(pep.ID{UUID: sameID(5)})}, nil},
		"a child":                 {storage.AuditQuery{Scope: storage.Caseload(child(1))}, []int{1, 3, 5, 7, 9, 11}},
		"children":                {storage.AuditQuery{Scope: storage.Caseload(child(1), child(0), child(1)), Limit: 5}, []int{0, 1, 2, 3, 4}},
		"no children":             {storage.AuditQuery{Scope: storage.Caseload()}, nil},
		"a person":                {storage.AuditQuery{Scope: storage.Person(record.PersonID{UUID: sameID(2)})}, []int{2, 5, 8, 11}},
		"from an instant":         {storage.AuditQuery{Scope: everything, From: from}, []int{4, 5, 6, 7, 8, 9, 10, 11}},
		"just after an instant":   {storage.AuditQuery{Scope: everything, From: from.Add(time.Microsecond)}, []int{6, 7, 8, 9, 10, 11}},
		"before an instant":       {storage.AuditQuery{Scope: everything, To: from.In(time.FixedZone("", -7200))}, []int{0, 1, 2, 3}},
		"up to an instant":        {storage.AuditQuery{Scope: everything, To: from.Add(time.Microsecond)}, []int{0, 1, 2, 3, 4, 5}},
		"a plan between instants": {storage.AuditQuery{Scope: plan, From: from, To: moment(10)}, []int{4, 7}},
		"a page between instants": {storage.AuditQuery{Scope: everything, From: from, To: moment(10), After: all[5].Moment(), Limit: 2}, []int{6, 7}},
		"a page before the time":  {storage.AuditQuery{Scope: everything, From: from, After: all[1].Moment(), Limit: 2}, []int{4, 5}},
		"a page after the time":   {storage.AuditQuery{Scope: everything, To: from, After: all[6].Moment()}, nil},
		"no time":                 {storage.AuditQuery{Scope: everything, From: from, To: from}, nil},
	} {
		require.Equal(e, c.want, placed(e, all, e.entries(c.q), entryID), name)
	}
}

func entryWhole(e *env) {
	bare := storage.Entry{
		ID: uuid.Max, By: record.PersonID{UUID: uuid.Max}, Role: pep.System, At: moment(5), What: storage.Exported, Name: "missing_plans",
	}
	want := []storage.Entry{entry(1), bare, entry(7)}
	entries.added(e, want...)
	entries.equal(e, want, e.entries(storage.AuditQuery{Scope: storage.Everything()}))
	for _, none := range []storage.Scope{storage.OnePlan(pep.ID{}), storage.Caseload(record.ChildID{}), storage.Person(record.PersonID{})} {
		require.Empty(e, e.entries(storage.AuditQuery{Scope: none}), "the zero id must select nothing")
	}
}

func entriesOfPerson(e *env) {
	all := entries.fill(e, 6)
	self := entry(8)
	self.For = self.By
	entries.added(e, self)
	all = append(all, self)
	of := func(n int) []int {
		return placed(e, all, e.entries(storage.AuditQuery{Scope: storage.Person(record.PersonID{UUID: sameID(n)})}), entryID)
	}
	require.Equal(e, []int{0, 3}, of(0))
	require.Equal(e, []int{2, 5, 6}, of(2), "an entry by and for the same person must come once")
	require.Equal(e, []int{0, 2, 4}, of(5))
	require.Equal(e, []int{1, 3, 5}, of(6))
}

func badAuditQuery(e *env) {
	entries.fill(e, 2)
	badQueries(e, func(r storage.Reader, s storage.Scope, limit int) iter.Seq2[storage.Entry, error] {
		return role[storage.Audit](e, r).Entries(e.ctx, storage.AuditQuery{Scope: s, Limit: limit})
	}, storage.Scope{}, storage.Tray(pep.SocialWorkerTray), storage.Establishment(record.EstablishmentID{UUID: uuid.Max}))
}

func entriesStay(e *env) {
	j := e.save(e.plan("a").To(pep.Draft))
	want := entry(1)
	want.Plan, want.Child = j.Plan.ID(), j.Plan.Child()
	entries.added(e, want)
	e.save(j.To(pep.Deleted))
	entries.equal(e, []storage.Entry{want}, e.entries(storage.AuditQuery{Scope: storage.OnePlan(want.Plan)}))
}

func entryRefused(e *env) {
	refusals(e, entries, map[string]func(*storage.Entry){
		"id":   func(a *storage.Entry) { a.ID = uuid.UUID{} },
		"by":   func(a *storage.Entry) { a.By = record.PersonID{} },
		"role": func(a *storage.Entry) { a.Role = 0 },
		"at":   func(a *storage.Entry) { a.At = time.Time{} },
		"what": func(a *storage.Entry) { a.What = 99 },
		"name": func(a *storage.Entry) { a.Name = canary },
		"kind": func(a *storage.Entry) { a.Kind = canary },
		"rule": func(a *storage.Entry) { a.Rule = 255 },
	})
	denied := entry(3)
	denied.Kind = ""
	e.invalid("kind", entries.tryAdd(e, denied))
}
