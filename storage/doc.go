// Package storage is the contract between the process and the database that
// keeps it. A host may use memstore or sqlstore, or write an adapter of its
// own and prove it with storagetest.
//
// The contract is small role interfaces. Plans is needed, the others may be
// done or left out. Register and Registrar are what is known of children, Book
// and Bookkeeper are case notes, attachments and requests to the service desk,
// Payments and Payer are what was paid, Audit and Auditor who did, saw or was
// denied what, Alerts and Acknowledger what social workers were told and have not
// acknowledged: of a store that has such a role each Reader is the first of the
// pair and each Tx the second, as RegisterOf, BookOf, PaymentsOf, AuditOf,
// AlertsOf and their like say. Outbox is the store's own. Blobs, which keeps what is
// in files, stands by itself; package upload checks what goes into it. A host that is
// itself the record of children passes a Register of its own.
//
// Each sentence that binds an adapter bears a number in brackets; storagetest
// has a case of that number for each. README.md beside this file is for whoever
// writes an adapter, with one that is complete in example_adapter_test.go.
//
// # What holds throughout
//
//   - Values given to or returned by a store share no memory with it. [P1]
//   - A store is safe for concurrent use; a Reader or Tx is not, and is valid
//     until the function it was given to returns; then it is ErrClosed. [P2]
//   - Ids are compared byte by byte, texts come back byte for byte, days come
//     back as the same day, and instants as the same instant in UTC, cut to the
//     microsecond as Instant does. [P3]
//   - A store draws no ids and reads no clock: what it needs it is given. [P4]
//   - An error of a store is one of its sentinels, a *rule.Invalid for input
//     that cannot be, the error of a context at its end, or a failure of the
//     database in an *Error. It holds no name, no birth date, no answer and no
//     connection string. [P5]
//   - Where the context is at its end nothing is read or written, and the
//     error is the context's. [P6]
//
// # Within a transaction of the host's
//
// A store may be able to join a transaction that its host began. Within it the
// store is as the contract says, but for what only whoever begins and ends a
// transaction can keep: that a view stands still, that a transaction is tried
// again, and how its commit ends (P10, P14, P16, P17).
//
//   - What an Update wrote is there once the host commits, with the host's own
//     rows. [J1] Where the host rolls back nothing of it is. [J2]
//   - Where an Update's function fails or panics, nothing that it did stays, not
//     its key either, and what the host and earlier Updates wrote does. [J3]
//   - A transaction takes several Updates, also after one that failed. [J4] An
//     Update within another one's function fails by itself, and is undone with
//     the other. [J5]
//   - An Update calls its function once, whatever it returns. [J6]
//   - A View sees what the transaction has written. [J7]
//   - Once the host has ended its transaction, View and Update are
//     ErrClosed. [J8]
package storage
