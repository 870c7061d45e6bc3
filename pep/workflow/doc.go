// Package workflow runs the process over a store: load, decide, save. It is
// the only package with a clock and identities, and both are injected.
//
// A Service takes a Command, reads the plan and the facts that its action
// needs in one transaction, lets package pep decide, and saves the plan with
// its events, messages and content in the same transaction. A command bears a
// key: given twice, it is done once and answered the same. It bears the
// version of the plan that its giver had seen: what has changed since is a
// conflict, for a person to look at.
//
// Who somebody is in a role is the host's to know; whether they have to do with
// the case at all is decided by Config.Permit, in the same transaction. Options
// says beforehand what a person can do with a plan, and why not the rest.
//
// A plan is decided by the revision of the policy that it was opened under:
// Config.Policy or one of Config.Earlier. Repinning lists what another would
// change for it, and pep.Repin changes it. A revision that is not known closes
// its plans alone.
//
// Who is told no, by the host or by a rule, is entered in the audit trail of a
// store that keeps one. What was done is in the plan's history already.
//
// RunDay does the day's work that nobody clicks: reminders, plans carried forward,
// sealed copies destroyed, plans ceased whose children left, and lists of what
// somebody should look at, each with whose move it is. It can be run again, or
// resumed, at any time and by several programs at once. It remembers the days that
// were done and makes up those that were missed. A plan or a step that fails does
// not stop the others.
//
// KindOf sorts every error for hosts that speak HTTP or another protocol.
package workflow
