package ask

import (
	"bytes"
	"encoding/json"
	"fmt"

	"virtualschool.example/pep/internal/strict"
	"virtualschool.example/pep/policy"
)

// Schema returns the contract as a JSON Schema: of a question and, under
// #/$defs/answer, #/$defs/case and #/$defs/corpus, of an answer, of a case that
// Case.Check lets pass, and of a corpus file. It is rendered from the readers
// of questions and corpora, so that it refuses nothing that they let pass; what
// a schema cannot say, such as that a date is in the calendar, they refuse
// alone.
func Schema() []byte {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	_ = e.Encode(contractSchema()) // strings, numbers, truths, lists and objects of those
	return out.Bytes()
}

// node is a JSON object of a schema.
type node = map[string]any

func ref(name string) node { return node{"$ref": "#/$defs/" + name} }

func contractSchema() node {
	return node{
		"$schema": "https://json-schema.org/draft/2020-12/schema",
		"title":   fmt.Sprintf("Questions about the PEP process, contract %d", Contract),
		"$ref":    "#/$defs/question",
		"$defs": node{
			"question": questionSchema(), "asked": askedSchema(), "overrides": overridesSchema(),
			"answer": answerSchema(), "case": caseSchema(), "corpus": corpusSchema(),
		},
	}
}

// questionSchema is that of a question.
func questionSchema() node {
	q := strict.Describe(func(in *strict.Members) { readQuestion(in) }).Schema()
	q["properties"].(node)["ask"] = askSchema()
	q["properties"].(node)["overrides"] = node{"anyOf": []any{ref("overrides"), node{"type": "null"}}}
	q["allOf"] = []any{ref("asked")}
	return q
}

func askSchema() node {
	var names []string
	for name := range Asks() {
		names = append(names, name)
	}
	return node{"enum": names}
}

// askedSchema says of each question what is given.
func askedSchema() node {
	var all []any
	for n := range asks {
		all = append(all, node{
			"if":   node{"properties": node{"ask": node{"const": asks[n].name}}},
			"then": node{"properties": node{"given": asks[n].given().Schema()}},
		})
	}
	return node{"allOf": all}
}

func overridesSchema() (s node) {
	_ = json.Unmarshal(policy.OverlaySchema(), &s) // it is JSON
	delete(s, "$schema")
	return s
}

// answerSchema is that of an answer: of one of the questions, a refusal, or
// what is said of a question that can be none. There may be more members.
func answerSchema() node {
	either := []any{opened(refusedAnswer), opened(invalidAnswer)}
	for _, q := range asks {
		either = append(either, opened(func(in *strict.Members) { q.answer(in); explained(in) }))
	}
	return node{"anyOf": either}
}

func opened(read func(*strict.Members)) node {
	s := strict.Describe(read)
	s.Opened()
	return s.Schema()
}

// corpusSchema is that of a corpus file, whatever its cases ask and expect.
func corpusSchema() node {
	return strict.Describe(func(in *strict.Members) { readCorpus(in) }).Schema()
}

// caseSchema is that of a case that can be one. One that expects its question
// to be invalid may ask anything.
func caseSchema() node {
	one := strict.Describe(func(in *strict.Members) { readCase(in, map[string]bool{}) }).Schema()
	one["properties"].(node)["expect"] = node{"type": "object", "minProperties": 1}
	one["if"] = node{"properties": node{"expect": node{"not": node{"required": []string{"invalid"}}}}}
	one["then"] = node{"properties": node{"ask": askSchema()}, "allOf": []any{ref("asked")}}
	return one
}
