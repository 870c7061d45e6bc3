package delegation

import (
	"fmt"

	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// Assignment is the content of the comment that reassigns a form to business
// support: the form's term and the date of the next meeting.
type Assignment struct {
	Term     term.Term  `json:"term"`
	Next     civil.Date `json:"nextMeeting,omitzero"` // the day of the next meeting; zero for N/A
	NextTerm term.Term  `json:"nextTerm,omitzero"`    // the term of Next; zero for N/A
	Gap      Gap        `json:"warning,omitzero"`     // whether Next is in the next term (ASSIGN-3)
	Rules    rule.IDs   `json:"rules"`                // the rules that decided, the most decisive first
}

// Gap says how the term of the next meeting differs from the term that ASSIGN-3
// wants: the term after the form's own. The zero Gap means that the two terms are
// the same, or that there is no next meeting. A meeting before the form's own term
// has no Gap, because ParseAssignment refuses it.
type Gap uint8

// The gaps. ASSIGN-3 allows both, with a warning.
const (
	SameTerm  Gap = 1 + iota // the next meeting is in the form's own term
	SkipsTerm                // the next meeting leaves at least one term without a plan
)

var gapNames = [...]struct{ name, words string }{
	SameTerm:  {"same_term", "the next meeting is in the form's own term"},
	SkipsTerm: {"skips_term", "the next meeting skips a term, which is left without a form"},
}

// ParseGap returns the gap whose text form is s, such as "same_term". For any
// other text it returns a *rule.Invalid of member "warning".
func ParseGap(s string) (Gap, error) {
	return rule.Find[Gap](len(gapNames), s, "warning", "same_term or skips_term")
}

// String returns the text form of g, or "" for the zero Gap.
func (g Gap) String() string { return rule.Row(gapNames[:], g).name }

// Words returns the warning of g in words, or "" for the zero Gap.
func (g Gap) Words() string { return rule.Row(gapNames[:], g).words }

// MarshalText returns the text form of g.
func (g Gap) MarshalText() ([]byte, error) { return []byte(g.String()), nil }

// UnmarshalText reads a gap as ParseGap does. Empty text is the zero Gap.
func (g *Gap) UnmarshalText(text []byte) error { return rule.Unmarshal(text, g, ParseGap) }

// GapTo returns the gap between a form of the given term and its next meeting.
// If the argument next is zero, there is no next meeting.
func (r Rules) GapTo(form term.Term, next civil.Date) Gap {
	switch of := r.Terms.Of(next); {
	case next.IsZero():
		return 0
	case of == form:
		return SameTerm
	case of.After(form.Next()):
		return SkipsTerm
	}
	return 0
}

// ParseAssignment reads the comment of a form of the given term. The argument
// last is the last term in which the child needs a plan; if it is zero, that
// term is not known and N/A is refused. ParseAssignment returns a *rule.Refusal
// of the first of these rules that refuses: ASSIGN-1, ASSIGN-2, ASSIGN-4,
// ASSIGN-3. It returns a *rule.Invalid of member "formTerm" if form is zero.
func (r Rules) ParseAssignment(comment string, form, last term.Term) (Assignment, error) {
	if form.IsZero() {
		return Assignment{}, &rule.Invalid{Member: "formTerm", Want: "a term, such as SPRING 2022"}
	}
	season, next, fault := r.Comment.read(comment)
	switch {
	case fault != 0:
		return refuseAssignment(rule.Reason{Rule: rule.ASSIGN1, Code: fault})
	case season != form.Season():
		return refuseAssignment(rule.Reason{Rule: rule.ASSIGN2, Code: rule.OtherTerm})
	case next.IsZero():
		return assignLast(form, last)
	}
	return r.assignNext(form, next)
}

// FormatAssignment returns the comment for a form of the given term, such as
// "SPRING—17/06/2022". The argument next is the day of the next meeting; if it
// is zero, the comment says N/A.
func (r Rules) FormatAssignment(form term.Term, next civil.Date) string {
	if next.IsZero() {
		return form.Season().String() + r.Comment.dash() + r.Comment.None
	}
	return fmt.Sprintf("%s%s%02d/%02d/%04d", form.Season(), r.Comment.dash(), next.Day(), next.Month(), next.Year())
}

// assignLast is ASSIGN-4: no next meeting is needed if the form's term is the
// last in which the child needs a plan, or a later one.
func assignLast(form, last term.Term) (Assignment, error) {
	if last.IsZero() || form.Before(last) {
		return refuseAssignment(rule.Reason{Rule: rule.ASSIGN4, Code: rule.NextMeetingNeeded})
	}
	return Assignment{Term: form, Rules: rule.IDs{rule.ASSIGN4, rule.ASSIGN2, rule.ASSIGN1}}, nil
}

// assignNext is ASSIGN-3: the next meeting should be in the next term. It is
// refused if it is before the form's own term. If it is in the form's own term
// or later than the next term, the assignment carries a warning.
func (r Rules) assignNext(form term.Term, next civil.Date) (Assignment, error) {
	of := r.Terms.Of(next)
	if of.Before(form) {
		return refuseAssignment(rule.Reason{Rule: rule.ASSIGN3, Code: rule.NextMeetingTooEarly, On: r.Terms.First(form)})
	}
	return Assignment{
		Term: form, Next: next, NextTerm: of, Gap: r.GapTo(form, next),
		Rules: rule.IDs{rule.ASSIGN3, rule.ASSIGN2, rule.ASSIGN1},
	}, nil
}

func refuseAssignment(because rule.Reason) (Assignment, error) {
	return Assignment{}, rule.Refuse("delegation.assignment", because)
}
