package pep

import (
	"errors"

	"virtualschool.example/delegation"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
)

// Reassign hands the plan to business support. SECT-3: all sections must be
// complete; ASSIGN-1 to ASSIGN-4: the assignment comment, such as
// "SPRING—17/06/2022", names the plan's term and the date of the next term's
// meeting, which must be within the window of TERM-8. If the child needs no plan in
// the next term, the comment says N/A instead of a date.
type Reassign struct{ Comment private.Text }

// Verb returns VerbReassign.
func (Reassign) Verb() Verb { return VerbReassign }

func (a Reassign) do(p *PEP, by *Act) error {
	var reasons rule.Reasons
	t, err := p.begin(by, VerbReassign, &reasons)
	if err != nil {
		return err
	}
	e := p.event(by, t)
	if t.Verb != 0 {
		last := p.s.Term
		if by.Policy.neededAfter(last, &by.Facts.Child) {
			last = last.Next()
		}
		said, err := by.Policy.on(p.s.Meeting).Delegation.ParseAssignment(a.Comment.Reveal(private.Deciding), p.s.Term, last)
		if err := errors.Join(by.Policy.CheckCare(by.Facts.Child.Care), reasons.Take(err)); err != nil {
			return err
		}
		if e.Next = said.Next; !e.Next.IsZero() {
			by.checkWindow(e.Next, &reasons)
		}
	}
	if err := reasons.Err(VerbReassign.String()); err != nil {
		return err
	}
	if where := by.Facts.Establishment; p.s.Stage == Draft && where != nil {
		e.Establishment = where.ID
	}
	return p.recordText(&e, "comment", a.Comment)
}

func (p *PEP) mayReassign(reasons *rule.Reasons) {
	for n := range p.template().Incomplete(p.s.Filled[:]) {
		reasons.AddReason(rule.Reason{Rule: rule.SECT3, Code: rule.SectionsIncomplete, Section: n})
	}
}

// If the social worker completes the plan, reassign also sets its establishment,
// if there is one. For every other plan, the delegation has already set it
// (GRADE-6, PAY-6).
func (s *Snapshot) reassign(e *Event) {
	if e.From == Draft {
		s.Establishment = e.Establishment
	}
	s.Next = e.Next
	s.move(delegation.Reassign)
}
