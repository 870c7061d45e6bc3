package pep_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/rule"
)

func TestOOT2APlanThatWasReturnedKeepsItsTerm(t *testing.T) {
	t.Parallel()
	why := text("Because")
	back := []step{{sw, "2026-03-20", pep.Activate{}}, {sw, "2026-03-30", pep.Redelegate{Comments: why, Due: on("2026-04-10")}}}
	retract := step{sw, "2026-03-31", pep.Retract{ConfirmedWithSetting: true, Reason: why}}
	revise := []step{{bs, "2026-01-24", pep.Revise{Reason: why}}, {sw, "2026-01-25", pep.Redelegate{Comments: why}}}
	carry := step{sys, "2026-04-09", pep.CarryForward{}}
	for _, c := range []struct {
		name  string
		steps []step
		want  rule.ID // the rule that keeps the plan in its term; zero if the plan is carried
		code  rule.Code
		stale string // the first day on which the plan is stale
	}{
		{"never returned", delegated(), 0, 0, "2026-09-01"},
		{"returned and handed back", join(returned(), back), rule.OOT2, rule.KeepsTerm, "2026-09-01"},
		{"returned, handed back and retracted", join(returned(), back, retract), 0, 0, "2026-09-01"},
		{"a later revision", join(finalised(), revise), rule.OOT2, rule.KeepsTerm, "2026-09-01"},
		{"a later revision retracted", join(finalised(), revise, retract), rule.OOT2, rule.KeepsTerm, "2026-09-01"},
		{"OOT-4 carried, returned and handed back", join(delegated(), nil, carry,
			step{dt, "2026-04-20", pep.SubmitContribution{}}, step{sw, "2026-04-21", pep.Activate{}}, step{sw, "2026-04-22", pep.Redelegate{Comments: why}},
		), rule.OOT4, rule.AlreadyCarried, "2026-09-01"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := run(t, atSchool(), c.steps...)
			before, stale := p.Snapshot(), on(c.stale)
			warned := func(day string) bool {
				all, err := p.Warnings(act(sw, day, atSchool()))
				require.NoError(t, err)
				for _, w := range all {
					if w == pep.Stale {
						return true
					}
				}
				return false
			}
			err := p.Do(act(sys, "2026-05-01", atSchool()), pep.CarryForward{})
			if c.want == 0 {
				require.NoError(t, err)
				require.Equal(t, "SUMMER 2026", p.Term().String())
			} else {
				require.Equal(t, c.code, requireRefused(t, c.want, err).Code())
				require.Equal(t, before, p.Snapshot())
			}
			require.False(t, warned(stale.AddDays(-1).String()))
			require.True(t, warned(stale.String()))
		})
	}
}
