package pep

import (
	"errors"

	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// Format is the version of the format in which a Snapshot and an Event are
// written. Format 1 is still read. It does not name the edition of the
// questions, because there was only one edition, and it holds the filled boxes
// as numbers.
const Format = 2

// PlanKind says whether a plan is the child's first in a period of care.
type PlanKind uint8

// The kinds of plan.
const (
	Initial    PlanKind = 1 + iota // the first plan, started by the social worker
	Subsequent                     // a later plan, started by business support
)

var kindNames = [...]struct{ name, words string }{
	Initial:    {"initial", "a first plan"},
	Subsequent: {"subsequent", "a subsequent plan"},
}

// ParsePlanKind returns the kind whose text form is s, such as "initial".
func ParsePlanKind(s string) (PlanKind, error) {
	return rule.Find[PlanKind](len(kindNames), s, "kind", wantKind)
}

const wantKind = "initial or subsequent"

// String returns the text form of k.
func (k PlanKind) String() string { return rule.Row(kindNames[:], k).name }

// Words returns k in words, such as "a first plan".
func (k PlanKind) Words() string { return rule.Row(kindNames[:], k).words }

// MarshalText returns the text form of k.
func (k PlanKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads the text form of a kind as ParsePlanKind does, and empty
// text as the zero PlanKind.
func (k *PlanKind) UnmarshalText(text []byte) error { return rule.Unmarshal(text, k, ParsePlanKind) }

// Snapshot is the whole state of a plan, as a store keeps it. It is plain,
// comparable data: it shares no memory with the plan and holds no text, no name and
// no birth date.
type Snapshot struct {
	Format        int                    `json:"format"`
	ID            ID                     `json:"id"`
	Version       int64                  `json:"version"` // the number of events so far; the first event makes it 1
	Child         record.ChildID         `json:"child"`
	Establishment record.EstablishmentID `json:"establishment,omitzero"` // the plan's establishment; zero if it has none
	Kind          PlanKind               `json:"kind"`
	Type          forms.Type             `json:"type"`      // the type of the form, fixed when the plan is started (FORM-9)
	Questions     int                    `json:"questions"` // the edition of the form's questions, which is fixed with Type
	Policy        int                    `json:"policy"`    // the revision of the policy that decides the plan
	Stage         Stage                  `json:"stage"`
	Since         civil.Date             `json:"since"`    // the day on which the plan came to its stage
	Revision      int                    `json:"revision"` // the revision number: 1 at first, and one more after each revise
	Started       civil.Date             `json:"started"`
	Meeting       civil.Date             `json:"meeting"`
	Term          term.Term              `json:"term"`                  // the term of the meeting or, if later, the term that the plan was carried to (TERM-2, OOT-2)
	Carried       int                    `json:"carried,omitzero"`      // how many times the plan was carried forward (OOT-4)
	CarriedTo     term.Term              `json:"carriedTo,omitzero"`    // the latest term to which the plan was carried; zero if it never was
	Contributor   record.ContributorID   `json:"contributor,omitzero"`  // the contributor to whom the plan was last delegated; zero before that and after a retract
	Delegated     civil.Date             `json:"delegated,omitzero"`    // the day of the latest delegation
	Due           civil.Date             `json:"due,omitzero"`          // the due date; zero before the first delegation and after a retract
	DueByDefault  bool                   `json:"dueByDefault,omitzero"` // whether the due date was set by default, so that it follows the meeting
	Submitted     civil.Date             `json:"submitted,omitzero"`    // the day of the latest return or, if the plan was never returned, the day of its revision; zero after a retract
	Grade         Grade                  `json:"grade,omitzero"`        // the latest grade; it stays until the plan is graded again
	GradedOn      civil.Date             `json:"gradedOn,omitzero"`
	Next          civil.Date             `json:"next,omitzero"`     // the next meeting; zero if none is known or needed
	CeasedOn      civil.Date             `json:"ceasedOn,omitzero"` // the day on which the child stopped being looked after; zero unless the plan is cancelled
	Final
	Retracted

	Sections delegation.States               `json:"sections"` // the state of each section, which says who may write in it; zero beyond the form's sections
	Filled   [forms.MaxSections]forms.Filled `json:"filled"`   // which boxes of each section are filled
}

// Where returns the establishment of the plan, given where the child is educated.
// CHG-2: once delegated, a plan stays with the establishment that it was delegated
// to; a draft or a new plan goes to the establishment in which the child is educated
// on the day of the meeting or, if there are several, to the first listed (GRADE-6).
// Where returns zero for a child in no establishment.
func (s *Snapshot) Where(education []record.Education, meeting civil.Date) record.EstablishmentID {
	if s.Stage > Draft {
		return s.Establishment
	}
	return record.EducatedAt(education, meeting)
}

// upgrade returns the state in today's format.
func (s Snapshot) upgrade() Snapshot {
	if s.Format == 1 && s.Questions == 0 {
		s.Format, s.Questions = Format, firstQuestions
	}
	return s
}

// firstQuestions is the edition of the questions of every plan in format 1.
const firstQuestions = 1

// sections returns how many sections the plan's form has.
func (s *Snapshot) sections() int { return forms.TemplateOf(s.Type).Len() }

// invariant returns nil if the state is sound. If no sequence of actions leads to
// it, invariant returns a *rule.Invalid for each member that is wrong.
func (s *Snapshot) invariant() error {
	template := forms.TemplateOf(s.Type)
	switch {
	case template == nil:
		return &rule.Invalid{Member: "type", Want: "a form type"}
	case s.Stage == None || s.Stage > Deleted:
		return &rule.Invalid{Member: "stage", Want: "a stage of a started plan"}
	}
	return errors.Join(
		rule.Need(s.Format == Format, "format", "a format that this version reads"),
		rule.Need(!s.ID.IsZero(), "id", "an id"),
		rule.Need(!s.Child.IsZero(), "child", "an id"),
		rule.Need(s.Version > 0, "version", "a whole number, 1 or more"),
		rule.Need(s.Kind == Initial || s.Kind == Subsequent, "kind", wantKind),
		rule.Need(s.Questions == forms.QuestionsEdition, "questions", "the edition of the questions in this program"),
		rule.Need(s.Policy > 0, "policy", "a revision number, 1 or more"),
		rule.Need(s.Revision > 0, "revision", "a whole number, 1 or more"),
		rule.Need(!s.Since.IsZero(), "since", "a day"),
		rule.Need(!s.Started.IsZero(), "started", "a day"),
		rule.Need(!s.Meeting.IsZero(), "meeting", "a day"),
		rule.Need(!s.Term.IsZero() && !s.Term.Before(s.CarriedTo), "term", "the term of the meeting, or a later term to which the plan was carried"),
		rule.Need(s.Carried >= 0, "carried", "a whole number, 0 or more"),
		rule.Need(s.Carried == 0 == s.CarriedTo.IsZero(), "carriedTo", "the term to which the plan was carried; give it if, and only if, the plan was carried"),
		rule.Need(s.delegatedFits(), "delegated", "the day of the latest delegation; it is required while the plan is delegated, and left out of a draft"),
		rule.Need(s.Due.IsZero() == s.Delegated.IsZero(), "due", `the due date, given if and only if "delegated" is given`),
		rule.Need(!s.DueByDefault || !s.Due.IsZero(), "dueByDefault", "false if there is no due date"),
		rule.Need(s.Contributor.IsZero() == s.Delegated.IsZero(), "contributor", `an id, given if and only if "delegated" is given`),
		rule.Need(s.Delegated.IsZero() || !s.Establishment.IsZero(), "establishment", `an id, required if "delegated" is given`),
		rule.Need(s.Grade <= Green && (s.Stage != Finalised || s.Grade != Red), "grade", "a grade, and not red on a finalised plan"),
		rule.Need(s.Grade == 0 == s.GradedOn.IsZero(), "gradedOn", "the date of the grade; give it if, and only if, there is a grade"),
		rule.Need(s.Final == Final{} || !s.Final.On.IsZero(), "finalisedOn", "the day on which finalRevision was finalised"),
		rule.Need(s.finalFits(), "finalRevision", "the last finalised revision with its day, grade, next meeting and establishment: the current revision of a finalised plan, and the previous revision of any other"),
		rule.Need(s.Stage != Draft || s.Submitted.IsZero(), "submitted", "left out of a draft"),
		rule.Need(s.CeasedOn.IsZero() == (s.Stage != Cancelled), "ceasedOn", "a day, present if and only if the plan is cancelled"),
		rule.Need(s.sectionsFit(template.Len()), "sections", "section states that are possible for this form at this stage"),
		rule.Need(s.filledFits(template), "filled", "boxes of this form; from the checking stage onwards, all of them"),
		rule.Need(s.retractedFits(template), "retracted", "the version of the latest retraction, given only if nothing has been written in the plan since"),
	)
}

// delegatedFits reports whether the day of the latest delegation fits the stage.
func (s *Snapshot) delegatedFits() bool {
	switch s.Stage {
	case Draft:
		return s.Delegated.IsZero()
	case Delegated:
		return !s.Delegated.IsZero()
	}
	return true
}

// sectionStates holds the states that the sections of a plan can have at each stage,
// one bit each. The sections of a cancelled or deleted plan stay as they were.
var sectionStates = [...]uint8{
	Draft:     1 << delegation.Editable,
	Delegated: 1<<delegation.Delegated | 1<<delegation.Saved,
	Returned:  1<<delegation.Locked | 1<<delegation.Activated,
	Checking:  1 << delegation.Locked,
	Grading:   1 << delegation.Locked,
	Finalised: 1 << delegation.Locked,
	Cancelled: anyState,
	Deleted:   anyState,
}

const anyState = 1<<delegation.Editable | 1<<delegation.Delegated | 1<<delegation.Saved | 1<<delegation.Locked | 1<<delegation.Activated

// sectionsFit reports whether the states of the first n sections fit the stage and
// the places beyond them are unused.
func (s *Snapshot) sectionsFit(n int) bool {
	for i, state := range s.Sections {
		if i >= n && state != 0 || i < n && sectionStates[s.Stage]>>state&1 == 0 {
			return false
		}
	}
	return s.Stage != Returned || s.Sections.In(s.Sections[0]) == delegation.Every(n)
}

// filledFits reports whether every filled box exists in the form and, at a stage that
// only a complete plan reaches, no box is blank (SECT-3).
func (s *Snapshot) filledFits(t *forms.Template) bool {
	return known(t, s.Filled) && (s.Stage < Checking || s.Stage > Finalised || s.complete(t))
}

// known reports whether every filled box exists in the form.
func known(t *forms.Template, boxes [forms.MaxSections]forms.Filled) bool {
	for i, filled := range boxes {
		if filled&^t.All(i+1) != 0 {
			return false
		}
	}
	return true
}

// complete reports whether no box of any section is blank (SECT-3).
func (s *Snapshot) complete(t *forms.Template) bool {
	for range t.Incomplete(s.Filled[:]) {
		return false
	}
	return true
}
