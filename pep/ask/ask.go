package ask

import (
	"encoding/json"
	"errors"
	"iter"
	"strings"
	_ "time/tzdata" // contains Europe/London, so that every system knows the time zone

	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/strict"
	"virtualschool.example/pep/rule"
)

// Contract is the number of the contract of questions and answers. Any change that
// would break existing clients raises the number. A new member of an answer, or a new
// optional member of a question, does not.
const Contract = 2

// Question is one question of the contract.
type Question struct {
	Ask       string          `json:"ask"`                 // the name of the question, such as "term.of"
	Given     json.RawMessage `json:"given"`               // what the question is about
	Overrides json.RawMessage `json:"overrides,omitempty"` // an overlay on the policy for this question alone; may be nil
	ID        json.RawMessage `json:"id,omitempty"`        // a JSON text or number that the answer repeats; may be nil
	Policy    string          `json:"policy,omitempty"`    // the policy that answers; "" is the default
}

// ParseQuestion reads a question from JSON. It reports every fault at once, each as a
// *rule.Invalid. It does not look inside "given" and "overrides".
func ParseQuestion(doc []byte) (Question, error) {
	q, _, err := parseQuestion(doc)
	return q, err
}

// parseQuestion does what ParseQuestion does, and also returns the member "given",
// still unread.
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

const wantAsk = "one of the questions in the contract, such as term.of"

// decide answers a question that has been read completely. It also returns the
// explanation of the answer or refusal.
type decide func(*pep.Policy) (Reply, rule.Explanation, error)

// decideHeld answers a question about a plan that the client holds. The plan's own
// policy revision decides. Except for a repin, decideHeld sets the choice to that policy.
type decideHeld func(*choice) (Reply, rule.Explanation, error)

// question is a question that can be asked. Exactly one of read and hold is set.
type question struct {
	name   string
	read   func(in *strict.Members) decide     // reads the member "given"
	answer func(in *strict.Members)            // reads the members that only this answer has
	hold   func(in *strict.Members) decideHeld // reads "given", for a question about a plan that the client holds
}

// open reads the member "given".
func (q *question) open(in *strict.Members) decideHeld {
	if q.hold != nil {
		return q.hold(in)
	}
	decided := q.read(in)
	return func(c *choice) (Reply, rule.Explanation, error) { return decided(c.policy) }
}

// given returns the shape of the member "given".
func (q *question) given() *strict.Shape {
	return strict.Describe(func(in *strict.Members) { q.open(in) })
}

// asks lists every question.
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

// Asks iterates over the names of all questions.
func Asks() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, a := range asks {
			if !yield(a.name) {
				return
			}
		}
	}
}

// Answer answers a question under policy p with the question's overlay applied to it.
// The question must name p or no policy. A refusal and an invalid question are answers
// too.
func Answer(p *pep.Policy, q Question) Reply { return one(p).Answer(q) }

// AnswerJSON answers a question that is written as JSON. It returns the answer as
// JSON on one line, without a line end.
func AnswerJSON(p *pep.Policy, question []byte) []byte {
	return one(p).AnswerJSON(question)
}

// Answer answers a question as the function Answer does, under the policy that the
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

// AnswerJSON answers a question as the function AnswerJSON does, under the policy that
// the question names.
func (ps Policies) AnswerJSON(question []byte) []byte {
	q, given, err := parseQuestion(question)
	if err != nil {
		return no(err).versioned(q.ID).JSON()
	}
	return ps.answer(q, given.Apart).JSON()
}

// read returns the policy that answers a question, and the function that answers it.
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

// known returns the question with the given name, or nil if the name is unknown.
func known(ask string) *question {
	for n := range asks {
		if asks[n].name == ask {
			return &asks[n]
		}
	}
	return nil
}

// bare returns the faults of an overlay. Each fault names its member without the path.
// It returns nil if there are no faults.
func bare(err error) error {
	var faults []error
	for _, f := range rule.Invalids(err) {
		name := f.Member[strings.LastIndexByte(f.Member, '.')+1:]
		faults = append(faults, &rule.Invalid{Member: name, Want: f.Want})
	}
	return errors.Join(faults...)
}
