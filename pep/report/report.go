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

// Report goes once through the dossiers of the children and counts as it goes. It
// keeps counts alone, so its size grows with the workers and establishments, not with
// the children. It is not safe for concurrent use.
type Report struct {
	q      Question
	la     string             // the council's LA number
	months int                // the sampling months (GRADE-2)
	leap   civil.LeapBirthday // AGE-2
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

// Lines goes through dossiers, each child once, and returns the lines of each: one for
// each term of the question that concerns the child, in the question's order. A caller
// who wants only the counts calls Count.
//
// Where a dossier comes with an error, or a child cannot be decided, one line comes out
// beside the error and holds only the child. The report lists that child and counts the
// child in no figure. The iteration goes on if the dossiers do.
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

// decided is how one child stands for the term of a tally.
type decided struct {
	*tally
	line  Line
	first pep.FirstPlan // whose deadline fell in the term; zero for none
}

// decide appends to all how a child stands for each term that concerns the child.
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

// concerns reports whether a term concerns a child. It does not where the child was born
// after it. Nor does it where the child is older than AGE-3 allows and was not in care in
// the term, because a register keeps its children for decades.
func (r *Report) concerns(t term.Term, c *record.Child) bool {
	born, terms := c.Born.Reveal(private.Deciding), r.q.Policy.Calendar()
	if born.After(r.q.day(t)) {
		return false
	}
	days := record.Span{From: terms.First(t), To: terms.First(t.Next())}
	return term.CheckBorn(born, terms.Last(t), r.leap) == nil || c.Care.Throughout ||
		slices.ContainsFunc(c.Care.Episodes, func(e record.Episode) bool { return !e.Within(days).Empty() })
}

// Count goes through dossiers as Lines does, and keeps the counts alone. It returns the
// error that ended the dossiers, if one did: one that came without a child and is not
// storage.ErrDamaged, which is about one record.
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

// count adds what was decided of a child to the counts of its term.
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
