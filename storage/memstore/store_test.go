package memstore_test

import (
	"testing"

	"virtualschool.example/storage"
	"virtualschool.example/storage/memstore"
	"virtualschool.example/storage/storagetest"
)

func open(testing.TB) storage.Plans { return memstore.New() }

// lacks are the capabilities that a store in memory does not need.
var lacks = []storagetest.Lack{
	{Of: storagetest.Contention, Why: "updates take turns, so none ever blocks another"},
	{Of: storagetest.Doubt, Why: "a commit is one assignment, so its answer cannot be lost"},
}

func TestPlans(t *testing.T)    { storagetest.Plans(t, open, lacks...) }
func TestRegister(t *testing.T) { storagetest.Register(t, open) }
func TestOutbox(t *testing.T)   { storagetest.Outbox(t, open) }
func TestBook(t *testing.T)     { storagetest.Book(t, open) }
func TestPayments(t *testing.T) { storagetest.Payments(t, open) }
func TestAudit(t *testing.T)    { storagetest.Audit(t, open) }
func TestAlerts(t *testing.T)   { storagetest.Alerts(t, open) }

func TestBlobs(t *testing.T) {
	storagetest.Blobs(t, func(testing.TB) storage.Blobs { return &memstore.Blobs{} })
}
