package pep

import (
	"virtualschool.example/pep/record"
	"virtualschool.example/term/civil"
)

// EnteredCare returns the first day of the period of care by this authority
// that a day falls in. CHG-1: a change of placement starts no new period, so
// episodes that touch count as one. A day outside care gives the latest period
// before it. The zero Date stands for no period, and for care throughout.
func (p *Policy) EnteredCare(care record.Care, on civil.Date) civil.Date {
	var from civil.Date
	for _, e := range care.Episodes {
		if p.par.ours(e.Authority) && !e.From.After(on) && e.From.After(from) {
			from = e.From
		}
	}
	for joined := true; joined; {
		joined = false
		for _, e := range care.Episodes {
			if p.par.ours(e.Authority) && e.From.Before(from) && (e.To.IsZero() || !e.To.Before(from)) {
				from, joined = e.From, true
			}
		}
	}
	return from
}

// CareEnded returns the day on which the care by this authority ended, the first
// day not covered, as it is on record on a day (CHG-4). The zero Date stands for a
// child who is in care on the day or who never was, and for care throughout, of
// which no end is on record.
func (p *Policy) CareEnded(care record.Care, on civil.Date) (ended civil.Date) {
	for _, e := range care.Episodes {
		switch {
		case e.Empty() || e.From.After(on) || !p.par.ours(e.Authority):
		case e.Covers(on):
			return civil.Date{}
		case e.To.After(ended):
			ended = e.To
		}
	}
	return ended
}

// care returns the child's care as a start sees it (CHG-4).
func (a *Act) care() record.Care { return a.Facts.Child.Care.Ceased(a.Facts.CeasedOn) }
