package delegation

import (
	"math/bits"

	"virtualschool.example/pep/rule"
)

// Offsets is a set of whole days counted from a date: negative before it,
// positive after it, from -31 to 31. The zero Offsets is empty.
type Offsets uint64

// OnTheDay is the day itself: offset 0 and no other.
const OnTheDay Offsets = 1 << farthest

const farthest = 31 // bit n stands for n-31 days

// NewOffsets returns the set of the given days. It returns a *rule.Invalid of
// member "reminderOffsets" if one of them is not from -31 to 31.
func NewOffsets(days ...int) (Offsets, error) {
	var o Offsets
	for _, n := range days {
		if n < -farthest || n > farthest {
			return 0, &rule.Invalid{Member: "reminderOffsets", Want: "whole days from -31 to 31"}
		}
		o |= 1 << (n + farthest)
	}
	return o, nil
}

// Has reports whether the set contains the offset n.
func (o Offsets) Has(n int) bool {
	return -farthest <= n && n <= farthest && o>>(n+farthest)&1 == 1
}

// List returns the days in the set in ascending order.
func (o Offsets) List() []int {
	days := make([]int, 0, bits.OnesCount64(uint64(o)))
	for ; o != 0; o &= o - 1 {
		days = append(days, bits.TrailingZeros64(uint64(o))-farthest)
	}
	return days
}
