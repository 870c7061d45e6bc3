package pep

import (
	"virtualschool.example/forms"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
)

// Claim is what a payment is decided on: one plan as it stands.
type Claim struct {
	Term      term.Term
	YearGroup forms.YearGroup // at the meeting date
	Grade     Grade           // zero where the plan was not selected for grading
	Stage     Stage
	Payee     *Payee // the establishment at the meeting date (PAY-6); nil for none
}

// Payee is what a payment needs to know of an establishment.
type Payee struct {
	Type      forms.GIAS
	DfENumber string // as record.ParseDfENumber gives it; "" where none is current
	Finance   bool   // whether finance details are on record
}

// Outcome is what becomes of a claim for a payment.
type Outcome uint8

// The outcomes of a claim.
const (
	Payable    Outcome = 1 + iota // Pence is to be paid
	Held                          // not in this run; it is decided again in a later one
	NotPayable                    // never, as things stand
)

// PaymentAnswer says what a plan earns the establishment.
type PaymentAnswer struct {
	Outcome       Outcome
	Pence         int // where Payable
	FinancialYear term.FinancialYear
	Reason        PaymentReason
	Rules         rule.IDs
	Revision      int
}

// PaymentReason says why a claim is paid, held or not payable.
type PaymentReason uint8

// The reasons of a payment's outcome.
const (
	Paid            PaymentReason = 1 + iota
	NoLongerAPlan                 // PAY-1: cancelled or deleted
	YearGroupUnpaid               // PAY-5
	PayeeUnpaid                   // PAY-7
	NotFinalised                  // PAY-1
	NotAdequate                   // PAY-2
	FinanceMissing                // PAY-8

	NoRatePublished  // PAY-4; only in a payment run, elsewhere it is an error
	AlreadyPaid      // PAY-3: another plan of the child and term was paid
	PaidByHead       // PAY-11
	HeldByHead       // PAY-11
	ChangedSincePaid // PAY-12: revised or reopened
	DeletedSincePaid // PAY-12
)

var paymentReasons = [...]struct {
	name, sentence string
	outcome        Outcome
	rules          rule.IDs
}{
	Paid:            {"payable", "the plan is paid at the rate of its term", Payable, rule.IDs{rule.PAY4, rule.PAY1, rule.PAY2, rule.PAY5, rule.PAY7, rule.PAY8}},
	NoLongerAPlan:   {"no_longer_a_plan", "the plan was cancelled or deleted", NotPayable, rule.IDs{rule.PAY1}},
	YearGroupUnpaid: {"year_group_unpaid", "the year group is not paid for", NotPayable, rule.IDs{rule.PAY5}},
	PayeeUnpaid:     {"payee_unpaid", "there is no establishment, or one of its type is not paid", NotPayable, rule.IDs{rule.PAY7}},
	NotFinalised:    {"not_finalised", "the plan is not finalised", Held, rule.IDs{rule.PAY1}},
	NotAdequate:     {"not_adequate", "the plan is graded red or awaits a grade", Held, rule.IDs{rule.PAY2}},
	FinanceMissing:  {"finance_missing", "the DfE number or the finance details are missing", Held, rule.IDs{rule.PAY8}},

	NoRatePublished:  {"no_rate", "no rate is published for the term", Held, rule.IDs{rule.PAY4}},
	AlreadyPaid:      {"already_paid", "another plan of the child was paid for the term", NotPayable, rule.IDs{rule.PAY3}},
	PaidByHead:       {"paid_by_head", "the Virtual School Head has it paid, with a reason", Payable, rule.IDs{rule.PAY11, rule.PAY1, rule.PAY8}},
	HeldByHead:       {"held_by_head", "the Virtual School Head holds the payment, with a reason", Held, rule.IDs{rule.PAY11}},
	ChangedSincePaid: {"changed_since_paid", "the plan was paid and then revised or reopened: nothing is clawed back", NotPayable, rule.IDs{rule.PAY12, rule.PAY3}},
	DeletedSincePaid: {"deleted_since_paid", "the plan was paid and then deleted: nothing is clawed back", NotPayable, rule.IDs{rule.PAY12, rule.PAY3}},
}

// String returns the text form of r, such as "not_finalised".
func (r PaymentReason) String() string {
	if int(r) >= len(paymentReasons) {
		return ""
	}
	return paymentReasons[r].name
}

// Sentence says the answer in plain English.
func (a PaymentAnswer) Sentence() string { return paymentReasons[a.Reason].sentence }

// Payment decides what a plan earns (PAY-1, 2, 4, 5, 7, 8): first whether it
// can be paid at all, then whether it is held, then the rate. A term for
// which no rate is published is a *rule.Refusal of PAY-4, never a guess.
// Paying once per child and term (PAY-3) is the part of PaymentRun.
func (p *Policy) Payment(c Claim) (PaymentAnswer, error) {
	a := PaymentAnswer{Reason: p.paymentReason(&c, false), FinancialYear: c.Term.FinancialYear(), Revision: p.par.Revision}
	row := paymentReasons[a.Reason]
	a.Outcome, a.Rules = row.outcome, row.rules
	if a.Outcome != Payable {
		return a, nil
	}
	if a.Pence = p.rate(c.Term); a.Pence == 0 {
		return PaymentAnswer{}, rule.Refuse("payment", rule.Reason{Rule: rule.PAY4, Code: rule.NoRate})
	}
	return a, nil
}

// rate returns what is paid for a plan of a term, in pence; zero where nobody
// has published it (PAY-4).
func (p *Policy) rate(t term.Term) int {
	first := p.Calendar().First(t)
	for _, r := range p.par.Rates {
		if !first.Before(r.From) && first.Before(r.To) {
			return r.Pence
		}
	}
	return 0
}

// adequate reports whether a finalised plan of that grade, or of none, is
// paid (PAY-2).
func (par *Parameters) adequate(g Grade) bool {
	if g == 0 {
		return par.UngradedPaid
	}
	return !par.Returned.Has(g)
}

// paymentReason says whether a claim is paid, and if not why: by the rules or,
// where the head has it paid, in spite of year group, payee's type and grade
// (PAY-11).
func (p *Policy) paymentReason(c *Claim, byHead bool) PaymentReason {
	par := p.forTerm(c.Term)
	switch {
	case c.Stage == Cancelled || c.Stage == Deleted:
		return NoLongerAPlan
	case !byHead && (c.YearGroup < par.PayFrom || c.YearGroup > par.PayTo):
		return YearGroupUnpaid
	case c.Payee == nil || !byHead && par.NoPayee.Has(c.Payee.Type):
		return PayeeUnpaid
	case c.Stage != Finalised:
		return NotFinalised
	case !byHead && !par.adequate(c.Grade):
		return NotAdequate
	case c.Payee.DfENumber == "", par.NeedsFinance.Has(c.Payee.Type) && !c.Payee.Finance:
		return FinanceMissing
	case byHead:
		return PaidByHead
	}
	return Paid
}
