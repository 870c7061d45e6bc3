package payment

import (
	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
)

// Claim holds everything that decides the payment for one plan: the plan as it
// was last finalised or, if it was never finalised, as it is now.
type Claim struct {
	Term      term.Term
	YearGroup forms.YearGroup // the year group on the day of the meeting
	Grade     pep.Grade       // the plan's grade; zero if the plan was not selected for grading
	Stage     pep.Stage
	Payee     *Payee // the establishment on the day of the meeting (PAY-6); nil if there is none
}

// Payee holds what must be known about an establishment in order to pay it.
type Payee struct {
	Type      forms.GIAS
	DfENumber string // the current number, as record.ParseDfENumber returns it; "" if there is none
	Finance   bool   // whether finance details are on record
}

// Verdict says whether a claim is paid, held or not payable. The zero Verdict
// is not a verdict.
type Verdict uint8

// The verdicts on a claim.
const (
	Payable    Verdict = 1 + iota // the sum in Pence is to be paid
	Held                          // not paid in this run, and decided again in a later one
	NotPayable                    // never paid, as things stand
)

var verdicts = [...]struct{ name, words string }{
	Payable:    {"payable", "to be paid"},
	Held:       {"held", "held for a later run"},
	NotPayable: {"not_payable", "not payable"},
}

// ParseVerdict returns the verdict whose text form is s, such as "held". For
// any other text it returns a *rule.Invalid of member "verdict".
func ParseVerdict(s string) (Verdict, error) {
	return rule.Find[Verdict](len(verdicts), s, "verdict", "payable, held or not_payable")
}

// String returns the text form of v, or "" for the zero Verdict.
func (v Verdict) String() string { return rule.Row(verdicts[:], v).name }

// Words returns v in words that follow "the plan is", such as "held for a later
// run".
func (v Verdict) Words() string { return rule.Row(verdicts[:], v).words }

// MarshalText returns the text form of v.
func (v Verdict) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText reads a verdict as ParseVerdict does. Empty text is the zero
// Verdict.
func (v *Verdict) UnmarshalText(text []byte) error { return rule.Unmarshal(text, v, ParseVerdict) }

// Decision says what a plan earns for its establishment, and why.
type Decision struct {
	Verdict       Verdict            `json:"verdict"`
	Pence         int                `json:"pence,omitzero"` // zero unless Payable
	FinancialYear term.FinancialYear `json:"financialYear"`
	Cause         Cause              `json:"cause"`
	Rules         rule.IDs           `json:"rules"`
	Revision      int                `json:"revision"`
}

// Cause says why a claim is paid, held or not payable. The zero Cause is not a
// cause.
type Cause uint8

// The causes of a verdict.
const (
	Paid            Cause = 1 + iota
	NoLongerAPlan         // PAY-1: cancelled or deleted
	YearGroupUnpaid       // PAY-5
	PayeeUnpaid           // PAY-7
	PayeeUnknown          // PAY-7: the type is neither in the list of paid types nor in the list of types that are never paid
	NotFinalised          // PAY-1
	NotAdequate           // PAY-2
	FinanceMissing        // PAY-8

	NoRatePublished  // PAY-4; only in a payment run: Decide returns an error instead
	AlreadyPaid      // PAY-3: another plan of the child and term was paid
	PaidByHead       // PAY-11
	HeldByHead       // PAY-11
	ChangedSincePaid // PAY-12: revised or reopened
	DeletedSincePaid // PAY-12
)

var causes = [...]struct {
	name, words string
	verdict     Verdict
	rules       rule.IDs
}{
	Paid:            {"payable", "the plan is paid for at the rate of its term", Payable, rule.IDs{rule.PAY4, rule.PAY1, rule.PAY2, rule.PAY5, rule.PAY7, rule.PAY8}},
	NoLongerAPlan:   {"no_longer_a_plan", "the plan was cancelled or deleted", NotPayable, rule.IDs{rule.PAY1}},
	YearGroupUnpaid: {"year_group_unpaid", "the year group is not paid for", NotPayable, rule.IDs{rule.PAY5}},
	PayeeUnpaid:     {"payee_unpaid", "there is no establishment, or establishments of its type are not paid", NotPayable, rule.IDs{rule.PAY7}},
	PayeeUnknown:    {"payee_unknown", "the policy does not say whether the establishment's type is paid", Held, rule.IDs{rule.PAY7}},
	NotFinalised:    {"not_finalised", "the plan is not finalised", Held, rule.IDs{rule.PAY1}},
	NotAdequate:     {"not_adequate", "the plan's grade is not adequate, or the plan has not been graded yet", Held, rule.IDs{rule.PAY2}},
	FinanceMissing:  {"finance_missing", "the DfE number or the finance details are missing", Held, rule.IDs{rule.PAY8}},

	NoRatePublished:  {"no_rate", "the policy has no payment rate for the term", Held, rule.IDs{rule.PAY4}},
	AlreadyPaid:      {"already_paid", "another of the child's plans was paid for the term", NotPayable, rule.IDs{rule.PAY3}},
	PaidByHead:       {"paid_by_head", "the Virtual School Head decided to pay, and gave a reason", Payable, rule.IDs{rule.PAY11, rule.PAY1, rule.PAY8}},
	HeldByHead:       {"held_by_head", "the Virtual School Head decided to hold the payment, and gave a reason", Held, rule.IDs{rule.PAY11}},
	ChangedSincePaid: {"changed_since_paid", "the plan was paid for and has since been revised or reopened, but nothing is clawed back", NotPayable, rule.IDs{rule.PAY12, rule.PAY3}},
	DeletedSincePaid: {"deleted_since_paid", "the plan was paid for and has since been deleted, but nothing is clawed back", NotPayable, rule.IDs{rule.PAY12, rule.PAY3}},
}

// ParseCause returns the cause whose text form is s, such as "not_finalised".
// For any other text it returns a *rule.Invalid of member "cause".
func ParseCause(s string) (Cause, error) {
	return rule.Find[Cause](len(causes), s, "cause", "a cause for a verdict, such as not_finalised")
}

// String returns the text form of c, such as "not_finalised".
func (c Cause) String() string { return rule.Row(causes[:], c).name }

// Words returns the cause in words.
func (c Cause) Words() string { return rule.Row(causes[:], c).words }

// MarshalText returns the text form of c.
func (c Cause) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads a cause as ParseCause does. Empty text is the zero Cause.
func (c *Cause) UnmarshalText(text []byte) error { return rule.Unmarshal(text, c, ParseCause) }

// Sentence returns the cause of the decision in words.
func (d Decision) Sentence() string { return d.Cause.Words() }

// Decide says what a plan earns (PAY-1, 2, 4, 5, 7, 8). It asks first whether
// the plan can be paid at all, then whether it is held, and then for the rate.
// It returns a *rule.Refusal of PAY-4 if the plan is payable and no rate is
// published for its term; it never guesses. Decide does not know of other
// payments: to pay once per child and term (PAY-3), call Settle.
func Decide(p *pep.Policy, c Claim) (Decision, error) {
	by := p.PaymentRules(c.Term)
	d := Decision{Cause: cause(&by, &c, false), FinancialYear: c.Term.FinancialYear(), Revision: p.Revision()}
	row := causes[d.Cause]
	d.Verdict, d.Rules = row.verdict, row.rules
	if d.Verdict != Payable {
		return d, nil
	}
	if d.Pence = by.Pence; d.Pence == 0 {
		return Decision{}, rule.Refuse("payment", rule.Reason{Rule: rule.PAY4, Code: rule.NoRate})
	}
	return d, nil
}

// adequate reports whether a finalised plan with the given grade, or without a
// grade, is paid (PAY-2).
func adequate(by *pep.PaymentRules, g pep.Grade) bool {
	if g == 0 {
		return by.UngradedPaid
	}
	return !by.Returned.Has(g)
}

// cause says whether a claim is paid, and if not, why. If byHead is true, the
// head has ordered the payment, and the year group, the payee's type and the
// grade do not count (PAY-11).
func cause(by *pep.PaymentRules, c *Claim, byHead bool) Cause {
	switch {
	case c.Stage == pep.Cancelled || c.Stage == pep.Deleted:
		return NoLongerAPlan
	case !byHead && (c.YearGroup < by.From || c.YearGroup > by.To):
		return YearGroupUnpaid
	case c.Payee == nil || !byHead && by.NoPayee.Has(c.Payee.Type):
		return PayeeUnpaid
	case !byHead && !by.Payee.Has(c.Payee.Type):
		return PayeeUnknown
	case c.Stage != pep.Finalised:
		return NotFinalised
	case !byHead && !adequate(by, c.Grade):
		return NotAdequate
	case c.Payee.DfENumber == "", by.NeedsFinance.Has(c.Payee.Type) && !c.Payee.Finance:
		return FinanceMissing
	case byHead:
		return PaidByHead
	}
	return Paid
}
