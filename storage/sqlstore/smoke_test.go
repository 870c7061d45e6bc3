package sqlstore_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/storage"
	"virtualschool.example/term/civil"
)

func TestAPlanIsStoredAndReadBack(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s, _ := open(t)
	p := delegated(t, newChild(), "words")
	do(t, p, pep.SocialWorker, pep.Retract{ConfirmedWithSetting: true, Reason: private.NewText("moved")})
	require.NoError(t, s.Update(ctx, func(tx storage.Tx) error {
		_, again, err := tx.Once(ctx, "key", pep.Digest{1}, lately)
		require.False(t, again)
		require.NoError(t, err)
		require.NoError(t, tx.Save(ctx, p))
		return tx.Record(ctx, "key", storage.Outcome{Plan: p.ID(), Version: p.Version()})
	}))
	require.NoError(t, s.View(ctx, func(r storage.Reader) error {
		got, err := r.Plan(ctx, p.ID())
		require.NoError(t, err)
		require.Equal(t, p.Snapshot(), got.Snapshot())
		n := 0
		for c, err := range r.Sealed(ctx, p.ID()) {
			require.NoError(t, err)
			require.True(t, c.Answers.Equal(filled(p, c.Section, "words")))
			n++
		}
		require.Equal(t, 6, n)
		for e, err := range r.History(ctx, p.ID()) {
			require.NoError(t, err)
			require.Equal(t, p.Pending()[e.Version-1], e)
		}
		for got, err := range r.Plans(ctx, storage.Query{Scope: storage.Tray(pep.SocialWorkerTray)}) {
			require.NoError(t, err)
			require.Equal(t, p.ID(), got.ID())
		}
		return nil
	}))
	require.NoError(t, s.Update(ctx, func(tx storage.Tx) error {
		gone, err := tx.Destroy(ctx, civil.MustParse("2030-01-01"), 100)
		require.Len(t, gone, 6)
		return err
	}))
	m, err := s.Claim(ctx, 10, lately, lately)
	require.NoError(t, err)
	require.Len(t, m, 2)
}
