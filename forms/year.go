package forms

import (
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// YearGroup is a year group of the national curriculum, from the room for
// two-year-olds to Year 13, in ascending order. The zero YearGroup means that
// the child has no year group, or that none is recorded.
type YearGroup uint8

// The year groups. N1 and N2 are the nursery years and R is Reception.
const (
	PreNursery YearGroup = 1 + iota
	N1
	N2
	R
	Y1
	Y2
	Y3
	Y4
	Y5
	Y6
	Y7
	Y8
	Y9
	Y10
	Y11
	Y12
	Y13
)

var yearNames = [...]struct{ name, words string }{
	PreNursery: {"pre-nursery", "before nursery"},
	N1:         {"N1", "first nursery year"}, N2: {"N2", "second nursery year"}, R: {"R", "Reception"},
	Y1: {"Y1", "Year 1"}, Y2: {"Y2", "Year 2"}, Y3: {"Y3", "Year 3"}, Y4: {"Y4", "Year 4"},
	Y5: {"Y5", "Year 5"}, Y6: {"Y6", "Year 6"}, Y7: {"Y7", "Year 7"}, Y8: {"Y8", "Year 8"},
	Y9: {"Y9", "Year 9"}, Y10: {"Y10", "Year 10"}, Y11: {"Y11", "Year 11"}, Y12: {"Y12", "Year 12"}, Y13: {"Y13", "Year 13"},
}

// ParseYearGroup returns the year group whose text form is s, such as "Y7". For
// any other text it returns a *rule.Invalid of member "yearGroup". To read the
// entry of a register, call ParseRecorded.
func ParseYearGroup(s string) (YearGroup, error) {
	return rule.Find[YearGroup](len(yearNames), s, "yearGroup", "a year group: pre-nursery, N1, N2, R or Y1 to Y13")
}

// String returns the text form of y, or "" for the zero YearGroup.
func (y YearGroup) String() string { return rule.Row(yearNames[:], y).name }

// Words returns y in full, such as "Year 7" or "Reception".
func (y YearGroup) Words() string { return rule.Row(yearNames[:], y).words }

// MarshalText returns the text form of y.
func (y YearGroup) MarshalText() ([]byte, error) { return []byte(y.String()), nil }

// UnmarshalText reads a year group as ParseYearGroup does. Empty text is the
// zero YearGroup.
func (y *YearGroup) UnmarshalText(text []byte) error { return rule.Unmarshal(text, y, ParseYearGroup) }

// beforeReception is the number of academic years from the one in which a child
// is born to the one in which the child starts Reception.
const beforeReception = 5

// YearGroupOf returns the year group of a child on a day, given the birth date.
// YEAR-1: "AY(d) - (AY(dob) + 5)", in which 0 is Reception. It returns a
// *rule.Refusal of YEAR-4 if the year group would be above Y13, and a
// *rule.Invalid if a date is zero or the birth date is after the day. It does
// not check the rest of AGE-3; term.CheckBorn does.
func YearGroupOf(born, on civil.Date) (YearGroup, error) {
	y := byBirth(born, on)
	if y > int(Y13) || born.IsZero() || on.Before(born) {
		return 0, noYearGroup(born, on)
	}
	return YearGroup(y), nil
}

// byBirth returns, as a number, the year group that follows from the birth
// date. It may be above Y13.
func byBirth(born, on civil.Date) int {
	return max(int(R)+years(born, on)-beforeReception, int(PreNursery))
}

// years returns the difference between the academic years of two days.
func years(from, to civil.Date) int {
	return int(term.AcademicYearOf(to)) - int(term.AcademicYearOf(from))
}

// noYearGroup returns the error that says why there is no year group on the
// given day.
func noYearGroup(born, on civil.Date) error {
	switch {
	case on.IsZero():
		return &rule.Invalid{Member: "on", Want: "a date such as 2006-01-02"}
	case born.IsZero() || on.Before(born):
		return &rule.Invalid{Member: "born", Want: "a date such as 2006-01-02, not after the day asked about"}
	}
	return beyondY13()
}

// Recorded is a year group as a register records it, with the day of the
// record. The zero Recorded means that nothing is recorded. If On is zero, the
// record counts as made on the day in question.
type Recorded struct {
	Year YearGroup
	On   civil.Date
}

// at returns the recorded year group on the given day, as a number. The group
// moves up or down by the number of academic years between the day of the
// record and the given day. It returns false if the birth date decides instead,
// because nothing is recorded or because the record leads to a group below N1.
func (r Recorded) at(on civil.Date) (y int, ok bool) {
	if r.Year == 0 || on.IsZero() {
		return 0, false
	}
	y = int(r.Year)
	if !r.On.IsZero() {
		y += years(r.On, on)
	}
	return y, y >= int(N1)
}

// Counts reports whether the record, and not the birth date, decides the year
// group on the given day (YEAR-2).
func (r Recorded) Counts(on civil.Date) bool {
	_, ok := r.at(on)
	return ok
}

// YearGroupAt returns the year group on the given day: the recorded one, moved
// to that day, or the one that follows from the birth date if the record does
// not count. YEAR-2: "a recorded actual year group overrides the DOB-derived
// one". It returns a *rule.Refusal of YEAR-4 if the record leads beyond Y13,
// and otherwise the errors of YearGroupOf.
func YearGroupAt(born, on civil.Date, recorded Recorded) (YearGroup, error) {
	switch y, ok := recorded.at(on); {
	case !ok:
		return YearGroupOf(born, on)
	case y > int(Y13):
		return 0, beyondY13()
	default:
		return YearGroup(y), nil
	}
}

// FarFromAge reports whether, on the given day, the recorded year group is two
// or more years away from the one that follows from the birth date (YEAR-2).
func FarFromAge(born, on civil.Date, recorded Recorded) bool {
	y, ok := recorded.at(on)
	apart := y - byBirth(born, on)
	return ok && (apart >= 2 || apart <= -2)
}

// beyondY13 is YEAR-4: "Y14+ can only come from bad data or an override".
func beyondY13() error {
	return rule.Refuse("forms.year_group", rule.Reason{Rule: rule.YEAR4, Code: rule.NoFormType})
}
