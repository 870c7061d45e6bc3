package term

import "cmp"

// Term is one term, named by its season and calendar year: TERM-3, "term
// identity is (name, calendar year)". It is comparable. The zero Term is not a
// term.
type Term struct {
	year   int16
	season Season
}

const lastYear = 9999

// New returns the term of the season in the calendar year. It returns the zero
// Term unless season is a season and year is from 1 to 9999.
func New(season Season, year int) Term {
	if season-1 >= Autumn || uint(year-1) >= lastYear {
		return Term{}
	}
	return Term{int16(year), season}
}

// Season returns the season of t, or the zero Season for the zero Term.
func (t Term) Season() Season { return t.season }

// Year returns the calendar year of t, from 1 to 9999, or 0 for the zero Term.
func (t Term) Year() int { return int(t.year) }

// IsZero reports whether t is the zero Term.
func (t Term) IsZero() bool { return t == Term{} }

// Next returns the term after t: after AUTUMN comes SPRING of the next year
// (TERM-3).
func (t Term) Next() Term { return t.Add(1) }

// Previous returns the term before t: before SPRING comes AUTUMN of the
// previous year (TERM-3).
func (t Term) Previous() Term { return t.Add(-1) }

// Add returns the term that is n terms after t, or before it if n is negative.
// It returns the zero Term if the result would leave the years 1 to 9999, or if
// t is zero.
func (t Term) Add(n int) Term {
	const most = (lastYear + 1) * seasons
	if t.IsZero() || n < -most || n > most {
		return Term{}
	}
	count := t.count() + n
	return New(Season(count%seasons)+Spring, count/seasons)
}

// Compare returns -1 if t is before u, 0 if they are the same and +1 if t is
// after u: TERM-3, "SPRING y < SUMMER y < AUTUMN y < SPRING y+1". The zero Term
// comes first.
func (t Term) Compare(u Term) int { return cmp.Compare(t.count(), u.count()) }

// Before reports whether t is earlier than u. The zero Term is before every
// other term.
func (t Term) Before(u Term) bool { return t.count() < u.count() }

// After reports whether t is later than u. Every other term is after the zero
// Term.
func (t Term) After(u Term) bool { return t.count() > u.count() }

// count returns the number of terms from SPRING of the year 0 to t, or -1 for
// the zero Term.
func (t Term) count() int { return int(t.year)*seasons + int(t.season) - int(Spring) }
