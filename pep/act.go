package pep

import (
	"time"

	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Act says who acts, in which role, when and under which policy, and holds the
// facts that the rules need. The facts must be read in the same transaction as
// the plan.
type Act struct {
	By          record.PersonID // who acts
	For         record.PersonID // the person on whose behalf By acts; zero if By acts for themselves
	Role        Role
	Contributor record.ContributorID // By's id as a contributor, if By is a designated teacher; zero in any other role
	At          time.Time            // the instant, for the record
	On          civil.Date           // the day of that instant in the authority's time zone, for the rules
	Policy      *Policy
	Facts       Facts
}

// check returns a *rule.Invalid if the act is malformed. It applies no rule of the
// process.
func (a *Act) check() error {
	switch {
	case a.Policy == nil || a.Policy.par.Revision == 0:
		return &rule.Invalid{Member: "policy", Want: "a policy"}
	case a.Role.String() == "":
		return &rule.Invalid{Member: "by", Want: "a role"}
	case a.On.IsZero():
		return &rule.Invalid{Member: "on", Want: "the day of the action"}
	case a.Facts.Establishment != nil && a.Facts.Establishment.ID.IsZero():
		return &rule.Invalid{Member: "establishment", Want: "an establishment with an id, or nil"}
	case a.Facts.Contributor != nil && a.Facts.Contributor.ID.IsZero():
		return &rule.Invalid{Member: "contributor", Want: "a contributor with an id, or nil"}
	}
	return nil
}
