// Package sqlstore keeps plans, the register and the outbox in a host's SQL
// database, through database/sql. It imports no driver: the host opens the
// database with its own, and closes it.
//
//	db, err := sql.Open("sqlite", sqlstore.SQLite.DSN("plans.db")) // modernc.org/sqlite
//	db.SetMaxOpenConns(8)
//	err = migrate.Up(ctx, db, sqlstore.SQLite)
//	store, err := sqlstore.New(db, sqlstore.Options{Dialect: sqlstore.SQLite, Authority: "lancashire"})
//
// # The database
//
// All tables begin with pep_, so that they stand beside the host's own, and
// the authority leads every key, so that several stores may share a database.
// The schema is made by package migrate, or by the host's own tool from
// [Migrations]; a store refuses any other version than [SchemaVersion] with
// storage.ErrSchema, before it reads or writes anything.
//
// # Connections
//
// [Dialect.DSN] gives the settings that SQLite needs. The store refuses with
// storage.ErrUnsafe to write through a connection with synchronous below FULL,
// which it looks at in every write transaction; and through one without
// secure_delete, or with a journal that does not outlive the process or keeps
// what was cleared, which it looks at before the first transaction and in each
// that clears text.
//
// The host bounds the pool with SetMaxOpenConns: one connection is enough for
// everything; one for the writer and a few for readers let these go on while
// somebody writes. A long View keeps SQLite's write-ahead log from being
// emptied, so without a bound many readers starve the writer of disk and time.
//
// # Transactions
//
// A transaction runs on a connection of its own. In one store writers take
// turns; where another process or store holds the lock the transaction is
// tried again, with a growing, random pause, until Options.Wait is over, and
// is then storage.ErrContention. A conflict is never tried again. A commit is
// not cancelled with the caller's context. Where it fails in a way that leaves
// open what happened, it is storage.ErrOutcomeUnknown. A connection whose
// transaction did not end plainly is thrown away.
//
// # What a retract clears
//
// A retract moves answers into sealed copies, and Destroy deletes those. After
// either the store has SQLite overwrite the space (secure_delete) and empty
// the write-ahead log, so that a destroyed copy is in no file of the database.
// Where a reader stands in the way of that, it is done after a later write.
package sqlstore
