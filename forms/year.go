package forms

import (
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// YearGroup is a national curriculum year group, from the two-year-old room
// to Year 13, in ascending order. The zero YearGroup is none, or not recorded.
type YearGroup uint8

// The year groups. N1 and N2 are the nursery years, R is Reception.
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

var yearNames = [...]string{
	PreNursery: "pre-nursery", N1: "N1", N2: "N2", R: "R",
	Y1: "Y1", Y2: "Y2", Y3: "Y3", Y4: "Y4", Y5: "Y5", Y6: "Y6", Y7: "Y7",
	Y8: "Y8", Y9: "Y9", Y10: "Y10", Y11: "Y11", Y12: "Y12", Y13: "Y13",
}

// ParseYearGroup returns the year group whose text form is s, such as "Y7".
// What a register records is read by ParseRecorded.
func ParseYearGroup(s string) (YearGroup, error) {
	return rule.Named[YearGroup](yearNames[:], s, "yearGroup", "a year group: pre-nursery, N1, N2, R or Y1 to Y13")
}

// String returns the text form of y, or "" for none.
func (y YearGroup) String() string { return rule.Name(yearNames[:], y) }

// MarshalText returns the text form of y.
func (y YearGroup) MarshalText() ([]byte, error) { return []byte(y.String()), nil }

// UnmarshalText reads the text form of a year group. It refuses what
// ParseYearGroup refuses.
func (y *YearGroup) UnmarshalText(text []byte) (err error) {
	*y, err = ParseYearGroup(string(text))
	return err
}

// beforeReception is how many academic years after the one of its birth a
// child starts Reception.
const beforeReception = 5

// YearGroupOf returns the year group, on the day on, of a child born on born.
// YEAR-1: "AY(d) - (AY(dob) + 5)", 0 being Reception. Above Y13 it is a
// *rule.Refusal (YEAR-4); a birth after on, or a day missing, is a
// *rule.Invalid. AGE-3 in full is term.CheckBorn.
func YearGroupOf(born, on civil.Date) (YearGroup, error) {
	years := int(term.AcademicYearOf(on)) - int(term.AcademicYearOf(born)) - beforeReception
	y := max(int(R)+years, int(PreNursery))
	if y > int(Y13) || born.IsZero() || on.Before(born) {
		return 0, noYearGroup(born, on)
	}
	return YearGroup(y), nil
}

// noYearGroup says why there is no year group on the day on.
func noYearGroup(born, on civil.Date) error {
	switch {
	case on.IsZero():
		return &rule.Invalid{Member: "on", Want: "a date as 2006-01-02"}
	case born.IsZero() || on.Before(born):
		return &rule.Invalid{Member: "born", Want: "a date as 2006-01-02, not after the day asked about"}
	}
	return beyondY13()
}

// YearGroupAt returns the recorded year group, or the one by birth date where
// none is recorded. YEAR-2: "a recorded actual year group overrides the
// DOB-derived one".
func YearGroupAt(born, on civil.Date, recorded YearGroup) (YearGroup, error) {
	if recorded != 0 {
		return recorded, nil
	}
	return YearGroupOf(born, on)
}

// beyondY13 is YEAR-4: "Y14+ can only come from bad data or an override".
func beyondY13() error {
	return rule.Refuse("forms.year_group", rule.Reason{Rule: rule.YEAR4, Code: rule.NoFormType})
}
