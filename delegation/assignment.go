package delegation

import (
	"fmt"

	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// Assignment is what the comment says with which a form is reassigned to
// business support: the form's term and the next term's meeting.
type Assignment struct {
	Term     term.Term
	Next     civil.Date // the next meeting; zero for N/A
	NextTerm term.Term  // the term of Next; zero for N/A
	Warnings []Warning  // SameTerm or SkipsTerm, or none
	Rules    rule.IDs   // what decided, the deciding rule first
}

// ParseAssignment reads the comment of a form of the given term. The last term
// for which the child needs a plan may be zero, not known: then N/A is
// refused. Refusals are of ASSIGN-1, ASSIGN-2, ASSIGN-4 and ASSIGN-3, in that order.
func (p Policy) ParseAssignment(comment string, form, last term.Term) (Assignment, error) {
	if form.IsZero() {
		return Assignment{}, &rule.Invalid{Member: "formTerm", Want: "a term, such as SPRING 2022"}
	}
	season, next, ok := p.Comment.read(comment)
	switch {
	case !ok:
		return refuseAssignment(rule.Reason{Rule: rule.ASSIGN1, Code: rule.BadComment})
	case season != form.Season():
		return refuseAssignment(rule.Reason{Rule: rule.ASSIGN2, Code: rule.OtherTerm})
	case next.IsZero():
		return assignLast(form, last)
	}
	return p.assignNext(form, next)
}

// FormatAssignment returns the comment for a form of the given term whose next
// meeting is on next, such as "SPRING—17/06/2022"; a zero next is N/A.
func (p Policy) FormatAssignment(form term.Term, next civil.Date) string {
	if next.IsZero() {
		return form.Season().String() + p.Comment.dash() + p.Comment.None
	}
	return fmt.Sprintf("%s%s%02d/%02d/%04d", form.Season(), p.Comment.dash(), next.Day(), next.Month(), next.Year())
}

// assignLast is ASSIGN-4: no next meeting is needed where the form's term is
// the last in which the child needs a plan, or after it.
func assignLast(form, last term.Term) (Assignment, error) {
	if last.IsZero() || form.Before(last) {
		return refuseAssignment(rule.Reason{Rule: rule.ASSIGN4, Code: rule.NextMeetingNeeded})
	}
	return Assignment{Term: form, Rules: rule.IDs{rule.ASSIGN4, rule.ASSIGN2, rule.ASSIGN1}}, nil
}

// assignNext is ASSIGN-3: the next meeting is in the next term. Before the
// form's own term it is refused; in it or beyond the next it is warned of.
func (p Policy) assignNext(form term.Term, next civil.Date) (Assignment, error) {
	a := Assignment{Term: form, Next: next, NextTerm: p.Terms.Of(next), Rules: rule.IDs{rule.ASSIGN3, rule.ASSIGN2, rule.ASSIGN1}}
	switch {
	case a.NextTerm.Before(form):
		return refuseAssignment(rule.Reason{Rule: rule.ASSIGN3, Code: rule.NextMeetingTooEarly, On: p.Terms.First(form)})
	case a.NextTerm == form:
		a.Warnings = []Warning{SameTerm}
	case a.NextTerm.After(form.Next()):
		a.Warnings = []Warning{SkipsTerm}
	}
	return a, nil
}

func refuseAssignment(because rule.Reason) (Assignment, error) {
	return Assignment{}, rule.Refuse("delegation.assignment", because)
}
