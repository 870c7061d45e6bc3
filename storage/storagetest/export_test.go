package storagetest

import (
	"testing"

	"virtualschool.example/storage"
)

// Fails runs a case on a store and reports whether it failed.
func Fails(t *testing.T, name string, open func() storage.Plans) bool {
	return fails(t, rowNamed(t, name), open, limit)
}

// JoinNames returns the names of the cases on a store that joins.
func JoinNames() (names []string) {
	for _, r := range joinRows() {
		names = append(names, r.name)
	}
	return names
}
