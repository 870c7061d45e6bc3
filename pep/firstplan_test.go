package pep_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// TestWhenTheFirstPlanMustBeComplete checks DUE-5 on 16 April 2026.
func TestWhenTheFirstPlanMustBeComplete(t *testing.T) {
	t.Parallel()
	const born = "2014-03-05"
	since := func(day string) record.Episode { return record.Episode{Span: span(day, "")} }
	until := func(from, to string) record.Episode { return record.Episode{Span: span(from, to)} }
	nursery := []record.Education{{Span: span("2026-03-02", ""), Kind: record.Nursery}}
	for _, c := range []struct {
		name, born    string
		care          record.Care
		education     []record.Education
		entered, want string
	}{
		{"in this term", born, episodes(since("2026-04-10")), nil, "2026-04-10", "2026-05-11"},
		{"today", born, episodes(since("2026-04-16")), nil, "2026-04-16", "2026-05-15"},
		{"in the term before", born, episodes(since("2026-01-01")), nil, "2026-01-01", "2026-01-29"},
		{"the day before that term", born, episodes(since("2025-12-31")), nil, "", ""},
		{"tomorrow", born, episodes(since("2026-04-17")), nil, "", ""},
		{"throughout", born, record.Care{Throughout: true}, nil, "", ""},
		{"never", born, record.Care{}, nil, "", ""},
		{"and left again", born, episodes(until("2026-03-20", "2026-04-16")), nil, "", ""},
		{"and leaves tomorrow", born, episodes(until("2026-03-20", "2026-04-17")), nil, "2026-03-20", "2026-04-21"},
		{"CHG-1 another placement is no new period", born, episodes(until("2025-01-01", "2026-03-20"), since("2026-03-20")), nil, "", ""},
		{"back after a day", born, episodes(until("2025-01-01", "2026-03-19"), since("2026-03-20")), nil, "2026-03-20", "2026-04-21"},
		{"from another authority", born, episodes(record.Episode{Span: span("2025-01-01", "2026-03-20"), Authority: "other"}, since("2026-03-20")), nil, "2026-03-20", "2026-04-21"},
		{"of another authority", born, episodes(record.Episode{Span: span("2026-03-20", ""), Authority: "other"}), nil, "", ""},
		{"a short break", born, episodes(record.Episode{Span: span("2026-03-20", ""), ShortBreak: true}), nil, "", ""},
		{"too young", "2025-01-01", episodes(since("2026-03-20")), nil, "", ""},
		{"past the last term", "2008-03-01", episodes(since("2026-02-20")), nil, "", ""},
		{"no nursery yet", "2023-06-01", episodes(since("2026-02-02")), nil, "", ""},
		{"in a nursery since", "2023-06-01", episodes(since("2026-02-02")), nursery, "2026-02-02", "2026-03-30"},
		{"four years old since", "2022-04-10", episodes(since("2026-02-02")), nil, "2026-02-02", "2026-05-11"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := pep.Lancashire().FirstPlan(on(c.born), on("2026-04-16"), c.care, c.education)
			require.NoError(t, err)
			require.Equal(t, pep.FirstPlan{Entered: on(c.entered), CompleteBy: on(c.want)}, got)
		})
	}
}

func TestAFirstPlanBeyondTheBankHolidaysIsRefused(t *testing.T) {
	t.Parallel()
	entered := on("2028-12-18")
	got, err := pep.Lancashire().FirstPlan(on("2014-03-05"), entered, episodes(record.Episode{Span: record.Span{From: entered}}), nil)
	requireRefused(t, rule.DUE7, err)
	require.Equal(t, pep.FirstPlan{Entered: entered}, got)
	_, err = pep.Lancashire().FirstPlan(on("2014-03-05"), on(""), record.Care{}, nil)
	requireInvalid(t, "on", err)
}

func TestWhichPlansCountAsTheFirstPlan(t *testing.T) {
	t.Parallel()
	first := pep.FirstPlan{Entered: on("2026-03-20")}
	for _, c := range []struct {
		name string
		plan pep.Snapshot
		want bool
	}{
		{"started on the day of entry", pep.Snapshot{Started: on("2026-03-20"), Stage: pep.Draft}, true},
		{"started the day before", pep.Snapshot{Started: on("2026-03-19"), Stage: pep.Draft}, false},
		{"in grading", pep.Snapshot{Started: on("2026-04-01"), Stage: pep.Grading}, true},
		{"cancelled", pep.Snapshot{Started: on("2026-04-01"), Stage: pep.Cancelled}, false},
		{"deleted", pep.Snapshot{Started: on("2026-04-01"), Stage: pep.Deleted}, false},
		{"finalised", pep.Snapshot{Started: on("2026-04-01"), Stage: pep.Finalised, Final: pep.Final{Revision: 1}}, true},
		{"a later revision cancelled", pep.Snapshot{Started: on("2026-04-01"), Stage: pep.Cancelled, Final: pep.Final{Revision: 1}}, true},
	} {
		require.Equal(t, c.want, first.Has(&c.plan), c.name)
	}
}

// TestWhenCareEnded checks CHG-4 on 16 April 2026.
func TestWhenCareEnded(t *testing.T) {
	t.Parallel()
	episode := func(from, to string) record.Episode { return record.Episode{Span: span(from, to)} }
	for _, c := range []struct {
		name string
		care record.Care
		want string
	}{
		{"in care", episodes(episode("2020-01-01", "")), ""},
		{"today is the first day not covered", episodes(episode("2020-01-01", "2026-04-16")), "2026-04-16"},
		{"today is the last day", episodes(episode("2020-01-01", "2026-04-17")), ""},
		{"the latest end", episodes(episode("2020-01-01", "2026-03-01"), episode("2010-01-01", "2019-01-01")), "2026-03-01"},
		{"another placement", episodes(episode("2020-01-01", "2026-03-01"), episode("2026-03-01", "")), ""},
		{"another authority goes on", episodes(episode("2020-01-01", "2026-03-01"), record.Episode{Span: span("2026-03-01", ""), Authority: "other"}), "2026-03-01"},
		{"only in another authority's care", episodes(record.Episode{Span: span("2020-01-01", "2026-03-01"), Authority: "other"}), ""},
		{"short breaks go on", episodes(episode("2020-01-01", "2026-03-01"), record.Episode{Span: span("2026-03-01", ""), ShortBreak: true}), ""},
		{"to come", episodes(episode("2026-05-01", "")), ""},
		{"an episode of no day", episodes(episode("2026-03-01", "2026-03-01")), ""},
		{"throughout", record.Care{Throughout: true}, ""},
		{"never", record.Care{}, ""},
	} {
		require.Equal(t, on(c.want), pep.Lancashire().CareEnded(c.care, on("2026-04-16")), c.name)
	}
}

// episodes returns care that consists of these episodes.
func episodes(all ...record.Episode) record.Care { return record.Care{Episodes: all} }

// TestDUE5CountsFromTheFirstDayOnWhichAPlanIsNeeded checks the deadline of FirstPlan
// against a day-by-day search for the first day on which the child needs a plan. The
// child's care and education are in several pieces.
func TestDUE5CountsFromTheFirstDayOnWhichAPlanIsNeeded(t *testing.T) {
	t.Parallel()
	r, found := rand.New(rand.NewPCG(5, 6)), 0
	day := func(from, within int) civil.Date { return on("2025-12-20").AddDays(from + r.IntN(within)) }
	piece := func() record.Span {
		from := day(0, 150)
		return record.Span{From: from, To: from.AddDays(r.IntN(12))}
	}
	p := pep.Lancashire()
	for range 12000 {
		born, today := on("2022-06-01").AddDays(r.IntN(500)), day(100, 60)
		care := episodes(record.Episode{Span: record.Span{From: day(10, 60)}})
		var education []record.Education
		for range r.IntN(30) {
			care.Episodes = append(care.Episodes, record.Episode{Span: piece(), ShortBreak: r.IntN(4) == 0, Authority: []string{"", "", "other"}[r.IntN(3)]})
			education = append(education, record.Education{Span: piece(), Kind: []record.EducationKind{record.Nursery, record.School, record.College}[r.IntN(3)]})
		}
		spring, ever := term.MustParse("SPRING 2026"), false
		for day := on("2026-01-01"); !day.After(on("2026-03-31")) && !ever; day = day.AddDays(1) {
			needed, err := p.RequiredOn(born, day, care, education)
			ever = err == nil && needed.Required
		}
		needed, err := p.RequiredForTerm(born, spring, care, education)
		require.NoError(t, err)
		require.Equal(t, ever, needed.Required, "born %s, %v, %v", born, care, education)
		got, err := p.FirstPlan(born, today, care, education)
		require.NoError(t, err)
		if got.Entered.IsZero() {
			continue
		}
		first := got.Entered
		for ; first.Before(today); first = first.AddDays(1) {
			if needed, err := p.RequiredOn(born, first, care, education); err == nil && needed.Required {
				break
			}
		}
		due, err := p.InitialDeadlines(first, false)
		require.NoError(t, err)
		require.Equal(t, due.CompleteBy, got.CompleteBy, "born %s, today %s, %v, %v", born, today, care, education)
		found++
	}
	require.Greater(t, found, 1000)
}
