// Package policy reads and writes policies as JSON, and says what one is and
// where it comes from.
//
// [Parse] reads a whole policy and [Overlay] puts some members over another;
// the base stays as it was. [Read] goes by the member whole: true makes the
// document a whole policy, and without it the document is an overlay. [Render] is the inverse of Parse. Each member that
// an overlay names replaces that of the base whole: nothing is merged below it.
// What is wrong comes back all at once, each fault a *rule.Invalid whose Member
// is the path, such as "returnPeriod.days", and these two are the one judge of
// a document: [Schema] and [OverlaySchema] are for others' tools.
//
// A document has at most 1 MiB (MaxDocument), 100 rows of a parameter, 1,000 elements
// of another list and 1,000 characters of a name or source. The first hundred
// faults are listed, and the last of them says how many more there are.
//
// # Rows
//
// A member holds throughout as a bare value, or has rows:
//
//	"returnPeriod": {"days": 14}
//	"returnPeriod": [
//	  {"to": "2027-01-01", "source": "process book, 1.2", "value": {"days": 14}},
//	  {"from": "2027-01-01", "source": "minutes of 12 May 2026", "value": {"workingDays": 10}}
//	]
//
// Each row holds from its first day up to but not including its last, which
// need not be said where the next row begins. The rows tile all time, without a
// gap and without an overlap. Which day chooses the row is the parameter's own:
// see rule.Parameter.Chosen. A bare value has the source [Unsaid]. [Values] and
// [ValueOn] return the rows of a policy, with their sources.
//
// Terms and bank holidays hold throughout, in one row: a stored plan names its
// term and not its days, and a holiday is a day already. So do the members that
// say whose policy it is, which have no rows: name, council, documents and
// revision. council is always given whole. Where an overlay names another
// council, the sources of the base are gone: what the overlay does not name has
// the source [TakenOver]. Rates are
// always rows, and begin and end: outside them nothing is published, and paying
// is refused (PAY-4).
//
// # Members
//
//	council               {"names": ["Lancashire", …], "la": "888", "gss": "E10000017"}: who we are (ELIG-1)
//	documents             {"DUE-1": "…", …}: where the council's own documents have a rule
//	terms                 {"spring": "01-01", "summer": "04-01", "autumn": "09-01"}: on which days the terms begin (TERM-1)
//	bankHolidays          {"from", "to", "days"}: which are published, for which time (DUE-7)
//	leapBirthday          "mar1" or "feb28": when somebody born on 29 February is a year older in a common year (AGE-2)
//	nurseryFromAge        from which age a child in nursery provision needs a plan (ELIG-2)
//	schoolFromAge         from which age a school is nursery provision (ELIG-2)
//	alwaysFromAge         from which age every child needs a plan (ELIG-3)
//	untilAge              the birthday that ends it (ELIG-4)
//	lowerBound            "birthday_term" or "term_after_birthday": the first term that counts (ELIG-6)
//	upperBound            "term_end" or "birthday": the last day that counts (ELIG-4)
//	nurseryProvision      ["nursery", …]: the kinds of education that are nursery provision (ELIG-2)
//	shortBreaks           whether a series of short breaks needs a plan (ELIG-9)
//	formTypes             {"Y7": {"none", "mainstream", "special"}, …}: the form of each year group and setting (FORM-1 to FORM-8)
//	specialTypes          [7, …]: the types of establishment that are special schools (FORM-7)
//	sectionTitles         {"early_years": [{"title", "proposed"}, …], …} (SECT-2)
//	meetingTermsBack      how many terms before the current one a meeting can be set in (TERM-8)
//	meetingTermsAhead     how many terms after the current one a meeting can be set in (TERM-8)
//	subsequentDelegation  ["social_worker", "business_support"]: who delegates a subsequent plan (DELEG-2)
//	returnPeriod          {"days": 14} or {"workingDays": 10}: from the meeting to the due date (DUE-1, DUE-4b)
//	rollDueDate           whether a due date moves to the next working day (DUE-2)
//	outOfTermPeriod       as returnPeriod, from delegating out of term (DUE-4)
//	reminders             [0]: days from the meeting on which the establishment is reminded (REM-1)
//	dueReminders          the same, from the due date (REM-2)
//	preparationDays       days before the meeting by which the social worker's sections are ready (SECT-4)
//	portalLag             {"hours": 24}: from actioning an account until it can be selected (PRE-3)
//	assignmentComment     {"dashes": "—–-…", "none": "N/A"} (ASSIGN-1)
//	carryForward          "after_due", "strict" or "off": when a plan not returned becomes the next term's (OOT-2)
//	maxCarries            how often (OOT-4)
//	initialDeadline       as returnPeriod, from entering care (DUE-5)
//	emergencyDeadline     as returnPeriod, from an emergency placement (DUE-6)
//	grading               {"sampling": "per_establishment_per_term"}, {"sampling": "per_child", "months": 12} or {"sampling": "all"} (GRADE-1, GRADE-2)
//	gradesReturned        ["red"] or ["red", "amber"]: with which a plan goes back and is not finalised or paid (GRADE-4, FINAL-2, PAY-2)
//	ungradedPaid          whether a plan not selected for grading is paid (PAY-2)
//	rates                 rows of sums in pence (PAY-4)
//	paidYears             {"from": "R", "to": "Y11"}: the year groups that are paid for (PAY-5)
//	paidTypes             [1, …]: the types of establishment that are paid (PAY-7)
//	unpaidTypes           [10, …]: those that are never paid; a type in neither list is held
//	financeTypes          [6, …]: those paid with finance details only (PAY-8)
//	sealedDays            how long what a retract cleared can be restored
//	stalledDays           days that a plan may stay in returned, checking or grading before it is listed (DUE-8)
//	keepYears             years from birth that the record is kept (RET-1)
//	keepAfterDeath        years from death, of who died before untilAge (RET-1)
//
// # What is code, and why
//
//   - The workflow, who may do what at which stage (START-1, FINAL-1, FINAL-4):
//     another one is another process. pep.Workflow is the table of it.
//   - The question lists and the number of sections (SECT-1): a plan keeps one
//     bit a question, by its place.
//   - Year groups, key stages, academic and financial year (YEAR-1, YEAR-5,
//     TERM-4, TERM-5): the country's, not the council's.
//   - Working days are Monday to Friday (DUE-7), an age is attained at the start
//     of the birthday (AGE-1): the law's.
//   - What "out of term" means (OOT-1), that a form counts for one term (OOT-3),
//     that a default due date is not past (DUE-4b): readings that others build on.
//   - The bounds of input: a birth date at most 25 years back (AGE-3), answers of
//     20,000 characters.
//   - The identifiers of children and schools (ID-1): the Department's.
package policy
