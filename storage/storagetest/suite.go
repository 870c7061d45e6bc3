package storagetest

import (
	"slices"
	"testing"
)

// Plans proves that what open returns keeps plans as storage.Plans says: a
// sub-test a case, each on a store of its own. What the store cannot show is
// declared, and printed; a lack that is not declared fails.
func Plans(t *testing.T, open Open, lacks ...Lack) {
	t.Helper()
	runAll(t, open, planRows(), lacks)
}

// Register proves that the Readers and Txs of what open returns keep the
// register as storage.Register and storage.Registrar say.
func Register(t *testing.T, open Open, lacks ...Lack) {
	t.Helper()
	runAll(t, open, registerRows(), lacks)
}

// Outbox proves that what open returns keeps messages as storage.Outbox says.
func Outbox(t *testing.T, open Open, lacks ...Lack) {
	t.Helper()
	runAll(t, open, outboxRows(), lacks)
}

func planRows() []row {
	return slices.Concat(throughoutRows(), viewRows(), updateRows(), readRows(), queryRows(),
		saveRows(), contentRows(), commandRows(), sealedRows())
}
