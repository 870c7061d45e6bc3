// Package memstore implements every role of package storage in memory. It is the
// reference adapter, for tests and for programs that keep nothing.
//
//	store := memstore.New()
//	err := store.Update(ctx, func(tx storage.Tx) error { return tx.Save(ctx, plan) })
//
// Its errors are the sentinels of package storage, such as storage.ErrConflict.
//
// The store consists of a handful of trees and, for each plan, the versions that a
// View may still read. The nodes of the trees never change once they are committed.
// A View reads the store as it was when the View began. It holds no lock, so it can
// take as long as it likes: it never waits for a writer, and no writer waits for it.
// Updates run one at a time. An Update copies the nodes that it changes, adds
// versions to plans, and puts the new roots in place when it commits; if it does not
// commit, the old roots are still there.
//
// A list reads whichever index has the fewest plans to look at.
package memstore
