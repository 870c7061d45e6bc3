package storagetest_test

import (
	"testing"

	"virtualschool.example/storage"
	"virtualschool.example/storage/memstore"
	"virtualschool.example/storage/storagetest"
)

// An adapter's test opens a new store for each case, and declares the capabilities
// that the store does not have.
func Example() {
	open := func(t testing.TB) storage.Plans {
		store := memstore.New() // your store
		t.Cleanup(func() { _ = store.Close() })
		return store
	}
	prove := func(t *testing.T) {
		storagetest.Plans(t, open,
			storagetest.Lack{Of: storagetest.Contention, Why: "updates take turns"},
			storagetest.Lack{Of: storagetest.Doubt, Why: "a commit is one assignment"})
		storagetest.Register(t, open)
		storagetest.Outbox(t, open)
		storagetest.Book(t, open)
		storagetest.Payments(t, open)
		storagetest.Audit(t, open)
		storagetest.Alerts(t, open)
	}
	_ = testing.InternalTest{Name: "TestMyStore", F: prove}
}
