// Package payment decides what a plan earns: the Pupil Premium Plus that an
// establishment is paid for a child's plan for a term.
//
//	run, err := payment.Settle(policy, payment.Order{Term: t, On: today, Claims: claims, Paid: before})
//
// A [Claim] describes one plan. [Decide] says whether it is payable, held for a
// later run, or not payable, each with its [Cause]. A payment run settles many
// claims: [ClaimOf] makes the claim of a plan, a [Discretion] is a decision by
// the Virtual School Head, and [Settle] returns the lines to pay and the
// exceptions, given everything that was paid before. Sums are whole pence.
//
// A rate that is not published is never guessed: Decide returns a *rule.Refusal
// of PAY-4, and Settle an exception. Settle returns an error only if it must
// refuse the whole run.
//
// The numbers come from a pep.Policy. The package does no I/O and reads no
// clock.
package payment
