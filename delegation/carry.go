package delegation

import (
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// Carrying says when a form that was not returned becomes the form of the
// following term (OOT-2). The zero Carrying has no meaning.
type Carrying uint8

// The ways to carry a form forward.
const (
	AfterDue Carrying = 1 + iota // after the later of term end and due date
	Strict                       // at the end of the term
	Off                          // never
)

const wantCarrying = "after_due, strict or off"

var carryingNames = [...]string{"", "after_due", "strict", "off"}

// ParseCarrying returns the value whose text form is s, such as "after_due".
func ParseCarrying(s string) (Carrying, error) {
	return rule.Find[Carrying](len(carryingNames), s, "carryForward", wantCarrying)
}

// String returns the text form of c, or "" for none.
func (c Carrying) String() string { return *rule.Row(carryingNames[:], c) }

// MarshalText returns the text form of c.
func (c Carrying) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads the text form of c as ParseCarrying does, and empty text
// as the zero Carrying.
func (c *Carrying) UnmarshalText(text []byte) error { return rule.Unmarshal(text, c, ParseCarrying) }

// Carried is what becomes of a form that may have to be carried forward.
type Carried struct {
	Carried bool      `json:"carried"`
	Term    term.Term `json:"term"`          // the one term for which the form counts now (OOT-3)
	Stale   bool      `json:"stale"`         // carried as often as allowed and not returned since (OOT-4)
	Code    rule.Code `json:"code,omitzero"` // why it is not carried; zero where it is
	Rules   rule.IDs  `json:"rules"`         // what decided, the deciding rule first
}

// CarryForward answers for a form that was carried so many times before. A
// zero due leaves the term's end alone to decide; submitted is the day of its
// return, zero or after today where there was none. Without a meeting, or with
// times below zero, the answer is the zero Carried.
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

// staysBecause is OOT-2, a form not returned in term becomes the form of the
// following term, and the bound that OOT-4 sets to it.
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

// stale is OOT-4: forms cannot be kept open indefinitely; one that was carried
// as often as allowed and misses a term again is to be closed.
func (r Rules) stale(times int) bool { return r.carries() && times >= r.MaxCarries }

func (r Rules) carries() bool { return r.Carry == AfterDue || r.Carry == Strict }

// missed reports whether a form of term t is past its cut-off and was not
// submitted on or before it.
func (r Rules) missed(t term.Term, due, today, submitted civil.Date) bool {
	cutOff := r.cutOff(t, due)
	return today.After(cutOff) && (submitted.IsZero() || submitted.After(cutOff))
}

// cutOff returns the last day on which a form of term t is back in time.
func (r Rules) cutOff(t term.Term, due civil.Date) civil.Date {
	if last := r.Terms.Last(t); r.Carry != AfterDue || last.After(due) {
		return last
	}
	return due
}
