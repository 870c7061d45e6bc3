package workflow

import (
	"errors"
	"iter"

	"virtualschool.example/pep"
	"virtualschool.example/storage"
)

// pages iterates over a list in pages of up to the given size. Each page reuses the
// slice of the page before it. An error is yielded without a page, and the iteration
// then continues.
func pages[V any](list iter.Seq2[V, error], size int) iter.Seq2[[]V, error] {
	return func(yield func([]V, error) bool) {
		page := make([]V, 0, size)
		for v, err := range list {
			if err != nil {
				if !yield(nil, err) {
					return
				}
				continue
			}
			if page = append(page, v); len(page) < size {
				continue
			}
			if !yield(page, nil) {
				return
			}
			page = page[:0]
		}
		if len(page) > 0 {
			yield(page, nil)
		}
	}
}

// sound iterates over the plans of a list that are not damaged. It passes the id of
// each damaged plan to the function fail and continues.
func sound(list iter.Seq2[*pep.PEP, error], fail func(pep.ID, error)) iter.Seq2[*pep.PEP, error] {
	return func(yield func(*pep.PEP, error) bool) {
		for p, err := range list {
			var damaged *storage.Error
			if errors.As(err, &damaged) && !damaged.Plan.IsZero() {
				fail(damaged.Plan, err)
			} else if !yield(p, err) {
				return
			}
		}
	}
}

// failing returns a function that lists a damaged plan as one that a step could not
// work on.
func (d *DayReport) failing(step string) func(pep.ID, error) {
	return func(id pep.ID, err error) { d.fail(step, id, err) }
}

// passOver ignores a damaged plan, for lists in which such plans do not matter.
func passOver(pep.ID, error) {}
