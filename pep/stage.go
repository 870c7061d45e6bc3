package pep

import (
	"iter"

	"virtualschool.example/pep/rule"
)

// Stage is how far a plan has come. The zero Stage, None, means that the plan has not
// been started.
type Stage uint8

// The stages of a plan. Draft to Grading are open; the rest are not.
const (
	None      Stage = iota // not started
	Draft                  // the social worker fills it in
	Delegated              // the establishment fills it in
	Returned               // the social worker reviews it
	Checking               // business support checks it
	Grading                // a Virtual School consultant grades it
	Finalised              // it is the child's plan of that term
	Cancelled              // the child stopped being looked after
	Deleted                // the service desk deleted it; a tombstone stays
)

var stageNames = [...]struct{ name, words string }{
	None:      {"none", "not started"},
	Draft:     {"draft", "a draft with the social worker"},
	Delegated: {"delegated", "with the establishment"},
	Returned:  {"returned", "back with the social worker"},
	Checking:  {"checking", "being checked by business support"},
	Grading:   {"grading", "with a Virtual School consultant for grading"},
	Finalised: {"finalised", "finalised"},
	Cancelled: {"cancelled", "cancelled"},
	Deleted:   {"deleted", "deleted"},
}

// ParseStage returns the stage whose text form is s, such as "checking".
func ParseStage(s string) (Stage, error) {
	return rule.Find[Stage](len(stageNames), s, "stage", "a stage, such as checking")
}

// String returns the text form of s.
func (s Stage) String() string { return rule.Row(stageNames[:], s).name }

// Words returns s in words that follow "the plan is", such as "back with the social worker".
func (s Stage) Words() string { return rule.Row(stageNames[:], s).words }

// MarshalText returns the text form of s.
func (s Stage) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the text form of a stage as ParseStage does, and empty
// text as the zero Stage.
func (s *Stage) UnmarshalText(text []byte) error { return rule.Unmarshal(text, s, ParseStage) }

// AllStages iterates over the eight stages that a started plan can have.
func AllStages() iter.Seq[Stage] { return rule.Members[Stage](len(stageNames)) }

// Open reports whether a plan at stage s still needs somebody to act on it.
func (s Stage) Open() bool { return s >= Draft && s <= Grading }

// ReturnedOrLater reports whether the establishment has done its part at stage s. A
// plan that has got this far meets the need for a plan in its term (MISS-1).
func (s Stage) ReturnedOrLater() bool { return s >= Returned && s <= Finalised }

// Tray is the work list in which an open plan lies. The zero Tray means that the plan
// lies in no tray.
type Tray uint8

// The trays. The social worker's and the establishment's tray each belong to one
// person; a group shares each of the other two.
const (
	SocialWorkerTray Tray = 1 + iota
	EstablishmentTray
	BusinessSupportTray
	ConsultantsTray
)

var trayNames = [...]struct{ name, words string }{
	SocialWorkerTray:    {"social_worker", "the social worker's tray"},
	EstablishmentTray:   {"establishment", "the establishment's tray"},
	BusinessSupportTray: {"business_support", "the tray of business support"},
	ConsultantsTray:     {"virtual_school_consultants", "the tray of the Virtual School consultants"},
}

var trays = [...]Tray{
	Draft: SocialWorkerTray, Delegated: EstablishmentTray, Returned: SocialWorkerTray,
	Checking: BusinessSupportTray, Grading: ConsultantsTray,
}

// Tray returns the tray in which a plan at stage s lies, or zero if it lies in no
// tray. CHG-5: the social worker keeps the plan even if the child has a personal
// adviser, who has no tray.
func (s Stage) Tray() Tray { return *rule.Row(trays[:], s) }

// ParseTray returns the tray whose text form is s, such as "business_support".
func ParseTray(s string) (Tray, error) {
	return rule.Find[Tray](len(trayNames), s, "tray", "a tray, such as business_support")
}

// String returns the text form of t, or "" for the zero Tray.
func (t Tray) String() string { return rule.Row(trayNames[:], t).name }

// Words returns t in words, such as "the social worker's tray".
func (t Tray) Words() string { return rule.Row(trayNames[:], t).words }

// MarshalText returns the text form of t.
func (t Tray) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads the text form of a tray as ParseTray does, and empty text
// as the zero Tray.
func (t *Tray) UnmarshalText(text []byte) error { return rule.Unmarshal(text, t, ParseTray) }
