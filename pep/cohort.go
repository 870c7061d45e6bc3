package pep

import (
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// Cohort is the window of birth dates of one term: who can need a plan for
// it. It turns the age rules into comparisons of dates, so that it also
// serves as the WHERE of a query over a million children.
type Cohort struct {
	Earliest civil.Date // born before it: past the last term (ELIG-4)
	Always   civil.Date // born from Earliest to it: in the window wherever educated (ELIG-3)
	Nursery  civil.Date // born after Always, up to it: only in nursery provision (ELIG-2); later: too young (ELIG-11)
}

// Cohort returns the window of birth dates of a term (ELIG-4, ELIG-6). It is
// the zero Cohort, in which nobody is, for the zero Term.
func (p *Policy) Cohort(t term.Term) Cohort {
	if t.IsZero() {
		return Cohort{}
	}
	first, last, par := p.Calendar().First(t), p.Calendar().Last(t), p.forTerm(t)
	past := first.AddDays(-1) // who is of age on it needs no plan for the term
	if par.UpperBound == UntilBirthday {
		past = first
	}
	return Cohort{
		Earliest: par.bornBy(past, par.UntilAge).AddDays(1),
		Always:   par.bornFor(last, par.AlwaysFromAge),
		Nursery:  par.bornFor(last, par.NurseryFromAge),
	}
}

// InWindow reports whether somebody born on the day is in the term's age
// window wherever educated.
func (c Cohort) InWindow(born civil.Date) bool {
	return !born.Before(c.Earliest) && !born.After(c.Always)
}

// IfInNursery reports whether somebody born on the day is in the term's age
// window only in nursery provision.
func (c Cohort) IfInNursery(born civil.Date) bool {
	return born.After(c.Always) && !born.After(c.Nursery)
}

// bornFor returns the last birth date at which an age counts by a day.
func (par *Parameters) bornFor(day civil.Date, age int) civil.Date {
	if par.LowerBound == TermAfterBirthday {
		c := par.Delegation.Terms
		day = c.First(c.Of(day)).AddDays(-1)
	}
	return par.bornBy(day, age)
}

// bornBy returns the last birth date at which somebody has reached an age on
// a day. Birthdays never fall in another order than births, so it is near the
// same day that many years before. It is the zero Date where nobody can have:
// on a day in the first years of the calendar.
func (par *Parameters) bornBy(day civil.Date, age int) civil.Date {
	born := day.Anniversary(-age, civil.March1)
	for par.birthday(born, age).After(day) {
		born = born.AddDays(-1)
	}
	for next := born.AddDays(1); !next.IsZero() && !par.birthday(next, age).After(day); next = born.AddDays(1) {
		born = next
	}
	return born
}
