package pep_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
)

func TestCHG4CeasesOnTheDayOfTheActionOrInTheYearBeforeIt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, today, day string
		want             rule.Code
	}{
		{"no day", "2026-02-10", "", rule.MissingMember},
		{"today", "2026-02-10", "2026-02-10", 0},
		{"tomorrow", "2026-02-10", "2026-02-11", rule.DayToCome},
		{"another century to come", "2026-02-10", "2062-02-01", rule.DayToCome},
		{"a year ago", "2026-02-10", "2025-02-10", 0},
		{"a year and a day ago", "2026-02-10", "2025-02-09", rule.DayLongPast},
		{"another century", "2026-02-10", "0026-02-10", rule.DayLongPast},
		{"a year before a leap day", "2028-02-29", "2027-03-01", 0},
		{"a year and a day before a leap day", "2028-02-29", "2027-02-28", rule.DayLongPast},
		{"from a leap day to 1 March of the year after", "2025-03-01", "2024-02-29", rule.DayLongPast},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := run(t, atSchool(), started()...)
			before := p.Snapshot()
			err := p.Do(act(sw, c.today, atSchool()), pep.Cease{On: on(c.day)})
			if c.want == 0 {
				require.NoError(t, err)
				require.Equal(t, on(c.day), p.Snapshot().CeasedOn)
				return
			}
			require.Equal(t, c.want, requireRefused(t, rule.CHG4, err).Code())
			require.Equal(t, before, p.Snapshot())
		})
	}
}

func TestSTART1RecordedEpisodesDecideWhateverWasCeased(t *testing.T) {
	t.Parallel()
	from := func(days ...string) (care record.Care) {
		for i := 0; i < len(days); i += 2 {
			care.Episodes = append(care.Episodes, record.Episode{Span: span(days[i], days[i+1])})
		}
		return care
	}
	for _, c := range []struct {
		name string
		care record.Care
		want rule.ID
	}{
		{"care throughout was ceased", record.Care{Throughout: true}, rule.CHG4},
		{"an open episode from before the ceasing", from("2020-01-01", ""), 0},
		{"an episode that ends tomorrow", from("2020-01-01", "2026-03-03"), 0},
		{"an episode that ends today", from("2020-01-01", "2026-03-02"), rule.ELIG1},
		{"an episode that begins today", from("2020-01-01", "2026-03-01", "2026-03-02", ""), 0},
		{"an episode that begins tomorrow", from("2020-01-01", "2026-03-01", "2026-03-03", ""), rule.ELIG1},
		{"no episode at all", record.Care{}, rule.ELIG1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			facts := atSchool()
			facts.Child.Care, facts.CeasedOn = c.care, on("2026-03-01")
			err := pep.New(planID).Do(act(sw, "2026-03-02", facts), pep.StartInitial{Meeting: on("2026-03-20")})
			if c.want == 0 {
				require.NoError(t, err)
				return
			}
			requireRefused(t, c.want, err)
		})
	}
}
