package statement

import "strconv"

// Savepoint is a place in a transaction. What follows it can be kept or undone
// separately.
type Savepoint struct{ name string }

// SavepointOf returns the nth savepoint. Savepoints with different numbers never hide
// each other, in whatever order they are set and left.
func SavepointOf(n uint64) Savepoint { return Savepoint{"pep_" + strconv.FormatUint(n, 10)} }

// Set returns the statement that sets p.
func (p Savepoint) Set() string { return "SAVEPOINT " + p.name }

// Leave returns the statement that removes p and keeps what followed it.
func (p Savepoint) Leave() string { return "RELEASE SAVEPOINT " + p.name }

// Undo returns the statement that undoes what followed p. p stays set.
func (p Savepoint) Undo() string { return "ROLLBACK TO SAVEPOINT " + p.name }
