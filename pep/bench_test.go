package pep_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// randomBirths returns unordered birth dates of people who are up to 20 years old in
// 2026.
func randomBirths(n int) []civil.Date {
	r, births := rand.New(rand.NewPCG(1, 2)), make([]civil.Date, n)
	for i := range births {
		births[i] = on("2006-01-01").AddDays(r.IntN(20 * 365))
	}
	return births
}

// BenchmarkEligibility decides whether a child who is in care and at a nursery needs a
// plan on a day. Our code gives the reason and the rules; the hand-written baseline,
// floorRequired, gives only the answer.
func BenchmarkEligibility(b *testing.B) {
	births := randomBirths(1024)
	today := on("2026-02-14")
	care := record.Care{Episodes: []record.Episode{{Span: span("2020-01-01", "")}}}
	education := []record.Education{{Span: span("2024-09-01", ""), Kind: record.Nursery}}
	b.Run("ours", func(b *testing.B) {
		p := pep.Lancashire()
		b.ReportAllocs()
		i, yes := 0, 0
		for b.Loop() {
			if a, err := p.RequiredOn(births[i&1023], today, care, education); err == nil && a.Required {
				yes++
			}
			i++
		}
		require.NotZero(b, yes)
	})
	b.Run("ours for a term", func(b *testing.B) {
		p, spring := pep.Lancashire(), term.New(term.Spring, 2026)
		b.ReportAllocs()
		i, yes := 0, 0
		for b.Loop() {
			if a, err := p.RequiredForTerm(births[i&1023], spring, care, education); err == nil && a.Required {
				yes++
			}
			i++
		}
		require.NotZero(b, yes)
	})
	b.Run("floor", func(b *testing.B) {
		b.ReportAllocs()
		packed := make([]int32, len(births))
		for i, d := range births {
			packed[i] = pack(d)
		}
		now, from, in := pack(today), pack(on("2020-01-01")), pack(on("2024-09-01"))
		i, yes := 0, 0
		for b.Loop() {
			if floorRequired(packed[i&1023], now, from, 0, in, 0) {
				yes++
			}
			i++
		}
		require.NotZero(b, yes)
	})
}

// pack returns a day as a number such as 20260214.
func pack(d civil.Date) int32 {
	return int32(d.Year()*10000 + int(d.Month())*100 + d.Day())
}

// floorRequired is the rule as a programmer would write it by hand for one council.
func floorRequired(born, now, from, to, in, out int32) bool {
	if now < from || to != 0 && now >= to {
		return false
	}
	last := born + 18_0000
	switch month := last / 100 % 100; {
	case month <= 3:
		last = last/10000*10000 + 331
	case month <= 8:
		last = last/10000*10000 + 831
	default:
		last = last/10000*10000 + 1231
	}
	age := (now - born) / 10000
	return now <= last && (age >= 4 || age >= 2 && now >= in && (out == 0 || now < out))
}

// BenchmarkCohort counts, among a million birth dates, those in the window of a
// term, whether or not the child must be in nursery provision.
func BenchmarkCohort(b *testing.B) {
	births := randomBirths(1_000_000)
	spring := term.New(term.Spring, 2026)
	b.Run("ours", func(b *testing.B) {
		p := pep.Lancashire()
		b.ReportAllocs()
		for b.Loop() {
			c, n := p.Cohort(spring), 0
			for _, born := range births {
				if c.InWindow(born) || c.IfInNursery(born) {
					n++
				}
			}
			require.NotZero(b, n)
		}
	})
	b.Run("floor", func(b *testing.B) {
		packed := make([]int32, len(births))
		for i, d := range births {
			packed[i] = pack(d)
		}
		b.ReportAllocs()
		for b.Loop() {
			n := 0
			for _, born := range packed {
				if born >= 2008_0101 && born <= 2022_0331 || born > 2022_0331 && born <= 2024_0331 {
					n++
				}
			}
			require.NotZero(b, n)
		}
	})
}

// BenchmarkStep takes one step of a plan in memory: it checks the act, looks up the row
// and the guards, and then records and folds the event or refuses the action.
func BenchmarkStep(b *testing.B) {
	for _, c := range []struct {
		name    string
		at      []step
		by      pep.Role
		do      pep.Action
		refused bool
	}{
		{"accepted", delegated(), dt, pep.SubmitContribution{}, false},
		{"delegate", join(started(), answers(1, 2)), sw, pep.Delegate{All: true}, false},
		{"finalise", checking(), bs, pep.Finalise{}, false},
		{"refused", checking(), sw, pep.Finalise{}, true},
		{"refused delegate", started(), sw, pep.Delegate{All: true}, true},
	} {
		b.Run(c.name, func(b *testing.B) {
			plan := run(b, atSchool(), c.at...)
			s, by := plan.Snapshot(), act(c.by, "2026-01-23", atSchool())
			p, do := pep.New(planID), c.do
			b.ReportAllocs()
			for b.Loop() {
				p.NextStep(&s)
				if err := p.Do(by, do); (err != nil) != c.refused {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("floor", func(b *testing.B) {
		b.ReportAllocs()
		p := barePlan{stage: 2, contributor: record.PersonID(teacherID)}
		for b.Loop() {
			p.stage, p.events = 2, nil
			if !p.submit(record.PersonID(teacherID), 2) {
				b.Fatal("refused")
			}
		}
	})
}

// barePlan is a plan as a programmer would write it by hand for one action.
type barePlan struct {
	stage       int
	contributor record.PersonID
	sections    [forms.MaxSections]uint8
	events      []bareEvent
}

type bareEvent struct{ from, to int }

func (p *barePlan) submit(by record.PersonID, role int) bool {
	if p.stage != 2 || role != 2 || by != p.contributor {
		return false
	}
	for i := range p.sections {
		p.sections[i] = 4
	}
	p.events = append(p.events, bareEvent{2, 3})
	p.stage = 3
	return true
}

// BenchmarkActions lists the options of one act.
func BenchmarkActions(b *testing.B) {
	p, by := run(b, atSchool(), checking()...), act(bs, "2026-01-23", atSchool())
	b.ReportAllocs()
	for b.Loop() {
		if _, err := p.Options(by); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRestore measures the cost of restoring a plan whose row has been read already.
func BenchmarkRestore(b *testing.B) {
	s := run(b, atSchool(), checking()...).Snapshot()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := pep.Restore(s); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkMissing calls Missing for a series of children. Each child has twice as many
// periods of care and education as the child before, and should take little more than
// twice as long. Another authority looks after the child on all but the last
// days.
func BenchmarkMissing(b *testing.B) {
	p, born := pep.Lancashire(), on("2023-12-20")
	for n := 400; n <= 3200; n *= 2 {
		q := pep.MissingQuestion{Term: term.MustParse("SUMMER 2026"), Today: on("2026-07-01")}
		q.Care.Episodes = []record.Episode{{Span: span("2026-07-02", "")}}
		for i := range n {
			from := on("2026-04-02").AddDays(i % 90)
			q.Care.Episodes = append(q.Care.Episodes, record.Episode{Span: record.Span{From: from, To: from.AddDays(1)}, Authority: "other"})
			q.Education = append(q.Education, record.Education{Span: record.Span{From: from}, Kind: record.Nursery})
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				a, err := p.Missing(born, q)
				require.NoError(b, err)
				require.True(b, a.Requirement.Required)
			}
		})
	}
}
