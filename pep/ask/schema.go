package ask

import (
	"bytes"
	"encoding/json"
	"fmt"

	"virtualschool.example/pep/internal/strict"
	"virtualschool.example/pep/policy"
)

// Schema returns the contract as a JSON Schema. The root describes a question;
// #/$defs/answer, #/$defs/case and #/$defs/corpus describe an answer, a case that
// Case.Check accepts, and a corpus file. The schema is generated from the readers of
// questions and corpora, so it accepts everything that they accept. It also accepts some
// things that only the readers refuse, such as a date that is not in the calendar.
func Schema() []byte {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	_ = e.Encode(contractSchema()) // cannot fail: every value in it has a JSON form
	return out.Bytes()
}

// node is a JSON object in a schema.
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

// questionSchema returns the schema of a question.
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

// askedSchema returns the schema of the member "given", which depends on the question.
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
	_ = json.Unmarshal(policy.OverlaySchema(), &s) // cannot fail: OverlaySchema returns JSON
	delete(s, "$schema")
	return s
}

// answerSchema returns the schema of an answer: the answer to one of the questions, a
// refusal, or the answer to an invalid question. Further members are allowed.
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

// corpusSchema returns the schema of a corpus file, whatever its cases ask and expect.
func corpusSchema() node {
	return strict.Describe(func(in *strict.Members) { readCorpus(in) }).Schema()
}

// caseSchema returns the schema of a valid case. A case that expects its question to be
// invalid may ask anything.
func caseSchema() node {
	one := strict.Describe(func(in *strict.Members) { readCase(in, map[string]bool{}) }).Schema()
	one["properties"].(node)["expect"] = node{"type": "object", "minProperties": 1}
	one["if"] = node{"properties": node{"expect": node{"not": node{"required": []string{"invalid"}}}}}
	one["then"] = node{"properties": node{"ask": askSchema()}, "allOf": []any{ref("asked")}}
	return one
}
