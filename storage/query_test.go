package storage_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/storage"
)

func TestAQuerySelectsTheStagesOfItsListAndItsTray(t *testing.T) {
	t.Parallel()
	tray := storage.Tray(pep.EstablishmentTray)
	for _, c := range []struct {
		name  string
		q     storage.Query
		want  []pep.Stage
		named bool
	}{
		{"no stage", storage.Query{Scope: storage.Everything()}, nil, false},
		{"stages in order", storage.Query{Scope: storage.Everything(), Stages: []pep.Stage{pep.Finalised, pep.Draft}}, []pep.Stage{pep.Draft, pep.Finalised}, true},
		{"a tray", storage.Query{Scope: tray}, []pep.Stage{pep.Delegated}, true},
		{"a tray and stages", storage.Query{Scope: tray, Stages: []pep.Stage{pep.Draft, pep.Delegated}}, []pep.Stage{pep.Delegated}, true},
		{"a stage in another tray", storage.Query{Scope: tray, Stages: []pep.Stage{pep.Draft}}, nil, true},
		{"an unknown stage", storage.Query{Scope: storage.Everything(), Stages: []pep.Stage{65}}, nil, true},
	} {
		stages, named := c.q.SelectedStages()
		require.Equal(t, c.want, stages, c.name)
		require.Equal(t, c.named, named, c.name)
	}
}
