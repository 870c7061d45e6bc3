package sqlstore_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

var (
	today  = civil.MustParse("2026-05-01")
	lately = time.Date(2026, 5, 1, 10, 0, 0, 0, time.UTC)
	school = record.Establishment{ID: record.EstablishmentID{UUID: uuid.UUID{0: 5}}, Name: "St Mary's", Status: record.Current}
	helper = record.Contributor{ID: record.ContributorID{UUID: uuid.UUID{0: 6}}, Establishment: school.ID, Active: true}
)

func act(child record.ChildID, role pep.Role) *pep.Act {
	by := &pep.Act{
		By: record.PersonID{UUID: uuid.UUID{0: 9, 15: byte(role)}}, Role: role, At: lately, On: today, Policy: pep.Lancashire(),
		Facts: pep.Facts{
			Child: record.Child{
				ID: child, Born: private.NewDate(civil.MustParse("2014-03-01")),
				Care: record.Care{Throughout: true},
			},
			Establishment: &school, Contributor: &helper,
		},
	}
	if role == pep.DesignatedTeacher {
		by.Contributor = helper.ID
	}
	return by
}

// started returns a plan that has just been started and never saved.
func started(t testing.TB, child record.ChildID, meeting string) *pep.PEP {
	t.Helper()
	p := pep.New(pep.ID{UUID: uuid.New()})
	require.NoError(t, p.Do(act(child, pep.SocialWorker), pep.StartInitial{Meeting: civil.MustParse(meeting)}))
	return p
}

func newChild() record.ChildID { return record.ChildID{UUID: uuid.New()} }

// filled answers every box of a section with a text.
func filled(p *pep.PEP, section int, text string) forms.Answers {
	return forms.TemplateOf(p.Type()).AnswerAll(section, text)
}

// do takes an action on a plan, acting in the given role.
func do(t testing.TB, p *pep.PEP, role pep.Role, a pep.Action) {
	t.Helper()
	by := act(p.Child(), role)
	if a.Verb() == pep.VerbChangeContributor {
		deputy := helper
		deputy.ID.UUID[0]++
		by.Facts.Contributor = &deputy
	}
	require.NoError(t, p.Do(by, a), a.Verb().String())
}

// delegated returns a plan that has been started, filled and delegated, but never
// saved.
func delegated(t testing.TB, child record.ChildID, text string) *pep.PEP {
	t.Helper()
	p := started(t, child, "2026-05-20")
	for n := 1; n <= len(p.Blank()); n++ {
		do(t, p, pep.SocialWorker, pep.Answer{Section: n, Answers: filled(p, n, text)})
	}
	do(t, p, pep.SocialWorker, pep.Delegate{All: true, Due: civil.MustParse("2026-06-01")})
	return p
}

func TestAnEventMustBeInTheYears1To9999(t *testing.T) {
	t.Parallel()
	s, _ := open(t)
	for year, fits := range map[int]bool{0: false, 1: true, 9999: true, 10_000: false} {
		p := pep.New(pep.ID{UUID: uuid.New()})
		by := act(newChild(), pep.SocialWorker)
		by.At = time.Date(year, time.July, 1, 12, 0, 0, 0, time.UTC)
		require.NoError(t, p.Do(by, begun[0].do))
		var invalid *rule.Invalid
		if err := save(s, p); fits {
			require.NoError(t, err, year)
		} else {
			require.ErrorAs(t, err, &invalid, "year %d", year)
			require.Equal(t, "at", invalid.Member)
		}
	}
}
