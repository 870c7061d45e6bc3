package storagetest

import (
	"context"
	"errors"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/storage/memstore"
)

// registry is a Reader with every interface of a register.
type registry struct {
	storage.Reader
	storage.Register
	storage.Batch
	storage.Directory
}

func registryOf(r storage.Reader) registry {
	return registry{r, r.(storage.Register), r.(storage.Batch), r.(storage.Directory)}
}

// registers returns a function that makes a store with a broken register.
func registers(wrap func(registry) storage.Reader) func() storage.Plans {
	return reads(func(r storage.Reader) storage.Reader { return wrap(registryOf(r)) })
}

// only is a filter: it drops each item v if holds(v) is false.
func only[T any](all iter.Seq2[T, error], holds func(T) bool) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for v, err := range all {
			if err == nil && !holds(v) {
				continue
			}
			if !yield(v, err) {
				return
			}
		}
	}
}

// unadvised ignores advisers.
type unadvised struct{ registry }

func (u unadvised) Caseload(ctx context.Context, worker record.PersonID) iter.Seq2[record.Child, error] {
	return only(u.registry.Caseload(ctx, worker), func(c record.Child) bool { return c.Worker == worker })
}

// unallocated returns the children without a worker as the caseload of the zero
// person.
type unallocated struct{ registry }

func (u unallocated) Caseload(ctx context.Context, worker record.PersonID) iter.Seq2[record.Child, error] {
	return only(u.Children(ctx, record.Span{}, record.ChildID{}), func(c record.Child) bool {
		return c.Worker == worker || c.Adviser == worker
	})
}

// oneByOne answers a batch id by id, and returns a thing twice if it is asked for
// twice.
type oneByOne struct{ registry }

func (o oneByOne) ChildrenOf(ctx context.Context, ids ...record.ChildID) iter.Seq2[record.Child, error] {
	return chained(ids, func(id record.ChildID) iter.Seq2[record.Child, error] { return o.Batch.ChildrenOf(ctx, id) })
}

func (o oneByOne) EstablishmentsOf(ctx context.Context, ids ...record.EstablishmentID) iter.Seq2[record.Establishment, error] {
	return chained(ids, func(id record.EstablishmentID) iter.Seq2[record.Establishment, error] {
		return o.Batch.EstablishmentsOf(ctx, id)
	})
}

func (o oneByOne) ContributorsAt(ctx context.Context, of ...record.EstablishmentID) iter.Seq2[record.Contributor, error] {
	return chained(of, func(id record.EstablishmentID) iter.Seq2[record.Contributor, error] { return o.Contributors(ctx, id) })
}

// chained returns the lists of all ids, one after another.
func chained[ID, T any](ids []ID, of func(ID) iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, id := range ids {
			for v, err := range of(id) {
				if !yield(v, err) {
					return
				}
			}
		}
	}
}

// loose ignores spaces around the name of an establishment.
type loose struct{ registry }

func (l loose) Named(ctx context.Context, name string) iter.Seq2[record.Establishment, error] {
	return l.Directory.Named(ctx, strings.TrimSpace(name))
}

// busy fails if it is used inside a loop over one of its lists.
type busy struct {
	registry
	under *bool
}

func undisturbed[T any](b busy, all iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		if *b.under {
			var none T
			yield(none, errors.New("busy"))
			return
		}
		*b.under = true
		defer func() { *b.under = false }()
		all(yield)
	}
}

func (b busy) Caseload(ctx context.Context, worker record.PersonID) iter.Seq2[record.Child, error] {
	return undisturbed(b, b.registry.Caseload(ctx, worker))
}

func (b busy) ChildrenOf(ctx context.Context, ids ...record.ChildID) iter.Seq2[record.Child, error] {
	return undisturbed(b, b.registry.ChildrenOf(ctx, ids...))
}

func (b busy) Named(ctx context.Context, name string) iter.Seq2[record.Establishment, error] {
	return undisturbed(b, b.registry.Named(ctx, name))
}

func (b busy) Alerts(ctx context.Context, about ...record.ChildID) iter.Seq2[storage.Message, error] {
	return undisturbed(b, b.Reader.(storage.Alerts).Alerts(ctx, about...))
}

// anyTeacher ignores the contributor in a query.
type anyTeacher struct{ storage.Reader }

func (a anyTeacher) Plans(ctx context.Context, q storage.Query) iter.Seq2[*pep.PEP, error] {
	q.Contributor = record.ContributorID{}
	return a.Reader.Plans(ctx, q)
}

// forgetsDelivered does not list delivered messages as alerts.
type forgetsDelivered struct {
	*memstore.Store
	delivered map[uuid.UUID]bool
}

func (f forgetsDelivered) Delivered(ctx context.Context, ids ...uuid.UUID) error {
	for _, id := range ids {
		f.delivered[id] = true
	}
	return f.Store.Delivered(ctx, ids...)
}

func (f forgetsDelivered) View(ctx context.Context, fn func(storage.Reader) error) error {
	return f.Store.View(ctx, func(r storage.Reader) error { return fn(undelivered{r, r.(storage.Alerts), f.delivered}) })
}

type undelivered struct {
	storage.Reader
	alerts    storage.Alerts
	delivered map[uuid.UUID]bool
}

func (u undelivered) Alerts(ctx context.Context, about ...record.ChildID) iter.Seq2[storage.Message, error] {
	return only(u.alerts.Alerts(ctx, about...), func(m storage.Message) bool { return !u.delivered[m.ID] })
}

// byChildNamed lists alerts in the order in which the caller names their children.
type byChildNamed struct {
	storage.Reader
	alerts storage.Alerts
}

func (b byChildNamed) Alerts(ctx context.Context, about ...record.ChildID) iter.Seq2[storage.Message, error] {
	return chained(about, func(id record.ChildID) iter.Seq2[storage.Message, error] { return b.alerts.Alerts(ctx, id) })
}

// acknowledging is a Tx with a broken Acknowledge.
type acknowledging struct {
	storage.Tx
	storage.Acknowledger
	by func(storage.Acknowledger, uuid.UUID, record.PersonID, time.Time) error
}

func (a acknowledging) Acknowledge(_ context.Context, id uuid.UUID, by record.PersonID, at time.Time) error {
	return a.by(a.Acknowledger, id, by, at)
}

func acknowledges(by func(storage.Acknowledger, uuid.UUID, record.PersonID, time.Time) error) func() storage.Plans {
	return writes(func(tx storage.Tx) storage.Tx { return acknowledging{tx, tx.(storage.Acknowledger), by} })
}

func TestABrokenRegisterIsCaught(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for name, b := range map[string]struct {
		open   func() storage.Plans
		caught []string // cases that must fail; others may fail too
	}{
		"caseloads without advisers": {registers(func(r registry) storage.Reader { return unadvised{r} }), []string{
			"R7 a caseload is the children of a worker or adviser, by id",
		}},
		"a caseload of the zero person": {registers(func(r registry) storage.Reader { return unallocated{r} }), []string{
			"R8 the zero person has no children",
		}},
		"batches one by one": {registers(func(r registry) storage.Reader { return oneByOne{r} }), []string{
			"R14 children asked for by id come once each", "R15 establishments asked for by id come once each", "R16 contributors of establishments come once each",
		}},
		"names trimmed": {registers(func(r registry) storage.Reader { return loose{r} }), []string{
			"R18 establishments are found by their exact name",
		}},
		"one list at a time": {registers(func(r registry) storage.Reader { return busy{r, new(bool)} }), []string{
			"R9 the register may be used in a loop over a caseload", "R17 the register may be used in a loop over a batch",
			"R19 the register may be used in a loop over a name", "L3 the reader may be used in a loop over alerts",
		}},
		"plans of any contributor": {reads(func(r storage.Reader) storage.Reader { return anyTeacher{r} }), []string{
			"P21 a query selects the plans that its members describe, in order", "P21 a list shows each plan as it was last saved",
		}},
		"delivered alerts lost": {func() storage.Plans { return forgetsDelivered{memstore.New(), map[uuid.UUID]bool{}} }, []string{
			"L2 an alert stays whatever becomes of the message",
		}},
		"alerts in the order of the children named": {reads(func(r storage.Reader) storage.Reader { return byChildNamed{r, r.(storage.Alerts)} }), []string{
			"L1 alerts come by child, plan, version, part and id", "L1 a list of alerts keeps to the children named",
		}},
		"alerts never acknowledged": {acknowledges(func(storage.Acknowledger, uuid.UUID, record.PersonID, time.Time) error { return nil }), []string{
			"L10 an acknowledged alert is no longer an alert", "L10 a message that is not an alert is not found", "L10 twenty acknowledge an alert at once and one succeeds",
			"L12 an acknowledgement needs a person and an instant",
		}},
		"alerts acknowledged twice": {acknowledges(func(a storage.Acknowledger, id uuid.UUID, by record.PersonID, at time.Time) error {
			if err := a.Acknowledge(ctx, id, by, at); !errors.Is(err, storage.ErrExists) {
				return err
			}
			return nil
		}), []string{"L10 an acknowledged alert is no longer an alert", "L11 an alert put back stays acknowledged"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, name := range b.caught {
				require.True(t, fails(t, rowNamed(t, name), b.open, limit), "%s did not fail", name)
			}
		})
	}
}
