package storage

import (
	"context"
	"iter"

	"virtualschool.example/pep"
	"virtualschool.example/pep/payment"
	"virtualschool.example/pep/record"
	"virtualschool.example/term"
)

// Payments says what was paid. A Reader of a store that keeps payments is one.
type Payments interface {
	// Paid iterates over the lines that q selects, by term and then by child. [M1]
	// What is no query is a *rule.Invalid. [M2] The caller may leave early and
	// may use the Payments inside the loop. [M3]
	Paid(ctx context.Context, q PaymentQuery) iter.Seq2[payment.Line, error]

	// Decisions iterates over the head's decisions on the payment of plans, by day
	// and then in the order in which they were made; where no plan is named, over
	// all of them. [M4] The caller may leave early and may use the Payments inside
	// the loop. [M5]
	Decisions(ctx context.Context, plans ...pep.ID) iter.Seq2[payment.Discretion, error]
}

// Payer is Payments that can be added to. A Tx of a store that keeps payments
// is one. A payment run is kept whole by adding its lines in one transaction.
type Payer interface {
	Payments

	// Pay adds a line, which is not changed afterwards. One for a child and a
	// term that were paid for is ErrExists (PAY-3) [M10], also where two
	// transactions pay at once, of which the other may end with ErrContention
	// instead. [M11] One that its Check refuses is refused. [M12]
	Pay(ctx context.Context, l payment.Line) error

	// Decide adds a decision of the head's, which is not changed afterwards: a
	// later one on the same plan stands beside it (PAY-11). [M13] One that its
	// Check refuses is refused. [M14]
	Decide(ctx context.Context, d payment.Discretion) error
}

// PaymentQuery selects payments. A zero Term selects all.
type PaymentQuery struct {
	Scope Scope // mandatory: everything, a caseload or an establishment
	Term  term.Term
	After PaymentPlace // only lines after this place
	Limit int          // at most so many; 0 is all
}

// PaymentPlace is a place in the order of payments: after a page's last line
// the next page begins. The zero PaymentPlace is before all.
type PaymentPlace struct {
	Term  term.Term      `json:"term,omitzero"`
	Child record.ChildID `json:"child,omitzero"`
}

// PaymentPlaceOf returns the place of a line.
func PaymentPlaceOf(l *payment.Line) PaymentPlace { return PaymentPlace{Term: l.Term, Child: l.Child} }

// Check returns a *rule.Invalid where q is no query: without a scope of
// payments, or with a limit below zero.
func (q PaymentQuery) Check() error { return check(q.Scope, q.Limit, withoutTray, casesOrPlaces...) }
