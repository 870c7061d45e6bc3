package record

import "virtualschool.example/term/civil"

// Span is the days from From up to but not including To. A zero To leaves it
// open. A Span with To on From covers no day.
type Span struct {
	From civil.Date
	To   civil.Date // the first day not covered; zero where the end is not known
}

// Covers reports whether day is in s.
func (s Span) Covers(day civil.Date) bool {
	return !day.Before(s.From) && (s.To.IsZero() || day.Before(s.To))
}

// Overlaps reports whether s shares a day with the half-open span from from
// to to, where a zero to leaves that open.
func (s Span) Overlaps(from, to civil.Date) bool { return !s.Within(Span{from, to}).Empty() }

// Within returns the days that s and other share.
func (s Span) Within(other Span) Span {
	if other.From.After(s.From) {
		s.From = other.From
	}
	if s.To.IsZero() || !other.To.IsZero() && other.To.Before(s.To) {
		s.To = other.To
	}
	return s
}

// Empty reports whether s covers no day.
func (s Span) Empty() bool { return !s.To.IsZero() && !s.From.Before(s.To) }

// Check returns a *rule.Invalid for each of From, which is needed, and To,
// which is not before From, that is not so.
func (s Span) Check() error {
	return check(
		member{s.From.IsZero(), "from", "the first day"},
		member{!s.To.IsZero() && s.To.Before(s.From), "to", "the first day not covered, not before from"},
	)
}
