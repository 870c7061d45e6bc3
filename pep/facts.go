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

// Facts are what is known about the child and the others concerned, apart from
// the plan itself. PEP.Needs says which of them an action reads.
type Facts struct {
	Child         record.Child
	Establishment *record.Establishment // where the child is educated; nil for nowhere
	Contributor   *record.Contributor   // whom the plan is, or is to be, delegated to; nil for nobody
	Grading       GradingDecision       // whether the plan must be graded, from Policy.Grading
	OtherOpen     bool                  // whether another plan of the child is open (START-2)
	Previous      *Previous             // of the child's other plans with something finalised the latest; nil for none
	CeasedOn      civil.Date            // the latest day on which another plan of the child was ceased (CHG-4); zero for none
	Several       bool                  // whether others than Contributor can be chosen too, so that an action has to name one
	Terms         term.Calendar         // the terms of the policy that the plan has (REPIN-1); zero where they are not known
}

// AddPlan adds what another plan of the child says: whether it is open, what was
// last finalised of it, and when it was ceased.
func (f *Facts) AddPlan(other *Snapshot) {
	f.OtherOpen = f.OtherOpen || other.Stage.Open()
	if other.CeasedOn.After(f.CeasedOn) {
		f.CeasedOn = other.CeasedOn
	}
	if other.Final != (Final{}) && !f.Previous.after(other) {
		f.Previous = &Previous{other.ID, other.Started, other.Term, other.Final.Next, other.Final.On, other.Kind}
	}
}

// after reports whether p is of a later term than other or, in one term, was
// started later. Of two that were started on one day it is the one that was finalised
// later, follows a first plan, or has the later next meeting, so that the order in
// which plans are read never matters.
func (p *Previous) after(other *Snapshot) bool {
	return p != nil && cmp.Or(p.Term.Compare(other.Term), p.Started.Compare(other.Started), p.Finalised.Compare(other.Final.On),
		cmp.Compare(p.Kind, other.Kind), p.Next.Compare(other.Final.Next), bytes.Compare(p.Plan.UUID[:], other.ID.UUID[:])) > 0
}

// Previous is what a new plan needs to know of the child's latest plan of which
// something is finalised.
type Previous struct {
	Plan    ID
	Started civil.Date
	Term    term.Term
	Next    civil.Date // the date of the next meeting; zero where none was needed

	Finalised civil.Date // the day on which that was finalised
	Kind      PlanKind
}

// FactSet is a set of kinds of Facts, one bit each. The zero FactSet is empty.
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

// Needs returns the facts that v reads on the plan as it stands. Reading no
// others keeps a step's round trips to a store few.
func (p *PEP) Needs(v Verb) FactSet {
	need := rule.Row(verbs[:], v).facts
	switch {
	case v == VerbAttach && p.s.Stage == Delegated: // by the contributor
		return EstablishmentFact | ContributorFact
	case v == VerbRedelegate && p.s.Type == forms.KeyStage5: // by consent
		return need | ChildFact
	case v == VerbReassign && p.s.Stage == Draft: // where the social worker completes the form
		return need | EstablishmentFact
	case v == VerbReopen && p.s.Stage == Cancelled: // on care and age
		return ChildFact | PlansFact
	case v == VerbSendForGrading && p.s.Grade == Red, v == VerbFinalise && p.s.Grade != 0:
		return need &^ GradingFact
	}
	return need
}

// NeedsToLook returns the facts that Options reads on the plan as it stands.
// Whether a plan must be graded depends on what the action is given.
func (p *PEP) NeedsToLook() (need FactSet) {
	for _, t := range &workflow {
		if t.From == p.s.Stage {
			need |= p.Needs(t.Verb)
		}
	}
	return need &^ GradingFact
}
