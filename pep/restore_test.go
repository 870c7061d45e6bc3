package pep_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/rule"
)

// restores returns a step that brings back, on a day, what a retract cleared.
func restores(day string) step {
	return step{pep.ServiceDesk, day, pep.RestoreSections{Reason: text("It was the right school")}}
}

func TestDELEG6RestoresWhatARetractCleared(t *testing.T) {
	t.Parallel()
	want := run(t, atSchool(), delegated()...).Snapshot().Filled
	p := run(t, atSchool(), join(retracted(), nil, restores("2026-02-13"))...)
	s, last := p.Snapshot(), p.Pending()[len(p.Pending())-1]
	require.Equal(t, want, s.Filled)
	require.Equal(t, 6, p.CompletedSections())
	require.Equal(t, pep.Draft, s.Stage)
	require.Equal(t, pep.Retracted{}, s.Retracted)
	require.True(t, s.Due.IsZero() && s.Contributor.IsZero() && s.Delegated.IsZero(), "the delegation does not come back")
	require.Equal(t, s.Version-1, last.Restores)
	require.Zero(t, last.Notices)
	require.NoError(t, p.Do(act(sw, "2026-02-14", atSchool()), pep.Delegate{All: true}), "its sections are unlocked")
}

func TestDELEG6RestoreIsRefused(t *testing.T) {
	t.Parallel()
	why := text("Because")
	answer := step{sw, "2026-01-16", pep.Answer{Section: 1, Answers: filled(forms.SecondaryMainstream, 1, "Yes")}}
	attach := step{sw, "2026-01-16", pep.Attach{Name: text("report.pdf"), Size: 1}}
	cease := step{sw, "2026-01-16", pep.Cease{On: on("2026-01-16")}}
	for _, c := range []struct {
		name   string
		steps  []step
		role   pep.Role
		day    string
		reason string
		want   rule.Code
	}{
		{"by a social worker", retracted(), sw, "2026-01-16", "Because", rule.WrongRole},
		{"while the plan is delegated", delegated(), pep.ServiceDesk, "2026-01-16", "Because", rule.WrongStage},
		{"without a reason", retracted(), pep.ServiceDesk, "2026-01-16", " ", rule.Blank},
		{"of a plan never retracted", started(), pep.ServiceDesk, "2026-01-16", "Because", rule.NothingToRestore},
		{"once something was written", join(retracted(), nil, answer), pep.ServiceDesk, "2026-01-16", "Because", rule.NothingToRestore},
		{"twice", join(retracted(), nil, restores("2026-01-16")), pep.ServiceDesk, "2026-01-16", "Because", rule.NothingToRestore},
		{"when the sealed days are over", retracted(), pep.ServiceDesk, "2026-02-14", "Because", rule.SealedTimeOver},
		{"not on the last of the sealed days", retracted(), pep.ServiceDesk, "2026-02-13", "Because", 0},
		{"not after an attachment", join(retracted(), nil, attach), pep.ServiceDesk, "2026-01-17", "Because", 0},
		{"while the plan is cancelled", join(retracted(), nil, cease), pep.ServiceDesk, "2026-01-17", "Because", rule.WrongStage},
		{"not once it is reopened", join(retracted(), nil, cease, reopens("2026-01-17")), pep.ServiceDesk, "2026-01-17", "Because", 0},
		{"not of the latest of two retracts", join(join(retracted(), answers(1, 2)), nil,
			step{sw, "2026-01-20", pep.Delegate{All: true}}, step{sw, "2026-02-01", pep.Retract{ConfirmedWithSetting: true, Reason: why}},
		), pep.ServiceDesk, "2026-03-02", "Because", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := run(t, atSchool(), c.steps...)
			before := p.Snapshot()
			err := p.Do(act(c.role, c.day, atSchool()), pep.RestoreSections{Reason: text(c.reason)})
			if c.want == 0 {
				require.NoError(t, err)
				require.Equal(t, before.Retracted.Filled, p.Snapshot().Filled)
				return
			}
			require.Equal(t, c.want, requireRefused(t, rule.DELEG6, err).Code())
			require.Equal(t, before, p.Snapshot())
		})
	}
}

// TestARestoreDoesNotBringTheReturnBack checks that a plan which was returned, handed back
// and retracted can be carried forward, both before and after a restore (OOT-2).
func TestARestoreDoesNotBringTheReturnBack(t *testing.T) {
	t.Parallel()
	why := text("Because")
	steps := join(returned(), nil, step{sw, "2026-03-20", pep.Activate{}}, step{sw, "2026-03-21", pep.Redelegate{Comments: why}},
		step{sw, "2026-03-22", pep.Retract{ConfirmedWithSetting: true, Reason: why}}, restores("2026-03-23"),
		step{sys, "2026-04-01", pep.CarryForward{}})
	s := run(t, atSchool(), steps...).Snapshot()
	require.Equal(t, "SUMMER 2026", s.Term.String())
	require.True(t, s.Submitted.IsZero())
}
