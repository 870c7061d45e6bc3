package storagetest

import (
	"context"
	"errors"
	"iter"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/payment"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/storage/internal/journey"
	"virtualschool.example/term"
)

// paymentRows returns the cases of Payments and Payer.
func paymentRows() []row {
	return slices.Concat(lines.rows("M1", "M3", "M10"), []row{
		{name: "M1 a list of payments keeps to its scope and term", run: paymentsOfScope},
		{name: "M2 a malformed query for payments is refused", run: badPaymentQuery},
		{name: "M10 a child is paid for in another term, and another child in the same", run: otherPayments},
		{name: "M11 twenty pay for a child and a term at once and one succeeds", needs: []Capability{AtOnce}, run: payAtOnce},
		{name: "M12 an invalid payment is refused", run: paymentRefused},
		{name: "M4 decisions come by day, then in the order in which they were made", run: decisionsInOrder},
		{name: "M4 a list of decisions keeps to the plans named, or holds all", run: decisionsOfPlans},
		{name: "M5 the payments may be used in a loop over decisions", run: useInDecisions},
		{name: "M13 a decision is kept complete, and a later one stands beside it", run: decisionsStay},
		{name: "M13 twenty decide at once and every decision is kept", needs: []Capability{AtOnce}, run: decideAtOnce},
		{name: "M14 an invalid decision is refused", run: decisionRefused},
		{name: "P2 decisions are closed with their transaction", run: decisionsClose},
		{name: "P6 decisions are neither read nor made once the context has ended", run: decisionsContextAtEnd},
		{name: "P13 an update that fails decides nothing", run: decidedInVain},
		{name: "P40 a transaction sees what it decides", run: decisionsSeen},
	})
}

var lines = ledger[payment.Line]{
	name: "payments",
	nth:  line,
	again: func(l payment.Line) payment.Line {
		l.Establishment.UUID, l.Plan.UUID, l.Pence = uuid.Max, uuid.Max, 1
		return l
	},
	add: func(e *env, ctx context.Context, tx storage.Tx, l payment.Line) error {
		return role[storage.Payer](e, tx).Pay(ctx, l)
	},
	all: func(e *env, ctx context.Context, r storage.Reader, after *payment.Line, limit int) iter.Seq2[payment.Line, error] {
		q := storage.PaymentQuery{Scope: storage.Everything(), Limit: limit}
		if after != nil {
			q.After = storage.PaymentPlaceOf(after)
		}
		return role[storage.Payments](e, r).Paid(ctx, q)
	},
	same: func(e *env, want, got payment.Line) {
		e.Helper()
		require.Equal(e, want, got)
	},
}

// line returns the n-th payment line. The lines pay two establishments in turn; each
// term has two lines.
func line(n int) payment.Line {
	of := term.MustParse("SPRING 2024").Add(n / 2)
	return payment.Line{
		Payment: record.Payment{
			Child: record.ChildID{UUID: ordinal(n)}, Term: of, Pence: 80_000 + n, PaidOn: journey.Meeting().AddDays(n),
			Establishment: record.EstablishmentID{UUID: sameID(n % 2)},
		},
		Plan: pep.ID{UUID: sameID(n)}, Version: int64(n)<<33 + 1, FinancialYear: of.FinancialYear(),
		Cause: []payment.Cause{payment.Paid, payment.PaidByHead}[n%2],
	}
}

func paymentsOfScope(e *env) {
	all := make([]payment.Line, 0, 12) // four terms for each of three children
	for n := range 12 {
		l := line(n * 2 / 3)
		l.Child.UUID, l.Term = sameID(n%3), term.MustParse("AUTUMN 2025").Add(n/3)
		l.FinancialYear = l.Term.FinancialYear()
		all = append(all, l)
	}
	for n := range all {
		lines.added(e, all[n*5%12])
	}
	child := func(n int) record.ChildID { return record.ChildID{UUID: sameID(n)} }
	at := func(n int) storage.Scope {
		return storage.Establishment(record.EstablishmentID{UUID: sameID(n)})
	}
	place := func(n int) storage.PaymentPlace { return storage.PaymentPlace{Term: all[n].Term, Child: all[n].Child} }
	var here []int // the indexes of the lines to the second establishment
	for n, l := range all {
		if l.Establishment.UUID == sameID(1) {
			here = append(here, n)
		}
	}
	require.Greater(e, len(here), 3)
	for name, c := range map[string]struct {
		q    storage.PaymentQuery
		want []int
	}{
		"everything":                 {storage.PaymentQuery{Scope: storage.Everything()}, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}},
		"a term":                     {storage.PaymentQuery{Scope: storage.Everything(), Term: all[3].Term}, []int{3, 4, 5}},
		"the rest of a term":         {storage.PaymentQuery{Scope: storage.Everything(), Term: all[3].Term, After: place(3)}, []int{4, 5}},
		"a term after an earlier":    {storage.PaymentQuery{Scope: storage.Everything(), Term: all[3].Term, After: place(1)}, []int{3, 4, 5}},
		"a term after a later":       {storage.PaymentQuery{Scope: storage.Everything(), Term: all[3].Term, After: place(7)}, nil},
		"a term of none":             {storage.PaymentQuery{Scope: storage.Everything(), Term: term.MustParse("SPRING 2020")}, nil},
		"a child":                    {storage.PaymentQuery{Scope: storage.Caseload(child(1))}, []int{1, 4, 7, 10}},
		"children":                   {storage.PaymentQuery{Scope: storage.Caseload(child(2), child(1), child(2))}, []int{1, 2, 4, 5, 7, 8, 10, 11}},
		"a page of children":         {storage.PaymentQuery{Scope: storage.Caseload(child(2), child(1)), After: place(3), Limit: 3}, []int{4, 5, 7}},
		"children in a term":         {storage.PaymentQuery{Scope: storage.Caseload(child(2), child(1)), Term: all[3].Term}, []int{4, 5}},
		"an establishment":           {storage.PaymentQuery{Scope: at(1)}, here},
		"a page of an establishment": {storage.PaymentQuery{Scope: at(1), After: place(here[0]), Limit: 2}, here[1:3]},
		"an establishment of none":   {storage.PaymentQuery{Scope: at(7)}, nil},
		"no children":                {storage.PaymentQuery{Scope: storage.Caseload()}, nil},
	} {
		e.view(func(r storage.Reader) {
			var got []int
			for _, l := range collect(e, role[storage.Payments](e, r).Paid(e.ctx, c.q)) {
				got = append(got, slices.Index(all, l))
			}
			require.Equal(e, c.want, got, name)
		})
	}
}

func badPaymentQuery(e *env) {
	lines.fill(e, 2)
	badQueries(e, func(r storage.Reader, s storage.Scope, limit int) iter.Seq2[payment.Line, error] {
		return role[storage.Payments](e, r).Paid(e.ctx, storage.PaymentQuery{Scope: s, Limit: limit})
	}, storage.Scope{}, storage.Tray(pep.SocialWorkerTray), storage.OnePlan(pep.ID{UUID: uuid.Max}), storage.Person(record.PersonID{UUID: uuid.Max}))
}

func otherPayments(e *env) {
	first, later, other := line(0), line(0), line(0)
	later.Term = first.Term.Next()
	later.FinancialYear = later.Term.FinancialYear()
	other.Child.UUID = uuid.Max
	lines.added(e, first)
	lines.added(e, later)
	lines.added(e, other)
	lines.equal(e, []payment.Line{first, other, later}, lines.list(e, nil, 0))
}

func payAtOnce(e *env) {
	var done atomic.Int64
	var all sync.WaitGroup
	for n := range 20 {
		l := line(0)
		l.Pence = 1 + n
		all.Go(func() {
			err := lines.tryAdd(e, l)
			for range 100 {
				if !errors.Is(err, storage.ErrContention) {
					break
				}
				err = lines.tryAdd(e, l)
			}
			if err == nil {
				done.Add(1)
			} else if !errors.Is(err, storage.ErrExists) {
				e.Errorf("%v", err)
			}
		})
	}
	all.Wait()
	require.Equal(e, int64(1), done.Load())
	require.Len(e, lines.list(e, nil, 0), 1)
}

func paymentRefused(e *env) {
	refusals(e, lines, map[string]func(*payment.Line){
		"child":         func(l *payment.Line) { l.Child = record.ChildID{} },
		"term":          func(l *payment.Line) { l.Term, l.FinancialYear = term.Term{}, term.Term{}.FinancialYear() },
		"establishment": func(l *payment.Line) { l.Establishment = record.EstablishmentID{} },
		"pence":         func(l *payment.Line) { l.Pence = 0 },
		"plan":          func(l *payment.Line) { l.Plan = pep.ID{} },
		"version":       func(l *payment.Line) { l.Version = 0 },
		"financialYear": func(l *payment.Line) { l.FinancialYear++ },
		"cause":         func(l *payment.Line) { l.Cause = payment.NotFinalised },
	})
}
