package rule

import "iter"

// The enumerations of every package are tables indexed by value: a row holds the
// text form of the value, its words and whatever else is known of it.

// Row returns the row of e in a table indexed by value, or an empty row where e
// has none.
func Row[E ~uint8, R any](table []R, e E) *R {
	if int(e) >= len(table) {
		return new(R)
	}
	return &table[e]
}

// Find returns the value below n whose text form is s. Any other text, and the
// empty one, is an *Invalid that names member and says what is wanted, and which
// name is nearest.
func Find[E interface {
	~uint8
	String() string
}](n int, s, member, want string) (E, error) {
	for e := range n {
		if s != "" && E(e).String() == s {
			return E(e), nil
		}
	}
	names := func(yield func(string) bool) {
		for e := 0; e < n && yield(E(e).String()); e++ {
		}
	}
	return 0, &Invalid{Member: member, Want: want + DidYouMean(s, names)}
}

// Unmarshal reads a text form with parse; empty text is the zero value. Where
// parse returns an error, it returns that error and leaves *into as it was.
func Unmarshal[T any](text []byte, into *T, parse func(string) (T, error)) (err error) {
	var read T
	if len(text) > 0 {
		read, err = parse(string(text))
	}
	if err == nil {
		*into = read
	}
	return err
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
