// Package sqlstore keeps plans, the register, the book, payments, the audit trail,
// alerts and the outbox in a host's SQL database, through database/sql. It imports no
// driver: the host opens the database with its own driver, and closes it.
//
//	db, err := sql.Open("sqlite", sqlstore.SQLite.DSN("plans.db")) // modernc.org/sqlite
//	db.SetMaxOpenConns(8)
//	err = migrate.Up(ctx, db, sqlstore.SQLite)
//	store, err := sqlstore.New(db, sqlstore.Options{Dialect: sqlstore.SQLite, Authority: "lancashire"})
//
// A store returns the sentinels of package storage. Besides those that every store returns,
// a store over a database can return storage.ErrSchema, storage.ErrUnsafe,
// storage.ErrUnavailable and storage.ErrOutcomeUnknown.
//
// # The engines
//
// The contract of package storage has been tested on SQLite through modernc.org/sqlite, and
// on one PostgreSQL 15 server through pgx's database/sql driver: each with a pool and with
// one connection, and PostgreSQL also with default_transaction_isolation=serializable. The
// statements use no advisory lock and no sequence, and no write relies on a level of
// isolation. Other databases that speak PostgreSQL's protocol may therefore work, but none
// has been tested, and no other driver has.
//
// Fail-over has been tested with three nodes of that PostgreSQL on one machine: a primary
// and two standbys, with every commit waiting for one of the standbys. Each primary was
// killed under load, and the standby that was furthest ahead took its place. Fail-over has
// not been tested across machines, with a tool that decides by itself when to promote, or
// with a proxy between store and server.
//
// # The database
//
// The name of every table begins with pep_, so that the tables can stand beside the
// host's own. The authority is the first column of every key, so that several stores can
// share a database. A host may read these tables but must not write to them: no rule
// checks what it writes, and a store may refuse to read it. Package migrate makes the
// schema, or the host's own tool makes it from [Migrations]. If the version of the schema
// is not [SchemaVersion], a store returns storage.ErrSchema before it reads or writes
// anything. On PostgreSQL the store uses the tables that the connection's search_path
// finds.
//
// # Connections
//
// [Dialect.DSN] returns a connection string with the settings that SQLite needs. If a
// setting is unsafe, the store returns storage.ErrUnsafe. In every transaction that writes,
// it checks that synchronous is not below FULL. Before its first transaction, and in each
// one that clears text, it checks that secure_delete is on, and that the journal outlives
// the process and keeps nothing that was cleared.
//
// On PostgreSQL the store checks synchronous_commit in every transaction that writes. It
// refuses the value off, and the value local if the server requires standbys. It also
// refuses a database that is not UTF8. If the server is read-only, such as a standby, a
// write returns storage.ErrUnavailable. Statements are prepared on each connection, so a
// connection pool between the store and the server must keep prepared statements. The store
// does not check whether the server waits for its own disk (fsync).
//
// A host that needs one of these settings anyway sets [Options].AllowLosingCommitted or
// AllowKeepingCleared; for each of them, [New] prints a warning of the risk. Two settings
// are always refused: journal_mode=OFF, with which nothing can be undone, and a database
// that is not UTF8.
//
// The host limits the pool with SetMaxOpenConns. One connection is enough for everything.
// With one for the writer and a few for readers, readers can go on during a write. A long
// View keeps SQLite's write-ahead log from being emptied, so without a limit many readers
// starve the writer of disk and time.
//
// A host that uses a pgxpool gives the store a database over it. Closing that database
// leaves the pool open:
//
//	pool, err := pgxpool.New(ctx, dsn)
//	db := stdlib.OpenDBFromPool(pool) // github.com/jackc/pgx/v5/stdlib
//	db.SetMaxIdleConns(4)
//
// Without the last line each transaction takes a connection from the pool and prepares
// its statements again, which more than doubles its time. With it the store keeps that
// number of the pool's connections. The store can join only a transaction that
// db.BeginTx began, and not a pgx.Tx.
//
// # The server's log
//
// Every personal detail reaches PostgreSQL as a parameter of a statement, and the server's
// settings say whether it writes parameters to its log. With PostgreSQL's defaults it
// writes none. It writes the parameters of each statement that it logs: all statements if
// log_statement is all, those that write if log_statement is mod, slow statements if
// log_min_duration_statement or log_min_duration_sample is set, and a sample if
// log_transaction_sample_rate is set. It writes the parameters of a failed statement if
// log_parameter_max_length_on_error is not 0. auto_explain writes them with a query plan.
// log_min_error_statement writes the text of a failed statement, which holds no parameters;
// but the DETAIL of an error may hold a row, for example one that a CHECK refuses. So set:
//
//	log_statement                          none, or ddl
//	log_parameter_max_length               0
//	log_parameter_max_length_on_error      0
//	auto_explain.log_parameter_max_length  0, from PostgreSQL 16
//	log_error_verbosity                    terse
//
// Then log_min_duration_statement and auto_explain.log_min_duration write only the text
// and the time. Except for the third, these settings can be made only by a superuser, for all
// databases or, with ALTER DATABASE, for one.
//
// # Time
//
// No call waits for the driver for ever. The caller's context limits a statement, and
// Options.Wait limits the wait for a connection and for BEGIN. Options.Answer limits
// COMMIT, ROLLBACK and everything else that ends a transaction, even if the context has
// ended; it also limits each statement before the store's first transaction. If a driver
// has not returned a tenth of a second after its limit, the store leaves it behind: the
// call returns, and the connection is thrown away when the driver returns.
//
// So if the context of a View or Update has a deadline, and its function returns, the call
// returns at most Options.Answer and a fifth of a second after the deadline. If the context
// has no deadline, a call takes at most Options.Wait and Options.Answer, plus the time of
// its statements, which nothing limits. Therefore give every call a deadline. Within a
// transaction of the host's, setting a SAVEPOINT and ending it may each take
// up to Options.Answer. If the driver does not return, the store ends the transaction, and the
// host gets sql.ErrTxDone.
//
// # Transactions
//
// A transaction runs on its own connection, which is thrown away unless the transaction
// ended normally. If the database could not serialize a transaction with others, the store
// tries it again, with a growing, random pause, until Options.Wait is over, and then
// returns storage.ErrContention. It never tries again after a conflict. The caller's
// context does not cancel a commit. If a commit fails in a way that does not show whether
// it took effect, the store returns storage.ErrOutcomeUnknown.
//
// On PostgreSQL a step takes four round trips, whatever the plan holds: begin; check the
// settings, lock the plan's row and read it; write the state, the event and everything
// that belongs to it in one statement; commit. A command's key takes one more. Its outcome
// takes none if it is recorded before the plan is saved. Sealing takes one, and so does
// each event of a Save after the first.
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
// If the server's commits wait for standbys, a commit that was cut off while it waited
// returns ErrOutcomeUnknown, and may be on the server but on no standby. Giving the same
// command again succeeds only once the commit is on a standby. A View shows what is on the
// server: an outcome that it shows may still be lost with the server.
//
// # What stays
//
// History, notes, requests, payments, decisions and the audit trail are added to and never
// changed, not even by SQL: triggers refuse UPDATE, DELETE and PostgreSQL's TRUNCATE. The
// one exception is a request, which takes its reply once. SQLite's REPLACE deletes without
// calling a trigger, but it cannot replace a row of these tables, because another trigger
// stops every insert whose key is taken. Somebody who must destroy a row drops the trigger
// first. A child is paid for at most once in a term, whoever writes the row (PAY-3).
//
// Delivered messages and the keys of commands stay until Tx.Prune removes them.
//
// # Within the host's own transaction
//
// [Store.In] returns the store within a transaction that the host began, so that the
// host's rows and the store's are committed together or not at all:
//
//	tx, err := db.BeginTx(ctx, nil)
//	_, err = plans.In(store.In(tx)).Do(ctx, command) // plans is a workflow.Service
//	err = tx.Commit()
//
// A host's own Register reads the host's tables in the same transaction with [Query]. The
// store checks the settings and the schema as in a transaction of its own. The differences
// follow from who begins and ends the transaction:
//
//	              the store's own               joined, the host's
//	begin, end    Update                        the host; the store ends it only if half
//	                                            an Update would stay in it otherwise
//	undone        all of it                     what the Update did, back to a savepoint
//	tried again   until Options.Wait is over    never: after ErrContention the host rolls
//	                                            back and begins anew
//	commit        cannot be cancelled           as the host commits
//	doubt         ErrOutcomeUnknown             the error of the host's Commit
//	isolation     as in the table above         as the host began it: on PostgreSQL a View is
//	                                            consistent from REPEATABLE READ up
//	locks         at most Options.Wait          as the connection waits (busy_timeout,
//	                                            lock_timeout); held until the host ends it
//	turns         SQLite's writers take them    not used: other writers wait for the host's file lock
//	erasing       after the commit              after the host's, by Erase or the next
//	                                            write of the store's own
//
// If an error has ended the transaction, the host's Commit fails: with sql.ErrTxDone or, on
// PostgreSQL, with the driver's error for an aborted transaction. On SQLite a deferred
// transaction works, but it gets ErrContention in some cases in which BEGIN IMMEDIATE,
// which the DSN sets, would wait for its turn.
//
// # What a retract clears
//
// A retract moves answers into sealed copies, and Destroy deletes those. After either, the
// store has SQLite overwrite the space (secure_delete) and empty the write-ahead log, so
// that no file of the database holds a destroyed copy. If a reader prevents that, the store
// does it after a later write; after a transaction of the host's own, [Store.Erase] or a
// later write does it. On PostgreSQL nobody can read a destroyed copy by SQL. In the
// server's files it stays until vacuum reuses its space, and in the server's log, standbys
// and backups for as long as somebody keeps those.
package sqlstore
