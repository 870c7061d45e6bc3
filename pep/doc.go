// Package pep holds the Personal Education Plan (PEP) of a child looked after
// by a local authority: the progress of a plan through a term, and the rules
// that depend on the child, the establishment and the calendar together.
//
// A plan changes only through [PEP.Do], which is told who acts and what they do:
//
//	by := &pep.Act{
//		Role: pep.SocialWorker, At: now, On: today,
//		Policy: pep.Lancashire(), Facts: facts,
//	}
//	plan := pep.New(id)
//	err := plan.Do(by, pep.StartInitial{Meeting: meeting})
//	if errors.Is(err, rule.START2) {
//		// the child has another open plan
//	}
//
// Do either records an event or returns an error and changes nothing. The error
// is a *rule.Refusal, with every reason, if a rule says no, and a *rule.Invalid
// if the input is malformed. No error holds a name, a birth date or an answer.
//
// The package reads no clock, creates no ids, takes no locks, writes no logs and
// stores nothing. Package workflow does all this for it.
//
// # Glossary
//
// Each word means one thing in this library:
//
//   - A plan is a child's PEP for one term, a [PEP]. A form is its template:
//     sections of questions, chosen by year group and setting. Sections are
//     numbered from 1.
//   - A [Stage] is how far a plan has come, such as checking. A [Tray] is the
//     work list in which an open plan lies.
//   - A [Verb] names something that can be done to a plan, such as delegate. An
//     [Action] is a verb together with its input, such as Delegate{All: true}. An
//     [Act] says who takes an action, in which [Role], when, under which policy
//     and on which [Facts]. An [Event] records that an action was taken.
//   - A [Transition] is one row of the workflow: a stage, a verb, the roles that
//     may take it, a condition, and the stage that follows. A delegation.Move is
//     the same for one section.
//   - An [Option] says whether a verb can be taken now and, if not, why not.
//   - A rule is one sentence of the council's process, with an id such as
//     FINAL-1. A parameter is a number or a table that differs between councils.
//     A [Policy] is one council's parameters at one revision; an [Edition] is the
//     parameters that apply from a given day on. The council is the authority
//     that the policy belongs to; an authority is any body that looks after a
//     child.
//   - A reason is one ground for saying no. A refusal is a *rule.Refusal: one or
//     more rules say no. Invalid input is a *rule.Invalid: no rule can decide on
//     it, and the error names the member that is wrong. A [Warning] is a remark
//     on something that is allowed.
//   - A requirement says whether a child needs a plan. A decision is the outcome
//     of a rule, with its reason and the rules that decided. An answer is the
//     text in one box of a form.
//   - A notice tells somebody about an action; an event gives at most two. A
//     reminder depends on the day and not on an action. A message is a notice or
//     a reminder on its way. An alert is a message to the social worker that
//     nobody has acknowledged yet. An e-mail is a message as it is sent to one
//     addressee.
//   - A [Dossier] is a child with the child's plans as they stood at the end of a
//     day; reports are made from dossiers. A [Course] is one plan at the end of a
//     day, with the steps that led there.
//   - A case is a child together with the child's plan. A relation is how a
//     person is connected with a case. A deed is an action, a reading, or
//     something done outside the workflow. A view is one plan as one person sees
//     it. A task is a line of the day's work; it says who has to act.
//   - Delegate, retract, activate, re-delegate, reassign, grade, finalise,
//     revise, reopen, cease and carry forward mean what they mean in the
//     council's guide. To restore is to bring back what a retract cleared. A
//     [Final] describes the latest finalised revision of a plan; the plan keeps
//     it while a later revision is open.
//
// Each value of an enumeration, in this package and in the others, has a text
// form, which is stored and sent, and Words, which people read: the Words of the
// stage "returned" are "back with the social worker". A Warning and a rule.Code have a
// Sentence instead. Values that a screen shows, including refusals, marshal to
// JSON with these text forms.
//
// # Policy
//
// [Lancashire] returns the policy of Lancashire County Council. [NewPolicy]
// makes another policy from [Parameters] and refuses parameters that make no
// sense. A policy's methods are the rules. Each is a pure function of its
// arguments that returns the outcome, the reason and the ids of the rules that
// decided:
//
//   - [Policy.RequiredOn] and [Policy.RequiredForTerm] decide whether a child
//     needs a plan, and why. [Policy.Cohort] gives the same age rules as a window
//     of birth dates, for a query over many children.
//   - [Policy.Missing] decides whether a child lacks the plan of a term, and why.
//   - [Policy.FormType], [Policy.InitialDeadlines], [Policy.Grading],
//     [Policy.KeepUntil] and [Policy.Convert] decide on forms, deadlines,
//     grading, retention and conversions to academies.
//   - [Criteria] lists what a consultant looks for at each grade, and the
//     questions whose answers show it. It does not grade a plan.
//   - [Policy.EnteredCare], [Snapshot.Where] and [Reallocation] say what a change
//     of placement, of establishment or of worker means.
//
// Package payment decides what a plan earns.
//
// # Plan and workflow
//
// A plan's state is a [Snapshot]: plain, comparable data without any text.
// [Restore] makes a plan from a stored snapshot, and refuses a state that no
// sequence of actions leads to. A plan knows which boxes of its form are filled;
// the answers are kept beside it, as [Content].
//
// [Workflow] iterates over every transition. Any action that it does not list is
// refused: a social worker cannot finalise, because no transition allows it.
// [PEP.Options] lists every verb for one act, each allowed or with its reasons.
// [PEP.Warnings] lists what is allowed but worth a second look, and [PEP.Loss]
// shows what a retract would lose.
//
// A plan's version is the number of its events. [Fold] rebuilds the plan from its
// events, as it is today or as it was at any earlier instant. A store saves
// Snapshot, Pending and Content in one transaction, and only if the version that
// it holds is still the one that Stored returns.
package pep
