// Package storagetest is the contract of package storage as cases, for
// anybody's adapter: Plans, and Register, Outbox, Book, Payments, Audit and Alerts
// for what else a store keeps, each run their cases on a store that an [Open]
// makes anew for each. Blobs does so for a store of files, Joins for one that can
// join transactions of its host's, and ReadRegister for a host's own register.
//
// A case is called by the number of the sentence that it holds the store to
// and what it looks at, such as "P13 an update that panics leaves nothing";
// where it fails, the sentence is logged. What a store cannot show is declared
// as a [Lack] and printed; what it lacks without saying so fails. A store that
// is broken so that a case does not end fails that case.
//
// Some capabilities are for tests alone, and an adapter's test adds them to the
// store that it opens: a [Contender] whose commits can be made to collide, and
// a [Doubter] whose answer to a commit can be lost. A store that is within one
// transaction throughout is made a [Single] there.
package storagetest
