package storage

import (
	"errors"

	"virtualschool.example/pep"
)

// The sentinels. Test for them with errors.Is.
var (
	// ErrNotFound says that there is no such thing, or none in this authority.
	ErrNotFound = errors.New("storage: not found")
	// ErrConflict says that somebody else changed it since it was read. It is
	// news for a person and is never retried.
	ErrConflict = errors.New("storage: changed by somebody else since it was read")
	// ErrExists says that there is one already: an id, or a child's open plan.
	ErrExists = errors.New("storage: it already exists")
	// ErrContention says that the store could not serialize the transaction
	// with others, after trying again. Nothing was done; it can be tried later.
	ErrContention = errors.New("storage: too much contention; nothing was done")
	// ErrOutcomeUnknown says that the store cannot tell whether the transaction
	// was committed. The same command with the same key finds out.
	ErrOutcomeUnknown = errors.New("storage: it is not known whether this was committed")
	// ErrKeyReused says that a command's key was used for another command.
	ErrKeyReused = errors.New("storage: the key was used for another command")
	// ErrClosed says that a Reader, Tx or store was used after its end.
	ErrClosed = errors.New("storage: it was used after it had ended")
	// ErrNoRegister says that the store keeps no register of children.
	ErrNoRegister = errors.New("storage: no register of children")
	// ErrNoRole says that the store has not the role that was asked for.
	ErrNoRole = errors.New("storage: the store does not keep this")
	// ErrSchema says that the database's schema is not the one this version writes.
	ErrSchema = errors.New("storage: the schema has another version")
	// ErrUnsafe says that the database is set up so that it can lose or mix up plans.
	ErrUnsafe = errors.New("storage: the database has unsafe settings")
	// ErrDamaged says that something stored is not what was written, or is not
	// what can be written. It closes what it concerns, such as one plan, alone: a
	// list of plans gives an Error that names the plan, and goes on.
	ErrDamaged = errors.New("storage: the stored record is damaged")
	// ErrUnavailable says that the database failed: lost, full, read-only or
	// damaged as a whole. Nothing was done.
	ErrUnavailable = errors.New("storage: the database failed; nothing was done")
)

// Error says at what a store failed. It unwraps to a sentinel and never to a
// driver's error, which may hold what was stored.
type Error struct {
	Op    string // what was done, such as "save"
	State string // the SQLSTATE or SQLite result code, "" where there is none
	Plan  pep.ID // the plan that is damaged, where a list has found one; zero otherwise
	Err   error  // the sentinel
}

// Error returns the operation, the sentinel's text and the state.
func (e *Error) Error() string {
	s := e.Op + ": " + e.Err.Error()
	if e.State != "" {
		s += " (" + e.State + ")"
	}
	return s
}

// Unwrap returns the sentinel.
func (e *Error) Unwrap() error { return e.Err }
