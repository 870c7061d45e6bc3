package storage

import (
	"slices"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// Scope says of whose plans, requests, payments or audit entries a list is. The
// zero Scope is none, so that no list is of everything by mistake.
type Scope struct {
	kind          scope
	children      []record.ChildID
	establishment record.EstablishmentID
	tray          pep.Tray
	plan          pep.ID
	person        record.PersonID
}

type scope uint8

const (
	everything scope = 1 + iota
	caseload
	tray
	establishment
	onePlan
	person
)

// Everything is the scope of all that the authority has.
func Everything() Scope { return Scope{kind: everything} }

// Caseload is the scope of what concerns certain children, none where none is
// named.
func Caseload(children ...record.ChildID) Scope {
	return Scope{kind: caseload, children: slices.Clone(children)}
}

// Tray is the scope of the plans in a work tray.
func Tray(t pep.Tray) Scope { return Scope{kind: tray, tray: t} }

// Establishment is the scope of the plans that are, or were last, with an
// establishment, and of what concerns it.
func Establishment(id record.EstablishmentID) Scope {
	return Scope{kind: establishment, establishment: id}
}

// OnePlan is the scope of what concerns one plan.
func OnePlan(id pep.ID) Scope { return Scope{kind: onePlan, plan: id} }

// Person is the scope of what somebody did, or others did on their behalf.
func Person(id record.PersonID) Scope { return Scope{kind: person, person: id} }

// Children returns the children of a caseload, and whether s is one.
func (s Scope) Children() ([]record.ChildID, bool) {
	return slices.Clone(s.children), s.kind == caseload
}

// Establishment returns the establishment of such a scope, and whether s is one.
func (s Scope) Establishment() (record.EstablishmentID, bool) {
	return s.establishment, s.kind == establishment
}

// Tray returns the tray of such a scope, and whether s is one.
func (s Scope) Tray() (pep.Tray, bool) { return s.tray, s.kind == tray }

// Plan returns the plan of such a scope, and whether s is one.
func (s Scope) Plan() (pep.ID, bool) { return s.plan, s.kind == onePlan }

// Person returns the person of such a scope, and whether s is one.
func (s Scope) Person() (record.PersonID, bool) { return s.person, s.kind == person }

// Query selects plans: those of the scope that meet every member that is not
// zero. A zero member selects all.
type Query struct {
	Scope   Scope // mandatory
	Term    term.Term
	Stages  []pep.Stage // any of them
	Meeting record.Span // the meeting is on one of these days
	Due     record.Span // the due date is on one of these days; a plan without one never is
	Graded  bool        // only plans that have a grade
	After   Place       // only plans after this place in the order
	Limit   int         // at most so many; 0 is all

	// Only plans that are delegated to this contributor, or were last returned by
	// them.
	Contributor record.ContributorID
}

// Place is a place in the order of plans: after a page's last plan the next
// page begins. The zero Place is before all plans.
type Place struct {
	Meeting civil.Date `json:"meeting,omitzero"`
	ID      pep.ID     `json:"id,omitzero"`
}

// PlaceOf returns the place of a plan.
func PlaceOf(p *pep.PEP) Place { return Place{Meeting: p.Meeting(), ID: p.ID()} }

// Check returns a *rule.Invalid where q is no query: without a scope, with one
// that is not of plans, or with a limit below zero.
func (q Query) Check() error {
	return check(q.Scope, q.Limit, "a caseload, a tray, an establishment or everything", everything, caseload, tray, establishment)
}

// check returns a *rule.Invalid for the scope of a list that takes others, and
// for a limit below zero.
func check(s Scope, limit int, want string, takes ...scope) error {
	if !slices.Contains(takes, s.kind) {
		return &rule.Invalid{Member: "scope", Want: want}
	}
	if limit < 0 {
		return &rule.Invalid{Member: "limit", Want: "a number from 0"}
	}
	return nil
}

// SelectedStages returns the stages that q selects, in order, and whether it
// names any, by themselves or as a tray. A query that names none selects all.
func (q Query) SelectedStages() (stages []pep.Stage, named bool) {
	if q.Scope.kind != tray && len(q.Stages) == 0 {
		return nil, false
	}
	for s := range pep.AllStages() {
		if (q.Scope.kind != tray || s.Tray() == q.Scope.tray) && (len(q.Stages) == 0 || slices.Contains(q.Stages, s)) {
			stages = append(stages, s)
		}
	}
	return stages, true
}

// Selects reports whether q selects a plan, apart from After and Limit: what
// the members of a query mean.
func (q Query) Selects(s *pep.Snapshot) bool {
	switch q.Scope.kind {
	case caseload:
		if !slices.Contains(q.Scope.children, s.Child) {
			return false
		}
	case tray:
		if s.Stage.Tray() != q.Scope.tray {
			return false
		}
	case establishment:
		if s.Establishment != q.Scope.establishment {
			return false
		}
	}
	return (q.Term.IsZero() || s.Term == q.Term) &&
		(len(q.Stages) == 0 || slices.Contains(q.Stages, s.Stage)) &&
		q.Meeting.Covers(s.Meeting) &&
		(q.Due == record.Span{} || !s.Due.IsZero() && q.Due.Covers(s.Due)) &&
		(!q.Graded || s.Grade != 0) &&
		(q.Contributor.IsZero() || s.Contributor == q.Contributor)
}
