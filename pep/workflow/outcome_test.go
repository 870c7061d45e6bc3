package workflow_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
)

func TestAStartMayBearTheIDOfItsPlan(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := pep.ID{UUID: uid(201)}
	do := pep.StartInitial{Child: ada, Meeting: on("2026-01-14")}
	done, err := w.Do(ctx, workflow.Command{Key: "a", By: worker, Plan: id, Do: do})
	require.NoError(t, err)
	require.Equal(t, id, done.Plan)
	_, err = w.Do(ctx, workflow.Command{Key: "b", By: worker, Plan: id, Do: pep.StartInitial{Child: ben, Meeting: on("2026-01-14")}})
	require.ErrorIs(t, err, storage.ErrExists, "the id belongs to another child's plan")
}

func TestTheOutcomeOfAKeyCanBeAsked(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c := workflow.Command{Key: "a", By: worker, Do: pep.StartInitial{Child: ada, Meeting: on("2026-01-14")}}
	_, err := w.Outcome(ctx, worker, c.Key)
	require.ErrorIs(t, err, storage.ErrNotFound)
	done, err := w.Do(ctx, c)
	require.NoError(t, err)
	asked, err := w.Outcome(ctx, worker, c.Key)
	require.NoError(t, err)
	require.Equal(t, done, asked)
}
