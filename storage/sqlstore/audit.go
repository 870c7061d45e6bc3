package sqlstore

import (
	"context"
	"errors"
	"iter"

	"virtualschool.example/pep"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore/internal/statement"
)

var entriesOf = ways{
	all: statement.Entries, child: statement.EntriesOfChild, children: statement.EntriesOfChildren,
	plan: statement.EntriesOfPlan, person: statement.EntriesOfPerson,
}

func (r *reader) Entries(ctx context.Context, q storage.AuditQuery) iter.Seq2[storage.Entry, error] {
	entries := r.scoped(q.Scope, entriesOf).from(past(q.After))
	if !q.From.IsZero() {
		entries = entries.from(place{when: instant(q.From)})
	}
	if !q.To.IsZero() {
		entries.through = instant(q.To) - 1
	}
	return listed(ctx, r.session, "entries", q.Check(), entries, q.Limit, entry)
}

// entry reads a row of pep_audit.
func entry(scan located) (storage.Entry, error) {
	var by, behalf, plan, child []byte
	var role, what, no string
	var e storage.Entry
	at, err := scan(&by, &behalf, &role, &what, &e.Name, &plan, &child, &e.Kind, &no)
	if err != nil {
		return storage.Entry{}, err
	}
	e.ID, e.At = at.which, instantOf(at.when)
	e.By.UUID, e.For.UUID, e.Plan.UUID, e.Child.UUID = idOf(by), idOf(behalf), idOf(plan), idOf(child)
	var unknown [3]error
	e.Role, unknown[0] = pep.ParseRole(role)
	e.What, unknown[1] = storage.ParseDeed(what)
	if no != "" {
		e.Rule, unknown[2] = rule.Parse(no)
	}
	if errors.Join(unknown[:]...) != nil {
		return storage.Entry{}, damaged("entries")
	}
	return e, nil
}

func (t *tx) Audit(ctx context.Context, e storage.Entry) error {
	if err := t.putting(ctx, false, e.Check); err != nil {
		return err
	}
	return t.enter(ctx, "audit", statement.Audit, place{instant(e.At), e.ID},
		t.id(&e.By.UUID), t.id(&e.For.UUID), e.Role.String(), e.What.String(), e.Name,
		t.id(&e.Plan.UUID), t.id(&e.Child.UUID), e.Kind, e.Rule.String())
}
