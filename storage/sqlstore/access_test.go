package sqlstore_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/peptest"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/storage/internal/cells"
	"virtualschool.example/storage/sqlstore"
)

// TestEveryCellOfAccess tries every deed in every role with every relation to the case, on
// each engine.
func TestEveryCellOfAccess(t *testing.T) {
	t.Parallel()
	for _, e := range entrants[1:] {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, 9*42*7, cells.Require(t, e.open(t)()))
		})
	}
}

// TestARelationThatReadsTheStoreDoesNotWaitForEver shows that, with a pool of one
// connection, a View inside a View returns storage.ErrContention.
func TestARelationThatReadsTheStoreDoesNotWaitForEver(t *testing.T) {
	t.Parallel()
	db := copyOf(t, template(t))
	db.SetMaxOpenConns(1)
	store, err := sqlstore.New(db, sqlstore.Options{Dialect: sqlstore.SQLite, Authority: "lancashire", Wait: 20 * time.Millisecond})
	require.NoError(t, err)
	var service *workflow.Service
	service, err = workflow.New(workflow.Config{
		Plans: store,
		Relation: func(ctx context.Context, c workflow.Case) (access.Relations, error) {
			if c.By.Role == pep.SocialWorker {
				_, err := service.Starts(ctx, peptest.Actor(pep.System), c.Child)
				return 0, err
			}
			return access.Of(access.Unattended), nil
		},
	})
	require.NoError(t, err)
	peptest.Put(t, service, peptest.Child(1))
	_, err = service.Starts(nowhere, peptest.Actor(pep.SocialWorker), peptest.Child(1).ID)
	require.ErrorIs(t, err, storage.ErrContention)
	require.Equal(t, workflow.Contention, workflow.KindOf(err))
}
