// Package pep is the Personal Education Plan of a child looked after by a
// local authority: the rules that need the child, the establishment and the
// calendar together, and the plan itself on its way round a term.
//
// # Policy
//
// A [Policy] is one council's rules at one revision. [Lancashire] returns the
// one of Lancashire County Council; [NewPolicy] makes another from
// [Parameters], and refuses those that make no sense. Where they change from a
// day on, it has an [Edition] from that day; each [Parameter] says which day
// chooses, and [Sources] where its value comes from. Its methods are the rules,
// each a pure function over values that answers with the outcome, its reason
// and the ids of the rules that decided:
//
//   - [Policy.RequiredOn] and [Policy.RequiredForTerm]: does the child need a
//     plan, and if not, why not. [Policy.Cohort] is the same as a window of
//     birth dates, for a query over many children.
//   - [Policy.Missing]: does the child lack the plan of a term, and what
//     stands in the way of it.
//   - [Policy.FormType], [Policy.InitialDeadlines], [Policy.Grading],
//     [Policy.Payment], [Policy.KeepUntil].
//   - [Policy.PaymentRun]: of many plans, what is paid on a day and what is
//     not and why, given all that was paid before. [Policy.ClaimOf] makes the
//     claim of a plan, [Policy.Convert] an academy of a school.
//   - [Criteria]: what a consultant looks for, grade by grade, with the
//     questions that show it. It grades nothing.
//   - [Policy.EnteredCare], [Snapshot.Where], [Reallocation]: what a change of
//     placement, of establishment or of worker means.
//
// # Plan
//
// A [PEP] is one plan. Its state is a [Snapshot]: plain, comparable data
// without any text, which [Restore] reads back and refuses where no sequence
// of actions leads to it. What a plan holds of its form is which boxes are
// filled; the answers are kept beside it, as [Content].
//
// # Act and action
//
// An [Action] is what is to be done, a value such as Delegate{All: true}. An
// [Act] is the doing: who, in which [Role], when, under which policy, and the
// [Facts] as read in the same transaction. Each action is a method of the
// plan, so that p.Finalise(by, pep.Finalise{}) and pep.Finalise{}.Do(p, by)
// are the same.
//
// [Workflow] iterates over all that can be done: at which [Stage], by which
// roles, on what condition, leading where. What is not in it is refused; a
// social worker cannot finalise because no row says so. [Mermaid], [DOT] and
// [Matrix] draw it. [PEP.Actions] lists every action for one act, each allowed
// or with its reasons, and [PEP.Warnings] what is allowed but worth a second
// look. [PEP.Loss] shows what a retract would lose before it is done.
//
// # Event
//
// An action that succeeds is recorded as an [Event]. A plan's version is the
// number of its events, and [Fold] leads from them to the same state: to that
// of today, or of any instant before. Who stores a plan stores Snapshot,
// Pending and Content in one transaction, where the version is still Stored.
//
// # Refusal
//
// An action or question that a rule does not allow is a *rule.Refusal with
// every reason: errors.Is(err, rule.FINAL1) asks for one. What cannot be one
// at all, such as a day that is missing, is a *rule.Invalid that names the
// member. Either way nothing has changed. Neither holds a name, a birth date
// or an answer.
//
// The package reads no clock, draws no ids, locks, logs and stores nothing; it
// is given what it needs. Package workflow does these for it.
package pep
