package pep_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/payment"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
)

// placed returns the facts of atSchool, but with the given episodes of care and a
// previous plan.
func placed(episodes ...record.Episode) pep.Facts {
	f := atSchool()
	f.Child.Care = record.Care{Episodes: episodes}
	f.Previous = &pep.Previous{Plan: pep.ID{UUID: uid(9)}, Started: on("2025-09-10"), Term: term.MustParse("AUTUMN 2025"), Next: on("2026-01-14")}
	return f
}

// TestAChangeOfPlacementNeedsNoNewPlan checks CHG-1 and, for a return into care, START-3.
func TestAChangeOfPlacementNeedsNoNewPlan(t *testing.T) {
	t.Parallel()
	first := record.Episode{Span: span("2025-06-01", "2025-12-20")}
	from := func(day string) record.Episode { return record.Episode{Span: span(day, "")} }
	theirs := record.Episode{Span: span("2025-06-01", "2025-12-20"), Authority: "890"}
	for _, test := range []struct {
		name    string
		care    []record.Episode
		entered string
		goesOn  bool
	}{
		{"placed elsewhere the same day", []record.Episode{first, from("2025-12-20")}, "2025-06-01", true},
		{"listed the other way round", []record.Episode{from("2025-12-20"), first}, "2025-06-01", true},
		{"before the other placement ended", []record.Episode{first, from("2025-12-01")}, "2025-06-01", true},
		{"moved twice", []record.Episode{first, {Span: span("2025-12-20", "2026-01-02")}, from("2026-01-02")}, "2025-06-01", true},
		{"back in care a day later", []record.Episode{first, from("2025-12-21")}, "2025-12-21", false},
		{"from another authority's care", []record.Episode{theirs, from("2025-12-20")}, "2025-12-20", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			facts := placed(test.care...)
			require.Equal(t, on(test.entered), pep.Lancashire().EnteredCare(facts.Child.Care, on("2026-01-05")))

			anew := pep.New(planID).Do(act(pep.SocialWorker, "2026-01-05", facts), pep.StartInitial{Meeting: on("2026-01-14")})
			next := pep.New(planID).Do(act(pep.BusinessSupport, "2026-01-05", facts), pep.StartSubsequent{})
			if !test.goesOn {
				require.NoError(t, anew)
				requireRefused(t, rule.START1, next)
				return
			}
			require.NoError(t, next)
			require.Equal(t, rule.FirstPlanExists, requireRefused(t, rule.START1, anew).Code())
		})
	}
}

// TestAPlanGoesOnThroughAChangeOfPlacement checks CHG-1 for an open plan.
func TestAPlanGoesOnThroughAChangeOfPlacement(t *testing.T) {
	t.Parallel()
	moved := placed(record.Episode{Span: span("2025-06-01", "2026-01-10")}, record.Episode{Span: span("2026-01-10", "")})
	moved.Previous = nil
	p := run(t, moved, finalised()...)
	require.Equal(t, pep.Finalised, p.Stage())
	outline := p.Snapshot()
	missing, err := pep.Lancashire().Missing(on("2014-03-05"), pep.MissingQuestion{
		Term: p.Term(), Today: on("2026-02-01"), Care: moved.Child.Care, Plans: []pep.Outline{outline.Outline()},
	})
	require.NoError(t, err)
	require.Equal(t, pep.Satisfied, missing.Standing)
}

// TestTheNextPlanGoesToTheNewEstablishment checks CHG-2 and GRADE-6.
func TestTheNextPlanGoesToTheNewEstablishment(t *testing.T) {
	t.Parallel()
	moved := []record.Education{
		{Span: span("2025-09-01", "2026-01-14"), Kind: record.School, Establishment: schoolID},
		{Span: span("2026-01-14", ""), Kind: record.School, Establishment: otherID},
	}
	for _, test := range []struct {
		name      string
		steps     []step
		education []record.Education
		meeting   string
		want      record.EstablishmentID
	}{
		{"a new plan, the day before", nil, moved, "2026-01-13", schoolID},
		{"a new plan, on the day", nil, moved, "2026-01-14", otherID},
		{"a draft", started(), moved, "2026-01-14", otherID},
		{"a delegated one stays", delegated(), moved, "2026-01-14", schoolID},
		{"a returned one stays", returned(), moved, "2026-01-14", schoolID},
		{"a finalised one stays", finalised(), moved, "2026-01-14", schoolID},
		{"a retracted one goes along", join(delegated(), nil, step{pep.SocialWorker, "2026-01-15", pep.Retract{ConfirmedWithSetting: true, Reason: text("Moved")}}), moved, "2026-01-14", otherID},
		{"the first listed of two", nil, []record.Education{moved[1], {Span: span("2026-01-01", ""), Kind: record.AlternativeProvision, Establishment: schoolID}}, "2026-01-14", otherID},
		{"one that is not on record", nil, []record.Education{{Span: span("2026-01-01", ""), Kind: record.School}, moved[1]}, "2026-01-14", otherID},
		{"nowhere", nil, nil, "2026-01-14", record.EstablishmentID{}},
	} {
		s := run(t, atSchool(), test.steps...).Snapshot()
		require.Equal(t, test.want, s.Where(test.education, on(test.meeting)), test.name)
	}
}

// TestADelegatedOrReturnedPlanStaysWithItsEstablishment checks CHG-2: the plan
// stays even if the facts of the act say that the child has moved.
func TestADelegatedOrReturnedPlanStaysWithItsEstablishment(t *testing.T) {
	t.Parallel()
	moved := atSchool()
	moved.Establishment.ID, moved.Contributor.Establishment, moved.Contributor.ID = otherID, otherID, deputyID
	activated := join(returned(), nil, step{pep.SocialWorker, "2026-01-21", pep.Activate{}})
	for _, test := range []struct {
		name  string
		steps []step
		do    pep.Action
	}{
		{"delegated", delegated(), pep.ChangeContributor{}},
		{"returned", activated, pep.Redelegate{Comments: text("More of it")}},
	} {
		p := run(t, atSchool(), test.steps...)
		err := p.Do(act(pep.SocialWorker, "2026-01-21", moved), test.do)
		require.Equal(t, rule.ContributorElsewhere, requireRefused(t, rule.DELEG2, err).Code(), test.name)
		require.NoError(t, p.Do(actFor(test.do, act(pep.SocialWorker, "2026-01-21", atSchool())), test.do), test.name)
	}
	p := run(t, moved, started()...)
	require.Equal(t, otherID, p.Snapshot().Establishment, "the next one goes to the new establishment")
}

// requireFolds requires that folding the plan's history gives its state.
func requireFolds(t *testing.T, p *pep.PEP) {
	t.Helper()
	folded, err := pep.Fold(p.Pending())
	require.NoError(t, err)
	require.Equal(t, p.Snapshot(), folded.Snapshot())
}

// If no school took part in a plan by the day of its meeting, nobody is paid for the
// plan, and its grade does not count for any school.
func TestAPlanThatTheSocialWorkerCompletesGetsTheEstablishmentOfThatDay(t *testing.T) {
	t.Parallel()
	left := atSchool()
	left.Establishment, left.Contributor = nil, nil
	p := run(t, atSchool(), join(started(), answers(1, 6))...)
	require.Equal(t, schoolID, p.Snapshot().Establishment)
	by := act(pep.SocialWorker, "2026-01-15", left)
	require.NoError(t, p.Do(by, pep.Reassign{Comment: text("SPRING—06/05/2026")}))
	s := p.Snapshot()
	require.True(t, s.Establishment.IsZero())
	requireFolds(t, p)
	claim, err := payment.ClaimOf(&s, on("2014-03-05"), forms.Recorded{}, nil)
	require.NoError(t, err)
	require.Nil(t, claim.Payee)

	noConsent := atSchool()
	noConsent.Child.Born, noConsent.Child.Consent = private.NewDate(on("2009-02-02")), record.Withheld
	moved := *noConsent.Establishment
	moved.ID = otherID
	p = run(t, noConsent, started()...)
	for n := 1; n <= 6; n++ {
		require.NoError(t, p.Do(act(pep.SocialWorker, "2026-01-06", noConsent), pep.Answer{Section: n, Answers: filled(forms.KeyStage5, n, "Yes")}))
	}
	noConsent.Establishment = &moved
	require.NoError(t, p.Do(act(pep.SocialWorker, "2026-01-15", noConsent), pep.Reassign{Comment: text("SPRING—06/05/2026")}))
	require.Equal(t, otherID, p.Snapshot().Establishment)
	requireFolds(t, p)
}

// maintained is a school before it becomes an academy.
var maintained = record.Establishment{ID: schoolID, Status: record.Current, Type: forms.CommunitySchool, DfENumber: "888/4000", Finance: true}

// CHG-3: the finance details belong to the school and not to the academy.
func TestAnAcademyHasItsOwnNumberAndNoFinanceDetailsYet(t *testing.T) {
	t.Parallel()
	academy, err := pep.Lancashire().Convert(maintained, pep.Conversion{Type: forms.AcademyConverter, DfENumber: "888/6900", URN: "148000"})
	require.NoError(t, err)
	require.Equal(t, record.Establishment{ID: schoolID, Status: record.Current, Type: forms.AcademyConverter, DfENumber: "888/6900", URN: "148000"}, academy)

	facts := atSchool()
	unnumbered, err := pep.Lancashire().Convert(*facts.Establishment, pep.Conversion{Type: forms.AcademyConverter})
	require.NoError(t, err)
	facts.Establishment = &unnumbered
	require.Equal(t, pep.Delegated, run(t, facts, delegated()...).Stage(), "delegating goes on")
}

func TestAnImpossibleConversionIsInvalid(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		to   pep.Conversion
		want string
	}{
		{pep.Conversion{Type: forms.AcademyConverter, DfENumber: "888/4000", URN: "148000"}, ""}, // the number stays the same
		{pep.Conversion{Type: forms.CommunitySchool, DfENumber: "888/6900"}, "gias"},
		{pep.Conversion{}, "gias"},
		{pep.Conversion{Type: forms.AcademyConverter, DfENumber: "6900"}, "dfe"},
		{pep.Conversion{Type: forms.AcademyConverter, URN: "1480"}, "urn"},
	} {
		after, err := pep.Lancashire().Convert(maintained, test.to)
		require.Equal(t, test.want, rule.InvalidMember(err))
		require.Equal(t, err != nil, after == maintained)
	}
}

// TestCaseNotesAreReadBeforeACaseIsTakenOver checks NOTE-1.
func TestCaseNotesAreReadBeforeACaseIsTakenOver(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	worker, before := record.PersonID{UUID: uid(50)}, record.PersonID{UUID: uid(51)}
	note := func(n byte, by record.PersonID, at time.Time) record.Note {
		return record.Note{ID: record.NoteID{UUID: uid(n)}, Child: childID, By: by, At: at, Text: private.NewText("Rang the school")}
	}
	ids := func(n ...byte) (all []record.NoteID) {
		for _, n := range n {
			all = append(all, record.NoteID{UUID: uid(n)})
		}
		return all
	}
	other := note(8, before, at)
	other.Child = record.ChildID{UUID: uid(77)}
	for _, test := range []struct {
		name     string
		reviewed time.Time
		notes    []record.Note
		want     []record.NoteID
	}{
		{"none", time.Time{}, nil, nil},
		{"the oldest first", time.Time{}, []record.Note{note(1, before, at.Add(-time.Hour)), note(2, before, at.Add(-2*time.Hour))}, ids(2, 1)},
		{"at the instant of the allocation", time.Time{}, []record.Note{note(1, before, at)}, ids(1)},
		{"an instant later", time.Time{}, []record.Note{note(1, before, at.Add(1))}, nil},
		{"the worker's own", time.Time{}, []record.Note{note(1, worker, at)}, nil},
		{"another child's", time.Time{}, []record.Note{other}, nil},
		{"reviewed up to it", at.Add(-time.Hour), []record.Note{note(1, before, at.Add(-time.Hour))}, nil},
		{"reviewed an instant before it", at.Add(-time.Hour - 1), []record.Note{note(1, before, at.Add(-time.Hour))}, ids(1)},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := pep.Reallocation{Child: childID, To: worker, At: at, Reviewed: test.reviewed}
			given := slices.Clone(test.notes)
			unread, warning := r.Unread(given)
			require.Equal(t, test.want, unread)
			require.Equal(t, test.notes, given, "left as they were")
			if test.want == nil {
				require.Zero(t, warning)
				return
			}
			require.Equal(t, rule.NOTE1, warning.Rule())
		})
	}
}
