package sqlstore_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore/internal/body"
)

// TestADamagedOutlineAffectsOnlyItsChild changes an outline, shortens another, and replaces
// a third with the outline of another child. Each of these counts as damage.
func TestADamagedOutlineAffectsOnlyItsChild(t *testing.T) {
	t.Parallel()
	s, db := open(t)
	var of []record.ChildID
	for range 4 {
		p := started(t, newChild(), "2026-05-20")
		require.NoError(t, save(s, p))
		of = append(of, p.Child())
	}
	damage := func(child record.ChildID, set string, args ...any) {
		_, err := db.Exec("UPDATE pep_plan SET outline = "+set+" WHERE child = ?", append(args, child.UUID[:])...)
		require.NoError(t, err)
	}
	damage(of[0], "'Z' || substr(outline, 2)")
	damage(of[1], "substr(outline, 2)")
	damage(of[2], "(SELECT outline FROM pep_plan WHERE child = ?)", of[3].UUID[:])
	require.NoError(t, s.View(nowhere, func(r storage.Reader) error {
		sound := map[record.ChildID]bool{}
		for o, err := range r.(storage.Outlines).Outlines(nowhere, of...) {
			if err != nil {
				require.ErrorIs(t, err, storage.ErrDamaged)
			}
			sound[o.Child] = err == nil
		}
		require.Equal(t, map[record.ChildID]bool{of[0]: false, of[1]: false, of[2]: false, of[3]: true}, sound)
		return nil
	}))
}

// requireOutline requires that a plan's outline column agrees with its state.
func requireOutline(t *testing.T, text string, s *pep.Snapshot) {
	t.Helper()
	got, ok := body.Outline(s.Child.UUID, []byte(text))
	require.True(t, ok)
	require.Equal(t, s.Outline(), got)
}
