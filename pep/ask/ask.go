package ask

import (
	"encoding/json"
	"errors"
	"iter"
	"strings"
	_ "time/tzdata" // days are those of Europe/London, wherever this runs

	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/strict"
	"virtualschool.example/pep/rule"
)

// Contract is the number of the contract of questions and answers. It grows
// when a program that was written for it could no longer use it; a member more
// in an answer or one more that need not be given does not change it.
const Contract = 2

// Question is one question: what is asked, what is given, an overlay on the policy
// for this question alone, nil for none, the policy, "" for the default, and an id
// that the answer repeats: the JSON of a text or a number, nil for none.
type Question struct {
	Ask       string          `json:"ask"`
	Given     json.RawMessage `json:"given"`
	Overrides json.RawMessage `json:"overrides,omitempty"`
	ID        json.RawMessage `json:"id,omitempty"`
	Policy    string          `json:"policy,omitempty"`
}

// ParseQuestion reads a question. What cannot be one is returned all at once,
// each fault a *rule.Invalid; what is within given and overrides is not looked at.
func ParseQuestion(doc []byte) (Question, error) {
	q, _, err := parseQuestion(doc)
	return q, err
}

// parseQuestion also returns what is given, to be read by the question.
func parseQuestion(doc []byte) (q Question, given strict.Value, err error) {
	in := strict.Read(doc, "question", MaxLine)
	q = readQuestion(in)
	return q, in.Need("given"), in.Err()
}

func readQuestion(in *strict.Members) Question {
	return Question{
		Ask:       in.Need("ask").Text(wantAsk),
		Given:     in.Need("given").Raw("what the question is about, as an object"),
		Overrides: in.May("overrides").Raw("an overlay on the policy, as an object"),
		ID:        in.May("id").Token("a text of at most 1,000 characters, or a number"),
		Policy:    in.May("policy").Name("the name of a policy, such as lancashire or lancashire@1"),
	}
}

const wantAsk = "a question of the contract, such as term.of"

// decide answers a question that was read whole, and says what the answer or
// the refusal rests on.
type decide func(*pep.Policy) (Reply, rule.Explanation, error)

// decideHeld answers a question about a plan that somebody holds, which is decided
// by the revision that the plan bears. It leaves the policy that decided as the
// choice.
type decideHeld func(*choice) (Reply, rule.Explanation, error)

// question is one that can be asked: its name, how what is given is read, and
// how somebody reads what the answer has beside what every answer has. One about a
// plan that somebody holds has hold and not read.
type question struct {
	name   string
	read   func(in *strict.Members) decide
	answer func(in *strict.Members)
	hold   func(in *strict.Members) decideHeld
}

// open reads what is given.
func (q *question) open(in *strict.Members) decideHeld {
	if q.hold != nil {
		return q.hold(in)
	}
	decided := q.read(in)
	return func(c *choice) (Reply, rule.Explanation, error) { return decided(c.policy) }
}

// given returns what can be given.
func (q *question) given() *strict.Shape {
	return strict.Describe(func(in *strict.Members) { q.open(in) })
}

// asks is every question.
var asks = [...]question{
	{name: "term.of", read: termOf, answer: termOfAnswer},
	{name: "term.age", read: termAge, answer: termAgeAnswer},
	{name: "forms.year_group", read: formsYearGroup, answer: formsYearGroupAnswer},
	{name: "forms.type", read: formsType, answer: formsTypeAnswer},
	{name: "forms.sections", read: formsSections, answer: formsSectionsAnswer},
	{name: "pep.in_age_window", read: pepInAgeWindow, answer: pepInAgeWindowAnswer},
	{name: "pep.required_on", read: pepRequiredOn, answer: pepRequiredAnswer},
	{name: "pep.required_for_term", read: pepRequiredForTerm, answer: pepRequiredAnswer},
	{name: "pep.last_term", read: pepLastTerm, answer: pepLastTermAnswer},
	{name: "pep.initial_deadlines", read: pepInitialDeadlines, answer: pepInitialDeadlinesAnswer},
	{name: "delegation.due", read: delegationDue, answer: delegationDueAnswer},
	{name: "delegation.timeliness", read: delegationTimeliness, answer: delegationTimelinessAnswer},
	{name: "delegation.assignment", read: delegationAssignment, answer: delegationAssignmentAnswer},
	{name: "delegation.reminders", read: delegationReminders, answer: delegationRemindersAnswer},
	{name: "delegation.carry_forward", read: delegationCarryForward, answer: delegationCarryForwardAnswer},
	{name: "pep.grading", read: pepGrading, answer: pepGradingAnswer},
	{name: "pep.payment", read: pepPayment, answer: pepPaymentAnswer},
	{name: "pep.identifier", read: pepIdentifier, answer: pepIdentifierAnswer},
	{name: "pep.retention", read: pepRetention, answer: pepRetentionAnswer},
	{name: "pep.workflow", read: pepWorkflow, answer: pepWorkflowAnswer},
	{name: "plan.step", hold: planStep, answer: planStepAnswer},
	{name: "plan.look", hold: planLook, answer: planLookAnswer},
	{name: "pep.missing", read: pepMissing, answer: pepMissingAnswer},
	{name: "delegation.preflight", read: delegationPreflight, answer: delegationPreflightAnswer},
	{name: "forms.questions", read: formsQuestions, answer: formsQuestionsAnswer},
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
func Answer(p *pep.Policy, q Question) Reply { return one(p).Answer(q) }

// AnswerJSON answers a question written as JSON with a reply written as JSON,
// on one line and without a line end.
func AnswerJSON(p *pep.Policy, question []byte) []byte {
	return one(p).AnswerJSON(question)
}

// Answer answers a question as the function Answer does, by the policy that the
// question names.
func (ps Policies) Answer(q Question) Reply {
	return ps.answer(q, func() *strict.Members { return strict.Read(q.Given, "given", MaxLine) })
}

func (ps Policies) answer(q Question, given func() *strict.Members) Reply {
	c, decided, err := ps.read(q, given)
	if err != nil {
		return no(err).versioned(q.ID)
	}
	r, e, err := decided(c)
	if err != nil {
		r = no(err)
	} else {
		r.saying(e.Sentence)
	}
	if r["invalid"] == nil {
		r.explain(c.sources, e)
	}
	return r.versioned(q.ID)
}

// AnswerJSON answers a question written as JSON as the function AnswerJSON does,
// by the policy that the question names.
func (ps Policies) AnswerJSON(question []byte) []byte {
	q, given, err := parseQuestion(question)
	if err != nil {
		return no(err).versioned(q.ID).JSON()
	}
	return ps.answer(q, given.Apart).JSON()
}

// read returns the policy by which a question is answered, and how.
func (ps Policies) read(q Question, given func() *strict.Members) (*choice, decideHeld, error) {
	asked := known(q.Ask)
	if asked == nil {
		return nil, nil, &rule.Invalid{Member: "ask", Want: wantAsk + rule.DidYouMean(q.Ask, Asks())}
	}
	c, err := ps.choose(q)
	if err != nil {
		return nil, nil, err
	}
	in := given()
	decided := asked.open(in)
	return c, decided, in.Err()
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
