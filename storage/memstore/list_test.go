package memstore

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/storage/internal/journey"
	"virtualschool.example/term/civil"
)

func TestAListReadsTheIndexWithTheFewestPlans(t *testing.T) {
	t.Parallel()
	s := New()
	child := journey.New(t, "1").Child.ID
	school := journey.New(t, "2").School.ID
	teacher := journey.New(t, "8").Teacher.ID
	require.NoError(t, s.Update(context.Background(), func(tx storage.Tx) error {
		for n := range 300 {
			j := journey.New(t, fmt.Sprint(n)).Start(civil.MustParse("2026-01-15").AddDays(n % 150))
			if n == 7 {
				j.To(pep.Delegated)
			}
			if err := tx.Save(context.Background(), j.Plan); err != nil {
				return err
			}
		}
		return nil
	}))
	all, day := storage.Everything(), record.Span{From: civil.MustParse("2026-03-01"), To: civil.MustParse("2026-03-02")}
	for _, c := range []struct {
		name string
		q    storage.Query
		want index
	}{
		{"everything", storage.Query{Scope: all}, byMeeting},
		{"a child's", storage.Query{Scope: storage.Caseload(child), Stages: []pep.Stage{pep.Draft}}, byChild},
		{"an establishment's", storage.Query{Scope: storage.Establishment(school), Stages: []pep.Stage{pep.Draft}}, byEstablishment},
		{"a contributor's", storage.Query{Scope: storage.Tray(pep.EstablishmentTray), Contributor: teacher}, byContributor},
		{"a tray with few plans", storage.Query{Scope: storage.Tray(pep.EstablishmentTray)}, byStage},
		{"a stage with few plans", storage.Query{Scope: all, Stages: []pep.Stage{pep.Delegated}}, byStage},
		{"meetings on one day", storage.Query{Scope: all, Meeting: day}, byMeeting},
		{"due", storage.Query{Scope: storage.Tray(pep.SocialWorkerTray), Due: record.Span{From: civil.MustParse("2026-01-01")}}, byDue},
		{"due on a day without due plans", storage.Query{Scope: storage.Tray(pep.SocialWorkerTray), Due: day}, byDue},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.want, s.committed.Load().best(&c.q).index)
		})
	}
}
