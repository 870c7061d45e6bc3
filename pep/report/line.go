package report

import (
	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/term"
)

// Line is the standing of one child for one term.
type Line struct {
	Child record.Child `json:"-"` // CSV.Lines writes the number and the name only if the host asks for names
	Term  term.Term    `json:"term"`
	pep.MissingDecision

	// The values by which the report groups children. All but Worker are zero for a child
	// who needs no plan.
	Stage         pep.Stage              `json:"stage"`                  // the furthest stage reached by the plans that count for the term; None if no plan counts
	Worker        record.PersonID        `json:"worker,omitzero"`        // the child's social worker, as the register has it now
	Establishment record.EstablishmentID `json:"establishment,omitzero"` // the plan's establishment; if the plan is a draft or there is no plan, the establishment that the child attends
	YearGroup     forms.YearGroup        `json:"yearGroup,omitzero"`     // the child's year group on the day of the report or, if the term is over, on its last day
	FormType      forms.Type             `json:"formType,omitzero"`      // the plan's form type; if there is no plan, the form type that the child's plan would have
	Area          Area                   `json:"area,omitzero"`
}

// Why returns the reason for the standing in its text form. For a child who needs no plan
// it returns the reason why not, such as too_young.
func (l *Line) Why() string {
	if l.Reason == pep.NothingNeeded {
		return l.Requirement.Reason.String()
	}
	return l.Reason.String()
}

// line decides the standing of a child for a term (MISS-1, MISS-2).
func (r *Report) line(d *pep.Dossier, t term.Term) (Line, error) {
	q := &r.q
	l := Line{Child: d.Child, Term: t, Worker: d.Child.Worker}
	decided, err := q.Policy.Missing(d.Child.Born.Reveal(private.Deciding), pep.MissingQuestion{
		Term: t, Today: q.On, Care: d.Child.Care, Education: d.Child.Education, Plans: d.Plans,
	})
	if err != nil {
		return l, err
	}
	l.MissingDecision = decided
	if decided.Standing != pep.NotNeeded {
		r.place(&l, d)
	}
	return l, nil
}

// place fills in the values by which the report groups children. A child may have no form
// type, for example if the recorded year group is above Y13 (YEAR-4).
func (r *Report) place(l *Line, d *pep.Dossier) {
	q, on := &r.q, r.q.day(l.Term)
	l.Establishment = record.EducatedAt(d.Child.Education, on)
	if plan := furthest(d.Plans, l.Term); plan != nil {
		l.Stage, l.FormType = reached(plan), plan.Type
		if plan.Stage > pep.Draft { // a draft follows the child to a new establishment (CHG-2)
			l.Establishment = plan.Establishment
		}
	}
	at := place(d, l.Establishment)
	l.Area = areaOf(at, r.la)
	l.YearGroup, _ = forms.YearGroupAt(d.Child.Born.Reveal(private.Deciding), on, d.Child.Recorded())
	if l.FormType == 0 {
		l.FormType, _ = q.Policy.FormType(&d.Child, on, q.Policy.Setting(at, on))
	}
}

// place returns an establishment, or nil for the zero id. An establishment that the
// register does not know has only its id.
func place(d *pep.Dossier, id record.EstablishmentID) *record.Establishment {
	if at := d.At(id); at != nil || id.IsZero() {
		return at
	}
	return &record.Establishment{ID: id}
}

// furthest returns, of the plans that count for a term, the one that has got furthest, or
// nil if no plan counts.
func furthest(plans []pep.Outline, t term.Term) (best *pep.Outline) {
	for i := range plans {
		o := &plans[i]
		if o.Term == t && counts(o) && (best == nil || reached(o) > reached(best)) {
			best = o
		}
	}
	return best
}

// counts reports whether a plan counts for its term. A plan that was cancelled or deleted
// counts only if a revision of it is finalised.
func counts(o *pep.Outline) bool { return o.Stage <= pep.Finalised || o.Finalised }

// reached returns the stage that counts for a plan: Finalised if a revision of the plan is
// finalised, and otherwise the plan's own stage.
func reached(o *pep.Outline) pep.Stage {
	if o.Finalised {
		return pep.Finalised
	}
	return o.Stage
}
