package pep_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/fixture"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// This is the oracle of eligibility. It goes through the days one by one, holds days
// as numbers such as 20260401, and shares no code with the rules.

// ymd is a day as a number such as 20260401.
type ymd int

func (d ymd) date() civil.Date {
	return must(civil.New(int(d)/10000, time.Month(d/100%100), int(d)%100))
}

func must(d civil.Date, err error) civil.Date {
	if err != nil {
		panic(err)
	}
	return d
}

// calendarDays returns all the days of a period, including both ends.
func calendarDays(from, to string) (all []ymd) {
	for d := at(from); !d.After(at(to)); d = d.AddDate(0, 0, 1) {
		all = append(all, ymd(d.Year()*10000+int(d.Month())*100+d.Day()))
	}
	return all
}

func at(s string) time.Time {
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return d
}

// termNumber numbers the terms. A year has three, which begin on 1 January, 1 April and
// 1 September.
func (d ymd) termNumber() int {
	switch month := int(d) / 100 % 100; {
	case month <= 3:
		return int(d) / 10000 * 3
	case month <= 8:
		return int(d)/10000*3 + 1
	}
	return int(d)/10000*3 + 2
}

// age returns the age on a day. If feb28 is true, somebody born on 29 February turns a
// year older on 28 February in a common year.
func (d ymd) age(born ymd, feb28 bool) int {
	year := int(d) / 10000
	if leap := year%4 == 0 && year%100 != 0 || year%400 == 0; feb28 && !leap && born%10000 == 229 {
		born--
	}
	if d < born {
		return -1
	}
	return int(d-born) / 10000
}

type oracleSpan struct {
	from, to      ymd // the first day and the day after the last, or 0 if the span has no end
	kind          string
	short, theirs bool
}

func (s oracleSpan) covers(d ymd) bool { return d >= s.from && (s.to == 0 || d < s.to) }

// scene is a child's care and education. Nil care means care throughout.
type scene struct {
	name      string
	care      []oracleSpan
	education []oracleSpan
}

var scenes = []scene{
	{"throughout, nowhere", nil, nil},
	{"throughout, nursery", nil, []oracleSpan{{from: 20040101, kind: "day_nursery"}}},
	{"throughout, school", nil, []oracleSpan{{from: 20040101, kind: "school"}}},
	{"throughout, childminder until 30 March 2026", nil, []oracleSpan{{from: 20040101, to: 20260330, kind: "childminder"}}},
	{"throughout, nursery class from 31 March 2026", nil, []oracleSpan{{from: 20260331, kind: "nursery_class"}}},
	{"throughout, college and other", nil, []oracleSpan{{from: 20040101, kind: "college"}, {from: 20040101, kind: "other"}, {from: 20040101, kind: "alternative_provision"}}},
	{"throughout, an empty span", nil, []oracleSpan{{from: 20260201, to: 20260201, kind: "nursery"}}},
	{"never", []oracleSpan{}, []oracleSpan{{from: 20040101, kind: "nursery"}}},
	{"until 1 April 2026, pre-school", []oracleSpan{{from: 20040101, to: 20260401}}, []oracleSpan{{from: 20040101, kind: "pre_school"}}},
	{"from 31 August 2026", []oracleSpan{{from: 20260831}}, []oracleSpan{{from: 20040101, to: 20260831, kind: "nursery_school"}}},
	{"short breaks, then care from 15 May 2026", []oracleSpan{{from: 20040101, to: 20260515, short: true}, {from: 20260515}}, []oracleSpan{{from: 20040101, kind: "nursery"}}},
	{"another authority's until 2 January 2026", []oracleSpan{{from: 20040101, to: 20260102, theirs: true}, {from: 20260102, to: 20260201}}, nil},
	{"ours, beside short breaks and another authority's", []oracleSpan{{from: 20260115}, {from: 20260101, short: true}, {from: 20040101, theirs: true}}, nil},
	{"another authority's and short breaks", []oracleSpan{{from: 20260101, theirs: true}, {from: 20260301, short: true}}, nil},
}

// The reasons. A day that comes further through the tests has a later reason.
var oracleReasons = []string{"", "past_last_term", "too_young", "not_in_nursery", "not_looked_after", "other_authority", "short_break", "required"}

// oracle holds the two settings on which the rules depend.
type oracle struct{ termAfter, feb28 bool }

// on returns how far a day comes through the tests, as an index into oracleReasons.
func (o oracle) on(born, d ymd, s *scene) int {
	if d.termNumber() > (born + 180000).termNumber() {
		return 1
	}
	if !o.reached(born, d, 4) {
		if !o.reached(born, d, 2) {
			return 2
		}
		if !o.nursery(born, d, s) {
			return 3
		}
	}
	if s.care == nil {
		return 7
	}
	best := 4
	for _, c := range s.care {
		if !c.covers(d) {
			continue
		}
		switch {
		case c.theirs:
			best = max(best, 5)
		case c.short:
			best = max(best, 6)
		default:
			best = 7
		}
	}
	return best
}

// reached reports whether an age counts on a day.
func (o oracle) reached(born, d ymd, age int) bool {
	if o.termAfter {
		return (born + ymd(age)*10000).termNumber() < d.termNumber()
	}
	return d.age(born, o.feb28) >= age
}

func (o oracle) nursery(born, d ymd, s *scene) bool {
	for _, e := range s.education {
		if !e.covers(d) {
			continue
		}
		switch e.kind {
		case "nursery", "nursery_school", "nursery_class", "day_nursery", "pre_school", "childminder":
			return true
		case "school":
			if d.age(born, o.feb28) >= 3 {
				return true
			}
		}
	}
	return false
}

// values returns the scene in the form that the rules take.
func (s *scene) values(t *testing.T) (record.Care, []record.Education) {
	t.Helper()
	care := record.Care{Throughout: s.care == nil}
	for _, c := range s.care {
		e := record.Episode{Span: c.span(), ShortBreak: c.short}
		if c.theirs {
			e.Authority = "890"
		}
		care.Episodes = append(care.Episodes, e)
	}
	var education []record.Education
	for _, e := range s.education {
		kind, err := record.ParseEducationKind(e.kind)
		require.NoError(t, err)
		education = append(education, record.Education{Span: e.span(), Kind: kind})
	}
	return care, education
}

func (s oracleSpan) span() record.Span {
	span := record.Span{From: s.from.date()}
	if s.to != 0 {
		span.To = s.to.date()
	}
	return span
}

// eachOracle runs f for each lower bound with each leap-year rule.
func eachOracle(t *testing.T, f func(*testing.T, *pep.Policy, oracle)) {
	t.Helper()
	for _, bound := range []pep.LowerBound{pep.BirthdayTerm, pep.TermAfterBirthday} {
		for _, leap := range []civil.LeapBirthday{civil.March1, civil.February28} {
			policy := fixture.Policy(func(par *pep.Parameters) { par.LowerBound, par.LeapBirthday = bound, leap })
			t.Run(bound.String()+" "+leap.String(), func(t *testing.T) {
				t.Parallel()
				f(t, policy, oracle{bound == pep.TermAfterBirthday, leap == civil.February28})
			})
		}
	}
}

func TestRequiredOnEveryDayAgainstTheOracle(t *testing.T) {
	t.Parallel()
	births, asked := calendarDays("2004-01-01", "2026-09-30"), calendarDays("2025-12-28", "2026-09-03")
	asked = append(asked, calendarDays("2028-02-27", "2028-03-02")...)
	eachOracle(t, func(t *testing.T, p *pep.Policy, o oracle) {
		for n := range scenes {
			care, education := scenes[n].values(t)
			for i, b := range births {
				for j := i % 31; j < len(asked); j += 31 {
					if d := asked[j]; b <= d {
						got, err := p.RequiredOn(b.date(), d.date(), care, education)
						requireOracle(t, o.on(b, d, &scenes[n]), got, err, scenes[n].name, b, d)
					}
				}
			}
		}
	})
}

func TestRequiredForEveryTermAgainstTheOracle(t *testing.T) {
	t.Parallel()
	births := calendarDays("2004-01-01", "2026-12-31")
	terms := map[string][]ymd{
		"SPRING 2026": calendarDays("2026-01-01", "2026-03-31"),
		"SUMMER 2026": calendarDays("2026-04-01", "2026-08-31"),
		"SPRING 2028": calendarDays("2028-01-01", "2028-03-31"),
	}
	eachOracle(t, func(t *testing.T, p *pep.Policy, o oracle) {
		for n := range scenes {
			care, education := scenes[n].values(t)
			for name, in := range terms {
				asked := term.MustParse(name)
				for at := n / 3; at < len(births); at += 1 + n/3 { // the first scenes test every birth date
					b, want := births[at], 0
					for i := 0; i < len(in) && want < 7 && in[len(in)-1] >= b; i++ {
						want = max(want, o.on(b, in[i], &scenes[n]))
					}
					if want > 0 {
						got, err := p.RequiredForTerm(b.date(), asked, care, education)
						requireOracle(t, want, got, err, scenes[n].name, b, in[0])
					}
				}
			}
		}
	})
}

// requireOracle compares the rules' answer with the oracle's. With so many cases,
// require.Equal would be too slow.
func requireOracle(t *testing.T, want int, got pep.Requirement, err error, of ...any) {
	t.Helper()
	if err != nil || got.Reason.String() != oracleReasons[want] || got.Required != (want == 7) || got.Rules == (rule.IDs{}) {
		require.Failf(t, "the oracle disagrees", "%v: must be %s, got %s, %v", of, oracleReasons[want], got.Reason, err)
	}
}

func TestAnImpossibleBirthDateIsInvalid(t *testing.T) {
	t.Parallel()
	p, care := pep.Lancashire(), record.Care{Throughout: true}
	spring := term.New(term.Spring, 2026)
	for _, c := range []struct {
		name, born, on string
		want           bool
	}{
		{"on the day", "2026-03-31", "2026-03-31", true},
		{"the day after", "2026-04-01", "2026-03-31", false},
		{"25 today", "2001-03-31", "2026-03-31", true},
		{"25 yesterday", "2001-03-30", "2026-03-31", false},
		{"none", "", "2026-03-31", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, onDay := p.RequiredOn(on(c.born), on(c.on), care, nil)
			_, inTerm := p.RequiredForTerm(on(c.born), spring, care, nil)
			_, inWindow := p.InAgeWindow(on(c.born), spring, nil)
			for _, err := range []error{onDay, inTerm, inWindow} {
				if c.want {
					require.NoError(t, err)
				} else {
					requireInvalid(t, "born", err)
				}
			}
		})
	}
}

func TestAMissingDayOrTermIsNamed(t *testing.T) {
	t.Parallel()
	p, born, care := pep.Lancashire(), on("2014-03-05"), record.Care{Throughout: true}
	_, err := p.RequiredOn(born, civil.Date{}, care, nil)
	requireInvalid(t, "on", err)
	_, err = p.RequiredForTerm(born, term.Term{}, care, nil)
	requireInvalid(t, "term", err)
	got, err := p.RequiredForTerm(on("9990-01-01"), term.New(term.Autumn, 9999), care, nil)
	require.NoError(t, err)
	require.True(t, got.Required, "the last term of all")
}

// ELIG-2 decides for a child of 2 or 3, ELIG-3 from the 4th birthday on.
func TestARequirementNamesTheRuleThatDecidedIt(t *testing.T) {
	t.Parallel()
	p, spring := pep.Lancashire(), term.New(term.Spring, 2026)
	care := record.Care{Throughout: true}
	nursery := []record.Education{{Span: span("2025-01-01", ""), Kind: record.Nursery}}
	for _, c := range []struct {
		born string
		care record.Care
		want rule.ID
	}{
		{"2023-06-01", care, rule.ELIG2},
		{"2022-03-31", care, rule.ELIG3}, // the child turns 4 on the last day
		{"2022-03-31", record.Care{Episodes: []record.Episode{{Span: span("2026-01-01", "2026-03-31")}}}, rule.ELIG2},
		{"2014-03-05", care, rule.ELIG3},
	} {
		inTerm, err := p.RequiredForTerm(on(c.born), spring, c.care, nursery)
		require.NoError(t, err)
		require.Equal(t, pep.Required, inTerm.Reason)
		require.Contains(t, inTerm.Rules.List(), c.want, c.born)
		require.NotContains(t, inTerm.Rules.List(), rule.ELIG2+rule.ELIG3-c.want, c.born)
	}
	onDay, err := p.RequiredOn(on("2023-06-01"), on("2026-01-14"), care, nursery)
	require.NoError(t, err)
	require.True(t, onDay.Required)
	require.Equal(t, rule.ELIG2, onDay.Rules.List()[0])
}

func TestAnUnknownKindOfEducationIsNotNursery(t *testing.T) {
	t.Parallel()
	got, err := pep.Lancashire().InAgeWindow(on("2023-06-01"), term.New(term.Spring, 2026),
		[]record.Education{{Span: span("2025-01-01", ""), Kind: 200}, {Span: span("2025-01-01", "")}})
	require.NoError(t, err)
	require.Equal(t, pep.NotInNursery, got.Reason)
}

func TestTheLastTermIsTheTermOfTheEighteenthBirthday(t *testing.T) {
	t.Parallel()
	for born, want := range map[string]string{
		"2008-01-01": "SPRING 2026", "2008-03-31": "SPRING 2026", "2007-12-31": "AUTUMN 2025",
		"2008-08-31": "SUMMER 2026", "2008-09-01": "AUTUMN 2026", "2008-02-29": "SPRING 2026",
	} {
		require.Equal(t, want, pep.Lancashire().LastTerm(on(born)).String(), born)
	}
}

func TestTheCohortAgreesWithRequiredForTerm(t *testing.T) {
	t.Parallel()
	births := calendarDays("2000-06-01", "2027-01-31")
	anywhere := []record.Education{{Span: span("2000-01-01", ""), Kind: record.Nursery}}
	eachOracle(t, func(t *testing.T, p *pep.Policy, _ oracle) {
		for asked := term.New(term.Spring, 2025); asked.Before(term.New(term.Summer, 2028)); asked = asked.Next() {
			c := p.Cohort(asked)
			for _, b := range births {
				born := b.date()
				out, err := p.InAgeWindow(born, asked, nil)
				in, _ := p.InAgeWindow(born, asked, anywhere)
				var invalid *rule.Invalid
				if errors.As(err, &invalid) {
					out.Required, in.Required = false, false
				}
				if c.InWindow(born) != out.Required || c.IfInNursery(born) != (in.Required && !out.Required) {
					require.Failf(t, "cohort", "%s %d: %+v, in the window %t, in nursery %t", asked, b, c, out.Required, in.Required)
				}
			}
		}
	})
}

// At the ends of the calendar there is no next or previous day.
func TestTheCohortAtTheEndsOfTheCalendar(t *testing.T) {
	t.Parallel()
	fromBirth := fixture.Policy(func(par *pep.Parameters) { par.NurseryFromAge = 0 })
	require.Equal(t, pep.Cohort{}, pep.Lancashire().Cohort(term.Term{}))
	require.False(t, pep.Cohort{}.InWindow(on("2014-03-05")))
	for _, asked := range []term.Term{term.New(term.Spring, 1), term.New(term.Autumn, 3), term.New(term.Summer, 18), term.New(term.Autumn, 9999)} {
		require.Equal(t, asked.Year() > 18, fromBirth.Cohort(asked).InWindow(on("9990-01-01")), asked.String())
	}
}

func TestShortBreaksCountIfThePolicySaysSo(t *testing.T) {
	t.Parallel()
	care := record.Care{Episodes: []record.Episode{{Span: span("2020-01-01", ""), ShortBreak: true}}}
	p := fixture.Policy(func(par *pep.Parameters) { par.ShortBreaks = true })
	got, err := p.RequiredOn(on("2014-03-05"), on("2026-01-14"), care, nil)
	require.NoError(t, err)
	require.True(t, got.Required)
}

func TestEveryEligibilitySaysWhatItIs(t *testing.T) {
	t.Parallel()
	for e := pep.PastLastTerm; e <= pep.Required; e++ {
		require.NotEmpty(t, e.String())
		require.NotEmpty(t, pep.Requirement{Reason: e}.Sentence())
	}
	require.Empty(t, pep.Eligibility(0).String())
	require.Empty(t, (pep.Required + 1).String())
}
