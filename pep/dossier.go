package pep

import (
	"virtualschool.example/forms"
	"virtualschool.example/pep/record"
	"virtualschool.example/term/civil"
)

// Dossier is a child with the child's plans as they stood at the end of a day. Reports are
// made from dossiers.
type Dossier struct {
	Child   record.Child
	On      civil.Date             // the dossier shows the plans as at the end of this day; zero if the day is not known
	Plans   []Outline              // the child's plans, of any term and stage, in any order
	Courses []Course               // the courses of the same plans; only a report's measures need them
	Places  []record.Establishment // the establishments at which the child is educated or has a plan, as far as the register knows them
}

// At returns the place that has the id, or nil if there is no such place.
func (d *Dossier) At(id record.EstablishmentID) *record.Establishment {
	for i := range d.Places {
		if d.Places[i].ID == id {
			return &d.Places[i]
		}
	}
	return nil
}

// Course is the state of a plan at the end of a day, with the steps that led to it.
type Course struct {
	Snapshot
	InPlace  civil.Date // the first day on which the plan was at the returned stage or a later one (MISS-1); zero if there was no such day
	Returned civil.Date // the first day on which the establishment returned the plan; zero if it never did
	WasDue   civil.Date // the plan's due date on the day of its first return
	Gradings []Graded   // every grade of the plan, in order

	// NotApplicable says which boxes of each section hold N/A. Events hold no answers, so
	// CourseOf leaves it zero; code that reads the answers sets it.
	NotApplicable [forms.MaxSections]forms.Filled
}

// CourseOf returns the course of a plan up to the end of a day, given all of its events. A
// plan that was started later has the zero Course. A step that makes the plan a draft
// again, such as a retract, undoes its return. A plan that is sent back keeps the day of
// its first return. CourseOf returns a *rule.Invalid for a history that Fold refuses.
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

// follow applies one event to the course, given the state of the plan after
// that event.
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
