package workflow

import "iter"

// pages iterates over a list a batch at a time. The slice is used again for the
// next batch. After an error the iteration ends.
func pages[V any](list iter.Seq2[V, error]) iter.Seq2[[]V, error] {
	return func(yield func([]V, error) bool) {
		page := make([]V, 0, batch)
		for v, err := range list {
			if err != nil {
				yield(nil, err)
				return
			}
			if page = append(page, v); len(page) < batch {
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
