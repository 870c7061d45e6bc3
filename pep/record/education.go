package record

import (
	"errors"
	"iter"

	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
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
	return errors.Join(e.Span.Check(), check(member{e.Kind.String() == "", kindMember, kindWant}))
}

// EducatedAt returns the establishment in which a child is educated on a day, the first
// listed of several (GRADE-6). It is zero for a child in no establishment.
func EducatedAt(education []Education, on civil.Date) EstablishmentID {
	for i := range education {
		if e := &education[i]; e.Covers(on) && !e.Establishment.IsZero() {
			return e.Establishment
		}
	}
	return EstablishmentID{}
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

// ParseEducationKind returns the kind whose text form is s, such as "day_nursery".
func ParseEducationKind(s string) (EducationKind, error) {
	return rule.Find[EducationKind](len(educationKinds), s, kindMember, kindWant)
}

// String returns the text form of k, or "" for none.
func (k EducationKind) String() string { return rule.Row(educationKinds[:], k).name }

// Words returns k in words, such as "a day nursery".
func (k EducationKind) Words() string { return rule.Row(educationKinds[:], k).words }

// MarshalText returns the text form of k.
func (k EducationKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads the text form of a kind as ParseEducationKind does, and
// empty text as the zero EducationKind.
func (k *EducationKind) UnmarshalText(text []byte) error {
	return rule.Unmarshal(text, k, ParseEducationKind)
}

// EducationKinds is a set of kinds of education, one bit each. The zero
// EducationKinds is empty.
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
