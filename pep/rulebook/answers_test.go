package rulebook_test

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// answered returns the answer to each question of a book's first page, without the
// rules.
func answered(page string) map[string]string {
	answers := map[string]string{}
	for _, m := range regexp.MustCompile(`<dt>(.+?)</dt><dd>(.+?) <span`).FindAllStringSubmatch(page, -1) {
		answers[html.UnescapeString(m[1])] = html.UnescapeString(m[2])
	}
	return answers
}

const avonlea = `{"name": "avonlea", "council": {"names": ["Avonlea"], "la": "997", "gss": "E99000001"},
	"terms": {"spring": "01-08", "summer": "04-20", "autumn": "09-02"},
	"nurseryFromAge": 3, "schoolFromAge": 4, "alwaysFromAge": 5, "untilAge": 21, "lowerBound": "term_after_birthday", "upperBound": "birthday",
	"meetingTermsBack": 2, "meetingTermsAhead": 3, "subsequentDelegation": ["business_support"],
	"returnPeriod": {"days": 9}, "rollDueDate": true, "outOfTermPeriod": {"workingDays": 6}, "reminders": [-1, 0], "dueReminders": [-2],
	"preparationDays": 1, "portalLag": {"hours": 30}, "assignmentComment": {"dashes": "-", "none": "NONE"}, "carryForward": "strict", "maxCarries": 2,
	"initialDeadline": {"workingDays": 17}, "emergencyDeadline": {"days": 4}, "grading": {"sampling": "per_child", "months": 7},
	"gradesReturned": ["red", "amber"], "ungradedPaid": false, "paidYears": {"from": "Y1", "to": "Y9"}, "financeTypes": [],
	"rates": [{"from": "2026-01-01", "to": "2027-01-01", "source": "minutes", "value": 12345}], "sealedDays": 21, "keepYears": 66, "keepAfterDeath": 13}`

func TestTheFirstPageAnswersWithThePolicysOwnValues(t *testing.T) {
	t.Parallel()
	ours, others := answered(page(t, `{}`, "2026-01-14")), answered(page(t, avonlea, "2026-01-14"))
	for question, want := range map[string][2]string{
		"When does a child need a plan?": {
			"Every child looked after by Lancashire needs a plan each term from the 4th birthday to the end of the term that contains the 18th birthday, in education or not, except a child in short breaks only. Before that, from the 2nd birthday, a child needs a plan only while in nursery provision.",
			"Every child looked after by Avonlea needs a plan each term from the term after the 5th birthday to the day before the 21st birthday, in education or not, except a child in short breaks only. Before that, from the term after the 3rd birthday, a child needs a plan only while in nursery provision.",
		},
		"When is the first plan due?": {
			"The first plan must be complete within 20 working days of the day on which the child comes into care. After an emergency placement it must be started within 10 working days.",
			"The first plan must be complete within 17 working days of the day on which the child comes into care. After an emergency placement it must be started within 4 days.",
		},
		"How far ahead can a meeting be set?": {
			"On 14 January 2026, a meeting can be set for any day from the start of AUTUMN 2025 to the end of AUTUMN 2026.",
			"On 14 January 2026, a meeting can be set for any day from the start of SUMMER 2025 to the end of SPRING 2027.",
		},
		"When must the social worker's sections be ready?": {
			"The first 2 sections are the social worker's, and should be ready at least 10 days before the meeting. A plan cannot be delegated while any box in them is blank; write N/A for anything that does not apply.",
			"The first 2 sections are the social worker's, and should be ready at least 1 day before the meeting. A plan cannot be delegated while any box in them is blank; write N/A for anything that does not apply.",
		},
		"When can a teacher with a new portal account be chosen?": {
			"A designated teacher can be chosen 24 hours after the portal account has been actioned. The address book must also show the teacher as active.",
			"A designated teacher can be chosen 30 hours after the portal account has been actioned. The address book must also show the teacher as active.",
		},
		"Who delegates a plan?": {
			"A child's first plan is delegated by a social worker, and any later plan by a social worker or business support. All sections go together, to one designated teacher.",
			"A child's first plan is delegated by a social worker, and any later plan by business support. All sections go together, to one designated teacher.",
		},
		"When is a plan due?": {
			"Unless another date is entered, the form is due back 14 days after the meeting; if it is delegated later than that, it is due back the same time after delegation. A due date on a weekend or bank holiday does not move.",
			"Unless another date is entered, the form is due back 9 days after the meeting; if it is delegated later than that, it is due back the same time after delegation, or 6 working days after delegation if the term of the meeting has ended. A due date on a weekend or bank holiday moves to the next working day.",
		},
		"When is the school reminded?": {
			"A reminder goes out on the day of the meeting, if the form is with the school and has not been returned.",
			"A reminder goes out 1 day before the meeting, on the day of the meeting and 2 days before the due date, if the form is with the school and has not been returned.",
		},
		"What happens if the school is late?": {
			"The form is overdue from the day after its due date. If it is not returned by the end of its term or by its due date, whichever is later, it is carried forward to the next term, at most once.",
			"The form is overdue from the day after its due date. If it is not returned by the end of its term, it is carried forward to the next term, at most twice.",
		},
		"What is lost when a plan is retracted?": {
			"Everything written in the form is lost, in every section. For 30 days, counting the day on which the plan was retracted, the service desk can restore it if the plan is still a draft and nothing has been written in it since.",
			"Everything written in the form is lost, in every section. For 21 days, counting the day on which the plan was retracted, the service desk can restore it if the plan is still a draft and nothing has been written in it since.",
		},
		"What does the comment say when a plan goes to business support?": {
			"It gives the term, a dash and the date of the next meeting, such as “SPRING—21/04/2026”. If the child needs no plan in the next term, it gives “N/A” instead of the date.",
			"It gives the term, a dash and the date of the next meeting, such as “SPRING-10/05/2026”. If the child needs no plan in the next term, it gives “NONE” instead of the date.",
		},
		"Which plans are graded?": {
			"In each term, at least one plan of each establishment is graded, and every plan of a child without an establishment is graded too. A plan graded red goes back to the social worker and is graded again.",
			"Each child's plan is graded at least once in 7 months, and every plan of a child without an establishment is graded too. A plan graded red or amber goes back to the social worker and is graded again.",
		},
		"Who may finalise a plan?": {
			"Only business support may finalise a plan. A social worker never may, and nobody may finalise a plan that is graded red.",
			"Only business support may finalise a plan. A social worker never may, and nobody may finalise a plan that is graded red or amber.",
		},
		"Who starts the next plan?": {
			"Business support starts it, once the plan before it is finalised. The child's first plan after coming into care is started by a social worker.",
			"Business support starts it, once the plan before it is finalised. The child's first plan after coming into care is started by a social worker.",
		},
		"When is a plan missing?": {
			"A child who needs a plan for a term is missing one until a plan for that term has been returned. A child new to care is not counted if the term ends before the 20 working days for the first plan are over.",
			"A child who needs a plan for a term is missing one until a plan for that term has been returned. A child new to care is not counted if the term ends before the 17 working days for the first plan are over.",
		},
		"What is paid, and to whom?": {
			"A finalised plan for SPRING 2026 earns £550 if the child is in Reception to Year 11. The money goes to the establishment that the plan was made with, even if the child has moved since, provided that establishments of its type are paid.",
			"A finalised plan for SPRING 2026 earns £123.45 if the child is in Year 1 to Year 9. The money goes to the establishment that the plan was made with, even if the child has moved since, provided that establishments of its type are paid.",
		},
		"When does a payment have to wait?": {
			"It waits until the plan is finalised, and for as long as the grade is red. It also waits until the establishment's DfE number is on record, and its finance details if its type needs them, until the policy has a rate for the term, and until it says whether the establishment's type is paid.",
			"It waits until the plan is finalised and graded, and for as long as the grade is red or amber. It also waits until the establishment's DfE number is on record, until the policy has a rate for the term, and until it says whether the establishment's type is paid.",
		},
		"How long is a plan kept?": {
			"A plan is kept until 75 years after the child was born. If the child died before the age of 18, it is kept until 15 years after the death.",
			"A plan is kept until 66 years after the child was born. If the child died before the age of 21, it is kept until 13 years after the death.",
		},
	} {
		require.Equal(t, want[0], ours[question])
		require.Equal(t, want[1], others[question])
		require.LessOrEqual(t, strings.Count(want[0], ". "), 1, "an answer has two sentences at most")
		delete(ours, question)
	}
	require.Empty(t, ours)
}

func TestAnAnswerFollowsEachWayOfAPolicy(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ overlay, question, says string }{
		{`{"nurseryFromAge": 2, "alwaysFromAge": 2}`, "When does a child need a plan?", "in education or not, except a child in short breaks only."},
		{`{"shortBreaks": true, "nurseryFromAge": 0, "alwaysFromAge": 0}`, "When does a child need a plan?", "each term from birth to the end of the term that contains the 18th birthday, in education or not, including a child in short breaks."},
		{`{"nurseryProvision": []}`, "When does a child need a plan?", "short breaks only."},
		{`{"outOfTermPeriod": {"days": 7}}`, "When is a plan due?", "the same time after delegation, or 7 days after delegation if the term of the meeting has ended."},
		// The first day of the term decides who needs a plan and what is graded. The day of the
		// book decides the rest.
		{`{"shortBreaks": [{"to": "2026-01-10", "source": "a", "value": false}, {"from": "2026-01-10", "source": "b", "value": true}]}`, "When does a child need a plan?", "except a child in short breaks"},
		{`{"grading": [{"to": "2026-01-10", "source": "a", "value": {"sampling": "all"}}, {"from": "2026-01-10", "source": "b", "value": {"sampling": "per_establishment_per_term"}}]}`, "Which plans are graded?", "Every plan is graded."},
		{`{"preparationDays": [{"to": "2026-01-10", "source": "a", "value": 3}, {"from": "2026-01-10", "source": "b", "value": 5}]}`, "When must the social worker's sections be ready?", "5 days before"},
		{`{"reminders": []}`, "When is the school reminded?", "This policy sends no reminders."},
		{`{"reminders": [3]}`, "When is the school reminded?", "A reminder goes out 3 days after the meeting, "},
		{`{"carryForward": "off"}`, "What happens if the school is late?", "It is not carried forward"},
		{`{"maxCarries": 0}`, "What happens if the school is late?", "It is not carried forward"},
		{`{"maxCarries": 3}`, "What happens if the school is late?", "at most 3 times."},
		{`{"sealedDays": 0}`, "What is lost when a plan is retracted?", "Nothing can be restored."},
		{`{"portalLag": {"hours": 0}}`, "When can a teacher with a new portal account be chosen?", "can be chosen as soon as the portal account has been actioned."},
		{`{"preparationDays": 0}`, "When must the social worker's sections be ready?", "ready by the day of the meeting."},
		{`{"grading": {"sampling": "all"}}`, "Which plans are graded?", "Every plan is graded. "},
		{`{"rates": []}`, "What is paid, and to whom?", "No rate is published for the plans of SPRING 2026, so nothing is paid for them yet; the year groups that are paid for are Reception to Year 11. "},
		{`{"paidYears": {"from": "Y3", "to": "Y3"}}`, "What is paid, and to whom?", "if the child is in Year 3."},
	} {
		require.Contains(t, answered(page(t, c.overlay, "2026-01-14"))[c.question], c.says, c.overlay)
	}
}

func TestTypesOfEstablishmentAreNamed(t *testing.T) {
	t.Parallel()
	text := read(page(t, `{"unpaidTypes": [11, 63]}`, "2026-01-14"))
	require.Contains(t, text, "community special school (7), non-maintained special school (8), other independent special school (10)")
	require.Contains(t, text, "other independent school (11), type 63")
	require.Contains(t, text, "establishment (type community school (1), DfE number 8884000, finance details yes)")
}
