package pep

import (
	"slices"

	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// Format is the number of the shape of Snapshot and Event. A stored one of a
// lower number is still read.
const Format = 1

// Kind says whether a plan is a child's first in a period of care.
type Kind uint8

// The kinds of plan.
const (
	Initial    Kind = 1 + iota // the first, started by the social worker
	Subsequent                 // a later one, started by business support
)

var kindNames = [...]string{"", "initial", "subsequent"}

// String returns the text form of k.
func (k Kind) String() string { return rule.Name(kindNames[:], k) }

// MarshalText returns the text form of k.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads the text form of a kind.
func (k *Kind) UnmarshalText(text []byte) (err error) {
	*k, err = rule.Named[Kind](kindNames[:], string(text), "kind", "initial or subsequent")
	return err
}

// Snapshot is the whole state of a plan, as it is stored. It is plain,
// comparable data that shares no memory with the plan and holds no text, no
// name and no birth date.
type Snapshot struct {
	Format        int                    `json:"format"`
	ID            ID                     `json:"id"`
	Version       int64                  `json:"version"` // the number of events so far; the first makes 1
	Child         record.ChildID         `json:"child"`
	Establishment record.EstablishmentID `json:"establishment,omitzero"` // zero: in no establishment
	Kind          Kind                   `json:"kind"`
	Type          forms.Type             `json:"type"`     // fixed when the plan is started (FORM-9)
	Policy        int                    `json:"policy"`   // the revision that the plan is decided by
	Stage         Stage                  `json:"stage"`    //
	Revision      int                    `json:"revision"` // from 1; a revise adds one
	Started       civil.Date             `json:"started"`
	Meeting       civil.Date             `json:"meeting"`
	Term          term.Term              `json:"term"`                  // of the meeting, or the one carried to (TERM-2, OOT-2)
	Carried       int                    `json:"carried,omitzero"`      // how often it was carried forward (OOT-4)
	Contributor   record.ContributorID   `json:"contributor,omitzero"`  // while delegated, and who it was delegated to after
	Delegated     civil.Date             `json:"delegated,omitzero"`    // the day of the latest delegation
	Due           civil.Date             `json:"due,omitzero"`          // zero before the first delegation and after a retract
	DueByDefault  bool                   `json:"dueByDefault,omitzero"` // whether the due date follows the meeting
	Submitted     civil.Date             `json:"submitted,omitzero"`    // the day of the latest return
	Grade         Grade                  `json:"grade,omitzero"`        // the latest; it stays until the plan is graded again
	GradedOn      civil.Date             `json:"gradedOn,omitzero"`
	Next          civil.Date             `json:"next,omitzero"` // the next meeting; zero where none is known or needed
	FinalisedOn   civil.Date             `json:"finalisedOn,omitzero"`
	CeasedOn      civil.Date             `json:"ceasedOn,omitzero"` // the day the child stopped being looked after

	Sections delegation.States               `json:"sections"` // who may write in each; zero beyond the form's
	Filled   [forms.MaxSections]forms.Filled `json:"filled"`   // which boxes of each are filled
}

// sections returns how many sections the plan's form has.
func (s *Snapshot) sections() int { return forms.TemplateOf(s.Type).Len() }

// invariant returns what no sequence of actions leads to, as a *rule.Invalid
// that names the member, and nil where the state is sound.
func (s *Snapshot) invariant() error {
	template := forms.TemplateOf(s.Type)
	if template == nil {
		return &rule.Invalid{Member: "type", Want: "a form type"}
	}
	delegated := s.Stage == Delegated
	for _, c := range []struct {
		ok           bool
		member, want string
	}{
		{s.Format == Format, "format", "a format that this version reads"},
		{!s.ID.IsZero(), "id", "an id"},
		{s.Child != record.ChildID{}, "child", "an id"},
		{s.Version > 0, "version", "a number from 1"},
		{s.Kind == Initial || s.Kind == Subsequent, "kind", "initial or subsequent"},
		{s.Policy > 0, "policy", "a revision from 1"},
		{s.Stage > None && s.Stage <= Deleted, "stage", "a stage of a started plan"},
		{s.Revision > 0, "revision", "a number from 1"},
		{!s.Started.IsZero(), "started", "a day"},
		{!s.Meeting.IsZero(), "meeting", "a day"},
		{!s.Term.IsZero(), "term", "a term"},
		{s.Carried >= 0, "carried", "a number from 0"},
		{s.Due.IsZero() == s.Delegated.IsZero(), "due", "a day where the plan was delegated"},
		{!delegated || !s.Due.IsZero(), "due", "a day while delegated"},
		{!delegated || s.Contributor != record.ContributorID{}, "contributor", "an id while delegated"},
		{!delegated || s.Establishment != record.EstablishmentID{}, "establishment", "an id while delegated"},
		{s.Stage != Grading || s.complete(template), "sections", "no blank box while grading"},
		{s.Stage != Checking || s.complete(template), "sections", "no blank box while checking"},
		{s.Stage != Finalised || s.complete(template), "sections", "no blank box in a finalised plan"},
		{s.Stage != Finalised || s.Grade != Red, "grade", "no red grade on a finalised plan"},
		{s.Stage != Finalised || !s.FinalisedOn.IsZero(), "finalisedOn", "a day on a finalised plan"},
		{s.Stage != Cancelled || !s.CeasedOn.IsZero(), "ceasedOn", "a day on a cancelled plan"},
		{s.Grade == 0 == s.GradedOn.IsZero(), "gradedOn", "a day where there is a grade"},
		{s.sectionsFit(template.Len()), "sections", "states that fit the stage"},
	} {
		if !c.ok {
			return &rule.Invalid{Member: c.member, Want: c.want}
		}
	}
	return nil
}

// sectionStates says which states the sections of a plan have at each stage.
// Those of a cancelled or deleted plan stay as they were.
var sectionStates = [...][]delegation.State{
	Draft:     {delegation.Editable},
	Delegated: {delegation.Delegated, delegation.Saved},
	Returned:  {delegation.Locked, delegation.Activated},
	Checking:  {delegation.Locked},
	Grading:   {delegation.Locked},
	Finalised: {delegation.Locked},
	Deleted:   nil,
}

// sectionsFit reports whether the states of the first n sections fit the
// stage, and the places beyond are unused.
func (s *Snapshot) sectionsFit(n int) bool {
	fit := sectionStates[s.Stage]
	for i, state := range s.Sections {
		switch {
		case i >= n:
			if state != 0 || s.Filled[i] != 0 {
				return false
			}
		case fit != nil && !slices.Contains(fit, state):
			return false
		}
	}
	return s.Stage != Returned || s.Sections.In(s.Sections[0]) == delegation.Every(n)
}

// complete reports whether no box of any section is blank (SECT-3).
func (s *Snapshot) complete(t *forms.Template) bool {
	for range t.Incomplete(s.Filled[:]) {
		return false
	}
	return true
}
