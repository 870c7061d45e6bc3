package pep

import (
	"virtualschool.example/forms"
	"virtualschool.example/pep/record"
	"virtualschool.example/term/civil"
)

// Dossier is a child with the child's plans as they stood at the end of a day: what
// a report is made of.
type Dossier struct {
	Child   record.Child
	On      civil.Date             // the day; zero where whoever made the dossier does not say
	Plans   []Outline              // of any term and stage, in any order
	Courses []Course               // how the same plans came to stand so; needed for measures alone
	Places  []record.Establishment // those of the child's education and of the plans, as far as the register knows them
}

// At returns one of the places, nil for one that the register does not know.
func (d *Dossier) At(id record.EstablishmentID) *record.Establishment {
	for i := range d.Places {
		if d.Places[i].ID == id {
			return &d.Places[i]
		}
	}
	return nil
}

// Course is how a plan came to the state in which it stood at the end of a day.
type Course struct {
	Snapshot
	InPlace  civil.Date // the first day on which it was returned or later (MISS-1); zero for never
	Returned civil.Date // the first day on which the establishment returned it; zero for never
	WasDue   civil.Date // the due date on that day
	Gradings []Graded   // every grade that it was given, in order

	// NotApplicable says which boxes of each section hold N/A, as Filled does of all
	// that are filled. It is for whoever can read the answers to set.
	NotApplicable [forms.MaxSections]forms.Filled
}

// CourseOf returns the course of a plan up to the end of a day, given all of its
// events. A plan that was started later has the zero Course. A retract undoes a
// return, and so does whatever else makes the plan a draft again; a plan that is
// sent back keeps the day of its first return. A history that Fold refuses is a
// *rule.Invalid.
func CourseOf(history []Event, on civil.Date) (Course, error) {
	var c Course
	known := 0
	for known < len(history) && !history[known].On.After(on) {
		known++
	}
	if known == 0 {
		return c, nil
	}
	plan, err := foldEach(history[:known], c.follow)
	if err != nil {
		return Course{}, err
	}
	c.Snapshot = plan.s
	return c, nil
}

// follow notes what one event means for the course of a plan, which then has a state.
func (c *Course) follow(e *Event, s *Snapshot) {
	switch {
	case e.To == Draft:
		c.InPlace, c.Returned, c.WasDue = civil.Date{}, civil.Date{}, civil.Date{}
	case e.To.ReturnedOrLater() && c.InPlace.IsZero():
		c.InPlace = e.On
	}
	if e.Verb == VerbSubmitContribution && c.Returned.IsZero() {
		c.Returned, c.WasDue = e.On, s.Due
	}
	if e.Verb == VerbAwardGrade {
		c.Gradings = append(c.Gradings, Graded{Establishment: s.Establishment, Term: s.Term, Grade: s.Grade, Child: s.Child, On: e.On})
	}
}
