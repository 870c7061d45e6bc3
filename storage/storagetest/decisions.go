package storagetest

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/payment"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
	"virtualschool.example/storage/internal/journey"
	"virtualschool.example/term/civil"
)

// discretion returns the n-th decision. The decisions are on three plans in turn,
// two on each day, and the days run backwards.
func discretion(n int) payment.Discretion {
	d := payment.Discretion{
		Plan: pep.ID{UUID: sameID(n % 3)}, Verdict: payment.Held, By: record.PersonID{UUID: who("head")}, Role: pep.VirtualSchoolHead,
		On: journey.Meeting().AddDays(-n / 2), Reason: private.NewText(fmt.Sprint("reason \x00 é ", n)),
	}
	if n%2 == 0 {
		d.Verdict, d.Pence = payment.Payable, n<<20
	}
	return d
}

func (e *env) tryDecide(all ...payment.Discretion) error {
	return e.store.Update(e.ctx, func(tx storage.Tx) error {
		for _, d := range all {
			if err := role[storage.Payer](e, tx).Decide(e.ctx, d); err != nil {
				return err
			}
		}
		return nil
	})
}

// decide makes the first n decisions, each in its own transaction.
func (e *env) decide(n int) (all []payment.Discretion) {
	e.Helper()
	for i := range n {
		all = append(all, discretion(i))
		require.NoError(e, e.tryDecide(all[i]))
	}
	return all
}

func (e *env) decisions(plans ...pep.ID) (found []payment.Discretion) {
	e.Helper()
	e.view(func(r storage.Reader) { found = collect(e, role[storage.Payments](e, r).Decisions(e.ctx, plans...)) })
	return found
}

// inTurn sorts decisions by day, and keeps the order of those on the same day.
func inTurn(all []payment.Discretion) []payment.Discretion {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b payment.Discretion) int { return a.On.Compare(b.On) })
	return all
}

// sameDecisions requires two lists of decisions to be equal, and prints no reasons.
func (e *env) sameDecisions(want, got []payment.Discretion) {
	e.Helper()
	require.Len(e, got, len(want))
	for i := range want {
		require.True(e, want[i].Reason.Equal(got[i].Reason), "Reason %d", i)
		w := want[i]
		w.Reason = got[i].Reason
		require.Equal(e, w, got[i], "decision %d", i)
	}
}

func decisionsInOrder(e *env) {
	require.Empty(e, e.decisions())
	e.sameDecisions(inTurn(e.decide(80)), e.decisions())
}

func decisionsOfPlans(e *env) {
	all := inTurn(e.decide(12))
	for _, c := range [][]int{{0}, {2, 1}, {1, 1}, {0, 1, 2}, {5}} {
		var plans []pep.ID
		for _, n := range c {
			plans = append(plans, pep.ID{UUID: sameID(n)})
		}
		want := slices.DeleteFunc(slices.Clone(all), func(d payment.Discretion) bool { return !slices.Contains(plans, d.Plan) })
		e.sameDecisions(want, e.decisions(plans...))
	}
	require.Empty(e, e.decisions(pep.ID{}), "the zero plan must not select all decisions")
}

func useInDecisions(e *env) {
	want := inTurn(e.decide(6))
	e.view(func(r storage.Reader) {
		p := role[storage.Payments](e, r)
		for _, plans := range [][]pep.ID{nil, {{UUID: sameID(0)}, {UUID: sameID(1)}, {UUID: sameID(2)}}} {
			for range 5 {
				for _, err := range p.Decisions(e.ctx, plans...) {
					require.NoError(e, err)
					break
				}
			}
			n := 0
			for _, err := range p.Decisions(e.ctx, plans...) {
				require.NoError(e, err)
				e.sameDecisions(want, collect(e, p.Decisions(e.ctx, plans...)))
				n++
			}
			require.Equal(e, len(want), n)
		}
	})
}

func decisionsStay(e *env) {
	first, second := discretion(2), discretion(2)
	second.Verdict, second.Pence, second.Reason = payment.Held, 0, private.NewText("another")
	bare := payment.Discretion{
		Plan: first.Plan, Verdict: payment.Payable, Role: pep.VirtualSchoolHead, On: first.On, Reason: private.NewText("at the rate"),
	}
	require.NoError(e, e.tryDecide(first, second))
	require.NoError(e, e.tryDecide(bare, first))
	e.sameDecisions([]payment.Discretion{first, second, bare, first}, e.decisions(first.Plan))
}

func decideAtOnce(e *env) {
	const workers = 20
	var all sync.WaitGroup
	for n := range workers {
		all.Go(func() {
			e.noContention(e.tryDecide(discretion(n)), func() error { return e.tryDecide(discretion(n)) })
		})
	}
	all.Wait()
	found := e.decisions()
	require.Len(e, found, workers)
	kept := map[string]bool{}
	for _, d := range found {
		kept[d.Reason.Reveal(private.Deciding)] = true
	}
	require.Len(e, kept, workers)
}

func decisionRefused(e *env) {
	for member, spoil := range map[string]func(*payment.Discretion){
		"plan":    func(d *payment.Discretion) { d.Plan = pep.ID{} },
		"verdict": func(d *payment.Discretion) { d.Verdict = payment.NotPayable },
		"pence":   func(d *payment.Discretion) { d.Pence = -1 },
		"on":      func(d *payment.Discretion) { d.On = civil.Date{} },
		"reason":  func(d *payment.Discretion) { d.Reason = private.NewText(canary + "\xff") },
	} {
		d := discretion(0)
		spoil(&d)
		err := e.tryDecide(d)
		e.invalid(member, err)
		require.NotContains(e, fmt.Sprintf("%v %+v", err, err), canary)
	}
	for _, spoil := range []func(*payment.Discretion){
		func(d *payment.Discretion) { d.Role = pep.BusinessSupport },
		func(d *payment.Discretion) { d.Reason = private.Text{} },
	} {
		d := discretion(0)
		spoil(&d)
		require.ErrorIs(e, e.tryDecide(d), rule.PAY11)
	}
	require.Empty(e, e.decisions())
}

func decisionsClose(e *env) {
	e.decide(1)
	var kept storage.Reader
	var tx storage.Tx
	e.view(func(r storage.Reader) { kept = r })
	e.update(func(t storage.Tx) { tx = t })
	_, all := gather(e, role[storage.Payments](e, kept).Decisions(e.ctx))
	_, of := gather(e, role[storage.Payments](e, kept).Decisions(e.ctx, pep.ID{UUID: uuid.Max}))
	e.all(storage.ErrClosed, map[string]error{
		"all": all, "of a plan": of, "Decide": role[storage.Payer](e, tx).Decide(e.ctx, discretion(1)),
	})
}

func decisionsContextAtEnd(e *env) {
	e.decide(1)
	ended, cancel := context.WithTimeout(e.ctx, -time.Second)
	defer cancel()
	_ = e.store.Update(e.ctx, func(tx storage.Tx) error {
		p := role[storage.Payer](e, tx)
		_, err := gather(e, p.Decisions(ended))
		require.ErrorIs(e, err, context.DeadlineExceeded)
		require.ErrorIs(e, p.Decide(ended, discretion(1)), context.DeadlineExceeded)
		return errOwn
	})
	require.Len(e, e.decisions(), 1)
}

func decidedInVain(e *env) {
	failing(e, func(tx storage.Tx) { require.NoError(e, role[storage.Payer](e, tx).Decide(e.ctx, discretion(0))) })
	require.Empty(e, e.decisions())
	e.sameDecisions(inTurn(e.decide(3)), e.decisions())
}

func decisionsSeen(e *env) {
	e.update(func(tx storage.Tx) {
		p := role[storage.Payer](e, tx)
		var all []payment.Discretion
		for n := range 5 {
			all = append(all, discretion(n))
			require.NoError(e, p.Decide(e.ctx, all[n]))
			e.sameDecisions(inTurn(all), collect(e, p.Decisions(e.ctx)))
		}
	})
}
