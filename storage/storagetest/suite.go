package storagetest

import (
	"slices"
	"testing"

	"virtualschool.example/storage"
)

// Plans tests that the store returned by open keeps plans as storage.Plans says.
// Each case is a subtest with a new store. Every capability that the store does
// not have must be declared in lacks. The test prints the declarations, and fails
// if one is missing.
func Plans(t *testing.T, open Open, lacks ...Lack) {
	t.Helper()
	runAll(t, open, planRows(), lacks)
}

// Register tests that the Readers and Txs of the store returned by open keep the
// register as storage.Register and storage.Registrar say.
func Register(t *testing.T, open Open, lacks ...Lack) {
	t.Helper()
	runAll(t, open, registerRows(), lacks)
}

// Outbox tests that the store returned by open keeps messages as storage.Outbox
// says.
func Outbox(t *testing.T, open Open, lacks ...Lack) {
	t.Helper()
	runAll(t, open, outboxRows(), lacks)
}

// Book tests that the Readers and Txs of the store returned by open keep case
// notes, attachments and requests as storage.Book and storage.Bookkeeper say.
func Book(t *testing.T, open Open, lacks ...Lack) {
	t.Helper()
	runAll(t, open, bookRows(), lacks)
}

// Payments tests that the Readers and Txs of the store returned by open keep
// payments as storage.Payments and storage.Payer say.
func Payments(t *testing.T, open Open, lacks ...Lack) {
	t.Helper()
	runAll(t, open, paymentRows(), lacks)
}

// Audit tests that the Readers and Txs of the store returned by open keep an audit
// trail as storage.Audit and storage.Auditor say.
func Audit(t *testing.T, open Open, lacks ...Lack) {
	t.Helper()
	runAll(t, open, auditRows(), lacks)
}

// Alerts tests that the Readers and Txs of the store returned by open keep alerts
// as storage.Alerts and storage.Acknowledger say.
func Alerts(t *testing.T, open Open, lacks ...Lack) {
	t.Helper()
	runAll(t, open, alertRows(), lacks)
}

// Blobs tests that the store returned by open keeps files as storage.Blobs says.
// Each case has a new store.
func Blobs(t *testing.T, open func(testing.TB) storage.Blobs) {
	t.Helper()
	runAll(t, func(t testing.TB) storage.Plans { return filesAlone{Blobs: open(t)} }, blobRows(), nil)
}

// Joins tests that the store returned by open joins its host's transactions as
// package storage says. Each case has a new store.
func Joins(t *testing.T, open func(testing.TB) Host) {
	t.Helper()
	runAll(t, func(t testing.TB) storage.Plans { return open(t) }, joinRows(), nil)
}

// filesAlone is a store that keeps files and nothing else.
type filesAlone struct {
	storage.Plans
	storage.Blobs
}

func planRows() []row {
	return slices.Concat(throughoutRows(), viewRows(), updateRows(), readRows(), queryRows(),
		saveRows(), contentRows(), commandRows(), sealedRows(), pruneRows())
}
