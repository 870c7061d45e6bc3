// Package storagetest holds the contract of package storage as test cases, for
// the author of any adapter. Plans tests what every store must do. Register,
// Outbox, Book, Payments, Audit and Alerts test the other roles of a store. Each
// case runs on a new store, which the adapter's [Open] function returns:
//
//	func TestMyStore(t *testing.T) {
//		open := func(t testing.TB) storage.Plans { return mystore.New() }
//		storagetest.Plans(t, open, storagetest.Lack{Of: storagetest.Doubt, Why: "a commit is one assignment"})
//		storagetest.Register(t, open)
//	}
//
// Blobs tests a store of files, Joins a store that can join its host's
// transactions, and ReadRegister a register that the host keeps itself.
//
// The name of a case begins with the number of the sentence that it tests, such
// as "P13 an update that panics leaves nothing". If the case fails, the test
// logs that sentence. If a store does not have a capability, its author declares
// a [Lack], which the test prints; an undeclared lack fails the test. If a broken
// store makes a case hang, the case fails after a time limit.
//
// Some capabilities exist only for tests, and an adapter's test adds them to the
// store that it opens: the commits of a [Contender] can be made to collide, and a
// [Doubter] can lose the answer to a commit. If all of a store's transactions are
// part of one transaction of the host, the test makes the store a [Single].
package storagetest
