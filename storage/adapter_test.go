package storage_test

import (
	"testing"

	"virtualschool.example/storage"
	"virtualschool.example/storage/storagetest"
)

// TestShelf is the only test that an adapter needs; storagetest supplies the
// cases.
func TestShelf(t *testing.T) {
	storagetest.Plans(t, func(testing.TB) storage.Plans { return newShelf() },
		storagetest.Lack{Of: storagetest.Messages, Why: "nothing passes messages on"},
		storagetest.Lack{Of: storagetest.Closing, Why: "nothing is open"},
		storagetest.Lack{Of: storagetest.Contention, Why: "updates take turns"},
		storagetest.Lack{Of: storagetest.Doubt, Why: "a commit is one assignment"})
}
