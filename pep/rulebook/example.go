package rulebook

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
	"virtualschool.example/pep/rule"
)

// example is a test case in words.
type example struct{ Question, Given, Answer, Note, ID string }

// questions holds each question of the contract as a person would ask it.
var questions = map[string]string{
	"term.of":                  "Which term is it?",
	"term.age":                 "How old is the child?",
	"forms.year_group":         "Which year group?",
	"forms.type":               "Which form?",
	"forms.sections":           "Which sections does the form have?",
	"pep.in_age_window":        "Is the child of an age to need a plan in the term?",
	"pep.required_on":          "Is a plan needed on the day?",
	"pep.required_for_term":    "Is a plan needed for the term?",
	"pep.last_term":            "Which is the last term for which the child needs a plan?",
	"pep.initial_deadlines":    "When is the first plan due?",
	"delegation.due":           "When is the form due?",
	"delegation.timeliness":    "Is the form on time?",
	"delegation.assignment":    "What does the assignment comment say?",
	"delegation.reminders":     "When is the establishment reminded?",
	"delegation.carry_forward": "Is the form carried forward?",
	"pep.grading":              "Must the plan be graded?",
	"pep.payment":              "What is paid?",
	"pep.identifier":           "Is this a valid identifier?",
	"pep.retention":            "Until when is the plan kept?",
	"pep.workflow":             "What happens to the plan?",
	"plan.step":                "What happens to the plan?",
	"plan.look":                "What can be done with the plan?",
	"pep.missing":              "Is the child's plan missing?",
	"delegation.preflight":     "Can the form be delegated?",
	"forms.questions":          "What does the form ask?",
}

// most is the maximum number of examples that the book shows for a rule.
const most = 2

// pinning returns, for each rule, the cases that could be its examples: those that name
// the rule and that the policy answers as expected. It leaves out generated cases, cases
// of another council, malformed questions, and questions about a plan's stored state.
// Only programs ask about a stored state.
func pinning(p *pep.Policy, corpora []ask.Corpus) map[rule.ID][]ask.Case {
	cases := map[rule.ID][]ask.Case{}
	for _, corpus := range corpora {
		if corpus.Generated || !ofCouncil(p, corpus) {
			continue
		}
		for result := range ask.Run(ask.By(p), corpus) {
			if !result.Passed() || !answered(result.Case) {
				continue
			}
			for _, r := range result.Case.Rules {
				if id, err := rule.Parse(r); err == nil {
					cases[id] = append(cases[id], result.Case)
				}
			}
		}
	}
	return cases
}

// ofCouncil reports whether a corpus is for the policy, or for another policy of the same
// council. The numbers in a case are right for one council only.
func ofCouncil(p *pep.Policy, corpus ask.Corpus) bool {
	base, council := pep.Lancashire().Council(), p.Council()
	return corpus.Policy == p.Name() || corpus.Policy == pep.Lancashire().Name() && council.Equal(&base)
}

// answered reports whether a case is a well-formed question that a person could ask. A
// run must have at least one step.
func answered(c ask.Case) bool {
	var given struct {
		Steps *[]step
		Facts json.RawMessage // set only in a question about a stored state
	}
	var expect struct{ Invalid *string }
	return json.Unmarshal(c.Given, &given) == nil && json.Unmarshal(c.Expect, &expect) == nil &&
		expect.Invalid == nil && given.Facts == nil && (given.Steps == nil || len(*given.Steps) > 0)
}

// examples returns the simplest cases of a rule, no two with the same answer. A simple
// case is short, names the rule early, changes nothing in the policy and is not a run.
func examples(id rule.ID, cases []ask.Case) (chosen []example) {
	cases = slices.Clone(cases)
	slices.SortStableFunc(cases, func(a, b ask.Case) int {
		return cmp.Or(cmp.Compare(hardness(a, id), hardness(b, id)), cmp.Compare(len(a.Given), len(b.Given)))
	})
	for _, c := range cases {
		if len(chosen) == most {
			break
		}
		e := inExample(c)
		if !slices.ContainsFunc(chosen, func(other example) bool { return other.Answer == e.Answer }) {
			chosen = append(chosen, e)
		}
	}
	return chosen
}

// hardness returns a higher number for a case that involves more besides the rule.
func hardness(c ask.Case, id rule.ID) int {
	n := slices.Index(c.Rules, id.String())
	if c.Overrides != nil {
		n += 10
	}
	if c.Ask == "pep.workflow" {
		n += 20
	}
	return n
}

// inExample puts a case into words.
func inExample(c ask.Case) example {
	e := example{Question: questions[c.Ask], Given: inWords(c.Given), Answer: inWords(c.Expect), Note: c.Note, ID: c.ID}
	if c.Ask == "pep.workflow" {
		e.lastStep(c)
	}
	if c.Overrides != nil {
		e.Given += "; for a policy with " + inWords(c.Overrides)
	}
	return e
}

// lastStep shows only the last step of a run, with the result of that step.
func (e *example) lastStep(c ask.Case) {
	var given struct{ Steps []step }
	var expect struct {
		Steps []json.RawMessage
		Final json.RawMessage
	}
	if json.Unmarshal(c.Given, &given) != nil || json.Unmarshal(c.Expect, &expect) != nil {
		return
	}
	last := len(given.Steps) - 1
	if last < 0 || last != len(expect.Steps)-1 {
		return
	}
	e.Given = given.Steps[last].inWords()
	if last > 0 {
		e.Given = "after " + counted(last, "step") + ", " + e.Given
	}
	e.Answer = inWords(expect.Steps[last])
	if expect.Final != nil {
		e.Answer += "; in the end " + inWords(expect.Final)
	}
}

// step is a step of a run.
type step struct {
	By, Do string
	With   json.RawMessage
}

func (s step) inWords() string {
	words := text(s.Do)
	if v, err := pep.ParseVerb(s.Do); err == nil {
		words = v.Words()
	}
	words += ", by " + text(s.By)
	if with := inWords(s.With); len(s.With) > 0 && with != "none" {
		words += ", with " + with
	}
	return words
}

// counted returns a number of things, such as "1 case" or "2 cases".
func counted(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return strconv.Itoa(n) + " " + thing
}
