package workflow

import (
	"context"
	"iter"
	"slices"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
)

// known is a register that reads each child, establishment and contributor only once
// in a transaction. It also keeps the children's plans if they were read together.
type known struct {
	storage.Register // the register itself; nil if neither the store nor the host has one
	children         map[record.ChildID]record.Child
	establishments   map[record.EstablishmentID]record.Establishment
	contributors     map[record.ContributorID]record.Contributor
	staff            map[record.EstablishmentID][]record.Contributor
	others           map[record.ChildID][]*pep.PEP // the children's plans, if they were read together; nil if each child's plans are read when they are needed
}

// once returns the value of an id. It reads the value only if it was not read
// before.
func once[ID comparable, V any](ctx context.Context, have *map[ID]V, id ID, read func(context.Context, ID) (V, error)) (V, error) {
	v, ok := (*have)[id]
	if ok {
		return v, nil
	}
	v, err := read(ctx, id)
	if err == nil {
		keep(have, id, v)
	}
	return v, err
}

// keep keeps the value of an id.
func keep[ID comparable, V any](have *map[ID]V, id ID, v V) {
	if *have == nil {
		*have = map[ID]V{}
	}
	(*have)[id] = v
}

// Child returns a child, as the register does.
func (k *known) Child(ctx context.Context, id record.ChildID) (record.Child, error) {
	if k.Register == nil {
		return record.Child{}, storage.ErrNoRegister
	}
	return once(ctx, &k.children, id, k.Register.Child)
}

// Establishment returns an establishment, as the register does.
func (k *known) Establishment(ctx context.Context, id record.EstablishmentID) (record.Establishment, error) {
	if k.Register == nil {
		return record.Establishment{}, storage.ErrNoRegister
	}
	return once(ctx, &k.establishments, id, k.Register.Establishment)
}

// Contributor returns a contributor, as the register does.
func (k *known) Contributor(ctx context.Context, id record.ContributorID) (record.Contributor, error) {
	if k.Register == nil {
		return record.Contributor{}, storage.ErrNoRegister
	}
	return once(ctx, &k.contributors, id, k.Register.Contributor)
}

// Contributors iterates over the contributors of an establishment, as the register
// does.
func (k *known) Contributors(ctx context.Context, of record.EstablishmentID) iter.Seq2[record.Contributor, error] {
	staff, ok := k.staff[of]
	if !ok {
		return k.Register.Contributors(ctx, of)
	}
	return func(yield func(record.Contributor, error) bool) {
		for _, c := range staff {
			if !yield(c, nil) {
				return
			}
		}
	}
}

// read reads the children, establishments and contributors of several plans
// together, if the register is a storage.Batch. Otherwise each is read when it is
// first needed.
func (k *known) read(ctx context.Context, plans []*pep.PEP) error {
	if err := k.readChildren(ctx, plans); err != nil {
		return err
	}
	batch, ok := k.Register.(storage.Batch)
	if !ok {
		return nil
	}
	where := unread(distinctOf(plans, k.where), k.staff)
	if len(where) == 0 {
		return nil
	}
	err := gather(&k.establishments, batch.EstablishmentsOf(ctx, where...), func(e record.Establishment) record.EstablishmentID { return e.ID })
	if err != nil && KindOf(err) != Damaged {
		return err
	}
	for c, err := range batch.ContributorsAt(ctx, where...) {
		if KindOf(err) == Damaged {
			k.staff = nil // the contributors of each establishment are then read separately
			return nil
		}
		if err != nil {
			return err
		}
		keep(&k.contributors, c.ID, c)
		keep(&k.staff, c.Establishment, append(k.staff[c.Establishment], c))
	}
	for _, id := range where { // so that an establishment without contributors counts as read
		keep(&k.staff, id, k.staff[id])
	}
	return nil
}

// readChildren reads the children of several plans together, if the register is a
// storage.Batch.
func (k *known) readChildren(ctx context.Context, plans []*pep.PEP) error {
	batch, ok := k.Register.(storage.Batch)
	if !ok {
		return nil
	}
	children := unread(distinctOf(plans, (*pep.PEP).Child), k.children)
	if len(children) == 0 {
		return nil
	}
	err := gather(&k.children, batch.ChildrenOf(ctx, children...), func(c record.Child) record.ChildID { return c.ID })
	if KindOf(err) == Damaged {
		return nil // each child is then read separately, and only the damaged one fails
	}
	return err
}

// where returns the establishment where a plan is.
func (k *known) where(p *pep.PEP) record.EstablishmentID {
	plan := p.Snapshot()
	return plan.Where(k.children[plan.Child].Education, plan.Meeting)
}

// readOthers finds the plans at a stage where the child's other plans decide what
// can be done. It reads all plans of the children concerned together.
func (k *known) readOthers(ctx context.Context, r storage.Reader, plans []*pep.PEP) error {
	deciding := slices.DeleteFunc(slices.Clone(plans), func(p *pep.PEP) bool {
		return p.NeedsToLook()&(pep.PlansFact|pep.OpenFact) == 0
	})
	children := distinctOf(deciding, (*pep.PEP).Child)
	k.others = make(map[record.ChildID][]*pep.PEP, len(children))
	if len(children) == 0 {
		return nil
	}
	for p, err := range r.Plans(ctx, storage.Query{Scope: storage.Caseload(children...)}) {
		if KindOf(err) == Damaged {
			k.others = nil // the plans of each child are then read separately
			return nil
		}
		if err != nil {
			return err
		}
		k.others[p.Child()] = append(k.others[p.Child()], p)
	}
	return nil
}

// gather puts the values of a list into a map, up to the first error.
func gather[ID comparable, V any](into *map[ID]V, list iter.Seq2[V, error], id func(V) ID) error {
	for v, err := range list {
		if err != nil {
			return err
		}
		keep(into, id(v), v)
	}
	return nil
}

// unread returns the ids whose values have not been read yet.
func unread[ID comparable, V any](ids []ID, have map[ID]V) []ID {
	return slices.DeleteFunc(ids, func(id ID) bool {
		_, ok := have[id]
		return ok
	})
}

// distinctOf returns each id of the plans once, without the zero id.
func distinctOf[ID comparable](plans []*pep.PEP, id func(*pep.PEP) ID) (all []ID) {
	var zero ID
	seen := map[ID]bool{zero: true}
	for _, p := range plans {
		if i := id(p); !seen[i] {
			seen[i], all = true, append(all, i)
		}
	}
	return all
}
