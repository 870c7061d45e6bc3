package delegation

import (
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// Carrying says when a form that was not returned becomes the form of the
// following term (OOT-2). The zero Carrying is not valid.
type Carrying uint8

// The ways to carry a form forward.
const (
	AfterDue Carrying = 1 + iota // after the end of the term or the due date, whichever is later
	Strict                       // at the end of the term
	Off                          // never
)

const wantCarrying = "after_due, strict or off"

var carryingNames = [...]string{"", "after_due", "strict", "off"}

// ParseCarrying returns the Carrying whose text form is s, such as "after_due".
// For any other text it returns a *rule.Invalid of member "carryForward".
func ParseCarrying(s string) (Carrying, error) {
	return rule.Find[Carrying](len(carryingNames), s, "carryForward", wantCarrying)
}

// String returns the text form of c, or "" if c is zero.
func (c Carrying) String() string { return *rule.Row(carryingNames[:], c) }

// MarshalText returns the text form of c.
func (c Carrying) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads a Carrying as ParseCarrying does. Empty text is the zero
// Carrying.
func (c *Carrying) UnmarshalText(text []byte) error { return rule.Unmarshal(text, c, ParseCarrying) }

// Carried says whether a form is carried forward, and to which term.
type Carried struct {
	Carried bool      `json:"carried"`
	Term    term.Term `json:"term"`          // the only term for which the form now counts (OOT-3)
	Stale   bool      `json:"stale"`         // whether the form was carried as often as is allowed and was still not returned in time (OOT-4)
	Code    rule.Code `json:"code,omitzero"` // why the form is not carried; zero if it is carried
	Rules   rule.IDs  `json:"rules"`         // the rules that decided, the most decisive first
}

// CarryForward says whether a form is carried forward today. The argument times
// is the number of times that it was carried before. If due is zero, only the
// end of the term decides. If submitted, the day on which the form was returned,
// is zero or after today, the form has not been returned yet. CarryForward
// returns the zero Carried if meeting is zero or times is negative.
func (r Rules) CarryForward(meeting, due, today, submitted civil.Date, times int) Carried {
	if meeting.IsZero() || times < 0 {
		return Carried{}
	}
	c := Carried{Term: r.Terms.Of(meeting).Add(times)}
	c.Code, c.Rules = r.staysBecause(times, r.missed(c.Term, due, today, submitted))
	if c.Code == 0 {
		c.Carried, c.Term, times = true, c.Term.Next(), times+1
	}
	c.Stale = r.stale(times) && r.missed(c.Term, due, today, submitted)
	return c
}

// staysBecause returns the reason why a form stays in its term, or a zero code if
// it is carried. OOT-2 makes a form that was not returned in its term the form
// of the following term, and OOT-4 limits how often this happens.
func (r Rules) staysBecause(times int, missed bool) (rule.Code, rule.IDs) {
	switch {
	case !r.carries():
		return rule.CarryingOff, rule.IDs{rule.OOT2}
	case times >= r.MaxCarries:
		return rule.AlreadyCarried, rule.IDs{rule.OOT4}
	case !missed:
		return rule.NotYetCarried, rule.IDs{rule.OOT2}
	}
	return 0, rule.IDs{rule.OOT2, rule.OOT3, rule.OOT4}
}

// stale is OOT-4: forms cannot be kept open indefinitely. A form that was
// carried as often as is allowed, and misses a term again, is to be closed.
func (r Rules) stale(times int) bool { return r.carries() && times >= r.MaxCarries }

func (r Rules) carries() bool { return r.Carry == AfterDue || r.Carry == Strict }

// missed reports whether the cut-off of a form of term t has passed and the
// form was not submitted by then.
func (r Rules) missed(t term.Term, due, today, submitted civil.Date) bool {
	cutOff := r.cutOff(t, due)
	return today.After(cutOff) && (submitted.IsZero() || submitted.After(cutOff))
}

// cutOff returns the last day on which a form of term t can be returned in
// time.
func (r Rules) cutOff(t term.Term, due civil.Date) civil.Date {
	if last := r.Terms.Last(t); r.Carry != AfterDue || last.After(due) {
		return last
	}
	return due
}
