package record

import "errors"

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
	Authority  string // who looks after the child, as a name or an LA code; "" is our own
}

// Check returns the *rule.Invalid of each episode, and one for episodes beside
// Throughout.
func (c Care) Check() error {
	err := check(member{c.Throughout && len(c.Episodes) > 0, "lookedAfter", "no episodes where it is throughout"})
	for _, e := range c.Episodes {
		err = errors.Join(err, e.Check())
	}
	return err
}
