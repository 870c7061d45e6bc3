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

// careSince returns the care in which a plan can be started. CHG-4: once a plan
// was ceased, even from a future day, only coming back into care on that day or
// later allows a new one (START-3).
func (a *Act) careSince() (since record.Care) {
	ceased := a.Facts.CeasedOn
	if ceased.IsZero() {
		return a.Facts.Child.Care
	}
	for _, e := range a.Facts.Child.Care.Episodes {
		if !e.From.Before(ceased) {
			since.Episodes = append(since.Episodes, e)
		}
	}
	return since
}

// care returns the child's care as far as plans go: without what lies after
// the day of ceasing in an episode that began before it (CHG-4).
func (a *Act) care() record.Care { return until(a.Facts.Child.Care, a.Facts.CeasedOn) }

// until returns care cut at the day on which a plan was ceased, in every episode
// that began before that day. A zero ceased changes nothing.
func until(care record.Care, ceased civil.Date) record.Care {
	if ceased.IsZero() {
		return care
	}
	before := record.Span{To: ceased}
	if care.Throughout {
		return record.Care{Episodes: []record.Episode{{Span: before}}}
	}
	cut := record.Care{Episodes: make([]record.Episode, 0, len(care.Episodes))}
	for _, e := range care.Episodes {
		if e.From.Before(ceased) {
			e.Span = e.Within(before)
		}
		cut.Episodes = append(cut.Episodes, e)
	}
	return cut
}
