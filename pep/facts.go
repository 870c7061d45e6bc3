package pep

import (
	"bytes"
	"cmp"

	"virtualschool.example/forms"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// Facts are what is known about the child, the establishment and the contributor,
// apart from the plan itself. PEP.Needs says which facts an action reads.
type Facts struct {
	Child         record.Child
	Establishment *record.Establishment // the establishment in which the child is educated; nil if there is none
	Contributor   *record.Contributor   // the contributor whom the plan is or will be delegated to; nil if there is none
	Grading       GradingDecision       // whether the plan must be graded, from Policy.Grading
	OtherOpen     bool                  // whether another plan of the child is open (START-2)
	Previous      *Previous             // the latest of the child's other plans that have a finalised revision; nil if there is none
	CeasedOn      civil.Date            // the latest day on which another plan of the child was ceased (CHG-4); zero if none was
	Several       bool                  // whether other contributors can be chosen too, so that an action must name one
	Terms         term.Calendar         // the terms of the policy that decides the plan (REPIN-1); zero if they are not known
}

// AddPlan adds what matters about another plan of the child: whether it is open,
// its latest finalised revision, and the day on which it was ceased.
func (f *Facts) AddPlan(other *Snapshot) {
	f.OtherOpen = f.OtherOpen || other.Stage.Open()
	if other.CeasedOn.After(f.CeasedOn) {
		f.CeasedOn = other.CeasedOn
	}
	if other.Final != (Final{}) && !f.Previous.after(other) {
		f.Previous = &Previous{other.ID, other.Started, other.Term, other.Final.Next, other.Final.On, other.Kind}
	}
}

// after reports whether p is for a later term than other or, in the same term, was
// started later. If both were started on the same day, the day of finalising, the
// kind, the next meeting and the id decide in turn, so that the order in which
// plans are read never matters.
func (p *Previous) after(other *Snapshot) bool {
	return p != nil && cmp.Or(p.Term.Compare(other.Term), p.Started.Compare(other.Started), p.Finalised.Compare(other.Final.On),
		cmp.Compare(p.Kind, other.Kind), p.Next.Compare(other.Final.Next), bytes.Compare(p.Plan.UUID[:], other.ID.UUID[:])) > 0
}

// Previous is what a new plan needs to know about the child's latest plan that has
// a finalised revision.
type Previous struct {
	Plan    ID
	Started civil.Date
	Term    term.Term
	Next    civil.Date // the date of the next meeting; zero if none was needed

	Finalised civil.Date // the day on which that revision was finalised
	Kind      PlanKind
}

// FactSet is a set of kinds of facts, one bit each. The zero FactSet is empty.
type FactSet uint8

// The kinds of facts.
const (
	ChildFact         FactSet = 1 << iota // Child
	EstablishmentFact                     // Establishment
	ContributorFact                       // Contributor
	PlansFact                             // Previous, OtherOpen and CeasedOn
	OpenFact                              // OtherOpen alone
	GradingFact                           // Grading
)

// Needs returns the facts that v needs for the plan in its present state. A
// caller that fetches only these saves round trips to a store.
func (p *PEP) Needs(v Verb) FactSet {
	need := rule.Row(verbs[:], v).facts
	switch {
	case v == VerbAttach && p.s.Stage == Delegated: // the contributor attaches
		return EstablishmentFact | ContributorFact
	case v == VerbRedelegate && p.s.Type == forms.KeyStage5: // consent decides who completes the form
		return need | ChildFact
	case v == VerbReassign && p.s.Stage == Draft: // the social worker completes the form if there is no establishment
		return need | EstablishmentFact
	case v == VerbReopen && p.s.Stage == Cancelled: // care and age decide
		return ChildFact | PlansFact
	case v == VerbSendForGrading && p.s.Grade == Red, v == VerbFinalise && p.s.Grade != 0:
		return need &^ GradingFact
	}
	return need
}

// NeedsToLook returns the facts that Options needs for the plan in its present
// state. The grading is not among them: it matters only together with an
// action's input.
func (p *PEP) NeedsToLook() (need FactSet) {
	for _, t := range &workflow {
		if t.From == p.s.Stage {
			need |= p.Needs(t.Verb)
		}
	}
	return need &^ GradingFact
}
