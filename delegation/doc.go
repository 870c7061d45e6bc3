// Package delegation says what is true of any form handed to a contributor:
// whether it may be handed over, when it is due back, whether it came back in
// time, on which days a reminder goes out, when a form that did not come back
// becomes the next term's, and what the comment says with which it is passed
// on to business support.
//
// It knows no child, no role and no store. Every rule is a function of values;
// the numbers that differ between councils are fields of [Rules], and
// [Lancashire] returns the ones that Lancashire published. A date that is not
// known is the zero civil.Date.
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
// That the assignment comment is a term, a dash and a date with the day first
// (ASSIGN-1; its dashes and its word for no date are data), the reading of
// "out of term" (OOT-1) and the table of section states (DELEG-5 to DELEG-8)
// are code: another reading of them is another process, not another number.
package delegation
