package report

import (
	"iter"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
)

// Report goes once through the dossiers of the children and counts as it goes. It
// keeps counts alone, so its size grows with the workers and establishments, not with
// the children. It is not safe for concurrent use.
type Report struct {
	q      Question
	la     string // the council's LA number
	months int    // the sampling months (GRADE-2)
	terms  []*tally
	items  map[forms.Type]*itemBoxes // which boxes serve which item, of the form types seen

	places map[record.EstablishmentID]record.Establishment // those seen

	failed   int
	failures []Failure
}

// maxFailures is how many children who could not be decided a report lists.
const maxFailures = 100

// Failure is a child who could not be decided.
type Failure struct {
	Child record.ChildID `json:"child,omitzero"` // zero where the store could not say whose record is damaged
	Err   error          `json:"-"`
}

// New returns an empty report. A question without a policy, a day or a term, or with a
// term that has not begun, is a *rule.Invalid.
func New(q Question) (*Report, error) {
	if err := q.check(); err != nil {
		return nil, err
	}
	r := &Report{q: q, places: map[record.EstablishmentID]record.Establishment{}, items: map[forms.Type]*itemBoxes{}, la: q.Policy.Council().LA, months: q.Policy.Parameters(q.On).SamplingMonths}
	for _, t := range q.Terms {
		r.terms = append(r.terms, newTally(t))
	}
	return r, nil
}

// Lines goes through dossiers, each child once, and returns the lines of each: one
// for each term of the question, in its order. The caller who only wants the counts
// calls Count. An error that comes with a child's record, or because a child cannot be
// decided, comes out beside a line that has only the child; the report lists the
// child, and the iteration goes on if the dossiers do.
func (r *Report) Lines(dossiers iter.Seq2[pep.Dossier, error]) iter.Seq2[Line, error] {
	return func(yield func(Line, error) bool) {
		for d, err := range dossiers {
			if err != nil {
				if r.fail(d.Child.ID, err); !yield(Line{Child: d.Child}, err) {
					return
				}
				continue
			}
			r.note(&d)
			for _, t := range r.terms {
				line, err := r.line(&d, t.term)
				if err == nil {
					err = r.count(t, &d, &line)
				}
				if err != nil {
					r.fail(d.Child.ID, err)
				}
				if !yield(line, err) {
					return
				}
			}
		}
	}
}

// Count goes through dossiers as Lines does, and keeps the counts alone. It returns the
// error that ended the dossiers, if one did: the last one that came without a child.
func (r *Report) Count(dossiers iter.Seq2[pep.Dossier, error]) (err error) {
	for line, failure := range r.Lines(dossiers) {
		if failure != nil && line.Child.ID.IsZero() {
			err = failure
		}
	}
	return err
}

// note keeps the establishments of a dossier.
func (r *Report) note(d *pep.Dossier) {
	for _, e := range d.Places {
		if _, seen := r.places[e.ID]; !seen {
			r.places[e.ID] = e
		}
	}
}

// Establishment returns an establishment of the dossiers that the report went through, and
// the zero Establishment for any other.
func (r *Report) Establishment(id record.EstablishmentID) record.Establishment { return r.places[id] }

// fail lists a child who could not be decided.
func (r *Report) fail(child record.ChildID, err error) {
	r.failed++
	if len(r.failures) < maxFailures {
		r.failures = append(r.failures, Failure{child, err})
	}
}

// count adds a line to the counts of its term.
func (r *Report) count(t *tally, d *pep.Dossier, l *Line) error {
	t.add(l)
	if !r.q.Measures {
		return nil
	}
	return r.measure(t, d, l)
}

// boxes returns which boxes of a form type serve which item of Schedule 1.
func (r *Report) boxes(t forms.Type) *itemBoxes {
	if r.items[t] == nil {
		boxes := boxesOf(t)
		r.items[t] = &boxes
	}
	return r.items[t]
}
