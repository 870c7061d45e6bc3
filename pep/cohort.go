package pep

import (
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// Cohort is the window of birth dates of the children who can need a plan for one
// term. It turns the age rules into comparisons of dates, so that it can be the
// WHERE clause of a query over a million children.
type Cohort struct {
	Earliest civil.Date // the first birth date in the window; a child born earlier is past the last term (ELIG-4)
	Always   civil.Date // the last birth date in the window if the child is not in nursery provision (ELIG-3)
	Nursery  civil.Date // the last birth date in the window if the child is in nursery provision (ELIG-2); a child born later is too young (ELIG-11)
}

// Cohort returns the window of birth dates of a term (ELIG-4, ELIG-6). For the zero
// Term it returns the zero Cohort, which contains nobody.
func (p *Policy) Cohort(t term.Term) Cohort {
	if t.IsZero() {
		return Cohort{}
	}
	first, last, par := p.Calendar().First(t), p.Calendar().Last(t), p.forTerm(t)
	past := first.AddDays(-1) // a child who has reached UntilAge on this day needs no plan for the term
	if par.UpperBound == UntilBirthday {
		past = first
	}
	return Cohort{
		Earliest: par.bornBy(past, par.UntilAge).AddDays(1),
		Always:   par.bornFor(last, par.AlwaysFromAge),
		Nursery:  par.bornFor(last, par.NurseryFromAge),
	}
}

// InWindow reports whether a child born on the day is in the term's age window,
// wherever they are educated.
func (c Cohort) InWindow(born civil.Date) bool {
	return !born.Before(c.Earliest) && !born.After(c.Always)
}

// IfInNursery reports whether a child born on the day must be in nursery provision
// to be in the term's age window.
func (c Cohort) IfInNursery(born civil.Date) bool {
	return born.After(c.Always) && !born.After(c.Nursery)
}

// bornFor returns the latest birth date of a child who counts as having reached
// the given age on the given day (ELIG-6).
func (par *Parameters) bornFor(day civil.Date, age int) civil.Date {
	if par.LowerBound == TermAfterBirthday {
		c := par.Delegation.Terms
		day = c.First(c.Of(day)).AddDays(-1)
	}
	return par.bornBy(day, age)
}

// bornBy returns the latest birth date of somebody who has reached the given
// age on the given day. The search starts that many years before the given
// day. It is short, because people reach an age in the order in which they
// were born. In the first years of the calendar, when nobody can have reached
// the age, bornBy returns the zero Date.
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
