package rule_test

import (
	"errors"
	"fmt"

	"virtualschool.example/pep/rule"
)

// Source holds for every council. A policy adds the place in its council's own documents
// that states the rule.
func ExampleCatalogue() {
	for e := range rule.Catalogue() {
		if e.ID == rule.FINAL1 {
			fmt.Println(e.ID, "-", e.Title)
			fmt.Println(e.Source)
		}
	}
	// Output:
	// FINAL-1 - A social worker never finalises a plan
	// local practice
}

func ExampleParse() {
	id, err := rule.Parse("DUE-4b")
	fmt.Println(id == rule.DUE4b, err)
	_, err = rule.Parse("DUE-99")
	fmt.Println(err)
	// Output:
	// true <nil>
	// rule must be the id of a rule, such as FINAL-1; did you mean "DUE-1"?
}

func ExampleReasons() {
	var reasons rule.Reasons
	reasons.Add(rule.FINAL1, rule.SocialWorkerNeverFinalises)
	reasons.Add(rule.GRADE1, rule.GradeRequired)
	err := reasons.Err("finalise")

	fmt.Println(errors.Is(err, rule.FINAL1), errors.Is(err, rule.FINAL2))
	var refusal *rule.Refusal
	if errors.As(err, &refusal) {
		for _, reason := range refusal.Reasons() {
			fmt.Printf("%s: %s; %s\n", reason.Rule, reason.Sentence(), reason.Code.Remedy())
		}
	}
	// Output:
	// true false
	// FINAL-1: a social worker cannot finalise a plan; business support can; reassign the plan to business support
	// GRADE-1: the plan must be graded before it can be finalised; send it for grading, or give a reason for waiving the grade
}

func ExampleInvalid() {
	err := errors.Join(
		&rule.Invalid{Member: "born", Want: "a date such as 2006-01-02"},
		&rule.Invalid{Member: "on", Want: "a date such as 2006-01-02"},
	)
	fmt.Println(rule.InvalidMembers(err))
	fmt.Println(err)
	// Output:
	// [born on]
	// born must be a date such as 2006-01-02
	// on must be a date such as 2006-01-02
}
