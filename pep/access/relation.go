package access

import (
	"iter"

	"virtualschool.example/pep/rule"
)

// Relation is one way in which a person is connected with a case. The zero Relation
// means no connection.
type Relation uint8

// The relations.
const (
	OwnCaseload    Relation = 1 + iota // they are the child's social worker or personal adviser
	LiveDelegation                     // the plan is delegated to them now
	GroupTray                          // they work a group's tray, which holds plans of the whole authority
	UnderReview                        // they are the independent reviewing officer of the child's case
	OpenRequest                        // there is an open request to the service desk to act on the child's plan
	Unattended                         // they are the host's own program and not a person
)

var relations = [...]struct{ name, words string }{
	{"", ""},
	OwnCaseload:    {"own_caseload", "the child is on their caseload"},
	LiveDelegation: {"live_delegation", "the plan is delegated to them now"},
	GroupTray:      {"group_tray", "they work from a group's tray"},
	UnderReview:    {"under_review", "they review the child's case"},
	OpenRequest:    {"open_request", "a request about the child's plan is open"},
	Unattended:     {"unattended", "they are the host's own program"},
}

// ParseRelation returns the relation whose text form is s, such as "own_caseload".
func ParseRelation(s string) (Relation, error) {
	return rule.Find[Relation](len(relations), s, "relation", "a relation to the case, such as own_caseload")
}

// AllRelations iterates over the relations, in the order of their constants.
func AllRelations() iter.Seq[Relation] { return rule.Members[Relation](len(relations)) }

// String returns the text form of r, such as "own_caseload", or "" for the zero
// Relation.
func (r Relation) String() string { return rule.Row(relations[:], r).name }

// Words returns r in words, such as "the child is on their caseload".
func (r Relation) Words() string { return rule.Row(relations[:], r).words }

// MarshalText returns the text form of r.
func (r Relation) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads the text form of a relation as ParseRelation does, and empty text
// as the zero Relation.
func (r *Relation) UnmarshalText(text []byte) error { return rule.Unmarshal(text, r, ParseRelation) }

// Relations is a set of relations, one bit each. The zero Relations is empty, and a
// person without relations may do nothing.
type Relations uint8

// Of returns the set of the given relations.
func Of(rs ...Relation) (set Relations) {
	for _, r := range rs {
		set |= 1 << r
	}
	return set
}

// Has reports whether r is in the set.
func (rs Relations) Has(r Relation) bool { return rs>>r&1 == 1 }

// All iterates over the relations in the set, in the order of their constants.
func (rs Relations) All() iter.Seq[Relation] {
	return func(yield func(Relation) bool) {
		for r := range AllRelations() {
			if rs.Has(r) && !yield(r) {
				return
			}
		}
	}
}
