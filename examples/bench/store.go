package main

import (
	"context"
	"encoding/binary"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/hashicorp/go-memdb"

	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/storage/memstore"
	"virtualschool.example/term/civil"
)

// numbered returns the nth id of a kind. The ids are spread over all possible ids.
func numbered(n, kind int) (u uuid.UUID) {
	binary.BigEndian.PutUint64(u[:], uint64(n+1)*0x9e3779b97f4a7c15)
	u[15] = byte(kind)
	return u
}

var school = record.Establishment{ID: record.EstablishmentID{UUID: numbered(1, 2)}, Status: record.Current}

// act returns the act of a social worker on a child's plan.
func act(child uuid.UUID) *pep.Act {
	return &pep.Act{
		By: record.PersonID{UUID: numbered(1, 4)}, Role: pep.SocialWorker, Policy: pep.Lancashire(),
		At: time.Date(2026, time.February, 14, 9, 30, 0, 0, time.UTC), On: today,
		Facts: pep.Facts{
			Child: record.Child{
				ID: record.ChildID{UUID: child}, Born: private.NewDate(civil.MustParse("2014-03-01")),
				Care: record.Care{Throughout: true},
			},
			Establishment: &school,
		},
	}
}

var mover = act(numbered(1, 1))

// row is a plan in the other store, with the keys of its indexes.
type row struct {
	ID, Child, Establishment, Term, Order string
	State                                 pep.Snapshot
	History                               []pep.Event
}

func rowOf(s pep.Snapshot, history []pep.Event) *row {
	return &row{
		ID: string(s.ID.UUID[:]), Child: string(s.Child.UUID[:]), Establishment: string(s.Establishment.UUID[:]),
		Term: s.Term.String(), Order: order(s.Stage, s.Meeting, s.ID), State: s, History: history,
	}
}

// order returns the sort key of a plan: its stage, meeting date and id.
func order(s pep.Stage, meeting civil.Date, id pep.ID) string {
	return fmt.Sprintf("%d%08d%s", s, packed(meeting), id.UUID[:])
}

// schema returns a schema with the same indexes as memstore.
func schema() *memdb.DBSchema {
	indexes := map[string]*memdb.IndexSchema{}
	for name, field := range map[string]string{"id": "ID", "child": "Child", "establishment": "Establishment", "term": "Term", "order": "Order"} {
		indexes[name] = &memdb.IndexSchema{
			Name: name, Unique: field == "ID" || field == "Order", AllowMissing: field == "Establishment",
			Indexer: &memdb.StringFieldIndex{Field: field},
		}
	}
	return &memdb.DBSchema{Tables: map[string]*memdb.TableSchema{"plan": {Name: "plan", Indexes: indexes}}}
}

// both holds the two stores, which have the same plans.
type both struct {
	ours   *memstore.Store
	theirs *memdb.MemDB
	ids    []pep.ID
}

func stores(population int) ([]pair, error) {
	theirs, err := memdb.NewMemDB(schema())
	if err != nil {
		return nil, err
	}
	b := &both{ours: memstore.New(), theirs: theirs}
	if err := b.fill(population); err != nil {
		return nil, err
	}
	return []pair{
		{"load a plan", "hashicorp/go-memdb", b.load, b.find},
		{"load, attach, save", "hashicorp/go-memdb", b.saved(attach), b.replaced(attach)},
		{"load, move the meeting, save", "hashicorp/go-memdb", b.saved(again), b.replaced(again)},
		{"a page of 50 of a tray", "hashicorp/go-memdb", b.page, b.walk},
	}, nil
}

// fill saves the plans in both stores.
func (b *both) fill(population int) error {
	ctx, txn := context.Background(), b.theirs.Txn(true)
	defer txn.Abort()
	err := b.ours.Update(ctx, func(tx storage.Tx) error {
		for n := range population {
			p, err := started(n)
			if err != nil {
				return err
			}
			b.ids = append(b.ids, p.ID())
			if err := txn.Insert("plan", rowOf(p.Snapshot(), p.Pending())); err != nil {
				return err
			}
			if err := tx.Save(ctx, p); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		txn.Commit()
	}
	return err
}

func (b *both) id(n int) pep.ID { return b.ids[n*7919%len(b.ids)] }

func (b *both) load(n int) error {
	return b.ours.View(context.Background(), func(r storage.Reader) error {
		_, err := r.Plan(context.Background(), b.id(n))
		return err
	})
}

func (b *both) find(n int) error {
	_, _, err := found(b.theirs.Txn(false), b.id(n))
	return err
}

// found returns a row and its plan.
func found(txn *memdb.Txn, id pep.ID) (*row, *pep.PEP, error) {
	raw, err := txn.First("plan", "id", string(id.UUID[:]))
	if err != nil {
		return nil, nil, err
	}
	r, ok := raw.(*row)
	if !ok {
		return nil, nil, storage.ErrNotFound
	}
	p, err := pep.Restore(r.State)
	return r, p, err
}

// saved returns a function that loads a plan, takes a step and saves the plan in the
// library's store.
func (b *both) saved(step func(*pep.PEP, int) error) func(n int) error {
	ctx := context.Background()
	return func(n int) error {
		return b.ours.Update(ctx, func(tx storage.Tx) error {
			p, err := tx.Plan(ctx, b.id(n))
			if err == nil {
				err = step(p, n)
			}
			if err != nil {
				return err
			}
			return tx.Save(ctx, p)
		})
	}
}

// attach takes a step that, like most steps, changes no index.
func attach(p *pep.PEP, _ int) error {
	return p.Do(mover, pep.Attach{Name: document, Size: 1})
}

var document = private.NewText("report.pdf")

// again moves the meeting to a different day.
func again(p *pep.PEP, n int) error {
	if p.Meeting() == today.AddDays(10+n%20) {
		n++
	}
	return move(p, n)
}

// replaced is the counterpart of saved for the other store.
func (b *both) replaced(step func(*pep.PEP, int) error) func(n int) error {
	return func(n int) error {
		txn := b.theirs.Txn(true)
		defer txn.Abort()
		r, p, err := found(txn, b.id(n))
		if err == nil {
			err = step(p, n)
		}
		if err == nil {
			err = txn.Insert("plan", rowOf(p.Snapshot(), append(r.History, p.Pending()...)))
		}
		if err != nil {
			return err
		}
		txn.Commit()
		return nil
	}
}

// middle is the meeting date at which both stores begin to read their page.
var middle = today.AddDays(100)

func (b *both) page(int) error {
	plans = plans[:0]
	err := b.ours.View(context.Background(), func(r storage.Reader) error {
		for p, err := range r.Plans(context.Background(), storage.Query{
			Scope: storage.Tray(pep.SocialWorkerTray), After: storage.Place{Meeting: middle}, Limit: 50,
		}) {
			if err != nil {
				return err
			}
			plans = append(plans, p)
		}
		return nil
	})
	return fifty(err)
}

func (b *both) walk(int) error {
	rows, err := b.theirs.Txn(false).LowerBound("plan", "order", order(pep.Draft, middle, pep.ID{}))
	if err != nil {
		return err
	}
	plans = plans[:0]
	for raw := rows.Next(); raw != nil && len(plans) < 50; raw = rows.Next() {
		p, err := pep.Restore(raw.(*row).State)
		if err != nil {
			return err
		}
		plans = append(plans, p)
	}
	return fifty(nil)
}

// plans holds the page that was read last.
var plans []*pep.PEP

func fifty(err error) error {
	if err == nil && len(plans) != 50 {
		err = errAnswer
	}
	return err
}
