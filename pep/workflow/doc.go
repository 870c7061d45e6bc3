// Package workflow runs the process of Personal Education Plans over a store. It
// loads a plan, lets package pep decide, and saves the result. Only this package
// reads a clock and generates ids, and the host can inject both.
//
//	service, err := workflow.New(workflow.Config{Plans: store, Relation: workflow.Registered})
//	done, err := service.Do(ctx, workflow.Command{
//		Key: "request 1", By: worker, Do: pep.StartInitial{Child: child, Meeting: meeting},
//	})
//	view, err := service.Look(ctx, worker, done.Plan)
//
// A [Service] takes a [Command]. In one transaction it reads the plan and the facts
// that the action needs, decides, and saves the plan with its events, messages and
// content. A command has a key: if it is given twice, it is carried out once, and
// both calls return the same outcome. A command also states which version of the
// plan the actor saw. If the plan has changed since then, Do returns
// storage.ErrConflict, so that a person can look again.
//
// # Errors
//
// The service's methods return an *[Error], which wraps a *rule.Refusal, a
// *rule.Invalid, or an error of package storage. [KindOf] returns the kind of any
// error, for hosts that speak HTTP or another protocol. An *Error marshals to JSON
// that such a host may show: it holds no child's data.
//
// # Reading and the rest of the process
//
// A host only has to open the store; the service does the rest. Do acts. Look shows
// one plan with its options, warnings, alerts and blank boxes, all for one version.
// Tray shows a page of somebody's work tray, and LookAll shows the plans that a
// query selects. Starts says which plan can be started for a child. Read gives the
// history, the answers or the documents of a plan. Upload attaches a document with
// its content if Config.Blobs is set. Export gives one plan for somebody to take out
// of the system, and package export writes it as a document. Missing, Pay, Notes,
// Requests, Preflight and similar methods do the parts of the process that are not
// about one plan's progress.
//
// # Who may do what
//
// The host says who somebody is and in which role, and must make sure that this is
// true. Config.Relation, which is called in the same transaction, says how they are
// connected with a case. Package access says what that connection lets them do.
// Somebody who may not see a case is told that it does not exist. [Registered] is a
// relation for a host whose register names the workers.
//
// A store that keeps an audit trail has an entry for every denial, every refusal,
// every export, and everything else that somebody does. The exception is what
// somebody does to a plan, which is in the plan's history. If Config.AuditReadings is
// set, readings are entered too.
//
// # Policy
//
// Each plan follows the revision of the policy under which it was opened:
// Config.Policy or one of Config.Earlier. Repinning lists what the current policy
// would change for a plan, and pep.Repin moves the plan to it. If a revision is
// unknown, only the plans of that revision cannot be used.
//
// # The day's work
//
// RunDay does the day's work that nobody starts by hand. It posts reminders, carries
// plans forward, destroys sealed copies, and lists the plans and the children that
// somebody should look at, each with the role that must act next. If
// Config.CeaseEnded is set, it also ceases the plans of children who left care.
// RunDay can be run again, or resumed, at any time and by several programs at once.
// It remembers the days that were done and makes up those that were missed. A plan or
// a step that fails does not stop the others.
package workflow
