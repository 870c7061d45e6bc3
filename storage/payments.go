package storage

import (
	"context"
	"iter"

	"virtualschool.example/pep"
	"virtualschool.example/pep/payment"
	"virtualschool.example/pep/record"
	"virtualschool.example/term"
)

// Payments reads what was paid. If a store keeps payments, its Readers implement
// Payments.
type Payments interface {
	// Paid iterates over the lines that q selects, by term and then by child. [M1] If
	// q is invalid, Paid yields a *rule.Invalid. [M2] The caller may leave the loop
	// early and may use the Payments inside it. [M3]
	Paid(ctx context.Context, q PaymentQuery) iter.Seq2[payment.Line, error]

	// Decisions iterates over the head's decisions on the payment of the named plans,
	// or of all plans if none is named, by day and then in the order in which they
	// were made. [M4] The caller may leave the loop early and may use the Payments
	// inside it. [M5]
	Decisions(ctx context.Context, plans ...pep.ID) iter.Seq2[payment.Discretion, error]
}

// Payer is a Payments to which lines and decisions can be added. If a store keeps
// payments, its Txs implement Payer. Add all lines of a payment run in one
// transaction, so that the run is stored as a whole or not at all.
type Payer interface {
	Payments

	// Pay adds a line, which never changes afterwards, and returns ErrExists if the
	// child was paid for in that term before (PAY-3). [M10] If two transactions
	// pay for the same child and term at once, one of them fails with ErrExists or
	// ErrContention. [M11] A line whose Check fails is refused. [M12]
	Pay(ctx context.Context, l payment.Line) error

	// Decide adds one of the head's decisions, which never changes afterwards: a
	// later decision on the same plan is kept beside it (PAY-11). [M13] A decision
	// whose Check fails is refused. [M14]
	Decide(ctx context.Context, d payment.Discretion) error
}

// PaymentQuery selects payments. A zero Term selects every term.
type PaymentQuery struct {
	Scope Scope // required: the scope (everything, a caseload or an establishment)
	Term  term.Term
	After PaymentPlace // only lines after this place
	Limit int          // the most lines to list; 0 means no limit
}

// PaymentPlace is a place in the order of payments. The next page begins after the
// place of the last line on a page. The zero PaymentPlace is before every line.
type PaymentPlace struct {
	Term  term.Term      `json:"term,omitzero"`
	Child record.ChildID `json:"child,omitzero"`
}

// PaymentPlaceOf returns the place of a line.
func PaymentPlaceOf(l *payment.Line) PaymentPlace { return PaymentPlace{Term: l.Term, Child: l.Child} }

// Check returns a *rule.Invalid if the scope is not set or does not apply to
// payments, or if the limit is below zero.
func (q PaymentQuery) Check() error { return check(q.Scope, q.Limit, withoutTray, casesOrPlaces...) }
