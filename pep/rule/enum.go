package rule

import "iter"

// Every package keeps its enumerations in tables indexed by value. A row holds the
// text form of the value, its words and whatever else is known about it.

// Row returns the row of e in a table indexed by value, or an empty row if e has no
// row.
func Row[E ~uint8, R any](table []R, e E) *R {
	if int(e) >= len(table) {
		return new(R)
	}
	return &table[e]
}

// Find returns the value below n whose text form is s. If s is empty or unknown, Find
// returns an *Invalid with the given member. Its Want is the argument want, followed by
// the nearest name if there is one.
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

// Unmarshal sets *into to the value that parse returns for text, or to the zero value
// if text is empty. If parse returns an error, Unmarshal returns it and leaves *into
// unchanged.
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
