package record

import (
	"errors"

	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Care says when a child was looked after. The zero Care is never.
type Care struct {
	Throughout bool      // always, as far as the question goes; there are no episodes then
	Episodes   []Episode // in any order
}

// Episode is one period of being looked after. Its recorded end decides: an
// open one is not cut at the 18th birthday.
type Episode struct {
	Span
	ShortBreak bool   // a series of short breaks, to which ELIG-9 applies
	Authority  string // who looks after the child: see CheckAuthority; "" is the council itself
}

// Check returns a *rule.Invalid for each member that cannot be: see Span.Check
// and CheckAuthority.
func (e Episode) Check() error { return errors.Join(e.Span.Check(), CheckAuthority(e.Authority)) }

// Check returns the *rule.Invalid of each episode, and one for episodes beside
// Throughout.
func (c Care) Check() error {
	errs := []error{rule.Need(!c.Throughout || len(c.Episodes) == 0, "lookedAfter", "empty if throughout is true")}
	for _, e := range c.Episodes {
		errs = append(errs, e.Check())
	}
	return errors.Join(errs...)
}

// Ceased returns the care that counts where a plan was ceased on a day (CHG-4):
// care throughout ends on that day. Recorded episodes stay as they are, because
// they alone say when a child was looked after. A zero day changes nothing.
func (c Care) Ceased(on civil.Date) Care {
	if on.IsZero() || !c.Throughout {
		return c
	}
	return Care{Episodes: []Episode{{Span: Span{To: on}}}}
}
