package pep_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/fixture"
)

// TestAPlanStallsAfterTheDaysOfThePolicy checks DUE-8.
func TestAPlanStallsAfterTheDaysOfThePolicy(t *testing.T) {
	t.Parallel()
	never := fixture.Policy(func(par *pep.Parameters) { par.StalledDays = 0 })
	for _, c := range []struct {
		name string
		by   *pep.Policy
		at   pep.Stage
		on   string
		want bool
	}{
		{"returned for fourteen days", pep.Lancashire(), pep.Returned, "2026-01-19", false},
		{"returned for fifteen days", pep.Lancashire(), pep.Returned, "2026-01-20", true},
		{"checking for fifteen days", pep.Lancashire(), pep.Checking, "2026-01-20", true},
		{"grading for fifteen days", pep.Lancashire(), pep.Grading, "2026-01-20", true},
		{"a draft", pep.Lancashire(), pep.Draft, "2026-06-20", false},
		{"delegated: the due date says when that is late", pep.Lancashire(), pep.Delegated, "2026-06-20", false},
		{"finalised", pep.Lancashire(), pep.Finalised, "2026-06-20", false},
		{"no day allowed, on the day itself", never, pep.Returned, "2026-01-05", false},
		{"no day allowed, on the next", never, pep.Returned, "2026-01-06", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.want, c.by.Stalled(&pep.Snapshot{Stage: c.at, Since: on("2026-01-05")}, on(c.on)))
		})
	}
}

// TestSinceIsTheDayOfTheLatestChangeOfStage checks that an action leaves the day
// unchanged if it does not change the stage.
func TestSinceIsTheDayOfTheLatestChangeOfStage(t *testing.T) {
	t.Parallel()
	steps := everyMember()
	want := []string{}
	for n := range steps {
		p := run(t, atSchool(), steps[:n+1]...)
		s := p.Snapshot()
		if day := s.Since.String(); len(want) == 0 || want[len(want)-1] != day {
			want = append(want, day)
		}
	}
	require.Equal(t, []string{
		"2026-01-05", // started
		"2026-01-06", // delegated
		"2026-04-22", // returned
		"2026-04-23", // checking
		"2026-04-24", // grading
		"2026-04-25", // checking
		"2026-04-26", // finalised
		"2026-05-01", // returned
		"2026-05-03", // delegated
	}, want)
}
