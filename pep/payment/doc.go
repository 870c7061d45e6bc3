// Package payment decides what a plan earns: the Pupil Premium Plus that an
// establishment is paid for a child's plan of a term.
//
// A [Claim] is one plan as it stands, and [Decide] says what becomes of it: it is
// payable, it is held for a later run, or it is not payable, each with its
// [Cause]. A payment run settles many claims: [ClaimOf] makes the claim of a
// plan, a [Discretion] is a decision of the Virtual School Head, and [Settle]
// returns the lines to pay and the exceptions, given everything that was paid
// before. Sums are whole pence. A rate that nobody has published is an error or
// an exception, never a guess (PAY-4).
//
// The numbers come from a pep.Policy. The package does no I/O and reads no clock.
package payment
