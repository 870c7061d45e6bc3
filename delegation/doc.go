// Package delegation holds the rules that apply to any form handed to a
// contributor: whether it may be delegated, when it is due, whether it was
// returned in time, when a reminder goes out, when it is carried forward to the
// next term, and what the comment that reassigns it to business
// support must say.
//
//	rules := delegation.Lancashire()
//	due, err := rules.Due(meeting, delegated) // due.On, due.Rules
//
// The package knows nothing of a child, a role or a store. Every rule is a
// function of values. The numbers that differ between councils are fields of
// [Rules], and [Lancashire] returns those that Lancashire published. A date
// that is not known is the zero civil.Date. A *rule.Refusal means that a rule
// refuses the request, a *rule.Invalid that the arguments make no sense.
//
// # Sections
//
// Each section of a form is in one [State], and a [Move] takes it to the next:
//
//	editable  --delegate--> delegated --save--> saved --submit--> locked
//	delegated, saved        --retract-->        editable (what was written is lost)
//	locked                  --activate-->       activated
//	activated               --redelegate-->     delegated (what was written is kept)
//	editable, locked, activated --reassign-->   locked
//	locked                  --revise-->         activated
//
// # What is code and not policy
//
// Three things are code, because a change to one of them would change the
// process and not just a number: that the assignment comment is a term, a dash
// and a date with the day first (ASSIGN-1; its dashes and its words for no date
// are data), what "out of term" means (OOT-1), and the table of section states
// (DELEG-5 to DELEG-8).
package delegation
