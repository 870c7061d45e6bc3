package lockstep

import (
	"context"
	"encoding/binary"
	"time"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/private/privatetest"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
)

// Store is a store that takes part in a walk. Its Readers and Txs must implement
// every role that a Reader or Tx can have.
type Store interface {
	storage.Plans
	storage.Outbox
}

// Entrant is a kind of store and its name. New returns an empty store. Other
// stores of that kind may have used its database before.
type Entrant struct {
	Name string
	New  func() Store
}

// side is one store in a walk, with the service over it.
type side struct {
	name    string
	store   Store
	service *workflow.Service
	ids     uint64
	seen    []workflow.Observation // the observations since the last call of observed
}

// found gives the side a new service that decides under the last of the given policies.
// All sides share one clock.
func (s *side) found(now func() time.Time, policies ...*pep.Policy) (err error) {
	current := len(policies) - 1
	s.service, err = workflow.New(workflow.Config{
		Plans: s.store, Now: now, NewID: s.newID, System: system.ID,
		Policy: policies[current], Earlier: policies[:current],
		Relation: relation,
		Observe: func(_ context.Context, o workflow.Observation) {
			if o.Action != "look" && o.Action != "plan" { // only the first side is asked what the next move may be
				s.seen = append(s.seen, o)
			}
		},
	})
	return err
}

// newID returns the next id. At each step all sides draw the same first id, which
// identifies a plan. A side may then draw more ids, for example for its audit trail,
// without falling out of step. The ids are in no order.
func (s *side) newID() (id uuid.UUID) {
	s.ids++
	binary.BigEndian.PutUint64(id[:8], s.ids*0x9E3779B97F4A7C15)
	return id
}

// relation reads the case and then keeps the outsider out of it.
func relation(ctx context.Context, c workflow.Case) (access.Relations, error) {
	for _, err := range c.Reader.Plans(ctx, storage.Query{Scope: storage.Caseload(c.Child), Limit: 1}) {
		if err != nil {
			return 0, err
		}
	}
	if c.By.ID == outsider {
		return 0, nil
	}
	return access.Relations(0xFF), nil
}

// observed returns the service's observations since the last call.
func (s *side) observed() []workflow.Observation {
	defer func() { s.seen = nil }()
	return s.seen
}

// put registers children, establishments and contributors.
func (s *side) put(ctx context.Context, all ...any) error {
	return s.store.Update(ctx, func(tx storage.Tx) error {
		to, err := storage.RegistrarOf(tx)
		for i := 0; i < len(all) && err == nil; i++ {
			switch v := all[i].(type) {
			case record.Child:
				err = to.PutChild(ctx, v)
			case record.Establishment:
				err = to.PutEstablishment(ctx, v)
			case record.Contributor:
				err = to.PutContributor(ctx, v)
			}
		}
		return err
	})
}

// never is a store that rolls its next Update back, as if the host had rolled back
// its transaction after the command was carried out in it.
type never struct {
	storage.Plans
	done bool
}

func (n *never) Update(ctx context.Context, fn func(storage.Tx) error) error {
	if n.done { // this Update only enters a denial in the audit trail
		return n.Plans.Update(ctx, fn)
	}
	n.done = true
	return n.Plans.Update(ctx, func(tx storage.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		return errRolledBack
	})
}

const canary = privatetest.Canary
