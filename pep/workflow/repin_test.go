package workflow_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/fixture"
	"virtualschool.example/pep/policy"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
)

// another returns Lancashire's policy as a second revision, with an overlay.
func another(t *testing.T, doc string) *pep.Policy {
	t.Helper()
	p, err := policy.Overlay(fixture.Second(), []byte(doc))
	require.NoError(t, err)
	return p
}

// TestRepinningListsWhatChangesForThatPlan: Repinning lists the parameters that
// differ on the plan's own days, and what each revision says about the plan today.
func TestRepinningListsWhatChangesForThatPlan(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	soon, later := w.delegated(ada, "2026-01-14"), w.start(ben, "2026-03-25")
	w.make(func(c *workflow.Config) {
		c.Earlier = []*pep.Policy{pep.Lancashire()}
		c.Policy = another(t, `{"grading": {"sampling": "all"}, "upperBound": "birthday", "carryForward": "off",
			"returnPeriod": [{"source": "a", "value": {"days": 14}}, {"from": "2026-02-01", "source": "b", "value": {"workingDays": 10}}],
			"sealedDays": [{"source": "a", "value": 30}, {"from": "2026-06-01", "source": "b", "value": 7}]}`)
	})
	w.clock.noon(on("2026-04-09"))

	got, err := w.Repinning(ctx, desk, later)
	require.NoError(t, err)
	require.Equal(t, [...]any{later, 1, 2}, [...]any{got.Plan, got.From, got.To})
	require.Equal(t, []string{"revision", "upperBound", "returnPeriod", "carryForward", "grading"}, changed(got))
	require.Equal(t, "b", got.Parameters[2].After[0].Source)
	require.Equal(t, got.Before.Type, got.After.Type)
	require.True(t, got.Before.Carried)
	require.False(t, got.After.Carried)
	require.Equal(t, on("2026-04-23"), got.Before.Due, "out of term, both revisions give two weeks")
	require.Equal(t, on("2026-04-23"), got.After.Due)

	got, err = w.Repinning(ctx, desk, soon)
	require.NoError(t, err)
	require.Equal(t, []string{"revision", "upperBound", "carryForward", "grading"}, changed(got), "its meeting is before the new return period begins")
	require.Equal(t, on("2026-01-28"), got.Before.Due)
	require.Equal(t, on("2026-01-28"), got.After.Due)
	require.Equal(t, 1, w.plan(soon).Policy, "listing does not re-pin the plan")
	w.must(desk, soon, pep.Repin{})
	got, err = w.Repinning(ctx, desk, soon)
	require.NoError(t, err)
	require.Empty(t, got.Parameters)
	require.Equal(t, got.Before, got.After)
}

// changed returns the names of the parameters that differ.
func changed(r workflow.Repinning) (names []string) {
	for _, d := range r.Parameters {
		names = append(names, d.Member)
	}
	return names
}

// TestRepinningShowsDueTypeLastTermAndGrading: Repinning shows each of the four if
// the current policy changes it.
func TestRepinningShowsDueTypeLastTermAndGrading(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	graded := w.delegated(ben, "2026-01-14") // graded at the school this term
	w.must(contributor(teacher), graded, pep.SubmitContribution{})
	w.must(worker, graded, pep.Reassign{Comment: text("SPRING—06/05/2026")})
	w.must(support, graded, pep.SendForGrading{})
	w.must(consultant, graded, pep.AwardGrade{Grade: pep.Green})
	id := w.delegated(ada, "2026-03-25")
	for _, c := range []struct {
		name, doc string
		of        func(pep.Outlook) any
	}{
		{"due", `{"returnPeriod": {"workingDays": 10}}`, func(o pep.Outlook) any { return o.Due }},
		{"form type", `{"specialTypes": [1]}`, func(o pep.Outlook) any { return o.Type }},
		{"last term", `{"untilAge": 16}`, func(o pep.Outlook) any { return o.LastTerm }},
		{"grading", `{"grading": {"sampling": "all"}}`, func(o pep.Outlook) any { return o.Grading }},
	} {
		w.make(func(config *workflow.Config) {
			config.Earlier, config.Policy = []*pep.Policy{pep.Lancashire()}, another(t, c.doc)
		})
		got, err := w.Repinning(ctx, desk, id)
		require.NoError(t, err)
		require.NotEqual(t, c.of(got.Before), c.of(got.After), c.name)
	}
}

func TestRepinningOfAnUnknownRevisionHasNothingToCompare(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	old := w.start(ada, "2026-01-14")
	w.make(func(c *workflow.Config) { c.Policy = fixture.Second() })
	_, err := w.Repinning(ctx, desk, old)
	require.ErrorIs(t, err, workflow.ErrNoPolicy)
	_, err = w.Repinning(ctx, desk, pep.ID{UUID: uid(99)})
	require.ErrorIs(t, err, storage.ErrNotFound)
}
