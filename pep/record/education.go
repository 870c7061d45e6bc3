package record

import (
	"errors"

	"virtualschool.example/pep/rule"
)

// Education is one period of a child's education. The zero Establishment is
// one that is not on record.
type Education struct {
	Span
	Kind          EducationKind
	Establishment EstablishmentID
}

// Check returns a *rule.Invalid for each member that cannot be: see Span, and
// the kind is one of the kinds.
func (e Education) Check() error {
	var kind error
	if e.Kind.String() == "" {
		kind = invalidKind()
	}
	return errors.Join(e.Span.Check(), kind)
}

// EducationKind is what a period of education is spent in. Which kinds are
// nursery provision is for ELIG-2 to say. The zero EducationKind is none.
type EducationKind uint8

// The kinds of education.
const (
	Nursery EducationKind = 1 + iota // nursery provision, not said which
	NurserySchool
	NurseryClass
	DayNursery
	PreSchool
	Childminder
	School
	College
	AlternativeProvision
	OtherEducation
)

var educationKinds = [...]string{
	Nursery:              "nursery",
	NurserySchool:        "nursery_school",
	NurseryClass:         "nursery_class",
	DayNursery:           "day_nursery",
	PreSchool:            "pre_school",
	Childminder:          "childminder",
	School:               "school",
	College:              "college",
	AlternativeProvision: "alternative_provision",
	OtherEducation:       "other",
}

const (
	kindMember = "kind"
	kindWant   = "a kind of education, such as day_nursery"
)

func invalidKind() error { return &rule.Invalid{Member: kindMember, Want: kindWant} }

// ParseEducationKind returns the kind whose text form is s, such as "day_nursery".
func ParseEducationKind(s string) (EducationKind, error) {
	return rule.Named[EducationKind](educationKinds[:], s, kindMember, kindWant)
}

// String returns the text form of k, or "" for none.
func (k EducationKind) String() string { return rule.Name(educationKinds[:], k) }

// MarshalText returns the text form of k.
func (k EducationKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads the text form of a kind. It refuses what
// ParseEducationKind refuses.
func (k *EducationKind) UnmarshalText(text []byte) (err error) {
	*k, err = ParseEducationKind(string(text))
	return err
}
