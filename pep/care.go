package pep

import (
	"slices"

	"virtualschool.example/pep/record"
	"virtualschool.example/term/civil"
)

// EnteredCare returns the first day of a period of care by this authority: the
// period that contains the given day or, if none does, the latest period before it.
// CHG-1: a change of placement does not start a new period, and episodes that touch
// count as one. EnteredCare returns the zero Date if there is no such period or if
// Care.Throughout is set.
func (p *Policy) EnteredCare(care record.Care, on civil.Date) civil.Date {
	var few [8]record.Span
	ours := few[:0]
	for i := range care.Episodes {
		if e := &care.Episodes[i]; p.par.ours(e.Authority) && !e.From.After(on) {
			ours = append(ours, e.Span)
		}
	}
	slices.SortFunc(ours, func(a, b record.Span) int { return b.From.Compare(a.From) })
	var from civil.Date
	for n, s := range ours {
		if n == 0 || s.To.IsZero() || !s.To.Before(from) {
			from = s.From
		}
	}
	return from
}

// CareEnded returns the day on which the care by this authority ended, as known
// on the given day (CHG-4): the first day that is not covered. It returns the
// zero Date for a child who is in care on that day or was never in care, and
// also if Care.Throughout is set, because no end is recorded then.
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

// care returns the child's care as the rules see it when a plan is started. If
// Care.Throughout is set, care counts as ended on the day on which another plan
// of the child was ceased (CHG-4).
func (a *Act) care() record.Care { return a.Facts.Child.Care.Ceased(a.Facts.CeasedOn) }
