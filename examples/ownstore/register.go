package main

import (
	"context"
	"iter"

	"github.com/google/uuid"

	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore"
	"virtualschool.example/term/civil"
)

// register reads children from the system's own table, in the same transaction as its
// Reader. It therefore finds a child that this transaction has just entered. It has no
// establishments or contributors.
type register struct{ r storage.Reader }

// Child returns a child from the system's table, or storage.ErrNotFound.
func (g register) Child(ctx context.Context, id record.ChildID) (record.Child, error) {
	for c, err := range g.children(ctx, "WHERE id = ?", id.String()) {
		return c, err
	}
	return record.Child{}, storage.ErrNotFound
}

// Children iterates over the children who were born in the span, by id.
func (g register) Children(ctx context.Context, born record.Span, after record.ChildID) iter.Seq2[record.Child, error] {
	return func(yield func(record.Child, error) bool) {
		for c, err := range g.children(ctx, "WHERE id > ? ORDER BY id", after.String()) {
			if err == nil && !storage.BornOn(born, c.Born.Reveal(private.Deciding)) {
				continue
			}
			if !yield(c, err) {
				return
			}
		}
	}
}

// Establishment returns storage.ErrNotFound.
func (g register) Establishment(context.Context, record.EstablishmentID) (record.Establishment, error) {
	return record.Establishment{}, storage.ErrNotFound
}

// Contributor returns storage.ErrNotFound.
func (g register) Contributor(context.Context, record.ContributorID) (record.Contributor, error) {
	return record.Contributor{}, storage.ErrNotFound
}

// Contributors returns an empty list.
func (g register) Contributors(context.Context, record.EstablishmentID) iter.Seq2[record.Contributor, error] {
	return func(func(record.Contributor, error) bool) {}
}

// Caseload iterates over the children of a social worker, by id. The table names each
// child's social worker, if there is one; it knows of no personal advisers.
func (g register) Caseload(ctx context.Context, worker record.PersonID) iter.Seq2[record.Child, error] {
	if worker.IsZero() {
		return func(func(record.Child, error) bool) {}
	}
	return g.children(ctx, "WHERE social_worker = ? ORDER BY id", worker.String())
}

// children reads all rows before it yields the first child, so that a loop over the
// children may itself use the register.
func (g register) children(ctx context.Context, where string, args ...any) iter.Seq2[record.Child, error] {
	return func(yield func(record.Child, error) bool) {
		all, err := g.read(ctx, where, args...)
		for _, c := range all {
			if !yield(c, nil) {
				return
			}
		}
		if err != nil {
			yield(record.Child{}, err)
		}
	}
}

func (g register) read(ctx context.Context, where string, args ...any) (all []record.Child, err error) {
	rows, err := sqlstore.Query(ctx, g.r, "SELECT id, name, born, looked_after_since, social_worker FROM child "+where, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id, name, born, since, worker string
		if err := rows.Scan(&id, &name, &born, &since, &worker); err != nil {
			return nil, err
		}
		c, err := child(id, name, born, since, worker)
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, rows.Err()
}

// child turns a row of the table into a child for the rules.
func child(id, name, born, since, worker string) (c record.Child, err error) {
	if c.ID.UUID, err = uuid.Parse(id); err != nil {
		return c, err
	}
	if c.Worker.UUID, err = uuid.Parse(worker); err != nil {
		return c, err
	}
	day, err := civil.Parse(born)
	if err != nil {
		return c, err
	}
	from, err := civil.Parse(since)
	if err != nil {
		return c, err
	}
	c.Name, c.Born = private.NewText(name), private.NewDate(day)
	c.Care.Episodes = []record.Episode{{Span: record.Span{From: from}}}
	return c, nil
}
