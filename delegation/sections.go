package delegation

import (
	"math/bits"
	"strconv"

	"virtualschool.example/forms"
	"virtualschool.example/pep/rule"
)

// Sections is a set of section numbers, which begin at 1. The zero Sections is
// empty.
type Sections uint8

// Every returns the set of the section numbers from 1 to count. The count must
// be from 0 to forms.MaxSections.
func Every(count int) Sections { return Sections(1<<count - 1) }

// NewSections returns the set of the given section numbers, and false if one of
// them is not from 1 to forms.MaxSections.
func NewSections(numbers ...int) (Sections, bool) {
	var s Sections
	for _, n := range numbers {
		if n < 1 || n > forms.MaxSections {
			return 0, false
		}
		s |= 1 << (n - 1)
	}
	return s, true
}

// Has reports whether section number n is in the set.
func (s Sections) Has(n int) bool { return 1 <= n && n <= forms.MaxSections && s>>(n-1)&1 == 1 }

// Len returns how many sections are in the set.
func (s Sections) Len() int { return bits.OnesCount8(uint8(s)) }

// MarshalJSON returns the numbers of the sections as a list, in ascending order.
func (s Sections) MarshalJSON() ([]byte, error) {
	list := []byte{'['}
	for n := range forms.MaxSections + 1 {
		if !s.Has(n) {
			continue
		}
		if len(list) > 1 {
			list = append(list, ',')
		}
		list = strconv.AppendInt(list, int64(n), 10)
	}
	return append(list, ']'), nil
}

// CheckSections adds the reasons why the chosen sections of a form cannot be
// delegated. The argument all is the set of the form's sections. Either the form
// has no section with a chosen number (DELEG-5), or not every section was chosen
// (DELEG-1).
func CheckSections(chosen, all Sections, reasons *rule.Reasons) {
	switch {
	case chosen&^all != 0:
		reasons.AddReason(rule.Reason{Rule: rule.DELEG5, Code: rule.NoSuchSection, Section: bits.Len8(uint8(chosen &^ all))})
	case chosen != all:
		reasons.Add(rule.DELEG1, rule.NotAllSections)
	}
}

// States holds the states of a form's sections, with section 1 at index 0. A
// section that the form does not have is zero. States is comparable.
type States [forms.MaxSections]State

// NewStates returns the states of a form whose sections are all editable. The
// argument count is the number of sections, from 0 to forms.MaxSections.
func NewStates(count int) (s States) {
	for i := range count {
		s[i] = Editable
	}
	return s
}

// After returns the states after the given sections have made the move. If no
// section is given, or one of them cannot make the move, it returns s and
// false: no section moves.
func (s States) After(m Move, to Sections) (States, bool) {
	after := s
	for left := to; left != 0; left &= left - 1 {
		n, ok := bits.TrailingZeros8(uint8(left)), false
		if after[n], ok = s[n].After(m); !ok {
			return s, false
		}
	}
	return after, to != 0
}

// Outstanding returns the sections that are with the contributor. Submitting
// returns all of them at once (DELEG-8), and retracting takes all of them back
// (DELEG-6).
func (s States) Outstanding() Sections { return s.in(State.Outstanding) }

// In returns the sections that are in the given state.
func (s States) In(state State) Sections {
	return s.in(func(have State) bool { return have == state && have != 0 })
}

func (s States) in(wanted func(State) bool) (in Sections) {
	for n, state := range s {
		if wanted(state) {
			in |= 1 << n
		}
	}
	return in
}
