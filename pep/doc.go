// Package pep is the Personal Education Plan (PEP) of a child looked after by a
// local authority: the plan itself on its way round a term, and the rules that
// need the child, the establishment and the calendar together.
//
//	plan := pep.New(id)
//	err := plan.Do(by, pep.StartInitial{Meeting: meeting})
//
// # Glossary
//
// Each word means one thing in this library:
//
//   - A plan is a child's PEP for one term, a [PEP]. A form is its template:
//     sections and questions, chosen by year group and setting. A section is
//     numbered from 1.
//   - A [Stage] is how far a plan has come, such as checking. A [Tray] is the
//     work list in which a plan at that stage lies.
//   - A [Verb] names something that can be done to a plan, such as delegate. An
//     [Action] is a verb with what it is given, such as Delegate{All: true}. An
//     [Act] says who takes the action, in which [Role], when, under which policy
//     and on which [Facts]. An [Event] records that it was taken.
//   - A [Transition] is one row of the workflow: a stage, a verb, the roles that
//     may take it, a condition, and the stage that follows. A delegation.Move is
//     the same for one section.
//   - An [Option] is a verb with whether it can be taken now.
//   - A rule is a sentence of the council's process with an id, such as FINAL-1.
//     A parameter is a number or a table that differs between councils. A
//     [Policy] is one council's parameters at one revision; an [Edition] is what
//     they are from a day on. The council is the authority that a policy is for;
//     an authority is whoever looks after a child.
//   - A reason is one ground for saying no. A refusal is a *rule.Refusal: one or
//     more rules say no. Invalid input is a *rule.Invalid: no rule can answer it,
//     and it names the member. A [Warning] is a remark on something that is
//     allowed.
//   - A requirement says whether a child needs a plan. A decision is what a rule
//     answers, with its reason and the rules that decided. An answer is the text
//     in one box of a form.
//   - A notice tells somebody about an action; an event gives up to two. A
//     reminder follows from the day. A message is one of either on its way. An
//     alert is a message to the social worker that nobody has acknowledged yet.
//     An e-mail is a message as it is sent to one addressee.
//   - A [Dossier] is a child with the child's plans as they stood at the end of a
//     day: what a report is made of. A [Course] is how one plan came to stand so.
//   - A relation is how somebody is connected with a case: a child, with the
//     child's plan. A deed is an action, a reading, or something done beside the
//     workflow. A view is one plan as one person sees it. A task is a line of the
//     day's work that says whose move a plan is.
//   - Delegate, retract, activate, re-delegate, reassign, grade, finalise,
//     revise, reopen, cease and carry forward are what the council's guide calls
//     them. To restore is to bring back what a retract cleared. What was last
//     finalised of a plan, its [Final], stays beside the state of a later revision.
//
// A value of an enumeration, here and in the other packages, has a text form,
// which is stored and sent, and Words for people: the stage "draft" is "with the
// social worker". A Warning and a rule.Code have a Sentence instead. Values that
// a screen shows, refusals among them, marshal to JSON with these text forms.
//
// # Policy
//
// [Lancashire] returns the policy of Lancashire County Council; [NewPolicy]
// makes another from [Parameters], and refuses parameters that make no sense. A
// policy's methods are the rules, each a pure function over values that returns
// the outcome, its reason and the ids of the rules that decided:
//
//   - [Policy.RequiredOn] and [Policy.RequiredForTerm]: does the child need a
//     plan, and if not, why not. [Policy.Cohort] is the same as a window of
//     birth dates, for a query over many children.
//   - [Policy.Missing]: does the child lack the plan of a term, and why.
//   - [Policy.FormType], [Policy.InitialDeadlines], [Policy.Grading],
//     [Policy.KeepUntil], [Policy.Convert].
//   - [Criteria]: what a consultant looks for, grade by grade, with the
//     questions that show it. It grades nothing.
//   - [Policy.EnteredCare], [Snapshot.Where], [Reallocation]: what a change of
//     placement, of establishment or of worker means.
//
// Package payment decides what a plan earns.
//
// # Plan and workflow
//
// A plan's state is a [Snapshot]: plain, comparable data without any text, which
// [Restore] reads back and refuses where no sequence of actions leads to it. A
// plan holds which boxes of its form are filled; the answers are kept beside it,
// as [Content].
//
// [Workflow] iterates over every transition. Any action that it does not list is
// refused: a social worker cannot finalise, because no transition allows it.
// [PEP.Do] takes an action. [PEP.Options] lists every verb for one act, each
// allowed or with its reasons. [PEP.Warnings] lists what is allowed but worth a
// second look, and [PEP.Loss] shows what a retract would lose.
//
// A plan's version is the number of its events, and [Fold] leads from them to
// the same state: to that of today, or of any instant before. Whoever stores a
// plan stores Snapshot, Pending and Content in one transaction, in which the
// stored version must still be Stored.
//
// # Refusals
//
// PEP.Do either records an event or changes nothing. errors.Is(err, rule.FINAL1)
// asks a refusal for one of its reasons. No error holds a name, a birth date or
// an answer.
//
// The package reads no clock, creates no ids, takes no locks, writes no logs and
// stores nothing. Package workflow does these for it.
package pep
