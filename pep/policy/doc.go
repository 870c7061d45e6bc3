// Package policy reads and writes policies as JSON, compares them, and says
// where each value of a policy comes from.
//
//	ours, err := policy.Overlay(pep.Lancashire(), []byte(`{"returnPeriod": {"workingDays": 10}}`))
//	changes := policy.Compare(pep.Lancashire(), ours)
//
// [Parse] reads a whole policy, and [Render] writes one. [Overlay] replaces some
// members of another policy, which itself is unchanged. Each member that an overlay
// names replaces the whole member of the base: nothing is merged below it. [Read]
// looks at the member "whole": if it is true, the document is a whole policy, and
// otherwise an overlay.
//
// Parse, Overlay and Read return every fault at once, each a *rule.Invalid
// whose Member is the path, such as "returnPeriod.days". They alone decide
// whether a document is valid; [Schema] and [OverlaySchema] describe the
// documents for other tools.
//
// A document may have at most 1 MiB (MaxDocument), 100 rows of a parameter, 1,000
// elements in any other list and 1,000 characters in a name or source. Only the
// first hundred faults are listed, and the last of those says how many more there
// are.
//
// # Rows
//
// A member is either a bare value, which always holds, or a list of rows:
//
//	"returnPeriod": {"days": 14}
//	"returnPeriod": [
//	  {"to": "2027-01-01", "source": "process book, 1.2", "value": {"days": 14}},
//	  {"from": "2027-01-01", "source": "minutes of 12 May 2026", "value": {"workingDays": 10}}
//	]
//
// Each row holds from the day "from" until the day before "to". The member "to" may
// be left out if another row follows. The rows cover all time, without a gap and
// without an overlap. Each parameter has its own way to choose the day that selects
// the row: see rule.Parameter.Chosen. A bare value has the source [Unsaid].
// [Values] and [ValueOn] return the rows of a policy with their sources.
//
// Terms and bank holidays have only one row, because a stored plan holds its term
// and not the term's days, and a holiday is itself a day. The members that
// identify the policy (name, council, documents and revision) have no rows. The
// member "council" must always be given whole. If an overlay names another council,
// the sources of the base are removed, and every value that the overlay does not
// name has the source [TakenOver].
//
// Rates are always rows with both days. Outside those days no rate is published,
// and payment is refused (PAY-4).
//
// # Members
//
//	council               {"names": ["Lancashire", …], "la": "888", "gss": "E10000017"}: who the council is (ELIG-1)
//	documents             {"DUE-1": "…", …}: where the council's own documents state each rule
//	terms                 {"spring": "01-01", "summer": "04-01", "autumn": "09-01"}: the days on which the terms begin (TERM-1)
//	bankHolidays          {"from", "to", "days"}: the published bank holidays, and the time for which they are published (DUE-7)
//	leapBirthday          "mar1" or "feb28": the birthday of a person born on 29 February, in a year that is not a leap year (AGE-2)
//	nurseryFromAge        the age from which a child in nursery provision needs a plan (ELIG-2)
//	schoolFromAge         the age from which a school counts as nursery provision (ELIG-2)
//	alwaysFromAge         the age from which every child needs a plan (ELIG-3)
//	untilAge              the birthday from which no plan is needed (ELIG-4)
//	lowerBound            "birthday_term" or "term_after_birthday": the first term that counts (ELIG-6)
//	upperBound            "term_end" or "birthday": the last day that counts (ELIG-4)
//	nurseryProvision      ["nursery", …]: the kinds of education that are nursery provision (ELIG-2)
//	shortBreaks           whether a child in a series of short breaks needs a plan (ELIG-9)
//	formTypes             {"Y7": {"none", "mainstream", "special"}, …}: the form of each year group and setting (FORM-1 to FORM-8)
//	specialTypes          [7, …]: the types of establishment that are special schools (FORM-7)
//	sectionTitles         {"early_years": [{"title", "proposed"}, …], …}: the titles of each form's sections (SECT-2)
//	meetingTermsBack      how many terms before the current one a meeting may be (TERM-8)
//	meetingTermsAhead     how many terms after the current one a meeting may be (TERM-8)
//	subsequentDelegation  ["social_worker", "business_support"]: who delegates a subsequent plan (DELEG-2)
//	returnPeriod          {"days": 14} or {"workingDays": 10}: the time from the meeting to the due date (DUE-1, DUE-4b)
//	rollDueDate           whether a due date moves to the next working day (DUE-2)
//	outOfTermPeriod       like returnPeriod, from a delegation out of term (DUE-4)
//	reminders             [0]: the days, counted from the meeting, on which the establishment is reminded (REM-1)
//	dueReminders          like reminders, but counted from the due date (REM-2)
//	preparationDays       how many days before the meeting the social worker's sections should be ready (SECT-4)
//	portalLag             {"hours": 24}: how long an account must wait, once actioned, before it can be selected (PRE-3)
//	assignmentComment     {"dashes": "—–-…", "none": "N/A"}: how the comment is written (ASSIGN-1)
//	carryForward          "after_due", "strict" or "off": when a plan that was not returned is carried forward to the next term (OOT-2)
//	maxCarries            the most times that a plan is carried forward (OOT-4)
//	initialDeadline       like returnPeriod, from entering care (DUE-5)
//	emergencyDeadline     like returnPeriod, from an emergency placement (DUE-6)
//	grading               {"sampling": "per_establishment_per_term"}, {"sampling": "per_child", "months": 12} or {"sampling": "all"} (GRADE-1, GRADE-2)
//	gradesReturned        ["red"] or ["red", "amber"]: the grades that send a plan back: it is neither finalised nor paid (GRADE-4, FINAL-2, PAY-2)
//	ungradedPaid          whether a plan not selected for grading is paid (PAY-2)
//	rates                 rows of sums in pence (PAY-4)
//	paidYears             {"from": "R", "to": "Y11"}: the year groups that are paid for (PAY-5)
//	paidTypes             [1, …]: the types of establishment that are paid (PAY-7)
//	unpaidTypes           [10, …]: the types that are never paid; a type in neither list is held (PAY-7)
//	financeTypes          [6, …]: the types that are paid only with finance details (PAY-8)
//	sealedDays            days for which the content that a retract cleared can be restored (DELEG-6)
//	stalledDays           days that a plan may stay in returned, checking or grading before it is listed (DUE-8)
//	keepYears             years from birth for which the record is kept (RET-1)
//	keepAfterDeath        years from death for which the record is kept, if the child died before untilAge (RET-1)
//
// # What is code, and why
//
//   - The workflow, and who may do what at which stage (START-1, FINAL-1, FINAL-4): a different one would be a different process. pep.Workflow is the table of it.
//   - The lists of questions and the number of sections (SECT-1): a plan keeps one bit for each question, by its place.
//   - Year groups, key stages, academic and financial years (YEAR-1, YEAR-5, TERM-4, TERM-5): they are the same in the whole country.
//   - Working days are Monday to Friday (DUE-7), and an age is reached at the start of the birthday (AGE-1): the law says so.
//   - What "out of term" means (OOT-1), that a form counts for one term (OOT-3), and that a default due date is never in the past (DUE-4b): other rules depend on these readings.
//   - The limits of input: a birth date at most 25 years back (AGE-3), and answers of at most 20,000 characters.
//   - The identifiers of children and schools (ID-1): the Department for Education defines them.
package policy
