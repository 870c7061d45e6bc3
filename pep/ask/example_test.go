package ask_test

import (
	"fmt"
	"strings"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
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
	// the child needs a plan
}

func ExampleAnswerJSON() {
	p := pep.Lancashire()
	fmt.Println(string(ask.AnswerJSON(p, []byte(`{"ask": "delegation.due", "given": {"meeting": "2026-01-14"}}`))))
	fmt.Println(string(ask.AnswerJSON(p, []byte(`{"ask": "pep.payment", "given": {"term": "SUMMER 2026", "yearGroup": "Y5",
		"grade": null, "stage": "finalised", "establishment": {"gias": 1, "dfe": "888/4000", "finance": true}}}`))))
	fmt.Println(string(ask.AnswerJSON(p, []byte(`{"ask": "delegation.due", "given": {"meeting": "2026-02-30"}}`))))
	// Output:
	// {"due":"2026-01-28","message":"the form is due on 2026-01-28","outOfTerm":false,"reason":"in_term","rules":["DUE-1"]}
	// {"message":"no rate is published for the term","reason":"no_rate","refused":"PAY-4","rules":["PAY-4"]}
	// {"invalid":"meeting","message":"meeting: want a date as 2006-01-02","reason":"invalid","rules":[]}
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
