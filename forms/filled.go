package forms

import (
	"bytes"
	"math/bits"
	"strconv"

	"virtualschool.example/pep/rule"
)

// Filled says which questions of one section are filled: bit n stands for
// question n of the section, counted from 0. In the zero Filled every box is
// blank. Its JSON is text, because not every language has whole numbers of 64
// bits.
type Filled uint64

// ParseFilled returns the Filled whose text form is s, such as "4095". For any
// other text it returns a *rule.Invalid of member "filled".
func ParseFilled(s string) (Filled, error) {
	n, err := strconv.ParseUint(s, 10, MaxQuestions)
	if err != nil || strconv.FormatUint(n, 10) != s {
		return 0, &rule.Invalid{Member: "filled", Want: "a number as text, with one bit for each filled box of a section, such as \"4095\""}
	}
	return Filled(n), nil
}

// Has reports whether question n of the section, counted from 0, is filled.
func (f Filled) Has(n int) bool { return uint(n) < MaxQuestions && f>>n&1 == 1 }

// Count returns how many questions are filled.
func (f Filled) Count() int { return bits.OnesCount64(uint64(f)) }

// MarshalText returns the text form of f: its bits as a decimal number.
func (f Filled) MarshalText() ([]byte, error) { return strconv.AppendUint(nil, uint64(f), 10), nil }

// UnmarshalJSON reads the text form of f as ParseFilled does, and also the JSON
// number that plans of format 1 hold. It leaves f unchanged for null.
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

// all returns a Filled in which the first n questions are filled.
func all(n int) Filled { return 1<<n - 1 }
