// Package ask answers questions about the PEP process in JSON, so that a
// program in any language can use the rules and a test suite can check them.
//
// [Answer] answers one question under a policy, [AnswerJSON] one written as
// JSON. A [Corpus] is a file of questions with the answers expected; [Run]
// asks them of an [Asker], ours ([By]) or anybody's, and [Match] compares.
// Package corpora holds the project's own. [ParseAction] reads one action of the
// workflow for a host that is written in Go.
//
// # A question
//
//	{"ask": "term.of", "given": {"date": "2026-01-14"}, "overrides": {…}}
//
// overrides is an overlay on the policy for this question alone, as package
// policy reads it; it need not be there. A null member that need not be there
// is as if it were not. Dates are "2006-01-02", terms "SPRING 2026", instants
// RFC 3339; the day of an instant is that in Europe/London.
//
// # An answer
//
// Every answer is an object with rules (the ids of the rules that decided, the
// deciding one first), reason (a code that does not change), message (a
// sentence) and contract (the number of this contract, 1) besides the members
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
// history of grades 10,000, lookedAfter and education 1,000 each; a text has at most
// 20,000 characters and a name 1,000. The schema states the bounds of lists and
// texts. What is beyond a bound is invalid. The message lists the first hundred
// faults and says how many more there are.
package ask
