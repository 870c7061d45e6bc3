package storage

import (
	"slices"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// Scope says whose plans, requests, payments or audit entries a list covers. The
// zero Scope is refused, so that no list covers everything by mistake.
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

// Everything returns the scope of everything that the authority has.
func Everything() Scope { return Scope{kind: everything} }

// Caseload returns the scope of everything that concerns the named children. If no
// child is named, it selects nothing.
func Caseload(children ...record.ChildID) Scope {
	return Scope{kind: caseload, children: slices.Clone(children)}
}

// Tray returns the scope of the plans in a tray.
func Tray(t pep.Tray) Scope { return Scope{kind: tray, tray: t} }

// Establishment returns a scope that covers the plans that are with an
// establishment, or were with it last, and everything else that concerns the
// establishment.
func Establishment(id record.EstablishmentID) Scope {
	return Scope{kind: establishment, establishment: id}
}

// OnePlan returns the scope of everything that concerns one plan.
func OnePlan(id pep.ID) Scope { return Scope{kind: onePlan, plan: id} }

// Person returns the scope of everything that a person did, or that others did on
// the person's behalf.
func Person(id record.PersonID) Scope { return Scope{kind: person, person: id} }

// Children returns the children of s, and reports whether s is a Caseload.
func (s Scope) Children() ([]record.ChildID, bool) {
	return slices.Clone(s.children), s.kind == caseload
}

// Establishment returns the establishment of s, and reports whether s is an
// establishment's scope.
func (s Scope) Establishment() (record.EstablishmentID, bool) {
	return s.establishment, s.kind == establishment
}

// Tray returns the tray of s, and reports whether s is a tray's scope.
func (s Scope) Tray() (pep.Tray, bool) { return s.tray, s.kind == tray }

// Plan returns the plan of s, and reports whether s is a plan's scope.
func (s Scope) Plan() (pep.ID, bool) { return s.plan, s.kind == onePlan }

// Person returns the person of s, and reports whether s is a person's scope.
func (s Scope) Person() (record.PersonID, bool) { return s.person, s.kind == person }

// Query selects the plans of a scope that match every field that is set. A zero
// field matches every plan.
type Query struct {
	Scope   Scope // required
	Term    term.Term
	Stages  []pep.Stage // only plans at one of these stages
	Meeting record.Span // only plans with a meeting on one of these days
	Due     record.Span // only plans that have a due date on one of these days
	Graded  bool        // only plans that have a grade
	After   Place       // only plans after this place in the order
	Limit   int         // the most plans to list; 0 means no limit

	// Only plans that are delegated to this contributor, or that this contributor was
	// the last to return.
	Contributor record.ContributorID
}

// Place is a place in the order of plans. The next page begins after the place of
// the last plan on a page. The zero Place is before every plan.
type Place struct {
	Meeting civil.Date `json:"meeting,omitzero"`
	ID      pep.ID     `json:"id,omitzero"`
}

// PlaceOf returns the place of a plan.
func PlaceOf(p *pep.PEP) Place { return Place{Meeting: p.Meeting(), ID: p.ID()} }

// Check returns a *rule.Invalid if the scope is not set or does not apply to plans,
// or if the limit is below zero.
func (q Query) Check() error {
	return check(q.Scope, q.Limit, "a caseload, a tray, an establishment or everything", everything, caseload, tray, establishment)
}

// check returns a *rule.Invalid if the list does not accept this kind of scope, or
// if limit is below zero.
func check(s Scope, limit int, want string, takes ...scope) error {
	if !slices.Contains(takes, s.kind) {
		return &rule.Invalid{Member: "scope", Want: want}
	}
	if limit < 0 {
		return &rule.Invalid{Member: "limit", Want: "a whole number, 0 or more"}
	}
	return nil
}

// SelectedStages returns the stages that q selects, in order. The result named is
// false if q names no stage, either in Stages or by a tray; q then selects every
// stage.
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

// Selects reports whether q selects a plan, ignoring After and Limit. It defines
// what the fields of a Query mean.
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
