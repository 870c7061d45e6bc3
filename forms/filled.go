package forms

import (
	"bytes"
	"math/bits"
	"strconv"

	"virtualschool.example/pep/rule"
)

// Filled says which questions of one section are filled: bit n is the
// section's question n, from 0. The zero Filled is a section all blank. Its JSON
// is text: a program in another language may hold no whole number of 64 bits.
type Filled uint64

// ParseFilled returns the Filled whose text form is s, such as "4095".
func ParseFilled(s string) (Filled, error) {
	n, err := strconv.ParseUint(s, 10, MaxQuestions)
	if err != nil || strconv.FormatUint(n, 10) != s {
		return 0, &rule.Invalid{Member: "filled", Want: "the filled boxes of a section as text, such as 4095"}
	}
	return Filled(n), nil
}

// Has reports whether question n of the section, from 0, is filled.
func (f Filled) Has(n int) bool { return uint(n) < MaxQuestions && f>>n&1 == 1 }

// Count returns how many questions are filled.
func (f Filled) Count() int { return bits.OnesCount64(uint64(f)) }

// MarshalText returns the text form of f: its bits as a decimal number.
func (f Filled) MarshalText() ([]byte, error) { return strconv.AppendUint(nil, uint64(f), 10), nil }

// UnmarshalJSON reads the text form of f as ParseFilled does, and the number that
// plans of format 1 have.
func (f *Filled) UnmarshalJSON(doc []byte) (err error) {
	text := doc
	if inner, ok := bytes.CutPrefix(doc, []byte(`"`)); ok {
		text = bytes.TrimSuffix(inner, []byte(`"`))
	} else if string(doc) == "null" {
		return nil
	}
	*f, err = ParseFilled(string(text))
	return err
}

// all returns the Filled of n questions.
func all(n int) Filled { return 1<<n - 1 }
