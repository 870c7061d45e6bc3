package record

import (
	"errors"

	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Care says when a child was looked after. The zero Care means never.
type Care struct {
	Throughout bool      // whether the child was always looked after; if true, Episodes must be empty
	Episodes   []Episode // the episodes, in any order
}

// Episode is one period of being looked after. It ends only if an end is
// recorded: an open episode does not end at the 18th birthday.
type Episode struct {
	Span
	ShortBreak bool   // whether the episode is a series of short breaks, to which ELIG-9 applies
	Authority  string // who looks after the child: see CheckAuthority; "" for the council itself
}

// Check returns a *rule.Invalid for each member that Span.Check or
// CheckAuthority refuses.
func (e Episode) Check() error { return errors.Join(e.Span.Check(), CheckAuthority(e.Authority)) }

// Check returns the *rule.Invalid of each episode, and one if Throughout is set
// and there are episodes.
func (c Care) Check() error {
	errs := []error{rule.Need(!c.Throughout || len(c.Episodes) == 0, "lookedAfter", "empty if throughout is true")}
	for _, e := range c.Episodes {
		errs = append(errs, e.Check())
	}
	return errors.Join(errs...)
}

// Ceased returns the child's care, given that a plan was ceased on a day
// (CHG-4): if Throughout is set, care ends on that day. Recorded episodes stay
// unchanged, because they alone say when a child was looked after. A zero day
// changes nothing.
func (c Care) Ceased(on civil.Date) Care {
	if on.IsZero() || !c.Throughout {
		return c
	}
	return Care{Episodes: []Episode{{Span: Span{To: on}}}}
}
