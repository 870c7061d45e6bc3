package delegation_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
	"virtualschool.example/term/workday"

	"virtualschool.example/delegation"
)

// on returns the date that s names; "" is the zero Date.
func on(s string) civil.Date {
	if s == "" {
		return civil.Date{}
	}
	return civil.MustParse(s)
}

// in returns the term that s names; "" is the zero Term.
func in(s string) term.Term {
	if s == "" {
		return term.Term{}
	}
	return term.MustParse(s)
}

// days returns the dates that s names.
func days(s ...string) []civil.Date {
	list := []civil.Date{}
	for _, d := range s {
		list = append(list, on(d))
	}
	return list
}

// with returns a changed copy of Lancashire's policy.
func with(change func(*delegation.Rules)) delegation.Rules {
	p := delegation.Lancashire()
	change(&p)
	return p
}

// workingDays sets the return period to ten working days.
func workingDays(p *delegation.Rules) { p.Return = delegation.Period{WorkingDays: 10} }

// rolled makes due dates move to the next working day.
func rolled(p *delegation.Rules) { p.Roll = true }

// plain leaves Lancashire's policy unchanged.
func plain(*delegation.Rules) {}

// requireRefused requires a refusal whose first reason has the given rule and
// code.
func requireRefused(t *testing.T, err error, id rule.ID, code rule.Code) *rule.Refusal {
	t.Helper()
	var refusal *rule.Refusal
	require.ErrorAs(t, err, &refusal)
	require.Equal(t, id.String(), refusal.Rule().String())
	require.Equal(t, code.String(), refusal.Code().String())
	return refusal
}

// midnight returns a day for the oracles, which use only time.Time and
// integers.
func midnight(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// dateOf converts an oracle's day into a date; the zero time is the zero Date.
func dateOf(t time.Time) civil.Date {
	if t.IsZero() {
		return civil.Date{}
	}
	d, err := civil.New(t.Date())
	if err != nil {
		panic(err)
	}
	return d
}

// termNumber returns the number of the term that contains an oracle's day. The
// terms are numbered from 0, which is SPRING of the year 0.
func termNumber(t time.Time) int {
	year, month, _ := t.Date()
	return 3*year + int("000111112222"[month-1]-'0')
}

// termEnd returns the last day of the term with number n, for the oracles.
func termEnd(n int) time.Time {
	end := [...]struct {
		month time.Month
		day   int
	}{{time.March, 31}, {time.August, 31}, {time.December, 31}}[n%3]
	return midnight(n/3, end.month, end.day)
}

// termText returns the text form of the term with number n, for the oracles.
func termText(n int) string {
	return [...]string{"SPRING ", "SUMMER ", "AUTUMN "}[n%3] + midnight(n/3, time.January, 1).Format("2006")
}

// holidays returns the published bank holidays, for the oracles.
func holidays() map[civil.Date]bool {
	set := map[civil.Date]bool{}
	for _, d := range workday.EnglandAndWales().Holidays() {
		set[d] = true
	}
	return set
}

// working reports whether an oracle's day is a working day.
func working(t time.Time, off map[civil.Date]bool) bool {
	return t.Weekday() != time.Saturday && t.Weekday() != time.Sunday && !off[dateOf(t)]
}
