package pep

import (
	"virtualschool.example/forms"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// Outline is what the rules on missing plans need to know about one plan.
type Outline struct {
	Term      term.Term // the term for which the plan counts (OOT-3)
	Stage     Stage
	Due       civil.Date // the due date; zero before the first delegation and after a retract
	Carried   int        // how many times the plan was carried forward
	CarriedTo term.Term  // the latest term to which the plan was carried; zero if it never was
	CeasedOn  civil.Date // the day on which the plan was ceased; zero if it was not
	Finalised bool       // whether the plan has a finalised revision, whatever its stage

	// A report groups plans by Type and Establishment; no rule reads them.
	Type          forms.Type
	Establishment record.EstablishmentID
}

// Outline returns what the rules on missing plans need to know about the plan.
func (s *Snapshot) Outline() Outline {
	return Outline{s.Term, s.Stage, s.Due, s.Carried, s.CarriedTo, s.CeasedOn, s.Final != Final{}, s.Type, s.Establishment}
}

// LeftBehind reports whether the plan was carried forward out of a term (OOT-3).
func (o *Outline) LeftBehind(t term.Term) bool {
	return o.Carried > 0 && t.Before(o.CarriedTo) && !t.Before(o.CarriedTo.Add(-o.Carried))
}

// MissingQuestion holds everything that decides a child's Standing for a term, apart
// from the birth date.
type MissingQuestion struct {
	Term      term.Term
	Today     civil.Date
	Care      record.Care
	Education []record.Education
	Plans     []Outline // the child's plans, of any term and stage, in any order
}

// MissingDecision gives a child's Standing for a term, and the reason.
type MissingDecision struct {
	Standing    Standing      `json:"standing"`
	Reason      MissingReason `json:"reason"`
	Requirement Requirement   `json:"requirement"` // whether a plan is needed at all
	By          civil.Date    `json:"by,omitzero"` // the day on which the reason depends, such as a deadline or a due date; zero if there is none
	Rules       rule.IDs      `json:"rules"`       // the rules behind the answer; the first one decided it
	Revision    int           `json:"revision"`
}

// Standing says whether a child has, lacks or does not need the plan of a term. The
// zero Standing has no meaning.
type Standing uint8

// The standings. Only MissingPlan puts a child on the list of missing plans. Excused
// means that the child needs a plan but, for a reason, is not on the list (MISS-2).
const (
	NotNeeded Standing = 1 + iota
	Satisfied
	Excused
	MissingPlan
)

var standingNames = [...]struct{ name, words string }{
	NotNeeded:   {"not_required", "needs no plan"},
	Satisfied:   {"satisfied", "has the plan"},
	Excused:     {"excused", "is excused"},
	MissingPlan: {"missing", "is missing a plan"},
}

// ParseStanding returns the standing whose text form is s, such as "missing".
func ParseStanding(s string) (Standing, error) {
	return rule.Find[Standing](len(standingNames), s, "standing", "a standing, such as missing")
}

// String returns the text form of s, or "" for the zero Standing.
func (s Standing) String() string { return rule.Row(standingNames[:], s).name }

// Words returns s in words that follow "the child", such as "is missing a plan".
func (s Standing) Words() string { return rule.Row(standingNames[:], s).words }

// MarshalText returns the text form of s.
func (s Standing) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the text form of a standing as ParseStanding does, and
// empty text as the zero Standing.
func (s *Standing) UnmarshalText(text []byte) error { return rule.Unmarshal(text, s, ParseStanding) }

// MissingReason says why a child has a standing. For a missing plan, it is the
// category in which the plan is listed. The zero MissingReason has no meaning.
type MissingReason uint8

// The reasons of a standing.
const (
	NothingNeeded   MissingReason = 1 + iota // the child needs no plan; the requirement says why
	InTime                                   // a plan of the term is at the returned stage or a later one
	NewToCare                                // the first plan is due after the term (ELIG-10)
	CareHasEnded                             // the child is no longer looked after (CHG-4)
	NoForm                                   // there is no plan for the term
	RolledOver                               // the plan was carried forward and counts for a later term (OOT-3)
	InDraft                                  // the plan has not been delegated
	OverdueReturn                            // the establishment has not returned the plan by its due date (DUE-3)
	DelegatedNotDue                          // the establishment has the plan, and it is not due yet
)

var missingReasons = [...]struct {
	name, words string
	standing    Standing
	rules       rule.IDs
}{
	NothingNeeded:   {"not_required", "the child needs no plan", NotNeeded, rule.IDs{rule.MISS2, rule.MISS1}},
	InTime:          {"returned", "a plan for the term has been returned or is at a later stage", Satisfied, rule.IDs{rule.MISS1}},
	NewToCare:       {"new_to_care", "the first plan is not due until after the term", Excused, rule.IDs{rule.MISS2, rule.ELIG10, rule.DUE5}},
	CareHasEnded:    {"care_ended", "the child stopped being looked after", Excused, rule.IDs{rule.MISS2, rule.CHG4}},
	NoForm:          {"no_form", "no plan for the term is on record", MissingPlan, rule.IDs{rule.MISS1}},
	RolledOver:      {"rolled_over", "the plan was not returned in its term and counts for a later one", MissingPlan, rule.IDs{rule.MISS1, rule.OOT3, rule.OOT2}},
	InDraft:         {"draft", "the plan is a draft", MissingPlan, rule.IDs{rule.MISS1}},
	OverdueReturn:   {"overdue", "the establishment did not return the plan by its due date", MissingPlan, rule.IDs{rule.MISS1, rule.DUE3}},
	DelegatedNotDue: {"delegated_not_due", "the establishment has the plan, which is not due yet", MissingPlan, rule.IDs{rule.MISS1, rule.DUE3}},
}

// ParseMissingReason returns the reason whose text form is s, such as "rolled_over".
func ParseMissingReason(s string) (MissingReason, error) {
	return rule.Find[MissingReason](len(missingReasons), s, "reason", "a reason for a standing, such as rolled_over")
}

// String returns the text form of r, such as "rolled_over".
func (r MissingReason) String() string { return rule.Row(missingReasons[:], r).name }

// Words returns the reason in plain English.
func (r MissingReason) Words() string { return rule.Row(missingReasons[:], r).words }

// MarshalText returns the text form of r.
func (r MissingReason) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads the text form of a reason as ParseMissingReason does, and
// empty text as the zero MissingReason.
func (r *MissingReason) UnmarshalText(text []byte) error {
	return rule.Unmarshal(text, r, ParseMissingReason)
}

// Sentence returns the decision in plain English.
func (a MissingDecision) Sentence() string {
	if a.Reason == NothingNeeded {
		return a.Requirement.Sentence()
	}
	return a.Reason.Words()
}

// Missing decides a child's Standing for a term. MISS-1: a plan is missing if the
// child needs one and no plan of the term is at the returned stage or a later one;
// MISS-2: there is a reason for every child who is not listed. Missing returns the errors of
// RequiredForTerm and, for a child new to care, of InitialDeadlines; a zero term or
// a zero today is a *rule.Invalid.
func (p *Policy) Missing(born civil.Date, q MissingQuestion) (MissingDecision, error) {
	switch {
	case q.Term.IsZero():
		return MissingDecision{}, &rule.Invalid{Member: "term", Want: "a term, such as SPRING 2026"}
	case q.Today.IsZero():
		return MissingDecision{}, &rule.Invalid{Member: "today", Want: "a date such as 2006-01-02"}
	}
	q.Care = q.Care.Ceased(ceasedOn(q.Plans))
	needed, err := p.RequiredForTerm(born, q.Term, q.Care, q.Education)
	if err != nil {
		return MissingDecision{}, err
	}
	a := MissingDecision{Requirement: needed, Revision: p.par.Revision}
	if !needed.Required {
		return a.because(NothingNeeded, civil.Date{}), nil
	}
	reason, by := q.furthest()
	if reason == InTime {
		return a.because(reason, by), nil
	}
	if p.careEnded(q) {
		return a.because(CareHasEnded, civil.Date{}), nil
	}
	due, err := p.graceUntil(born, q)
	if err != nil {
		return MissingDecision{}, err
	}
	if !due.IsZero() {
		reason, by = NewToCare, due
	}
	return a.because(reason, by), nil
}

// because completes the decision with a reason and the day on which it depends.
func (a MissingDecision) because(r MissingReason, by civil.Date) MissingDecision {
	row := missingReasons[r]
	a.Reason, a.By, a.Standing, a.Rules = r, by, row.standing, row.rules
	if r == NothingNeeded {
		copy(a.Rules[2:], a.Requirement.Rules.List())
	}
	return a
}

// furthest returns the reason that follows from the most advanced plan of the
// term, together with that plan's due date.
func (q *MissingQuestion) furthest() (MissingReason, civil.Date) {
	best, by := NoForm, civil.Date{}
	for i := range q.Plans {
		if r := q.plan(&q.Plans[i]); r == InTime {
			return InTime, civil.Date{}
		} else if r > best {
			best, by = r, q.Plans[i].Due
		}
	}
	return best, by
}

// plan returns the reason that follows from one plan, or NoForm if the plan has
// nothing to do with the term. OOT-3: a plan counts only once, for the term
// that it was carried to.
func (q *MissingQuestion) plan(o *Outline) MissingReason {
	switch {
	case o.Stage > Finalised && !o.Finalised:
		return NoForm
	case o.LeftBehind(q.Term):
		return RolledOver
	case o.Term != q.Term:
		return NoForm
	case o.Finalised || o.Stage.ReturnedOrLater():
		return InTime
	case o.Stage != Delegated:
		return InDraft
	case q.Today.After(o.Due):
		return OverdueReturn
	}
	return DelegatedNotDue
}

// careEnded reports whether the child is not looked after on any day from today to
// the end of the term. If the term is over, only its last day counts (MISS-2,
// CHG-4).
func (p *Policy) careEnded(q MissingQuestion) bool {
	par := p.forTerm(q.Term)
	rest := par.days(q.Term)
	if last := rest.To.AddDays(-1); q.Today.After(last) {
		rest.From = last
	} else if q.Today.After(rest.From) {
		rest.From = q.Today
	}
	return par.looked(q.Care, rest) != Required
}

// graceUntil returns the day by which the first plan of a child new to care is due,
// if that day is after the term. In that case the child is not missing a plan for
// the term (ELIG-10). Otherwise, graceUntil returns the zero Date.
func (p *Policy) graceUntil(born civil.Date, q MissingQuestion) (civil.Date, error) {
	from, to := p.entered(born, q)
	if from.IsZero() {
		return civil.Date{}, nil
	}
	d, err := p.InitialDeadlines(from, false)
	if err != nil || d.CompleteBy.Before(to) {
		return civil.Date{}, err
	}
	return d.CompleteBy, nil
}

// entered returns the first day of the term on which the child needs a plan, and the
// first day after the term. The former is zero if the child already needed a plan
// on the day before the term.
func (p *Policy) entered(born civil.Date, q MissingQuestion) (from, to civil.Date) {
	par := p.forTerm(q.Term)
	days := par.days(q.Term)
	from = par.firstNeeded(born, days, q.Care, q.Education)
	if from == days.From && p.inTermOf(from.AddDays(-1)).neededOn(born, from.AddDays(-1), q.Care, q.Education) {
		return civil.Date{}, days.To
	}
	return from, days.To
}

// firstNeeded returns the first of the given days on which the child is both in care
// and old enough, and so needs a plan. All the days must lie in one term. If there
// is no such day, it returns the day after the last of them.
func (par *Parameters) firstNeeded(born civil.Date, days record.Span, care record.Care, education []record.Education) civil.Date {
	first := days.To
	if par.pastLastTerm(born, days.From) {
		return first
	}
	days = par.untilEnd(born, days.Within(record.Span{From: born}))
	always := par.from(born, par.AlwaysFromAge)
	young := days.Within(record.Span{From: par.from(born, par.NurseryFromAge), To: always})
	enough := par.nursery(nil, born, young, education)
	if old := days.Within(record.Span{From: always}); !old.Empty() {
		enough = append(enough, old)
	}
	if len(enough) == 0 {
		return first
	}
	if care.Throughout {
		return enough[0].From
	}
	for i := range care.Episodes {
		e := &care.Episodes[i]
		if in := shared(e.Span, enough); !in.Empty() && in.From.Before(first) && par.lookedIn(e) == Required {
			first = in.From
		}
	}
	return first
}

// neededOn reports whether a child needs a plan on a day, which may be before the
// child's birth.
func (par *Parameters) neededOn(born, on civil.Date, care record.Care, education []record.Education) bool {
	return !on.Before(born) && par.over(born, record.Span{From: on, To: on.AddDays(1)}, care, education) >= Required
}

// ceasedOn returns the latest day on which one of the plans was ceased.
func ceasedOn(plans []Outline) (latest civil.Date) {
	for i := range plans {
		if on := plans[i].CeasedOn; on.After(latest) {
			latest = on
		}
	}
	return latest
}
