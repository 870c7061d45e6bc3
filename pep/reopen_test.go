package pep_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/delegation"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
)

// ceased adds a ceasing on 20 February 2026 to the steps.
func ceased(steps ...step) []step {
	return join(steps, nil, step{sw, "2026-02-20", pep.Cease{On: on("2026-02-20")}})
}

// reopens returns a step that reopens a plan on a day.
func reopens(day string) step {
	return step{pep.ServiceDesk, day, pep.Reopen{Reason: text("Another child was meant")}}
}

func TestFINAL4ACancelledPlanReopensAtTheStageItHadReached(t *testing.T) {
	t.Parallel()
	why := text("Because")
	activate, redelegate := step{sw, "2026-01-21", pep.Activate{}}, step{sw, "2026-01-22", pep.Redelegate{Comments: why}}
	retract := step{sw, "2026-01-23", pep.Retract{ConfirmedWithSetting: true, Reason: why}}
	revise := step{bs, "2026-01-24", pep.Revise{Reason: why}}
	for _, c := range []struct {
		name     string
		steps    []step
		want     pep.Stage
		revision int
	}{
		{"a draft", started(), pep.Draft, 1},
		{"a delegated plan", delegated(), pep.Draft, 1},
		{"a returned plan", returned(), pep.Returned, 1},
		{"an activated plan", join(returned(), nil, activate), pep.Returned, 1},
		{"a plan handed back", join(returned(), nil, activate, redelegate), pep.Returned, 1},
		{"a plan handed back and retracted", join(returned(), nil, activate, redelegate, retract), pep.Draft, 1},
		{"a plan that is checked", checking(), pep.Returned, 1},
		{"a plan that is graded", grading(), pep.Returned, 1},
		{"a later revision", join(finalised(), nil, revise), pep.Returned, 2},
		{"a later revision handed back", join(finalised(), nil, revise, redelegate), pep.Returned, 2},
		{"a later revision retracted", join(finalised(), nil, revise, redelegate, retract), pep.Draft, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := run(t, atSchool(), ceased(c.steps...)...)
			before := p.Snapshot()
			require.NoError(t, p.Do(act(pep.ServiceDesk, "2026-02-23", atSchool()), reopens("").do))
			s := p.Snapshot()
			require.Equal(t, c.want, s.Stage)
			require.Equal(t, c.revision, s.Revision)
			require.True(t, s.CeasedOn.IsZero(), "the ceasing is withdrawn")
			require.Equal(t, before.Filled, s.Filled)
			require.Equal(t, before.Final, s.Final)
			require.Equal(t, before.Retracted, s.Retracted)
			require.Zero(t, p.Pending()[len(p.Pending())-1].Notices)
			if c.want == pep.Draft {
				require.True(t, s.Delegated.IsZero() && s.Due.IsZero() && s.Contributor.IsZero() && !s.DueByDefault)
				require.Equal(t, delegation.NewStates(6), s.Sections)
				return
			}
			require.Equal(t, delegation.Every(6), s.Sections.In(delegation.Locked))
			require.Equal(t, before.Due, s.Due)
			require.Equal(t, before.Contributor, s.Contributor)
		})
	}
}

// TestFINAL4APlanThatTheSocialWorkerCompletesReopens checks that a plan which was
// never delegated becomes a draft again at its first revision and a returned plan at a
// later one.
func TestFINAL4APlanThatTheSocialWorkerCompletesReopens(t *testing.T) {
	t.Parallel()
	facts := but(nowhere)
	steps := join(started(), answers(1, 6), step{sw, "2026-01-21", pep.Reassign{Comment: text("SPRING—06/05/2026")}})
	p := run(t, facts, append(ceased(steps...), reopens("2026-02-23"))...)
	require.Equal(t, pep.Draft, p.Stage())

	steps = join(steps, nil, step{bs, "2026-01-22", pep.Finalise{}}, step{bs, "2026-01-23", pep.Revise{Reason: text("Because")}})
	p = run(t, facts, append(ceased(steps...), reopens("2026-02-23"))...)
	require.Equal(t, pep.Returned, p.Stage())
}

func TestReopeningACancelledPlanIsRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		role   pep.Role
		day    string
		reason string
		facts  func(*pep.Facts)
		want   rule.ID
	}{
		{"FINAL-4 by a social worker", sw, "2026-02-23", "Because", nil, rule.FINAL4},
		{"FINAL-4 without a reason", pep.ServiceDesk, "2026-02-23", " ", nil, rule.FINAL4},
		{"FINAL-4 comes before START-2", pep.ServiceDesk, "2026-02-23", "", func(f *pep.Facts) { f.OtherOpen = true }, rule.FINAL4},
		{"START-2 comes before CHG-4", pep.ServiceDesk, "2026-02-23", "Because", func(f *pep.Facts) { f.OtherOpen, f.CeasedOn = true, on("2026-02-20") }, rule.START2},
		{"CHG-4 another plan was ceased", pep.ServiceDesk, "2026-02-23", "Because", func(f *pep.Facts) { f.CeasedOn = on("2026-02-20") }, rule.CHG4},
		{"ELIG-1 the episode has ended", pep.ServiceDesk, "2026-02-23", "Because", func(f *pep.Facts) {
			f.Child.Care = record.Care{Episodes: []record.Episode{{Span: span("2024-01-10", "2026-02-20")}}}
		}, rule.ELIG1},
		{"ELIG-1 comes before CHG-4 if episodes are recorded", pep.ServiceDesk, "2026-02-23", "Because", func(f *pep.Facts) {
			f.Child.Care, f.CeasedOn = record.Care{}, on("2026-02-20")
		}, rule.ELIG1},
		{"ELIG-9 the child is in short breaks", pep.ServiceDesk, "2026-02-23", "Because", func(f *pep.Facts) {
			f.Child.Care = record.Care{Episodes: []record.Episode{{Span: span("2024-01-10", ""), ShortBreak: true}}}
		}, rule.ELIG9},
		{"ELIG-4 the term of the meeting is past the last", pep.ServiceDesk, "2026-02-23", "Because", born("2007-12-31"), rule.ELIG4},
		{"ELIG-11 the child is too young", pep.ServiceDesk, "2026-02-23", "Because", born("2024-09-01"), rule.ELIG11},
		{"not by its own ceasing", pep.ServiceDesk, "2026-02-23", "Because", nil, 0},
		{"not by an episode that goes on", pep.ServiceDesk, "2026-02-23", "Because", func(f *pep.Facts) {
			f.Child.Care, f.CeasedOn = record.Care{Episodes: []record.Episode{{Span: span("2024-01-10", "")}}}, on("2026-02-20")
		}, 0},
		{"not by the kind of start", pep.ServiceDesk, "2026-02-23", "Because", func(f *pep.Facts) {
			f.Previous = &pep.Previous{Plan: pep.ID{UUID: uid(9)}, Started: on("2025-09-10")}
		}, 0},
		{"not by a meeting long past", pep.ServiceDesk, "2028-02-23", "Because", nil, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p, facts := run(t, atSchool(), ceased(delegated()...)...), atSchool()
			if c.facts != nil {
				c.facts(&facts)
			}
			before, by := p.Snapshot(), act(c.role, c.day, facts)
			err := p.Do(by, pep.Reopen{Reason: private.NewText(c.reason)})
			if c.want == 0 {
				require.NoError(t, err)
				return
			}
			requireRefused(t, c.want, err)
			require.Equal(t, before, p.Snapshot())
		})
	}
}

// TestReopeningNeedsTheFactsOfAStart checks that care and age are read only for a cancelled
// plan, and that an impossible birth date is invalid.
func TestReopeningNeedsTheFactsOfAStart(t *testing.T) {
	t.Parallel()
	p := run(t, atSchool(), ceased(delegated()...)...)
	require.Equal(t, pep.ChildFact|pep.PlansFact, p.Needs(pep.VerbReopen))
	require.Equal(t, pep.ChildFact|pep.PlansFact, p.NeedsToLook())
	require.Equal(t, pep.OpenFact, run(t, atSchool(), finalised()...).Needs(pep.VerbReopen))

	by := act(pep.ServiceDesk, "2026-02-23", but(born("2062-01-01")))
	requireInvalid(t, "born", p.Do(by, reopens("").do))
	_, err := p.Options(by)
	requireInvalid(t, "born", err)
}

func TestFINAL4ReopeningAFinalisedPlanClearsTheRecordOfFinalising(t *testing.T) {
	t.Parallel()
	p := run(t, atSchool(), join(finalised(), nil, reopens("2026-02-01"))...)
	require.Equal(t, pep.Checking, p.Stage())
	require.Equal(t, pep.Final{}, p.Snapshot().Final)
}
