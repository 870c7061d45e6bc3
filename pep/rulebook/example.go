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

// example is a case of a corpus in words.
type example struct{ Question, Given, Answer, Note, ID string }

// questions are the questions of the contract as people ask them.
var questions = map[string]string{
	"term.of":                  "Which term is it?",
	"term.age":                 "How old is the child?",
	"forms.year_group":         "Which year group?",
	"forms.type":               "Which form?",
	"forms.sections":           "Which sections has the form?",
	"pep.in_age_window":        "Is the child of an age that needs a plan in the term?",
	"pep.required_on":          "Is a plan needed on the day?",
	"pep.required_for_term":    "Is a plan needed for the term?",
	"pep.last_term":            "Which term is the last that needs a plan?",
	"pep.initial_deadlines":    "When is the first plan due?",
	"delegation.due":           "When is the form due?",
	"delegation.timeliness":    "Is the form on time?",
	"delegation.assignment":    "What does the assignment comment say?",
	"delegation.reminders":     "When is the establishment reminded?",
	"delegation.carry_forward": "Is the form carried forward?",
	"pep.grading":              "Is the plan to be graded?",
	"pep.payment":              "What is paid?",
	"pep.identifier":           "Is it an identifier?",
	"pep.retention":            "Until when is the plan kept?",
	"pep.workflow":             "What becomes of the plan?",
	"plan.step":                "What becomes of the plan?",
	"plan.look":                "What may be done to the plan?",
	"pep.missing":              "Is the child's plan missing?",
	"delegation.preflight":     "Can the form be delegated?",
	"forms.questions":          "What does the form ask?",
}

// most is how many examples a rule has.
const most = 2

// pinning returns the cases that pin each rule and could be examples of it:
// those that the policy answers as expected. A computed case, a case of another
// council, input that cannot be a question and the state of a plan, which is for
// programs, are no examples.
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

// ofCouncil reports whether a corpus is for the policy or for another of the
// same council: the numbers of a case are those of a council.
func ofCouncil(p *pep.Policy, corpus ask.Corpus) bool {
	base, council := pep.Lancashire().Council(), p.Council()
	return corpus.Policy == p.Name() || corpus.Policy == pep.Lancashire().Name() && council.Equal(&base)
}

// answered reports whether a case is a question, and of a run whether it has a
// step.
func answered(c ask.Case) bool {
	var given struct {
		Steps *[]step
		Facts json.RawMessage // of a state
	}
	var expect struct{ Invalid *string }
	return json.Unmarshal(c.Given, &given) == nil && json.Unmarshal(c.Expect, &expect) == nil &&
		expect.Invalid == nil && given.Facts == nil && (given.Steps == nil || len(*given.Steps) > 0)
}

// examples returns the simplest of the cases of a rule: those that pin it
// before others, that are about the policy as it is, that ask one question and
// not for a run, and that are given little.
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

// hardness says how much else a case of a rule is about.
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

// inExample returns a case in words.
func inExample(c ask.Case) example {
	e := example{Question: questions[c.Ask], Given: inWords(c.Given), Answer: inWords(c.Expect), Note: c.Note, ID: c.ID}
	if c.Ask == "pep.workflow" {
		e.lastStep(c)
	}
	if c.Overrides != nil {
		e.Given += "; by the policy with " + inWords(c.Overrides)
	}
	return e
}

// lastStep says of a run what its last step is and shows.
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
