// Package fault says what a database's error means, so that only its meaning and its
// code leave the adapter:
//
//	return fault.Error("save", err)
//
// Error returns an error of package storage. The package recognises a database's
// error by its SQLSTATE, by its result code or by SQLite's own text, and so imports
// no driver.
package fault

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"strconv"
	"strings"

	"virtualschool.example/storage"
)

// Kind is what a database's error means. The zero Kind means that the error is not
// recognised, so nobody knows what happened.
type Kind uint8

// The kinds.
const (
	Busy   Kind = 1 + iota // another connection holds a lock or wrote first; nothing was done
	Unique                 // a unique key is taken
	Check                  // a row does not meet the schema's constraints
	Schema                 // a table or column is missing
	Failed                 // the database refused the statement or could not run it, and nothing was done
	Lost                   // the disk or the connection failed; it is not known whether anything was done
	Closed                 // the host closed the database, or ended its transaction
)

// primary holds the meanings of SQLite's primary result codes.
var primary = map[int]Kind{
	5: Busy, 6: Busy, 15: Busy, // BUSY, LOCKED, PROTOCOL
	3: Failed, 8: Failed, 11: Failed, 13: Failed, 14: Failed, 23: Failed, 26: Failed, // PERM, READONLY, CORRUPT, FULL, CANTOPEN, AUTH, NOTADB
	18: Failed, 19: Check, 20: Failed, // TOOBIG, CONSTRAINT, MISMATCH
	7: Lost, 9: Lost, 10: Lost, // NOMEM, INTERRUPT, IOERR
}

// extended holds the extended codes that mean something other than their primary
// code.
var extended = map[int]Kind{1555: Unique, 2067: Unique, 2579: Unique} // PRIMARYKEY, UNIQUE, ROWID

// texts holds parts of SQLite's messages with their result codes, for drivers that
// hide the code.
var texts = [...]struct {
	part string
	code int
}{
	{"UNIQUE constraint failed", 2067},
	{"constraint failed", 19},
	{"database is locked", 5},
	{"database table is locked", 6},
	{"database or disk is full", 13},
	{"readonly database", 8},
	{"file is not a database", 26},
	{"disk image is malformed", 11},
	{"unable to open database", 14},
	{"disk I/O error", 10},
	{"interrupted", 9},
}

// Of returns what err means, and its SQLSTATE or result code, or "" if it has none.
func Of(err error) (Kind, string) {
	if errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) {
		return Lost, ""
	}
	if err.Error() == closed || errors.Is(err, sql.ErrTxDone) || strings.Contains(err.Error(), "no such savepoint") {
		return Closed, ""
	}
	if k, state, ok := ofState(err); ok {
		return k, state
	}
	code := codeOf(err)
	if code <= 1 && missing(err.Error()) {
		return Schema, state(code)
	}
	if k, ok := extended[code]; ok {
		return k, state(code)
	}
	return primary[code&0xff], state(code)
}

// closed is the message of database/sql for a closed database, for which
// database/sql exports no error.
const closed = "sql: database is closed"

// Within reports whether err says that a transaction has already begun.
func Within(err error) bool {
	return strings.Contains(err.Error(), "cannot start a transaction within a transaction")
}

func state(code int) string {
	if code == 0 {
		return ""
	}
	return strconv.Itoa(code)
}

// codeOf returns the SQLite result code of an error, or 0 if it has none.
func codeOf(err error) int {
	var coded interface{ Code() int }
	if errors.As(err, &coded) && coded.Code() > 1 {
		return coded.Code()
	}
	message := err.Error()
	for _, t := range texts {
		if strings.Contains(message, t.part) {
			return t.code
		}
	}
	if coded != nil {
		return coded.Code()
	}
	return 0
}

// missing reports whether a message says that a table or column is missing.
func missing(message string) bool {
	return strings.Contains(message, "no such table") || strings.Contains(message, "no such column") ||
		strings.Contains(message, "has no column named")
}

// sentinels are the errors that leave the adapter, by Kind.
var sentinels = [...]error{
	Busy: storage.ErrContention, Unique: storage.ErrExists, Check: storage.ErrUnavailable,
	Schema: storage.ErrSchema, Failed: storage.ErrUnavailable, Lost: storage.ErrUnavailable,
	Closed: storage.ErrClosed,
}

// Error returns the error that leaves the adapter in place of err. If a context has
// ended, Error returns context.Canceled or context.DeadlineExceeded. Otherwise it
// returns a *storage.Error that holds nothing of err but its code.
func Error(op string, err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return ended(err)
	}
	kind, code := Of(err)
	sentinel := sentinels[kind]
	if sentinel == nil {
		sentinel = storage.ErrUnavailable
	}
	return &storage.Error{Op: op, State: code, Err: sentinel}
}

// ended returns the context's error without the driver's text around it.
func ended(err error) error {
	if errors.Is(err, context.Canceled) {
		return context.Canceled
	}
	return context.DeadlineExceeded
}
