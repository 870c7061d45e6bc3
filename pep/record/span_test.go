package record_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"virtualschool.example/pep/internal/fixture"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

var day = fixture.On

func span(from, to string) record.Span { return record.Span{From: day(from), To: day(to)} }

func TestASpanIsHalfOpen(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		span record.Span
		day  string
		want bool
	}{
		{"the day before", span("2026-01-05", "2026-02-01"), "2026-01-04", false},
		{"the first day", span("2026-01-05", "2026-02-01"), "2026-01-05", true},
		{"the last day", span("2026-01-05", "2026-02-01"), "2026-01-31", true},
		{"the end is not covered", span("2026-01-05", "2026-02-01"), "2026-02-01", false},
		{"open: long after", span("2026-01-05", ""), "2099-12-31", true},
		{"open: the day before", span("2026-01-05", ""), "2026-01-04", false},
		{"empty", span("2026-01-05", "2026-01-05"), "2026-01-05", false},
		{"backwards", span("2026-01-05", "2026-01-01"), "2026-01-02", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, test.want, test.span.Covers(day(test.day)))
		})
	}
}

func TestASpanThatEndsBeforeItBeginsIsInvalid(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		span record.Span
		want string
	}{
		{"open", span("2026-01-05", ""), ""},
		{"closed", span("2026-01-05", "2026-01-06"), ""},
		{"empty", span("2026-01-05", "2026-01-05"), ""},
		{"backwards", span("2026-01-05", "2026-01-04"), "to"},
		{"without a first day", span("", "2026-01-04"), "from"},
		{"zero", record.Span{}, "from"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, test.want, rule.InvalidMember(test.span.Check()))
		})
	}
}

// The oracle checks the days one by one.
func TestSpansOverlapIfADayIsInBoth(t *testing.T) {
	t.Parallel()
	first := day("2026-01-01")
	at := func(n int) civil.Date {
		if n < 0 {
			return civil.Date{}
		}
		return first.AddDays(n)
	}
	rapid.Check(t, func(t *rapid.T) {
		a := record.Span{From: at(rapid.IntRange(0, 8).Draw(t, "from")), To: at(rapid.IntRange(-1, 8).Draw(t, "to"))}
		b := record.Span{From: at(rapid.IntRange(-1, 8).Draw(t, "other from")), To: at(rapid.IntRange(-1, 8).Draw(t, "other to"))}
		shared := 0
		for n := range 12 {
			both := a.Covers(at(n)) && b.Covers(at(n))
			require.Equal(t, both, a.Within(b).Covers(at(n)), "%v", at(n))
			if both {
				shared++
			}
		}
		require.Equal(t, shared == 0, b.Within(a).Empty())
		require.Equal(t, shared == 0, a.Within(b).Empty())
	})
}
