// Package lockstep compares stores with one another. [Walk] takes one random walk
// through services over several stores at once, with the same commands, clock and ids;
// many of the commands are illegal. After every step the stores must agree on
// everything that the step may have changed, and at the end on everything that they
// hold; otherwise the walk fails the test. A [Tally] counts what walks did:
//
//	lockstep.Walk(t, tally, lockstep.Entrant{Name: "memstore", New: newMemory}, lockstep.Entrant{Name: "mine", New: newMine})
package lockstep
