package payment

import (
	"bytes"
	"cmp"
	"errors"
	"slices"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// Order holds everything that decides a payment run.
type Order struct {
	Term      term.Term    // the term whose plans are paid, together with late plans of earlier terms (PAY-9)
	On        civil.Date   // the day of the run
	Claims    []PlanClaim  // the claims, in any order; each plan appears once
	Paid      []Line       // the lines of all earlier runs, in any order
	Decisions []Discretion // the head's decisions; for each plan, only the latest decision up to On counts
}

// Run says what one payment run pays, and what it does not pay and why. Both
// lists are sorted by term, child, day of finalising and plan.
type Run struct {
	Lines      []Line      `json:"lines"`
	Exceptions []Exception `json:"exceptions"`
	Pence      int         `json:"pence"`    // the total of the lines
	Revision   int         `json:"revision"` // the revision of the policy
}

// Line is one payment, with the plan as it was when it was paid. The host must
// store either all lines of a run or none, and must pass them to every later
// run.
type Line struct {
	record.Payment
	Plan          pep.ID             `json:"plan"`
	Version       int64              `json:"version"`       // the version of the plan when it was paid
	FinancialYear term.FinancialYear `json:"financialYear"` // the financial year of the plan's term (PAY-9)
	Cause         Cause              `json:"cause"`         // Paid or PaidByHead
}

// Check returns a *rule.Invalid for each member that is not valid. It checks
// the members of record.Payment, the plan, its version, the financial year of
// the term, and the cause, which must be Paid or PaidByHead.
func (l Line) Check() error {
	return errors.Join(
		l.Payment.Check(),
		rule.Need(!l.Plan.IsZero(), "plan", "the plan that is paid for"),
		rule.Need(l.Version > 0, "version", "the version of the plan, 1 or more"),
		rule.Need(l.FinancialYear == l.Term.FinancialYear(), "financialYear", "the financial year of the term (PAY-9)"),
		rule.Need(l.Cause == Paid || l.Cause == PaidByHead, "cause", "payable or paid_by_head"),
	)
}

// Exception is a claim that a run does not pay.
type Exception struct {
	Plan          pep.ID                 `json:"plan"`
	Child         record.ChildID         `json:"child"`
	Term          term.Term              `json:"term"`
	Establishment record.EstablishmentID `json:"establishment,omitzero"`
	Verdict       Verdict                `json:"verdict"` // Held or NotPayable
	Cause         Cause                  `json:"cause"`
	Rules         rule.IDs               `json:"rules"` // the rules that decided, the most decisive first
}

// Settle decides what is paid on a day.
//
// PAY-3: across all runs, only one plan of a child is paid in each term: the
// one that was finalised first. If a run is repeated after its lines were
// stored, it pays nothing. PAY-9: a late plan is paid in a later run, at the
// rate and in the financial year of its own term. PAY-12: what was paid is
// never clawed back. A plan that has been revised, reopened or deleted since it
// was paid is an exception, and is not paid for another term either. A term
// without a published rate is an exception too (PAY-4), so that it does not
// stop other plans.
//
// Settle refuses the whole run with a *rule.Refusal if PAY-11 refuses a
// decision, and with a *rule.Invalid if the order is malformed or its term has
// not begun on the day of the run.
func Settle(p *pep.Policy, q Order) (Run, error) {
	if err := q.check(); err != nil {
		return Run{}, err
	}
	if err := rule.Need(!p.Calendar().First(q.Term).After(q.On), "term", "a term that has begun by the day of the run"); err != nil {
		return Run{}, err
	}
	claims := slices.SortedFunc(slices.Values(q.Claims), PlanClaim.compare)
	paid, run := newLedger(&q), Run{Lines: []Line{}, Exceptions: []Exception{}, Revision: p.Revision()}
	for i := range claims {
		c := &claims[i]
		cause, pence := settle(p, c, q.Term, paid)
		switch row := causes[cause]; {
		case cause == 0:
		case row.verdict == Payable:
			run.pay(c, cause, pence, q.On)
			paid.add(&run.Lines[len(run.Lines)-1])
		default:
			run.except(c, cause)
		}
	}
	return run, nil
}

// check returns the first error that it finds in q.
func (q *Order) check() error {
	switch {
	case q.Term.IsZero():
		return &rule.Invalid{Member: "term", Want: "the term whose plans are paid"}
	case q.On.IsZero():
		return &rule.Invalid{Member: "on", Want: "the day of the run"}
	}
	seen := make(map[pep.ID]bool, len(q.Claims))
	for i := range q.Claims {
		id := q.Claims[i].Plan
		if id.IsZero() || seen[id] {
			return &rule.Invalid{Member: "claims", Want: "plans with an id, each once"}
		}
		seen[id] = true
	}
	for _, d := range q.Decisions {
		if err := d.Check(); err != nil {
			return err
		}
	}
	return nil
}

// compare sorts claims by term, child, day of finalising and plan.
func (c PlanClaim) compare(other PlanClaim) int {
	return cmp.Or(
		c.Term.Compare(other.Term),
		bytes.Compare(c.Child.UUID[:], other.Child.UUID[:]),
		c.FinalisedOn.Compare(other.FinalisedOn),
		bytes.Compare(c.Plan.UUID[:], other.Plan.UUID[:]),
	)
}

// settle returns the cause for one claim and, if it is paid, the sum in pence.
// The cause is zero for a plan that was paid before and is unchanged, and for a
// plan of a later term.
func settle(p *pep.Policy, c *PlanClaim, upTo term.Term, paid ledger) (Cause, int) {
	if version, ok := paid.plans[c.Plan]; ok {
		return c.since(version), 0
	}
	if c.Term.After(upTo) {
		return 0, 0
	}
	decision, by := paid.decisions[c.Plan], p.PaymentRules(c.Term)
	because := cause(&by, &c.Claim, decision.Verdict == Payable)
	if causes[because].verdict != Payable {
		return because, 0
	}
	pence := cmp.Or(decision.Pence, by.Pence)
	switch {
	case paid.terms[childTerm{c.Child, c.Term}]:
		return AlreadyPaid, 0
	case decision.Verdict == Held:
		return HeldByHead, 0
	case pence == 0:
		return NoRatePublished, 0
	}
	return because, pence
}

// since is PAY-12: it returns the cause if a plan was changed or deleted after
// it was paid at the given version, and otherwise the zero Cause.
func (c *PlanClaim) since(version int64) Cause {
	switch {
	case c.Stage == pep.Deleted:
		return DeletedSincePaid
	case c.Version != version:
		return ChangedSincePaid
	}
	return 0
}

func (r *Run) pay(c *PlanClaim, because Cause, pence int, on civil.Date) {
	r.Pence += pence
	r.Lines = append(r.Lines, Line{
		Payment: record.Payment{Child: c.Child, Term: c.Term, Establishment: c.Establishment, Pence: pence, PaidOn: on},
		Plan:    c.Plan, Version: c.Version, FinancialYear: c.Term.FinancialYear(), Cause: because,
	})
}

func (r *Run) except(c *PlanClaim, because Cause) {
	row := causes[because]
	r.Exceptions = append(r.Exceptions, Exception{
		Plan: c.Plan, Child: c.Child, Term: c.Term, Establishment: c.Establishment,
		Verdict: row.verdict, Cause: because, Rules: row.rules,
	})
}

// ledger holds what a run must know about the past: the version at which each
// plan was paid, the children and terms that were paid for, and what the head
// decided.
type ledger struct {
	plans     map[pep.ID]int64
	terms     map[childTerm]bool
	decisions map[pep.ID]Discretion
}

type childTerm struct {
	child record.ChildID
	term  term.Term
}

func newLedger(q *Order) ledger {
	l := ledger{map[pep.ID]int64{}, map[childTerm]bool{}, map[pep.ID]Discretion{}}
	for i := range q.Paid {
		l.add(&q.Paid[i])
	}
	for _, d := range q.Decisions {
		if !d.On.After(q.On) && !d.On.Before(l.decisions[d.Plan].On) {
			l.decisions[d.Plan] = d
		}
	}
	return l
}

// add adds a line that was paid.
func (l ledger) add(line *Line) {
	l.plans[line.Plan] = line.Version
	l.terms[childTerm{line.Child, line.Term}] = true
}
