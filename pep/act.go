package pep

import (
	"time"

	"virtualschool.example/forms"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// Act is one person's doing something: who, in which role, when, under which
// policy, and the facts that the rules need, read in the same transaction.
type Act struct {
	By     record.PersonID // who does it
	For    record.PersonID // on whose behalf; zero where on their own
	Role   Role
	At     time.Time  // the instant, for the record
	On     civil.Date // the day of that instant in the authority's zone, for the rules
	Policy *Policy
	Facts  Facts
}

// Facts are what is known of the child and of those concerned, apart from the
// plan itself.
type Facts struct {
	Child         record.Child
	Establishment *record.Establishment // where the child is educated; nil for nowhere
	Contributor   *record.Contributor   // whom the plan is, or is to be, delegated to; nil for nobody
	Grading       GradingAnswer         // whether the plan must be graded, from Policy.Grading
	OtherOpen     bool                  // whether another plan of the child is open (START-2)
	Previous      *Previous             // the child's latest finalised plan; nil for none
	CeasedOn      civil.Date            // the latest day on which a plan of the child was ceased (CHG-4); zero for none
}

// Previous is what a new plan needs to know of the child's latest finalised one.
type Previous struct {
	Plan    ID
	Started civil.Date
	Term    term.Term
	Next    civil.Date // the date of the next meeting; zero where none was needed
}

// check returns what makes the act unusable: no question of a rule.
func (a *Act) check() error {
	switch {
	case a.Policy == nil || a.Policy.par.Revision == 0:
		return &rule.Invalid{Member: "policy", Want: "a policy"}
	case a.Role == 0 || int(a.Role) >= len(roleNames):
		return &rule.Invalid{Member: "by", Want: "a role"}
	case a.On.IsZero():
		return &rule.Invalid{Member: "on", Want: "the day on which it is done"}
	case a.Facts.Establishment != nil && a.Facts.Establishment.ID.IsZero():
		return &rule.Invalid{Member: "establishment", Want: "an establishment with an id, or none"}
	case a.Facts.Contributor != nil && a.Facts.Contributor.ID.IsZero():
		return &rule.Invalid{Member: "contributor", Want: "a contributor with an id, or none"}
	}
	return nil
}

// setting returns the setting that the form type of a meeting depends on
// (FORM-7, FORM-8).
func (f *Facts) setting(p *Policy, meeting civil.Date) forms.Setting {
	switch {
	case f.Establishment == nil:
		return forms.NoSetting
	case f.Establishment.Special:
		return forms.Special
	}
	return p.on(meeting).Special.Setting(f.Establishment.Type)
}
