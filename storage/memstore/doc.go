// Package memstore keeps in memory all that package storage has roles for: its
// reference adapter, for tests and for programs that keep nothing.
//
// The store is a handful of trees whose nodes are never changed once they are
// committed, and for each plan the versions that somebody may still read. A
// View reads all of it as it was when it began and holds no lock, so it can
// take as long as it likes and neither waits for a writer nor keeps one
// waiting. An Update, one at a time, copies the nodes that it changes, adds
// versions to plans and puts the new roots in place when it commits; whatever
// else happens to it, the old ones are still there.
//
// A list is answered from whichever index has the fewest plans to look at.
package memstore
