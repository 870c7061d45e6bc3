package report

import (
	"errors"
	"iter"
	"slices"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// Report reads the dossiers of the children once and counts as it goes. It keeps only
// counts, so its size grows with the number of social workers and establishments, not of
// children. It is not safe for concurrent use.
type Report struct {
	q      Question
	la     string             // the council's LA number
	months int                // the sampling months (GRADE-2)
	leap   civil.LeapBirthday // AGE-2
	terms  []*tally
	items  map[forms.Type]*itemBoxes // the boxes that serve each item, for each form type seen so far

	places map[record.EstablishmentID]record.Establishment // the establishments seen so far

	failed   int
	failures []Failure
}

// maxFailures is the most failures that a report lists.
const maxFailures = 100

// Failure is a child about whom the report could not decide.
type Failure struct {
	Child record.ChildID `json:"child,omitzero"` // zero if the record is so damaged that the store cannot say whose it is
	Err   error          `json:"-"`
}

// New returns an empty report. It returns a *rule.Invalid for a question without a policy,
// a day or a term, and for a term that has not begun.
func New(q Question) (*Report, error) {
	if err := q.check(); err != nil {
		return nil, err
	}
	par := q.Policy.Parameters(q.On)
	r := &Report{
		q: q, la: par.Council.LA, months: par.SamplingMonths, leap: par.LeapBirthday,
		items: map[forms.Type]*itemBoxes{}, places: map[record.EstablishmentID]record.Establishment{},
	}
	for _, t := range q.Terms {
		r.terms = append(r.terms, newTally(t))
	}
	return r, nil
}

// Lines reads the dossiers, each child once, and yields a line for each term of the
// question that concerns the child, in the order of the question. Call Count instead if
// you need only the counts.
//
// Lines yields an error if the dossier comes with an error, or if the rules cannot decide
// about the child. The line beside the error holds only the child. The report lists that
// child as a failure and counts the child in no figure. The iteration then continues with
// the next dossier, if there is one.
func (r *Report) Lines(dossiers iter.Seq2[pep.Dossier, error]) iter.Seq2[Line, error] {
	return func(yield func(Line, error) bool) {
		var all []decided
		for d, err := range dossiers {
			if err == nil {
				all, err = r.decide(&d, all[:0])
			}
			if err != nil {
				if r.fail(d.Child.ID, err); !yield(Line{Child: d.Child}, err) {
					return
				}
				continue
			}
			r.note(&d)
			for i := range all {
				r.count(&d, &all[i])
			}
			for i := range all {
				if !yield(all[i].line, nil) {
					return
				}
			}
		}
	}
}

// decided holds what the rules decided about one child for the term of a tally.
type decided struct {
	*tally
	line  Line
	first pep.FirstPlan // zero unless its deadline fell in the term
}

// decide appends one decision for each term that concerns the child, and returns the
// extended slice.
func (r *Report) decide(d *pep.Dossier, all []decided) ([]decided, error) {
	if err := r.q.fits(d); err != nil {
		return all, err
	}
	for _, t := range r.terms {
		if !r.concerns(t.term, &d.Child) {
			continue
		}
		line, err := r.line(d, t.term)
		if err != nil {
			return all, err
		}
		first, err := r.firstPlan(t.term, d)
		if err != nil {
			return all, err
		}
		all = append(all, decided{t, line, first})
	}
	return all, nil
}

// concerns reports whether a term concerns a child. A child born after the term or after
// the day of the report is left out. So is an adult over the age limit of AGE-3 who was not
// in care in the term: a register keeps records for decades, so it has many.
func (r *Report) concerns(t term.Term, c *record.Child) bool {
	born, terms := c.Born.Reveal(private.Deciding), r.q.Policy.Calendar()
	if born.After(r.q.day(t)) {
		return false
	}
	days := record.Span{From: terms.First(t), To: terms.First(t.Next())}
	return term.CheckBorn(born, terms.Last(t), r.leap) == nil || c.Care.Throughout ||
		slices.ContainsFunc(c.Care.Episodes, func(e record.Episode) bool { return !e.Within(days).Empty() })
}

// Count reads the dossiers as Lines does and keeps only the counts. It returns the error
// that ended the dossiers early, if there was one. It returns no error for a child about
// whom the report could not decide, or for a damaged record whose child the store cannot
// name (storage.ErrDamaged).
func (r *Report) Count(dossiers iter.Seq2[pep.Dossier, error]) (err error) {
	for line, failure := range r.Lines(dossiers) {
		if failure != nil && line.Child.ID.IsZero() && !errors.Is(failure, storage.ErrDamaged) {
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

// Establishment returns an establishment from the dossiers read so far, or the zero
// Establishment.
func (r *Report) Establishment(id record.EstablishmentID) record.Establishment { return r.places[id] }

// fail counts a failure, and lists it if it is among the first maxFailures.
func (r *Report) fail(child record.ChildID, err error) {
	r.failed++
	if len(r.failures) < maxFailures {
		r.failures = append(r.failures, Failure{child, err})
	}
}

// count adds a decision about a child to the counts of its term.
func (r *Report) count(d *pep.Dossier, of *decided) {
	of.add(&of.line)
	if r.q.Measures {
		r.measure(d, of)
	}
}

// boxes returns which boxes of a form type serve which item of Schedule 1.
func (r *Report) boxes(t forms.Type) *itemBoxes {
	if r.items[t] == nil {
		boxes := boxesOf(t)
		r.items[t] = &boxes
	}
	return r.items[t]
}
