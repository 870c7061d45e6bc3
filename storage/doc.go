// Package storage is the contract between the PEP process and the database that
// stores its plans. A host uses memstore or sqlstore, or writes an adapter of its
// own and proves it with storagetest. The entry point is [Plans]:
//
//	err := store.Update(ctx, func(tx storage.Tx) error {
//		plan, err := tx.Plan(ctx, id)
//		if err != nil {
//			return err
//		}
//		if err := plan.Do(by, pep.Finalise{}); err != nil {
//			return err
//		}
//		return tx.Save(ctx, plan)
//	})
//
// A store returns the sentinels of this package, such as [ErrNotFound] and
// [ErrConflict]; test for them with errors.Is.
//
// The contract consists of small interfaces, called roles. Every store has the
// role Plans; the others are optional. If a store has one of these pairs, each of
// its Readers implements the first of the pair and each Tx the second:
//
//   - Register and Registrar: children, establishments and contributors.
//   - Book and Bookkeeper: case notes, attachments and requests to the service
//     desk.
//   - Payments and Payer: what was paid, and the head's decisions on it.
//   - Audit and Auditor: what each person did, saw or was denied.
//   - Alerts and Acknowledger: notices to social workers that nobody has
//     acknowledged yet.
//
// RegisterOf, BookOf, PaymentsOf, AuditOf, AlertsOf and the like return a
// Reader or Tx as one of these roles. The store itself implements Outbox. Blobs,
// which keeps the bytes of attached files, stands alone; package upload checks the
// files. A host that keeps the record of children itself supplies its own Register.
//
// Each sentence that binds an adapter ends in a number in brackets, and
// storagetest has a case for each number. README.md in this folder shows how to
// write an adapter; example_adapter_test.go is a complete one.
//
// # What holds throughout
//
//   - Values given to or returned by a store share no memory with it. [P1]
//   - A store is safe for concurrent use. A Reader or Tx is not: it is valid
//     until the function that received it returns; after that, its methods
//     return ErrClosed. [P2]
//   - Ids are compared byte by byte. Texts come back byte for byte, days as the
//     same day, and instants as the same instant in UTC, cut to the microsecond
//     as Instant does. [P3]
//   - A store creates no ids and reads no clock: its callers pass in every id and
//     instant that it needs. [P4]
//   - An error from a store is one of its sentinels, a *rule.Invalid for invalid
//     input, the error of a context that has ended, or an *Error for a failure of
//     the database. It holds no name, no birth date, no answer and no connection
//     string. [P5]
//   - If the context has ended, nothing is read or written, and the error is the
//     context's. [P6]
//
// # Within the host's own transaction
//
// A store may be able to join a transaction that its host began. It then
// keeps the contract, except for the promises that depend on beginning and ending
// the transaction: that a View does not see later commits, that a transaction is
// tried again, and how a commit ends (P10, P14, P16, P17).
//
//   - Once the host commits, everything that an Update wrote is there, together
//     with the host's own rows. [J1] If the host rolls back, none of it is
//     there. [J2]
//   - If an Update's function fails or panics, everything that it did is undone,
//     including any key that it entered, but everything that the host and earlier
//     Updates wrote stays. [J3]
//   - One transaction can hold several Updates, even after one that failed. [J4]
//     If an Update inside another Update's function fails, only the inner one is
//     undone; if the outer one fails, both are. [J5]
//   - An Update calls its function once, whatever the function returns. [J6]
//   - A View sees what the transaction has written. [J7]
//   - Once the host has ended its transaction, View and Update return
//     ErrClosed. [J8]
package storage
