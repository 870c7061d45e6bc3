package ask_test

import (
	"encoding/json"
	"fmt"
	"strings"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
	"virtualschool.example/pep/rule"
)

func ExampleAnswer() {
	reply := ask.Answer(pep.Lancashire(), ask.Question{
		Ask:   "pep.required_on",
		Given: []byte(`{"born": "2024-03-31", "on": "2026-03-31", "education": [{"kind": "nursery", "from": "2026-03-01"}]}`),
	})
	fmt.Println(reply["required"], reply["reason"])
	fmt.Println(reply["message"])
	// Output:
	// true required
	// the child is 2 on 31 March 2026, is in nursery provision, is looked after, and needs a plan up to SPRING 2042
}

func ExampleAnswerJSON() {
	p := pep.Lancashire()
	fmt.Println(string(ask.AnswerJSON(p, []byte(`{"ask": "term.age", "given": {"born": "2008-04-01", "on": "2026-03-31"}}`))))
	fmt.Println(string(ask.AnswerJSON(p, []byte(`{"ask": "delegation.due", "given": {"meeting": "2026-02-30"}}`))))
	// Output:
	// {"age":17,"contract":2,"facts":[{"name":"born","value":"[private]"},{"name":"on","value":"2026-03-31"}],"message":"a person with this birth date is 17 on 31 March 2026, because each new age begins on the birthday","parameters":[{"member":"leapBirthday","source":"our reading","value":"mar1"}],"reason":"age","revision":1,"rules":["AGE-1","AGE-2"]}
	// {"contract":2,"invalid":"meeting","message":"meeting must be a date such as 2006-01-02","reason":"invalid","rules":[]}
}

func ExampleRun() {
	corpus, err := ask.ReadCorpus("boundaries", strings.NewReader(`{"schema": 1, "policy": "lancashire", "cases": [
		{"id": "A", "rules": ["TERM-1"], "ask": "term.of", "given": {"date": "2026-03-31"}, "expect": {"term": "SPRING 2026"}},
		{"id": "B", "rules": ["TERM-1"], "ask": "term.of", "given": {"date": "2026-04-01"}, "expect": {"term": "SPRING 2026"}}
	]}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	for result := range ask.Run(ask.By(pep.Lancashire()), corpus) {
		fmt.Printf("%s %t %q\n", result.Case.ID, result.Passed(), result.Where)
	}
	// Output:
	// A true ""
	// B false "term"
}

func ExampleMatch() {
	fmt.Println(ask.Match([]byte(`{"final": {"due": null}}`), []byte(`{"final": {"stage": "draft"}, "steps": []}`)) == "")
	fmt.Println(ask.Match([]byte(`{"warnings": []}`), []byte(`{"warnings": ["same_term"]}`)))
	// Output:
	// true
	// warnings
}

// A host parses what a screen sends, and can report every member at fault.
func ExampleParseAction() {
	action, err := ask.ParseAction("delegate", []byte(`{"to": "0d521bb7-7e1a-4c8e-8d55-3a715e0c4902", "sections": "all"}`))
	fmt.Println(action.Verb(), action.(pep.Delegate).To, err)

	_, err = ask.ParseAction("retract", []byte(`{"confirmedWithSetting": "yes", "reson": "the child has moved"}`))
	faults, _ := json.Marshal(rule.Invalids(err))
	fmt.Println(string(faults))
	// Output:
	// delegate 0d521bb7-7e1a-4c8e-8d55-3a715e0c4902 <nil>
	// [{"member":"reson","want":"a known member; did you mean \"reason\"?"},{"member":"confirmedWithSetting","want":"true or false"}]
}
