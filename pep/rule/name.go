package rule

import "iter"

// Name returns the text form of e in a table of names indexed by value, or ""
// where e is not in it. It serves the enumerations of every package.
func Name[E ~uint8](names []string, e E) string {
	if int(e) >= len(names) {
		return ""
	}
	return names[e]
}

// Named returns the value whose text form is s. What is not in the table, and
// the empty string, is an *Invalid that names member and says what was wanted.
func Named[E ~uint8](names []string, s, member, want string) (E, error) {
	for e, name := range names {
		if name == s && s != "" {
			return E(e), nil
		}
	}
	return 0, &Invalid{Member: member, Want: want}
}

// Find returns the value from 1 to n-1 whose text form is s. Any other text is an
// *Invalid that names member and says what was wanted.
func Find[E interface {
	~uint8
	String() string
}](n int, s, member, want string) (E, error) {
	for e := range Members[E](n) {
		if e.String() == s {
			return e, nil
		}
	}
	return 0, &Invalid{Member: member, Want: want}
}

// Row returns the row of e in a table indexed by value. Where e has no row it
// returns the first, that of the zero value.
func Row[E ~uint8, R any](table []R, e E) *R {
	if int(e) >= len(table) {
		e = 0
	}
	return &table[e]
}

// Members iterates over the values 1 to n-1 of an enumeration.
func Members[E ~uint8](n int) iter.Seq[E] {
	return func(yield func(E) bool) {
		for e := 1; e < n; e++ {
			if !yield(E(e)) {
				return
			}
		}
	}
}
