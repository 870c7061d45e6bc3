package storagetest

import (
	"slices"
	"testing"

	"virtualschool.example/storage"
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

// Book proves that the Readers and Txs of what open returns keep a book as
// storage.Book and storage.Bookkeeper say.
func Book(t *testing.T, open Open, lacks ...Lack) {
	t.Helper()
	runAll(t, open, bookRows(), lacks)
}

// Payments proves that the Readers and Txs of what open returns keep payments
// as storage.Payments and storage.Payer say.
func Payments(t *testing.T, open Open, lacks ...Lack) {
	t.Helper()
	runAll(t, open, paymentRows(), lacks)
}

// Audit proves that the Readers and Txs of what open returns keep an audit
// trail as storage.Audit and storage.Auditor say.
func Audit(t *testing.T, open Open, lacks ...Lack) {
	t.Helper()
	runAll(t, open, auditRows(), lacks)
}

// Alerts proves that the Readers and Txs of what open returns keep alerts as
// storage.Alerts and storage.Acknowledger say.
func Alerts(t *testing.T, open Open, lacks ...Lack) {
	t.Helper()
	runAll(t, open, alertRows(), lacks)
}

// Blobs proves that what open returns, anew for each case, keeps files as
// storage.Blobs says.
func Blobs(t *testing.T, open func(testing.TB) storage.Blobs) {
	t.Helper()
	runAll(t, func(t testing.TB) storage.Plans { return filesAlone{Blobs: open(t)} }, blobRows(), nil)
}

// Joins proves that what open returns, anew for each case, joins transactions
// of its host's as package storage says.
func Joins(t *testing.T, open func(testing.TB) Host) {
	t.Helper()
	runAll(t, func(t testing.TB) storage.Plans { return open(t) }, joinRows(), nil)
}

// filesAlone is a store of files and of nothing else.
type filesAlone struct {
	storage.Plans
	storage.Blobs
}

func planRows() []row {
	return slices.Concat(throughoutRows(), viewRows(), updateRows(), readRows(), queryRows(),
		saveRows(), contentRows(), commandRows(), sealedRows(), pruneRows())
}
