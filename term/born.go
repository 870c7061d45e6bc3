package term

import (
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// oldest is the greatest age that CheckBorn accepts. A birth date further back
// is taken for a mistake.
const oldest = 25

// CheckBorn returns a *rule.Invalid of member "born" if born cannot be a birth
// date as of the given day. AGE-3: "after the evaluation date, or before
// now-25y, is an input error". The 25th birthday itself is allowed.
func CheckBorn(born, on civil.Date, leap civil.LeapBirthday) error {
	if born.IsZero() || born.After(on) || on.Year()-born.Year() >= oldest && pastOldest(born, on, leap) {
		return &rule.Invalid{Member: "born", Want: "a birth date, no later than the day asked about and no more than 25 years before it"}
	}
	return nil
}

// pastOldest reports whether the given day is after the oldest birthday that
// CheckBorn accepts.
func pastOldest(born, on civil.Date, leap civil.LeapBirthday) bool {
	last := born.Anniversary(oldest, leap)
	return !last.IsZero() && on.After(last)
}
