package pep

import (
	"iter"

	"virtualschool.example/pep/rule"
)

// Stage is how far a plan has come. The zero Stage, None, is that of a plan
// that has not been started.
type Stage uint8

// The stages of a plan. Draft to Grading are open; the rest are not.
const (
	None      Stage = iota // not started
	Draft                  // the social worker fills it
	Delegated              // the establishment fills it
	Returned               // the social worker reviews it
	Checking               // business support checks it
	Grading                // a Virtual School consultant grades it
	Finalised              // it is the child's plan of that term
	Cancelled              // the child stopped being looked after
	Deleted                // the service desk deleted it; a tombstone stays
)

var stageNames = [...]string{"none", "draft", "delegated", "returned", "checking", "grading", "finalised", "cancelled", "deleted"}

// ParseStage returns the stage whose text form is s, such as "checking".
func ParseStage(s string) (Stage, error) {
	return rule.Named[Stage](stageNames[:], s, "stage", "a stage, such as checking")
}

// String returns the text form of s.
func (s Stage) String() string { return rule.Name(stageNames[:], s) }

// MarshalText returns the text form of s.
func (s Stage) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the text form of a stage. It refuses what ParseStage refuses.
func (s *Stage) UnmarshalText(text []byte) (err error) {
	*s, err = ParseStage(string(text))
	return err
}

// AllStages iterates over the eight stages that a started plan can have.
func AllStages() iter.Seq[Stage] { return rule.Members[Stage](len(stageNames)) }

// Open reports whether somebody still has to do something with the plan.
func (s Stage) Open() bool { return s >= Draft && s <= Grading }

// ReturnedOrLater reports whether the establishment's part was done: what
// satisfies a term (MISS-1).
func (s Stage) ReturnedOrLater() bool { return s >= Returned && s <= Finalised }

// Tray is the work tray in which an open plan lies. The zero Tray is none.
type Tray uint8

// The trays. The social worker's and the establishment's are one person's;
// the other two are a group's.
const (
	SocialWorkerTray Tray = 1 + iota
	EstablishmentTray
	BusinessSupportTray
	ConsultantsTray
)

var trayNames = [...]string{"", "social_worker", "establishment", "business_support", "virtual_school_consultants"}

var trays = [...]Tray{
	Draft: SocialWorkerTray, Delegated: EstablishmentTray, Returned: SocialWorkerTray,
	Checking: BusinessSupportTray, Grading: ConsultantsTray, Deleted: 0,
}

// Tray returns the tray in which a plan of that stage lies, or zero where it
// lies in none. CHG-5: the social worker continues to hold the plan where there
// is a personal adviser, who has no tray.
func (s Stage) Tray() Tray {
	return *rule.Row(trays[:], s)
}

// String returns the text form of t, or "" for none.
func (t Tray) String() string { return rule.Name(trayNames[:], t) }

// MarshalText returns the text form of t.
func (t Tray) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads the text form of a tray; "" is none.
func (t *Tray) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*t = 0
		return nil
	}
	*t, err = rule.Named[Tray](trayNames[:], string(text), "tray", "a tray, such as business_support")
	return err
}
