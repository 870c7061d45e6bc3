// Package lockstep takes one random walk through services over several stores
// at once: the same commands, clock and ids, many of them illegal. Whatever
// can be seen of the stores is equal after every step, or the walk fails.
package lockstep
