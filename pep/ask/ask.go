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
	in := strict.Read(doc, "question", MaxLine)
	q := readQuestion(in)
	return q, in.Err()
}

func readQuestion(in *strict.Members) Question {
	return Question{
		Ask:       in.Need("ask").Text(wantAsk),
		Given:     in.Need("given").Raw("what the question is about, as an object"),
		Overrides: in.May("overrides").Raw("an overlay on the policy, as an object"),
	}
}

const wantAsk = "a question of the contract, such as term.of"

// decide answers a question that was read whole, and says what the answer or
// the refusal rests on.
type decide func(*pep.Policy) (Reply, rule.Explanation, error)

// question is one that can be asked: its name, how what is given is read, and
// how somebody reads what the answer has beside what every answer has.
type question struct {
	name   string
	read   func(in *strict.Members) decide
	answer func(in *strict.Members)
}

// given returns what can be given.
func (q *question) given() *strict.Shape {
	return strict.Describe(func(in *strict.Members) { q.read(in) })
}

// asks is every question.
var asks = [...]question{
	{"term.of", termOf, termOfAnswer},
	{"term.age", termAge, termAgeAnswer},
	{"forms.year_group", formsYearGroup, formsYearGroupAnswer},
	{"forms.type", formsType, formsTypeAnswer},
	{"forms.sections", formsSections, formsSectionsAnswer},
	{"pep.in_age_window", pepInAgeWindow, pepInAgeWindowAnswer},
	{"pep.required_on", pepRequiredOn, pepRequiredAnswer},
	{"pep.required_for_term", pepRequiredForTerm, pepRequiredAnswer},
	{"pep.last_term", pepLastTerm, pepLastTermAnswer},
	{"pep.initial_deadlines", pepInitialDeadlines, pepInitialDeadlinesAnswer},
	{"delegation.due", delegationDue, delegationDueAnswer},
	{"delegation.timeliness", delegationTimeliness, delegationTimelinessAnswer},
	{"delegation.assignment", delegationAssignment, delegationAssignmentAnswer},
	{"delegation.reminders", delegationReminders, delegationRemindersAnswer},
	{"delegation.carry_forward", delegationCarryForward, delegationCarryForwardAnswer},
	{"pep.grading", pepGrading, pepGradingAnswer},
	{"pep.payment", pepPayment, pepPaymentAnswer},
	{"pep.identifier", pepIdentifier, pepIdentifierAnswer},
	{"pep.retention", pepRetention, pepRetentionAnswer},
	{"pep.workflow", pepWorkflow, pepWorkflowAnswer},
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
func Answer(p *pep.Policy, q Question) Reply { return (&sources{policy: p}).answer(q) }

func (s *sources) answer(q Question) Reply {
	s, err := s.overlaid(q)
	if err != nil {
		return no(err).versioned()
	}
	r, e, err := answer(s.policy, q)
	if err != nil {
		r = no(err)
	} else {
		r.saying(e.Sentence)
	}
	if r["invalid"] == nil {
		r.explain(s, e)
	}
	return r.versioned()
}

// AnswerJSON answers a question written as JSON with a reply written as JSON,
// on one line and without a line end.
func AnswerJSON(p *pep.Policy, question []byte) []byte {
	return (&sources{policy: p}).answerJSON(question)
}

func (s *sources) answerJSON(question []byte) []byte {
	q, err := ParseQuestion(question)
	if err != nil {
		return no(err).versioned().JSON()
	}
	return s.answer(q).JSON()
}

func answer(p *pep.Policy, q Question) (Reply, rule.Explanation, error) {
	in := strict.Read(q.Given, "given", MaxLine)
	decided := known(q.Ask).read(in)
	if err := in.Err(); err != nil {
		return nil, rule.Explanation{}, err
	}
	return decided(p)
}

// overlaid returns the sources of the policy with the overlay of a known question,
// nil for none, on it.
func (s *sources) overlaid(q Question) (*sources, error) {
	switch {
	case known(q.Ask) == nil:
		return nil, &rule.Invalid{Member: "ask", Want: wantAsk + rule.DidYouMean(q.Ask, Asks())}
	case q.Overrides == nil:
		return s, nil
	case !strict.IsObject(q.Overrides):
		return nil, &rule.Invalid{Member: "overrides", Want: "a JSON object"}
	}
	over, err := policy.Overlay(s.policy, q.Overrides)
	return &sources{policy: over}, bare(err)
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
	for _, f := range rule.Invalids(err) {
		name := f.Member[strings.LastIndexByte(f.Member, '.')+1:]
		faults = append(faults, &rule.Invalid{Member: name, Want: f.Want})
	}
	return errors.Join(faults...)
}
