package pep

import (
	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Warning is something about a plan that is allowed but worth a second look. The
// zero Warning has no meaning.
type Warning uint8

// The warnings.
const (
	TypeMismatch     Warning = 1 + iota // the facts on the day of the meeting ask for another form (FORM-9)
	LatePreparation                     // the social worker's sections are not ready in time (SECT-4)
	DueBeforeMeeting                    // the plan is due back before its meeting (DELEG-3)
	SameTerm                            // the next meeting is in the plan's own term (ASSIGN-3)
	SkipsTerm                           // the next meeting leaves a term without a plan (ASSIGN-3)
	Stale                               // the plan is no longer carried forward and is late again (OOT-4)
	YearFarFromAge                      // the recorded year group is far from the one that the birth date gives (YEAR-2)
	ChildMoved                          // the child left the establishment that the plan is delegated to (CHG-2)
	HealthChanged                       // the child's health information has changed since the plan was started (CHG-6)
	WorkerChanged                       // the child's case has passed to another social worker since the plan was started (NOTE-1)
	NotesUnread                         // case notes must be read first; Reallocation.Unread gives this warning, Warnings does not (NOTE-1)
)

var warnings = [...]struct {
	name, sentence string
	rule           rule.ID
}{
	TypeMismatch:     {"type_mismatch", "the child's year group or setting on the day of the meeting calls for another form", rule.FORM9},
	LatePreparation:  {"late_preparation", "the social worker's sections are not ready in good time for the meeting", rule.SECT4},
	DueBeforeMeeting: {"due_before_meeting", "the plan is due back before its meeting", rule.DELEG3},
	SameTerm:         {"same_term", "the next meeting is in the plan's own term", rule.ASSIGN3},
	SkipsTerm:        {"skips_term", "the next meeting skips a term, which is left without a plan", rule.ASSIGN3},
	Stale:            {"stale", "the plan can no longer be carried forward and is late again", rule.OOT4},
	YearFarFromAge:   {"year_far_from_age", "the recorded year group is two or more years from the one that the birth date gives", rule.YEAR2},
	ChildMoved:       {"child_moved", "the child is no longer educated at the establishment that the plan is delegated to", rule.CHG2},
	HealthChanged:    {"health_changed", "the child's health information has changed since the plan was started: bring the section on health up to date", rule.CHG6},
	WorkerChanged:    {"worker_changed", "the child's case has passed to another social worker since the plan was started: the new worker should read the case notes before acting", rule.NOTE1},
	NotesUnread:      {"notes_unread", "there are case notes to read before the case is taken over", rule.NOTE1},
}

// ParseWarning returns the warning whose text form is s, such as "stale".
func ParseWarning(s string) (Warning, error) {
	return rule.Find[Warning](len(warnings), s, "warning", "a warning, such as stale")
}

// String returns the text form of w, or "" for the zero Warning.
func (w Warning) String() string { return rule.Row(warnings[:], w).name }

// MarshalText returns the text form of w.
func (w Warning) MarshalText() ([]byte, error) { return []byte(w.String()), nil }

// UnmarshalText reads the text form of a warning as ParseWarning does, and
// empty text as the zero Warning.
func (w *Warning) UnmarshalText(text []byte) error { return rule.Unmarshal(text, w, ParseWarning) }

// Rule returns the rule behind the warning.
func (w Warning) Rule() rule.ID { return rule.Row(warnings[:], w).rule }

// Sentence returns the warning in plain English.
func (w Warning) Sentence() string { return rule.Row(warnings[:], w).sentence }

// Warnings returns what is worth a second look in the plan as it stands, given the
// act's day, policy and facts; the act's role does not matter. A plan that is not
// open has no warnings. Warnings returns a *rule.Invalid if the act is unusable.
func (p *PEP) Warnings(by *Act) ([]Warning, error) {
	if err := p.usable(by, 0); err != nil || !p.s.Stage.Open() {
		return nil, err
	}
	mismatch, err := p.warnType(by)
	if err != nil {
		return nil, err
	}
	var all []Warning
	child := &by.Facts.Child
	for _, w := range [...]Warning{mismatch, p.warnYear(by), p.warnPreparation(by), p.warnMoved(by), p.warnSince(by, child.HealthSince, HealthChanged),
		p.warnSince(by, child.WorkerSince, WorkerChanged), p.warnDue(), p.warnNext(by), p.warnStale(by)} {
		if w != 0 {
			all = append(all, w)
		}
	}
	return all, nil
}

// warnType warns if the facts on the day of the meeting ask for another form. The
// plan's form never changes (FORM-9).
func (p *PEP) warnType(by *Act) (Warning, error) {
	form, err := by.formType(p.s.Meeting)
	var reasons rule.Reasons
	if err := reasons.Take(err); err != nil {
		return 0, err
	}
	if form != p.s.Type {
		return TypeMismatch, nil
	}
	return 0, nil
}

// warnYear warns of a recorded year group that is far from the child's age. It is
// still accepted (YEAR-2).
func (p *PEP) warnYear(by *Act) Warning {
	child := &by.Facts.Child
	if forms.FarFromAge(child.Born.Reveal(private.Deciding), p.s.Meeting, child.Recorded()) {
		return YearFarFromAge
	}
	return 0
}

// warnMoved warns if the child has moved: a delegated plan stays with its
// establishment, and somebody has to know (CHG-2). Education that names no
// establishment does not show a move to another one.
func (p *PEP) warnMoved(by *Act) (moved Warning) {
	if p.s.Stage != Delegated {
		return 0
	}
	for _, e := range by.Facts.Child.Education {
		here, now := e.Establishment == p.s.Establishment, e.Covers(by.On)
		switch {
		case here && now:
			return 0
		case now && !e.Establishment.IsZero(), here && !e.To.IsZero() && !by.On.Before(e.To):
			moved = ChildMoved
		}
	}
	return moved
}

// warnSince warns about a plan that the social worker or the establishment has, if
// something about the child changed after the plan's start and no later than the
// act's day: the health information, which belongs in the plan (CHG-6), or the
// social worker, who reads the case notes before acting (NOTE-1).
func (p *PEP) warnSince(by *Act, since civil.Date, changed Warning) Warning {
	if p.s.Stage <= Returned && since.After(p.s.Started) && !since.After(by.On) {
		return changed
	}
	return 0
}

// warnPreparation warns if the social worker's sections are not ready in good time
// before the meeting (SECT-4).
func (p *PEP) warnPreparation(by *Act) Warning {
	if p.s.Stage == Draft && p.unprepared() && by.Policy.on(p.s.Meeting).Delegation.PreparedLate(p.s.Meeting, by.On) {
		return LatePreparation
	}
	return 0
}

// warnDue warns if a delegated plan is due back before its meeting (DELEG-3).
func (p *PEP) warnDue() Warning {
	if p.s.Stage == Delegated && delegation.DueBeforeMeeting(p.s.Due, p.s.Meeting) {
		return DueBeforeMeeting
	}
	return 0
}

// warnNext warns if the next meeting is not in the next term (ASSIGN-3).
func (p *PEP) warnNext(by *Act) Warning {
	switch by.Policy.on(p.s.Meeting).Delegation.GapTo(p.s.Term, p.s.Next) {
	case delegation.SameTerm:
		return SameTerm
	case delegation.SkipsTerm:
		return SkipsTerm
	}
	return 0
}

// warnStale warns of a plan that is no longer carried forward and is late again
// (OOT-4).
func (p *PEP) warnStale(by *Act) Warning {
	if p.s.Stage != Draft && p.s.Stage != Delegated {
		return 0
	}
	if c := by.Policy.CarryForward(&p.s, by.On); c.Stale && !c.Carried {
		return Stale
	}
	return 0
}
