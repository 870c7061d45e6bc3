package rulebook

import (
	"strings"

	"virtualschool.example/pep/rule"
)

// families holds the heading of each family of rules, by the first part of their ids.
var families = map[string]string{
	"TERM":   "Terms and days",
	"AGE":    "Ages",
	"ELIG":   "Who needs a plan",
	"YEAR":   "Year groups",
	"FORM":   "Form types",
	"SECT":   "Sections of a form",
	"PRE":    "Before delegating",
	"DELEG":  "Delegating",
	"ASSIGN": "The assignment comment",
	"DUE":    "When a form is due",
	"REM":    "Reminders",
	"OOT":    "Out of term and carried forward",
	"GRADE":  "Grading",
	"FINAL":  "Finalising, reopening and deleting",
	"START":  "Starting a plan",
	"AMEND":  "Amending a plan",
	"CHG":    "Changes in the child's life",
	"MISS":   "Missing plans",
	"PAY":    "Payment",
	"NOTE":   "Case notes",
	"DOC":    "Attachments",
	"ID":     "Identifiers",
	"RET":    "How long a plan is kept",
	"REPIN":  "The policy that decides a plan",
}

// family returns the first part of a rule's id, such as "DUE" for DUE-4b.
func family(id rule.ID) string {
	begins, _, _ := strings.Cut(id.String(), "-")
	return begins
}
