package forms

import "math/bits"

// Filled says which questions of one section are filled: bit n is the
// section's question n, from 0. The zero Filled is a section all blank.
type Filled uint64

// Has reports whether question n of the section, from 0, is filled.
func (f Filled) Has(n int) bool { return uint(n) < MaxQuestions && f>>n&1 == 1 }

// Count returns how many questions are filled.
func (f Filled) Count() int { return bits.OnesCount64(uint64(f)) }

// all returns the Filled of n questions.
func all(n int) Filled { return 1<<n - 1 }
