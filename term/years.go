package term

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// AcademicYear is a year from 1 September to 31 August, named by the calendar
// year in which it starts (TERM-4). The zero AcademicYear is not a year.
type AcademicYear int16

// FinancialYear is a year from 1 April to 31 March, named by the calendar year
// in which it starts (TERM-5). The zero FinancialYear is not a year.
type FinancialYear int16

// AcademicYearOf returns the academic year that contains d: TERM-4, "1 Sep-31
// Aug". It returns zero for the zero Date.
func AcademicYearOf(d civil.Date) AcademicYear {
	return AcademicYear(startYear(d, time.September))
}

// FinancialYearOf returns the financial year that contains d: TERM-5, "1 Apr-31
// Mar". It returns zero for the zero Date.
func FinancialYearOf(d civil.Date) FinancialYear {
	return FinancialYear(startYear(d, time.April))
}

// AcademicYear returns the academic year of t: TERM-4, "AUTUMN y, SPRING y+1,
// SUMMER y+1 are one academic year".
func (t Term) AcademicYear() AcademicYear { return AcademicYear(t.yearFrom(Autumn)) }

// FinancialYear returns the financial year of t: TERM-5, "SUMMER y, AUTUMN y,
// SPRING y+1".
func (t Term) FinancialYear() FinancialYear { return FinancialYear(t.yearFrom(Summer)) }

// ParseAcademicYear returns the academic year whose text form is s, such as
// "2025/26", or a *rule.Invalid of member "academicYear".
func ParseAcademicYear(s string) (AcademicYear, error) {
	return parseYear[AcademicYear](s, "academicYear")
}

// String returns y as "2025/26", or "" if y is zero.
func (y AcademicYear) String() string { return span(int(y)) }

// MarshalText returns y as "2025/26", or empty text if y is zero. It never
// returns an error.
func (y AcademicYear) MarshalText() ([]byte, error) { return []byte(y.String()), nil }

// UnmarshalText reads a year as ParseAcademicYear does. Empty text is zero.
func (y *AcademicYear) UnmarshalText(text []byte) error {
	return rule.Unmarshal(text, y, ParseAcademicYear)
}

// ParseFinancialYear returns the financial year whose text form is s, such as
// "2025/26", or a *rule.Invalid of member "financialYear".
func ParseFinancialYear(s string) (FinancialYear, error) {
	return parseYear[FinancialYear](s, "financialYear")
}

// String returns y as "2025/26", or "" if y is zero.
func (y FinancialYear) String() string { return span(int(y)) }

// MarshalText returns y as "2025/26", or empty text if y is zero. It never
// returns an error.
func (y FinancialYear) MarshalText() ([]byte, error) { return []byte(y.String()), nil }

// UnmarshalText reads a year as ParseFinancialYear does. Empty text is zero.
func (y *FinancialYear) UnmarshalText(text []byte) error {
	return rule.Unmarshal(text, y, ParseFinancialYear)
}

// parseYear returns the year whose text form is s.
func parseYear[Y ~int16](s, member string) (Y, error) {
	digits, _, _ := strings.Cut(s, "/")
	year, err := strconv.ParseUint(digits, 10, 16)
	if err != nil || year == 0 || year > lastYear || span(int(year)) != s {
		return 0, &rule.Invalid{Member: member, Want: "a year such as 2025/26"}
	}
	return Y(year), nil
}

// startYear returns the calendar year in which d's academic or financial year
// began. That kind of year begins on the first day of the given month. startYear
// returns 0 for a year that would have begun before the year 1.
func startYear(d civil.Date, month time.Month) int {
	if d.Month() < month {
		return max(0, d.Year()-1)
	}
	return d.Year()
}

// yearFrom returns the calendar year in which t's academic or financial year
// began. The argument first is the season with which that kind of year begins.
// yearFrom returns 0 for a year that would have begun before the year 1.
func (t Term) yearFrom(first Season) int16 {
	if t.season < first {
		return max(0, t.year-1)
	}
	return t.year
}

func span(year int) string {
	if year == 0 {
		return ""
	}
	return fmt.Sprintf("%04d/%02d", year, (year+1)%100)
}
