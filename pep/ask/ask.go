package ask

import (
	"encoding/json"
	"errors"
	"iter"
	"strings"
	_ "time/tzdata" // days are those of Europe/London, wherever this runs

	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/strict"
	"virtualschool.example/pep/policy"
	"virtualschool.example/pep/rule"
)

// Contract is the number of the contract of questions and answers. It grows
// when a program that was written for it could no longer use it; a member more
// in an answer or one more that need not be given does not change it.
const Contract = 1

// Question is one question: what is asked, what is given, and an overlay on
// the policy for this question alone, nil for none.
type Question struct {
	Ask       string          `json:"ask"`
	Given     json.RawMessage `json:"given"`
	Overrides json.RawMessage `json:"overrides,omitempty"`
}

// ParseQuestion reads a question. What cannot be one is returned all at once,
// each fault a *rule.Invalid; what is within given and overrides is not looked at.
func ParseQuestion(doc []byte) (Question, error) {
	in := strict.Read(doc, "question")
	q := Question{
		Ask:       in.Need("ask").Text(wantAsk),
		Given:     in.Need("given").Raw("what the question is about, as an object"),
		Overrides: in.May("overrides").Raw(""),
	}
	return q, in.Err()
}

const wantAsk = "a question of the contract, such as term.of"

// decide answers a question that was read whole, and says what the answer or
// the refusal rests on.
type decide func(*pep.Policy) (Reply, rule.Explanation, error)

// question is one that can be asked: its name and how what is given is read.
type question struct {
	name string
	read func(in *strict.Members) decide
}

// asks is every question.
var asks = [...]question{
	{"term.of", termOf},
	{"term.age", termAge},
	{"forms.year_group", formsYearGroup},
	{"forms.type", formsType},
	{"forms.sections", formsSections},
	{"pep.in_age_window", pepInAgeWindow},
	{"pep.required_on", pepRequiredOn},
	{"pep.required_for_term", pepRequiredForTerm},
	{"pep.last_term", pepLastTerm},
	{"pep.initial_deadlines", pepInitialDeadlines},
	{"delegation.due", delegationDue},
	{"delegation.timeliness", delegationTimeliness},
	{"delegation.assignment", delegationAssignment},
	{"delegation.reminders", delegationReminders},
	{"delegation.carry_forward", delegationCarryForward},
	{"pep.grading", pepGrading},
	{"pep.payment", pepPayment},
	{"pep.identifier", pepIdentifier},
	{"pep.retention", pepRetention},
	{"pep.workflow", pepWorkflow},
}

// Asks iterates over the names of the questions that there are.
func Asks() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, a := range asks {
			if !yield(a.name) {
				return
			}
		}
	}
}

// Answer answers a question under a policy, with the question's overlay on it.
// A rule that says no and a question that cannot be one are answers too.
func Answer(p *pep.Policy, q Question) Reply {
	p, err := overlaid(p, q)
	if err != nil {
		return no(err).versioned()
	}
	r, e, err := answer(p, q)
	if err != nil {
		r = no(err)
	} else {
		r.saying(e.Sentence)
	}
	if r["invalid"] == nil {
		r.explain(p, e)
	}
	return r.versioned()
}

// AnswerJSON answers a question written as JSON with a reply written as JSON,
// on one line and without a line end.
func AnswerJSON(p *pep.Policy, question []byte) []byte {
	q, err := ParseQuestion(question)
	if err != nil {
		return no(err).versioned().JSON()
	}
	return Answer(p, q).JSON()
}

func answer(p *pep.Policy, q Question) (Reply, rule.Explanation, error) {
	in := strict.Read(q.Given, "given")
	decided := known(q.Ask).read(in)
	if err := in.Err(); err != nil {
		return nil, rule.Explanation{}, err
	}
	return decided(p)
}

// overlaid returns the policy with the overlay of a known question, nil for
// none, on it.
func overlaid(p *pep.Policy, q Question) (*pep.Policy, error) {
	switch {
	case known(q.Ask) == nil:
		return nil, &rule.Invalid{Member: "ask", Want: wantAsk}
	case q.Overrides == nil:
		return p, nil
	case !strict.IsObject(q.Overrides):
		return nil, &rule.Invalid{Member: "overrides", Want: "a JSON object"}
	}
	over, err := policy.Overlay(p, q.Overrides)
	return over, bare(err)
}

// known returns the question of a name, nil where there is none.
func known(ask string) *question {
	for n := range asks {
		if asks[n].name == ask {
			return &asks[n]
		}
	}
	return nil
}

// bare returns what is wrong with an overlay, each member by its bare name; nil
// for nothing.
func bare(err error) error {
	var faults []error
	for _, f := range invalids(err) {
		name := f.Member[strings.LastIndexByte(f.Member, '.')+1:]
		faults = append(faults, &rule.Invalid{Member: name, Want: f.Want})
	}
	return errors.Join(faults...)
}

// invalids returns every *rule.Invalid of an error, in their order.
func invalids(err error) (all []*rule.Invalid) {
	switch e := err.(type) {
	case *rule.Invalid:
		return []*rule.Invalid{e}
	case interface{ Unwrap() []error }:
		for _, part := range e.Unwrap() {
			all = append(all, invalids(part)...)
		}
	case interface{ Unwrap() error }:
		return invalids(e.Unwrap())
	}
	return all
}
