// Package ask answers questions about the PEP process in JSON, so that a
// program in any language can use the rules and a test suite can check them.
//
// [Answer] answers one question under a policy, [AnswerJSON] one written as
// JSON. A [Corpus] is a file of questions with the answers expected; [Run]
// asks them of an [Asker], ours ([By]) or anybody's, and [Match] compares.
// [Policies] answer under several policies and revisions in one process.
// Package corpora holds the project's own. [ParseAction] reads one action of the
// workflow for a host that is written in Go.
//
// # A question
//
//	{"ask": "term.of", "given": {"date": "2026-01-14"}, "overrides": {…}, "policy": "lancashire@1", "id": 7}
//
// overrides is an overlay on the policy for this question alone, as package
// policy reads it. policy names one of the policies that the program has, as
// "name@revision" or as "name" alone: that is the default policy where it has the
// name, and otherwise the highest revision. id is a text of at most 1,000 characters
// or a number, which the answer repeats exactly as it was given. None of the three
// need be there. A null member that need not be there
// is as if it were not. Dates are "2006-01-02", terms "SPRING 2026", instants
// RFC 3339; the day of an instant is that in Europe/London.
//
// # An answer
//
// Every answer is an object with rules (the ids of the rules that decided, the
// deciding one first), reason (a code that does not change), message (a
// sentence) and contract (the number of this contract, 2) besides the members
// below. It says what it rests on: facts, a list of {name, value}, what was
// given and what follows from it, null for what was not there and "[private]"
// for what is not repeated, such as a birth date or free text; a step of a run
// has facts of its own; parameters of the policy, a list of {member,
// value, source, from?, to?}, of a table without its value; and the policy's
// revision. There may be more members. A question that a rule does not let
// be answered is {"refused": "DUE-7", …}. What cannot be a question is
// {"invalid": "born", …} with the bare name of the first member at fault; the
// message names them all: a date that is none, a member that is missing,
// unknown, written twice or of another type, an unknown ask.
//
// # The questions
//
// A question mark is a member that need not be there; a bar separates what a
// member may be. Periods are half-open: to is the first day not covered.
//
//	term.of                  date | instant
//	                         → term, start, end, next, previous, academicYear ("2025/26"), financialYear
//	term.age                 born, on → age
//	forms.year_group         born, on, recordedYear? ("N1", "N2", "R", "Y1" to "Y13", "1" to "13", "X" for none), recordedOn?
//	                         → yearGroup (pre-nursery, N1, N2, R, Y1 to Y13), keyStage (EYFS, KS1 to KS5)
//	forms.type               born, on, recordedYear?, recordedOn?, setting: null | {special: true} | {gias: 7}
//	                         → formType, yearGroup, sections (how many)
//	forms.sections           formType → sections (how many), first, second, last, titles
//	pep.in_age_window        born, term, education? → inWindow
//	pep.required_on          born, on, lookedAfter?, education? → required
//	pep.required_for_term    born, term, lookedAfter?, education? → required
//	pep.last_term            born → term
//	pep.initial_deadlines    enteredCare, emergency → completeBy, initiateBy (of an emergency)
//	delegation.due           meeting, delegated? → due, outOfTerm
//	delegation.timeliness    due, today, submitted?
//	                         → status (not_due, due_today, overdue, on_time, late), daysLate, workingDaysLate
//	delegation.assignment    comment, formTerm, lastTerm?
//	                         → term, nextMeeting | null, nextTerm | null, warnings [same_term, skips_term]
//	delegation.reminders     delegated, meeting, submitted?, retracted? → on [dates]
//	delegation.carry_forward meeting, due, today, timesCarried, submitted? → carried, term, stale
//	pep.grading              establishment | null, term, history [{establishment | null, term, grade, child, on}],
//	                         child?, meeting? → required
//	pep.payment              term, yearGroup, grade | null, stage, establishment {gias | null, dfe?, finance} | null
//	                         → pence | held (a rule) | notPayable (a rule); financialYear
//	                         gias is null where the type is not known
//	pep.identifier           kind (upn, dfe_number, urn), value → valid, normal | null
//	pep.retention            born, died? → keepUntil
//	pep.workflow             child, establishment?, contributor?, gradingRequired?, steps → steps, final
//	plan.step                plan | null, id?, facts, step → plan | null, stage, tray | null, notices, final, event
//	plan.look                plan | null, facts, at, by, actor?
//	                         → actions, warnings, due | null, timeliness | null, blank, loss | null
//	pep.missing              term, today, child {born, lookedAfter?, education?},
//	                         plans [plan | {term, stage, due?, carried?, ceasedOn?, finalised?}]
//	                         → standing (not_required, satisfied, excused, missing), by? (the day that the reason turns on)
//	delegation.preflight     establishment {status}, contributor {active, actionedAt?}, at
//	                         → ready, reasons [{rule, code, message, remedy?, from?}]
//	forms.questions          formType, section? → sections [{section, title, proposed, author, questions [{id, text, item?, kind}]}]
//
// A birth date is on the day asked about (of a term: its last day) or before it. Any
// later one is invalid born, and so is one whose 25th birthday is before that day.
//
// delegation.carry_forward asks about one day. By the default policy a form is in
// time if it came back on its due date, or by the end of its term if that is later. A
// form that came back after that was not returned in its term, so it is carried
// forward as if it were still out. A day of return after today does not count yet.
// This is the question alone: in a run, and for a plan that you hold, a returned plan
// is never carried forward, because only a draft and a delegated plan are.
//
// In pep.payment an establishment without a DfE number has dfe null or no dfe. Its
// payment is held by PAY-8, as is that of a type that needs finance details and has
// none. A dfe that is not three digits and four is invalid dfe.
//
// In pep.missing, due is needed of a delegated plan, carried is how many times the
// plan was carried to its term, and finalised is the day on which it was last
// finalised: a day after today does not count yet. A deleted plan has none.
//
// The kind of every question of a form is text so far. item is the part of a plan's
// content that the question serves; a question without it is good practice.
//
// recordedOn is the day on which recordedYear was recorded: not said, the day
// asked about, and in a run the day of the first step. The year group moves with
// the academic years from that day on.
//
// Form types are early_years, primary_mainstream, secondary_mainstream,
// key_stage_5, primary_special and secondary_special; grades red, amber and
// green; stages draft, delegated, returned, checking, grading, finalised,
// cancelled and deleted.
//
// lookedAfter is a list of {from, to?, shortBreak?, authority?}. Without it the
// child is looked after throughout, and with an empty list never. authority is
// the council itself if it is absent or is one of the council's names or numbers
// in the policy; another authority is a three-digit LA number, a GSS code (E, N, S
// or W and eight digits) or "other". Any other text is invalid. education is a list of {kind,
// from, to?}, the kinds those of record.EducationKind. The reasons of the two
// required questions and of the age window are required, too_young,
// not_in_nursery, past_last_term, not_looked_after, short_break and
// other_authority.
//
// # pep.workflow
//
// A run takes one child's plans through steps:
//
//	child            {born, consentToShare?, lookedAfter?, education?, recordedYear?, recordedOn?}
//	establishment    {status?, special?, gias?}; null means no establishment; by default a current mainstream school
//	contributor      {active, actionedAt?}; by default active; a run knows one, who is meant in every step
//	gradingRequired  true | false; by default as the policy samples with no history
//	steps            [{at, by, do, with?}]: an instant, a role, an action and what it is given
//
// status is current or ended, or that of the register GIAS: Open, Closed,
// Proposed to open, or "Open, but proposed to close".
//
// A step shows {stage, tray | null, notices} or a refusal; a refused one
// changes nothing and the run goes on. final is the plan last started, null for
// none: {stage, term, meeting, formType, due, grade, nextMeeting, revision,
// completedSections}. What an action is given and lacks refuses that action;
// what is malformed or unknown makes the whole question invalid.
//
//	start_initial, reschedule_meeting                {meeting}
//	start_subsequent                                 {meeting?}: not said, the next meeting of the previous plan
//	answer, save_contribution                        {section, fill}: "complete" answers every question, other text goes into every box;
//	                                                 {section, answers}: the answers by the ids of their questions;
//	                                                 {section, answers: {}, clear: true}: the section is cleared
//	delegate                                         {sections: "all" | [numbers], due?}
//	redelegate                                       {comments, due?}
//	retract                                          {confirmedWithSetting, reason}
//	reassign                                         {comment}
//	send_for_grading                                 {reason?}
//	grade                                            {grade, feedback}
//	finalise                                         {waiver?}
//	return_for_amendment, revise                     {reason}
//	reopen, restore, delete                          {reason}
//	cease                                            {on}
//	attach                                           {name, size}
//	submit_contribution, activate, carry_forward, change_contributor, repin  {}
//
// # Plans that you hold
//
// plan.step and plan.look are for a program that stores the plans itself. A plan is
// the state that plan.step answers with: an object with a format and the edition of
// its form's questions. Keep it whole, as it is, and give it back with the next
// question. A state that was changed, that has a later format, or that bears a
// revision which the program does not have is invalid, with the bare name of the
// member. It holds no text that somebody wrote: keep the answers of each section, and
// after a retract those that are sealed until sealedUntil.
//
// facts are the members child, establishment, contributor and gradingRequired of a
// run, and plans, the states of the child's other plans in any order. If the plan
// itself is among them it is passed over. Besides what they have in a run, child,
// establishment and contributor may have an id, a UUID. Without one it is that of the
// plan, and before there is any that of a run. recordedYear needs recordedOn.
// gradingRequired is the answer that pep.grading gave; without it every plan needs a
// grade.
//
// step is a step of a run. It may have actor, the UUID of who acts: for a designated
// teacher the id of the contributor, by default that of the plan, and for anybody
// else by default one for the role. A start has plan null and may have the id of the
// new plan, by default one made from the child's id and the number of plans. Any other
// action with plan null is refused. with of answer and save_contribution is the whole
// section: a question that it does not name is blank.
//
// event is {at, by, do, from, to, sealedUntil?, restores?}: sealedUntil is the first
// day on which what a retract cleared can no longer be restored, and restores the
// version of the plan after the retract that is undone. A refusal has plan as it was
// given, and its final.
//
// A plan is decided by the revision of the policy that it bears. policy is for
// questions without a plan, and for repin, which moves the plan to it; with any other
// step it must be the plan's own.
//
// plan.look answers what plan.step would then do. actions has each action with
// allowed, reasons [{rule, code, message, remedy?, section?, on?, from?}] and, where it
// is allowed, to; for grade that is where green or amber leads. It judges repin by
// the policy of the question. It does not know what an action is given: a meeting can
// still be refused for its term. blank has the ids of the blank questions of each
// section that has any, by its number; timeliness is {status, daysLate,
// workingDaysLate}; loss is {sections, boxes}, what a retract would lose.
//
// # A corpus
//
//	{"schema": 1, "policy": "lancashire", "cases": [
//	  {"id": "…", "rules": ["DUE-1"], "ask": "…", "given": {…}, "expect": {…}, "overrides": {…}, "note": "…"}
//	]}
//
// A file whose cases were computed, and not written by a person, has
// "generated": true beside them.
//
// An answer passes if it matches expect: objects by subset, recursively; lists
// element by element with the same length; an expected null matches an absent
// member; everything else exactly.
//
// # A corpus as a spreadsheet
//
// A corpus may be a table, saved as CSV in UTF-8: a case is a row, and the
// first row names the columns, in any order. id and ask must be there.
//
//	id                 the case's id, which no other case has
//	rules              the rules that it pins, with spaces between
//	ask                the question
//	note               anything
//	given.PATH         a member of what is given, such as given.born or given.establishment.gias
//	expect.PATH        a member of the answer expected, such as expect.required
//	overrides.PATH     a member of the overlay on the policy, such as overrides.returnPeriod.workingDays
//
// An empty cell is a member that is not there. A cell is text, a date as
// 2026-02-03, a whole number, true, false, or null; what begins with { or [ is
// JSON, for lists and objects. Where the contract says that a member is text a
// number is text too, as in the value of an identifier. Package sheet says what
// else a file may be. A date that a spreadsheet has turned into 03/02/2026 is
// refused: format the cells as text before you type. It names no policy: its
// cases are for the one under which they are run.
//
// # Bounds
//
// A question has at most 1 MiB (MaxLine), a corpus 16 MiB (MaxFile). Lists and
// objects lie at most 100 deep within each other. A run has at most 10,000 steps, a
// history of grades 10,000, lookedAfter, education and plans 1,000 each; a text has at
// most 20,000 characters and a name 1,000. The schema states the bounds of lists and
// texts. What is beyond a bound is invalid. The message lists the first hundred
// faults and says how many more there are.
package ask
