package workflow

import "iter"

// pages iterates over a list some values at a time. The slice is used again for the
// next batch. After an error the iteration ends.
func pages[V any](list iter.Seq2[V, error], size int) iter.Seq2[[]V, error] {
	return func(yield func([]V, error) bool) {
		page := make([]V, 0, size)
		for v, err := range list {
			if err != nil {
				yield(nil, err)
				return
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
