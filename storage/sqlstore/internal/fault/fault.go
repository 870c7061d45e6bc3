// Package fault says what a database's error means, so that nothing else of
// it leaves the adapter. It knows the errors by SQLSTATE, by result code or by
// the text that SQLite itself gives, and so imports no driver.
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

// Kind is what a database's error means. The zero Kind is none of these: it is
// not known what happened.
type Kind uint8

// The kinds.
const (
	Busy   Kind = 1 + iota // somebody else holds a lock, or wrote first: nothing was done
	Unique                 // a unique key is taken
	Check                  // a row is not as the schema wants it
	Schema                 // a table or column is not there
	Failed                 // the database refused or could not, and nothing was done
	Lost                   // the disk or the connection failed, before, during or after
	Closed                 // the host closed the database, or ended its transaction
)

// primary is what SQLite's primary result codes mean.
var primary = map[int]Kind{
	5: Busy, 6: Busy, 15: Busy, // BUSY, LOCKED, PROTOCOL
	3: Failed, 8: Failed, 11: Failed, 13: Failed, 14: Failed, 23: Failed, 26: Failed, // PERM, READONLY, CORRUPT, FULL, CANTOPEN, AUTH, NOTADB
	18: Failed, 19: Check, 20: Failed, // TOOBIG, CONSTRAINT, MISMATCH
	7: Lost, 9: Lost, 10: Lost, // NOMEM, INTERRUPT, IOERR
}

// extended is what the extended codes mean that mean something else.
var extended = map[int]Kind{1555: Unique, 2067: Unique, 2579: Unique} // PRIMARYKEY, UNIQUE, ROWID

// texts is what parts of SQLite's messages mean, for drivers that hide the code.
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

// Of returns what err means, with the result code as text where there is one.
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

// closed is what database/sql says of a database that was closed. It exports
// no error for it.
const closed = "sql: database is closed"

// Within reports whether err says that a transaction is under way already.
func Within(err error) bool {
	return strings.Contains(err.Error(), "cannot start a transaction within a transaction")
}

func state(code int) string {
	if code == 0 {
		return ""
	}
	return strconv.Itoa(code)
}

// codeOf returns the SQLite result code of an error, 0 where it has none.
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

// missing reports whether a message says that the schema is not there.
func missing(message string) bool {
	return strings.Contains(message, "no such table") || strings.Contains(message, "no such column") ||
		strings.Contains(message, "has no column named")
}

// sentinels is as what a fault comes out of the adapter.
var sentinels = [...]error{
	Busy: storage.ErrContention, Unique: storage.ErrExists, Check: storage.ErrUnavailable,
	Schema: storage.ErrSchema, Failed: storage.ErrUnavailable, Lost: storage.ErrUnavailable,
	Closed: storage.ErrClosed,
}

// Error returns an error as it leaves the adapter: the end of a context as it
// is, anything else as a *storage.Error that holds nothing of err but its code.
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

// ended returns the error of a context's end without what a driver said of it.
func ended(err error) error {
	if errors.Is(err, context.Canceled) {
		return context.Canceled
	}
	return context.DeadlineExceeded
}
