package pep_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/fixture"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
)

// inCareOf returns the care of a child looked after by an authority since 2020.
func inCareOf(authority string) record.Care {
	return record.Care{Episodes: []record.Episode{{Span: span("2020-01-01", ""), Authority: authority}}}
}

func TestELIG1AnAuthorityIsTheCouncilOrAnotherOrInvalid(t *testing.T) {
	t.Parallel()
	kent := fixture.Policy(func(par *pep.Parameters) {
		par.Council = pep.Council{Names: []string{"Kent"}, LA: "886", GSS: "E10000016"}
	})
	for _, c := range []struct {
		name, authority  string
		lancashire, kent pep.Eligibility // zero if invalid
	}{
		{"not said", "", pep.Required, pep.Required},
		{"a name", "Lancashire", pep.Required, 0},
		{"in capitals, with spaces around", " LANCASHIRE\t", pep.Required, 0},
		{"the other name", "lancashire county council", pep.Required, 0},
		{"the LA number", "888", pep.Required, pep.OtherAuthority},
		{"the LA number with spaces around", " 888 ", pep.Required, pep.OtherAuthority},
		{"the GSS code", "E10000017", pep.Required, pep.OtherAuthority},
		{"the GSS code in small letters", "e10000017", pep.Required, pep.OtherAuthority},
		{"another's LA number", "886", pep.OtherAuthority, pep.Required},
		{"another's GSS code", "W06000015", pep.OtherAuthority, pep.OtherAuthority},
		{"other", "Other ", pep.OtherAuthority, pep.OtherAuthority},
		{"another's name", "Kent", 0, pep.Required},
		{"a short form of the name", "Lancs", 0, 0},
		{"the policy's name", "lancashire-website", 0, 0},
		{"two digits", "88", 0, 0},
		{"four digits", "8888", 0, 0},
		{"digits of another script", "८८८", 0, 0},
		{"a GSS code of another letter", "X10000017", 0, 0},
		{"a GSS code a digit short", "E1000001", 0, 0},
		{"a space within", "8 88", 0, 0},
		{"blank", " ", 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for _, of := range []struct {
				policy *pep.Policy
				want   pep.Eligibility
			}{{pep.Lancashire(), c.lancashire}, {kent, c.kent}} {
				onDay, err := of.policy.RequiredOn(on("2014-03-05"), on("2026-01-14"), inCareOf(c.authority), nil)
				inTerm, errInTerm := of.policy.RequiredForTerm(on("2014-03-05"), term.MustParse("SPRING 2026"), inCareOf(c.authority), nil)
				facts := but(care(inCareOf(c.authority).Episodes...))
				started := pep.New(planID).Do(actOn(of.policy, pep.SocialWorker, on("2026-01-05"), facts), pep.StartInitial{Meeting: on("2026-01-14")})
				if of.want == 0 {
					requireInvalid(t, "authority", err)
					requireInvalid(t, "authority", errInTerm)
					requireInvalid(t, "authority", started)
					continue
				}
				require.NoError(t, err)
				require.NoError(t, errInTerm)
				require.Equal(t, of.want, onDay.Reason)
				require.Equal(t, of.want, inTerm.Reason)
				if of.want == pep.Required {
					require.NoError(t, started)
				} else {
					requireRefused(t, rule.ELIG1, started)
				}
			}
		})
	}
}

// An episode that does not cover the day in question counts too, because nobody knows
// which authority it belongs to.
func TestELIG1AnUnknownAuthorityAnywhereIsInvalid(t *testing.T) {
	t.Parallel()
	care := record.Care{Episodes: []record.Episode{{Span: span("2020-01-01", "")}, {Span: span("2018-01-01", "2019-01-01"), Authority: "Lancs"}}}
	_, err := pep.Lancashire().RequiredOn(on("2014-03-05"), on("2026-01-14"), care, nil)
	requireInvalid(t, "authority", err)
	require.Contains(t, err.Error(), "a three-digit LA number")
	_, err = pep.Lancashire().Missing(on("2014-03-05"), pep.MissingQuestion{Term: term.MustParse("SPRING 2026"), Today: on("2026-01-14"), Care: care})
	requireInvalid(t, "authority", err)
	p := run(t, atSchool(), returned()...)
	err = p.Do(act(pep.SocialWorker, "2026-01-21", but(func(f *pep.Facts) { f.Child.Care = care })), pep.Reassign{Comment: text("SPRING—06/05/2026")})
	requireInvalid(t, "authority", err)
	require.Equal(t, pep.Returned, p.Stage())
}

func TestACouncilIsTheCallersOwn(t *testing.T) {
	t.Parallel()
	p := pep.Lancashire()
	c := p.Council()
	c.Names[0] = "changed"
	par := p.Parameters(on("2026-01-01"))
	par.Council.Names[0] = "changed"
	require.Equal(t, "Lancashire", p.Council().Name())
	require.Empty(t, pep.Council{}.Name())
}

func TestASSIGN4NoNextMeetingIsNeededIfTheChildNeedsNoPlanInTheNextTerm(t *testing.T) {
	t.Parallel()
	ours := record.Episode{Span: span("2020-01-01", "2026-03-15")}
	for _, c := range []struct {
		name  string
		facts pep.Facts
		na    bool
	}{
		{"looked after throughout", atSchool(), false},
		{"care that is open", but(care(record.Episode{Span: span("2020-01-01", "")})), false},
		{"care that ends in the term", but(care(ours)), true},
		{"care that ends on the last day of the term", but(care(record.Episode{Span: span("2020-01-01", "2026-04-01")})), true},
		{"care that ends after one day of the next", but(care(record.Episode{Span: span("2020-01-01", "2026-04-02")})), false},
		{"then another authority", but(care(ours, record.Episode{Span: span("2026-03-15", ""), Authority: "889"})), true},
		{"then short breaks", but(care(ours, record.Episode{Span: span("2026-03-15", ""), ShortBreak: true})), true},
		{"ours again in the next term", but(care(record.Episode{Span: span("2026-05-01", "")}, ours)), false},
		{"ours again in the term after it", but(care(ours, record.Episode{Span: span("2026-09-01", "")})), true},
		{"18 in the term", but(born("2008-03-31")), true},
		{"18 on the first day of the next", but(born("2008-04-01")), false},
		{"3, and out of nursery in the next term", but(born("2022-10-01"), func(f *pep.Facts) {
			f.Child.Education = []record.Education{{Kind: record.Nursery, Span: span("2025-01-01", "2026-04-01")}}
		}), true},
		{"3, and in nursery in the next term", but(born("2022-10-01"), func(f *pep.Facts) {
			f.Child.Education = []record.Education{{Kind: record.Nursery, Span: span("2025-01-01", "2026-04-02")}}
		}), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := run(t, atSchool(), returned()...)
			err := p.Do(act(pep.SocialWorker, "2026-01-21", c.facts), pep.Reassign{Comment: text("SPRING—N/A")})
			if !c.na {
				require.Equal(t, rule.NextMeetingNeeded, requireRefused(t, rule.ASSIGN4, err).Code())
				return
			}
			require.NoError(t, err)
			require.Zero(t, p.Snapshot().Next)
		})
	}
}
