package memstore

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/storage"
	"virtualschool.example/storage/internal/journey"
)

// versions returns how many versions of a plan the store keeps.
func (s *Store) versions(of pep.ID) (n int) {
	c := s.committed.Load().plans.find(id(of.UUID))
	for v := c.latest.Load(); v != nil; v = v.before.Load() {
		n++
	}
	return n
}

// answered answers two sections in one Update, whose function returns err.
func (s *Store) answered(t *testing.T, of pep.ID, text string, err error) {
	t.Helper()
	ctx := context.Background()
	require.ErrorIs(t, s.Update(ctx, func(tx storage.Tx) error {
		p, failure := tx.Plan(ctx, of)
		require.NoError(t, failure)
		require.NoError(t, tx.Save(ctx, journey.New(t, "a").With(p).Answer(text, 1).Plan))
		p, failure = tx.Plan(ctx, of)
		require.NoError(t, failure)
		require.NoError(t, tx.Save(ctx, journey.New(t, "a").With(p).Answer(text, 2).Plan))
		return err
	}), err)
}

func TestAPlanKeepsTheVersionsThatAViewReads(t *testing.T) {
	t.Parallel()
	s, ctx := New(), context.Background()
	p := journey.New(t, "a").To(pep.Draft).Plan
	require.NoError(t, s.Update(ctx, func(tx storage.Tx) error { return tx.Save(ctx, p) }))
	reads := func(r storage.Reader, version int64) {
		t.Helper()
		got, err := r.Plan(ctx, p.ID())
		require.NoError(t, err)
		require.Equal(t, version, got.Version())
	}
	for n := range 10 {
		s.answered(t, p.ID(), fmt.Sprint(n), nil)
		require.LessOrEqual(t, s.versions(p.ID()), 2, "no View reads the earlier versions")
	}
	require.NoError(t, s.View(ctx, func(first storage.Reader) error {
		s.answered(t, p.ID(), "meanwhile", nil)
		require.NoError(t, s.View(ctx, func(second storage.Reader) error {
			for n := range 10 {
				s.answered(t, p.ID(), fmt.Sprint(n), nil)
				s.answered(t, p.ID(), "never", errors.ErrUnsupported)
				reads(first, 21)
				reads(second, 23)
			}
			return nil
		}))
		return nil
	}))
	require.Equal(t, 12, s.versions(p.ID()))
	s.answered(t, p.ID(), "at last", nil)
	require.Equal(t, 2, s.versions(p.ID()))
}

func TestAnUpdateThatFailsLeavesNoVersion(t *testing.T) {
	t.Parallel()
	s, ctx := New(), context.Background()
	p := journey.New(t, "a").To(pep.Draft).Plan
	require.NoError(t, s.Update(ctx, func(tx storage.Tx) error { return tx.Save(ctx, p) }))
	for range 3 {
		s.answered(t, p.ID(), "never", errors.ErrUnsupported)
		require.Equal(t, 1, s.versions(p.ID()))
	}
	require.Equal(t, int64(1), s.committed.Load().epoch.seq)
}

func TestAnImpossibleStateIsDamaged(t *testing.T) {
	t.Parallel()
	p, err := restore(&plan{})
	require.Nil(t, p)
	require.ErrorIs(t, err, storage.ErrDamaged)
	require.IsType(t, &storage.Error{}, err, "a reader is not told to correct an input that they never gave")
}
