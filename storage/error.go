package storage

import (
	"errors"

	"virtualschool.example/pep"
)

// The sentinels. Test for them with errors.Is.
var (
	// ErrNotFound says that what was asked for is unknown, or belongs to another
	// authority.
	ErrNotFound = errors.New("storage: not found")
	// ErrConflict says that somebody else has changed the plan since it was read. A
	// person has to look again, so no store retries it.
	ErrConflict = errors.New("storage: changed by somebody else since it was read")
	// ErrExists says that the id is taken, or that the child has an open plan
	// already.
	ErrExists = errors.New("storage: it already exists")
	// ErrContention says that the store could not serialize the transaction with
	// others, even after it tried again. Nothing was done; the caller can try later.
	ErrContention = errors.New("storage: too much contention; nothing was done")
	// ErrOutcomeUnknown says that the store cannot tell whether the transaction
	// was committed. To find out, give the same command with the same key again.
	ErrOutcomeUnknown = errors.New("storage: it is not known whether this was committed")
	// ErrKeyReused says that a command's key was used for another command.
	ErrKeyReused = errors.New("storage: the key was used for another command")
	// ErrClosed says that a Reader, Tx or store was used after it had ended.
	ErrClosed = errors.New("storage: it was used after it had ended")
	// ErrNoRegister says that the store keeps no register of children.
	ErrNoRegister = errors.New("storage: no register of children")
	// ErrNoRole says that the store does not have the role that was asked for.
	ErrNoRole = errors.New("storage: the store does not keep this")
	// ErrSchema says that the database's schema does not have the version that this
	// library needs.
	ErrSchema = errors.New("storage: the schema has another version")
	// ErrUnsafe says that the database is set up so that it can lose or mix up plans.
	ErrUnsafe = errors.New("storage: the database has unsafe settings")
	// ErrDamaged says that stored bytes are not what the store wrote, or are not a
	// valid value. Everything else can still be read: a list of plans yields an Error
	// that names the damaged plan, and goes on.
	ErrDamaged = errors.New("storage: the stored record is damaged")
	// ErrUnavailable says that the database failed: the connection was lost, or the
	// database is full, read-only or damaged as a whole. Nothing was done.
	ErrUnavailable = errors.New("storage: the database failed; nothing was done")
)

// Error says which operation of a store failed. It unwraps to a sentinel, and
// never to a driver's error, which may contain stored values.
type Error struct {
	Op    string // the operation, such as "save"
	State string // the SQLSTATE or SQLite result code, or "" if there is none
	Plan  pep.ID // the damaged plan, if a list found one; otherwise zero
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
