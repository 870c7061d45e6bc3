package statement

import "strconv"

// Savepoint is a place in a transaction: what follows it can be kept or undone
// by itself.
type Savepoint struct{ name string }

// SavepointOf returns the nth savepoint. Those of different numbers do not mask
// each other, in whatever order they are set and left.
func SavepointOf(n uint64) Savepoint { return Savepoint{"pep_" + strconv.FormatUint(n, 10)} }

// Set returns the text that sets p.
func (p Savepoint) Set() string { return "SAVEPOINT " + p.name }

// Leave returns the text that leaves p and keeps what followed it.
func (p Savepoint) Leave() string { return "RELEASE SAVEPOINT " + p.name }

// Undo returns the text that undoes what followed p, which stays set.
func (p Savepoint) Undo() string { return "ROLLBACK TO SAVEPOINT " + p.name }
