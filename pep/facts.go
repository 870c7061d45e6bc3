package pep

import (
	"virtualschool.example/forms"
	"virtualschool.example/pep/record"
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
	Previous      *Previous             // the child's latest finalised plan; nil for none
	CeasedOn      civil.Date            // the latest day on which a plan of the child was ceased (CHG-4); zero for none
	Several       bool                  // whether others than Contributor can be chosen too, so that an action has to name one
	Terms         term.Calendar         // the terms of the policy that the plan has (REPIN-1); zero where they are not known
}

// Previous is what a new plan needs to know of the child's latest finalised one.
type Previous struct {
	Plan    ID
	Started civil.Date
	Term    term.Term
	Next    civil.Date // the date of the next meeting; zero where none was needed
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

// Has reports whether every kind in other is in the set.
func (fs FactSet) Has(other FactSet) bool { return fs&other == other }

// Needs returns the facts that v reads on the plan as it stands. Reading no
// others keeps a step's round trips to a store few.
func (p *PEP) Needs(v Verb) FactSet {
	if v >= pastVerbs {
		return 0
	}
	need := verbs[v].facts
	switch {
	case v == VerbAttach && p.s.Stage == Delegated: // by the contributor
		return EstablishmentFact | ContributorFact
	case v == VerbRedelegate && p.s.Type == forms.KeyStage5: // by consent
		return need | ChildFact
	case v == VerbReassign && p.s.Stage == Draft: // where the social worker completes the form
		return need | EstablishmentFact
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
