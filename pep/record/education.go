package record

import (
	"errors"
	"iter"

	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Education is one period of a child's education. The zero Establishment means
// that the establishment is not on record.
type Education struct {
	Span
	Kind          EducationKind
	Establishment EstablishmentID
}

// Check returns a *rule.Invalid for each member that Span.Check refuses, and
// one if Kind is not a kind of education.
func (e Education) Check() error {
	return errors.Join(e.Span.Check(), check(member{e.Kind.String() == "", kindMember, kindWant}))
}

// EducatedAt returns the establishment at which a child is educated on a day.
// If there are several, it returns the one listed first (GRADE-6). It returns
// the zero EstablishmentID if there is none.
func EducatedAt(education []Education, on civil.Date) EstablishmentID {
	for i := range education {
		if e := &education[i]; e.Covers(on) && !e.Establishment.IsZero() {
			return e.Establishment
		}
	}
	return EstablishmentID{}
}

// EducationKind is the kind of place in which a period of education is spent.
// ELIG-2 decides which kinds are nursery provision. The zero EducationKind is
// not a kind.
type EducationKind uint8

// The kinds of education.
const (
	Nursery EducationKind = 1 + iota // nursery provision of an unknown kind
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

var educationKinds = [...]struct{ name, words string }{
	Nursery:              {"nursery", "nursery provision"},
	NurserySchool:        {"nursery_school", "a nursery school"},
	NurseryClass:         {"nursery_class", "a nursery class"},
	DayNursery:           {"day_nursery", "a day nursery"},
	PreSchool:            {"pre_school", "a pre-school"},
	Childminder:          {"childminder", "a childminder"},
	School:               {"school", "a school"},
	College:              {"college", "a college"},
	AlternativeProvision: {"alternative_provision", "alternative provision"},
	OtherEducation:       {"other", "other education"},
}

const (
	kindMember = "kind"
	kindWant   = "a kind of education, such as day_nursery"
)

// ParseEducationKind returns the kind whose text form is s, such as
// "day_nursery". For any other text it returns a *rule.Invalid of member
// "kind".
func ParseEducationKind(s string) (EducationKind, error) {
	return rule.Find[EducationKind](len(educationKinds), s, kindMember, kindWant)
}

// String returns the text form of k, or "" for the zero EducationKind.
func (k EducationKind) String() string { return rule.Row(educationKinds[:], k).name }

// Words returns k in words, such as "a day nursery".
func (k EducationKind) Words() string { return rule.Row(educationKinds[:], k).words }

// MarshalText returns the text form of k.
func (k EducationKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads a kind as ParseEducationKind does. Empty text is the zero
// EducationKind.
func (k *EducationKind) UnmarshalText(text []byte) error {
	return rule.Unmarshal(text, k, ParseEducationKind)
}

// EducationKinds is a set of kinds of education, with one bit for each. The
// zero EducationKinds is empty.
type EducationKinds uint16

// NewEducationKinds returns the set of the given kinds.
func NewEducationKinds(kinds ...EducationKind) (set EducationKinds) {
	for _, k := range kinds {
		set |= 1 << k
	}
	return set
}

// Has reports whether k is in the set.
func (ks EducationKinds) Has(k EducationKind) bool { return ks>>k&1 == 1 }

// All iterates over the kinds in the set, in the order of their constants.
func (ks EducationKinds) All() iter.Seq[EducationKind] {
	return func(yield func(EducationKind) bool) {
		for k := Nursery; k <= OtherEducation; k++ {
			if ks.Has(k) && !yield(k) {
				return
			}
		}
	}
}
