package memstore_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/storage/internal/cells"
	"virtualschool.example/storage/memstore"
)

// TestEveryCellOfAccess tries every deed in every role with every relation to the
// case.
func TestEveryCellOfAccess(t *testing.T) {
	t.Parallel()
	require.Equal(t, 9*42*7, cells.Require(t, memstore.New()))
}
