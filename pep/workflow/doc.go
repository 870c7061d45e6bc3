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
// A host only has to open the store; for the rest there is the service. Do acts.
// Look shows one plan with its options, warnings, alerts and blank boxes, all of
// one version; Tray shows a page of somebody's work tray, and LookAll the plans
// that a query selects. Starts says which plan can be started for a child. Read
// gives the history, the answers or the documents of a plan. Upload attaches a document
// with its content where the host has given Config.Blobs. Export gives one plan for
// somebody to take out of the system, which is always entered in the audit trail of a
// store that keeps one; package export writes it as a document. Missing, Pay, Notes,
// Requests, Preflight and their like do what belongs to the process beside the
// plan.
//
// The host says who somebody is, in which role, and finds out itself whether that
// is so. How they are connected with a case is for Config.Relation to say, in the
// same transaction, and package access says what that lets them do. Whoever may
// not see a case is told that it does not exist. Registered is a relation for a
// host whose register names the workers.
//
// A plan is decided by the revision of the policy that it was opened under:
// Config.Policy or one of Config.Earlier. Repinning lists what another would
// change for it, and pep.Repin changes it. A revision that is not known closes
// its plans alone.
//
// A denial and a refusal are entered in the audit trail of a store that keeps one.
// So is what is done beside a plan; what is done to it is in its history. Where
// Config.AuditReadings says so, readings are entered too.
//
// RunDay does the day's work that nobody clicks: reminders, plans carried forward,
// sealed copies destroyed, plans ceased whose children left, and lists of what
// somebody should look at, each with whose move it is. It can be run again, or
// resumed, at any time and by several programs at once. It remembers the days that
// were done and makes up those that were missed. A plan or a step that fails does
// not stop the others.
//
// KindOf sorts every error for hosts that speak HTTP or another protocol, and an
// *Error marshals to what such a host may show.
package workflow
