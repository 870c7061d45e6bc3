package record

import (
	"errors"

	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Span is a period that begins on the day From and ends before the day To. If To
// is zero, the Span is open. If To equals From, it covers no days.
type Span struct {
	From civil.Date
	To   civil.Date // the first day not covered; zero if the end is not known
}

// Covers reports whether day is in s.
func (s Span) Covers(day civil.Date) bool {
	return !day.Before(s.From) && (s.To.IsZero() || day.Before(s.To))
}

// Within returns the days that both s and other cover.
func (s Span) Within(other Span) Span {
	if other.From.After(s.From) {
		s.From = other.From
	}
	if s.To.IsZero() || !other.To.IsZero() && other.To.Before(s.To) {
		s.To = other.To
	}
	return s
}

// Empty reports whether s covers no days.
func (s Span) Empty() bool { return !s.To.IsZero() && !s.From.Before(s.To) }

// Check returns a *rule.Invalid if From is zero, and one if To is before From.
func (s Span) Check() error {
	return errors.Join(
		rule.Need(!s.From.IsZero(), "from", "the first day"),
		rule.Need(s.To.IsZero() || !s.To.Before(s.From), "to", `the first day after the period, and not earlier than "from"`),
	)
}
