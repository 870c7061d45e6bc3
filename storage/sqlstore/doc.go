// Package sqlstore keeps plans, the register, the book, payments, the audit
// trail and the outbox in a host's SQL database, through database/sql. It
// imports no driver: the host opens the database with its own, and closes it.
//
//	db, err := sql.Open("sqlite", sqlstore.SQLite.DSN("plans.db")) // modernc.org/sqlite
//	db.SetMaxOpenConns(8)
//	err = migrate.Up(ctx, db, sqlstore.SQLite)
//	store, err := sqlstore.New(db, sqlstore.Options{Dialect: sqlstore.SQLite, Authority: "lancashire"})
//
// # The engines
//
// The contract of package storage was run on SQLite through modernc.org/sqlite
// and on one PostgreSQL 15 through pgx's database/sql driver, each with a pool
// and with one connection, and on PostgreSQL with
// default_transaction_isolation=serializable too. The statements use no advisory
// lock and no sequence, and no level of isolation is relied on where something
// is written; so what else speaks PostgreSQL's protocol may serve, but none was
// run, nor was any other driver.
//
// Fail-over was run on three nodes of that PostgreSQL on one machine, whose
// commits wait for one of two standbys: each primary was killed under load and
// the standby that was furthest ahead took its place. It was not run across
// machines, with a tool that decides by itself when to promote, or with a proxy
// between store and server.
//
// # The database
//
// All tables begin with pep_, so that they stand beside the host's own, and
// the authority leads every key, so that several stores may share a database.
// A host reads these tables as it likes and must not write to them: what it
// writes is checked by no rule, and a store may refuse to read it.
// The schema is made by package migrate, or by the host's own tool from
// [Migrations]; a store refuses any other version than [SchemaVersion] with
// storage.ErrSchema, before it reads or writes anything. On PostgreSQL the
// tables are those that the connection's search_path finds.
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
// On PostgreSQL it refuses synchronous_commit off, and local where there must
// be standbys, in every write transaction, and a database that is not UTF8. A
// server that only reads, such as a standby, is storage.ErrUnavailable for who
// writes. Statements are prepared on each connection: between the store and the
// server there may be no pool that does not keep them. Whether the server waits
// for its own disk (fsync) is not looked at.
//
// A host that means it sets [Options].AllowLosingCommitted or
// AllowKeepingCleared, each of which prints what it costs when the store is
// made. journal_mode=OFF, with which nothing can be undone, and a database that
// is not UTF8 are refused all the same.
//
// The host bounds the pool with SetMaxOpenConns: one connection is enough for
// everything; one for the writer and a few for readers let these go on while
// somebody writes. A long View keeps SQLite's write-ahead log from being
// emptied, so without a bound many readers starve the writer of disk and time.
//
// A host that uses a pgxpool gives the store a database over it; closing that
// leaves the pool open:
//
//	pool, err := pgxpool.New(ctx, dsn)
//	db := stdlib.OpenDBFromPool(pool) // github.com/jackc/pgx/v5/stdlib
//	db.SetMaxIdleConns(4)
//
// Without the last line each transaction takes a connection from the pool and
// prepares its statements again, which more than doubles its time; with it the
// store keeps so many of the pool's connections. A joined transaction is one that
// db.BeginTx began: a pgx.Tx cannot be joined.
//
// # The server's log
//
// Every personal detail reaches PostgreSQL as a parameter of a statement, and
// the server's settings say whether it writes parameters to its log. With
// PostgreSQL's defaults it writes none. It does so for each statement that is
// logged where log_statement is mod or all, or where it took as long as
// log_min_duration_statement or log_min_duration_sample says, or where
// log_transaction_sample_rate chose it; and for each one that failed where
// log_parameter_max_length_on_error is not 0. auto_explain writes them with a
// plan. log_min_error_statement writes the text of a statement that failed,
// which has no parameters in it; but a DETAIL of the server's may hold a row, as
// for one that a CHECK refuses. So set:
//
//	log_statement                          none, or ddl
//	log_parameter_max_length               0
//	log_parameter_max_length_on_error      0
//	auto_explain.log_parameter_max_length  0, from PostgreSQL 16
//	log_error_verbosity                    terse
//
// With these log_min_duration_statement and auto_explain.log_min_duration write
// the text and the time alone. All lines but the third are a superuser's to set,
// for all databases or with ALTER DATABASE for one.
//
// # Time
//
// No call waits for the driver without an end. The caller's context ends a
// statement, and Options.Wait the wait for a connection and for BEGIN. COMMIT or
// ROLLBACK, with all that ends a transaction, has Options.Answer, whatever
// becomes of the context, and so has each statement that a store makes before
// its first transaction. A driver that does not return a tenth of a second after
// that is left behind: the call returns, and the connection is thrown away when
// the driver returns.
//
// So a View or Update whose context has a deadline returns, if its function
// does, at most Options.Answer and a fifth of a second after the deadline. That
// is the longest time. Where the context has no deadline a call returns after
// Options.Wait, Options.Answer and as long as its statements take, which nothing
// bounds then: give every call a deadline. In a transaction of the host's a
// SAVEPOINT and what ends it have Options.Answer each; where the driver does not
// return the store ends the transaction, which is sql.ErrTxDone to the host.
//
// # Transactions
//
// A transaction runs on a connection of its own, which is thrown away where the
// transaction did not end plainly. One that the database could not serialize
// with others is tried again, with a growing, random pause, until Options.Wait
// is over, and is then storage.ErrContention. A conflict is never tried again. A
// commit is not cancelled with the caller's context. Where it fails in a way
// that leaves open what happened, it is storage.ErrOutcomeUnknown.
//
// On PostgreSQL a step takes four round trips, whatever the plan holds: begin;
// look at the settings, lock the plan's row and read it; write the state, the
// event and all that belongs to it in one statement; commit. A command's key
// takes one more, and its outcome none where it is recorded before the plan is
// saved; sealing takes one, and so does every event after the first of a Save.
//
//	                 SQLite                      PostgreSQL
//	writers          of a store take turns       of a plan: Tx.Plan locks its row
//	waits for        a turn, the file's lock     a row's lock; both at most Options.Wait
//	tried again      busy                        40001, 40P01
//	View             its snapshot                REPEATABLE READ, read only
//	Update           serial                      as the server is set
//	Claim            as a writer                 passes over what others are claiming
//	cancelling       not within a write          also within one
//
// Where the server's commits wait for standbys, one that was cut off while it
// waited is ErrOutcomeUnknown, and may be in the server and on no standby. The
// same command again ends well only when it is on one. A View shows what is in
// the server: what it says of a key is not yet safe from the loss of the server.
//
// # What stays
//
// History, notes, requests, payments, decisions and the audit trail are added to
// and never changed, also not by SQL: triggers refuse an UPDATE, a DELETE and
// PostgreSQL's TRUNCATE. A request takes its reply, once. SQLite's REPLACE, which
// deletes without a trigger, changes no row whose key is taken. Who has to destroy
// one drops the trigger first. A child is paid for once in a term, whoever writes
// the row (PAY-3).
//
// Delivered messages and the keys of commands stay until Tx.Prune removes those of
// before an instant.
//
// # In a transaction of the host's
//
// [Store.In] returns the store within a transaction that the host began, so
// that its own rows and the store's are committed together or not at all:
//
//	tx, err := db.BeginTx(ctx, nil)
//	_, err = plans.In(store.In(tx)).Do(ctx, command) // plans is a workflow.Service
//	err = tx.Commit()
//
// A Register of the host's, over tables of its own, reads them in the same
// transaction with [Query]. Settings and schema are looked at as in a
// transaction of the store's own.
// What differs is what only whoever begins and ends a transaction can keep:
//
//	              the store's own               joined, the host's
//	begin, end    Update                        the host; the store ends one only where
//	                                            half an Update would stay in it otherwise
//	undone        all of it                     what the Update did, back to a savepoint
//	tried again   until Options.Wait is over    never: ErrContention is for the host, who
//	                                            rolls back and begins anew
//	commit        cancelling does not reach it  as the host commits
//	doubt         ErrOutcomeUnknown             the error of the host's Commit
//	isolation     as in the table above         as the host began it: on PostgreSQL a View
//	                                            stands still from REPEATABLE READ on
//	locks         at most Options.Wait          as the connection waits (busy_timeout,
//	                                            lock_timeout); held until the host ends it
//	turns         SQLite's writers take them    none: other writers wait for the host's file lock
//	erasing       after the commit              after the host's, by Erase or the next
//	                                            write of the store's own
//
// After an error that ended the transaction the host's Commit fails: it is
// sql.ErrTxDone, or on PostgreSQL what the driver says of one that was aborted.
// A deferred transaction of SQLite's serves, but BEGIN IMMEDIATE, as the DSN has
// it, waits for its turn where a deferred one is ErrContention.
//
// # What a retract clears
//
// A retract moves answers into sealed copies, and Destroy deletes those. After
// either the store has SQLite overwrite the space (secure_delete) and empty
// the write-ahead log, so that a destroyed copy is in no file of the database.
// Where a reader stands in the way of that, it is done after a later write; and
// after a transaction of the host's own by [Store.Erase] or a later write. On
// PostgreSQL nobody reads a destroyed copy by SQL; in the server's files it
// stays until vacuum uses its space again, and in the server's log, standbys and
// backups as long as their keeper keeps them.
package sqlstore
