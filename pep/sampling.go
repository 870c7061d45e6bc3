package pep

import (
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// Sampling says which plans are graded.
type Sampling uint8

// The ways of sampling. The zero Sampling has no meaning.
const (
	PerEstablishmentPerTerm Sampling = 1 + iota // one plan of each establishment in each term (GRADE-1)
	PerChild                                    // one plan of each child every SamplingMonths months (GRADE-2)
	EveryPlan                                   // every plan
)

var samplingNames = [...]string{"", "per_establishment_per_term", "per_child", "all"}

// ParseSampling returns the way of sampling whose text form is s.
func ParseSampling(s string) (Sampling, error) {
	return rule.Find[Sampling](len(samplingNames), s, "sampling", "per_establishment_per_term, per_child or all")
}

// String returns the text form of s.
func (s Sampling) String() string { return *rule.Row(samplingNames[:], s) }

// Graded is one grade that was awarded. The grades awarded so far decide which
// plans are sampled next.
type Graded struct {
	Establishment record.EstablishmentID // the establishment on the day of the meeting (GRADE-6); zero if there was none
	Term          term.Term              // the plan's term, not the term in which it was graded (GRADE-7)
	Grade         Grade
	Child         record.ChildID
	On            civil.Date
}

// GradingQuestion holds everything that decides whether a plan must be graded, apart
// from the grades awarded so far. Child and Meeting must be set if each child is
// sampled. Without Child, the child's latest grade does not count (GRADE-5).
type GradingQuestion struct {
	Establishment record.EstablishmentID // the plan's establishment; zero if it has none
	Term          term.Term
	Child         record.ChildID
	Meeting       civil.Date
}

// GradingDecision says whether a plan must be graded before it is finalised.
type GradingDecision struct {
	Required bool          `json:"required"`
	Reason   GradingReason `json:"reason"`
	Rules    rule.IDs      `json:"rules"`
	Revision int           `json:"revision"`
}

// GradingReason says why a plan must be graded, or need not be.
type GradingReason uint8

// The reasons for grading or not grading a plan.
const (
	NoEstablishment     GradingReason = 1 + iota // GRADE-6
	LatestIsRed                                  // GRADE-5
	FirstOfTerm                                  // GRADE-1
	EstablishmentGraded                          // GRADE-1
	ChildDue                                     // GRADE-2
	ChildGraded                                  // GRADE-2
	AllGraded
)

var gradingReasons = [...]struct {
	name, words string
	required    bool
	rules       rule.IDs
}{
	NoEstablishment:     {"no_establishment", "a plan that was not written by an establishment is always graded", true, rule.IDs{rule.GRADE6}},
	LatestIsRed:         {"latest_is_red", "the child's latest grade this term is red", true, rule.IDs{rule.GRADE5}},
	FirstOfTerm:         {"first_of_term", "none of the establishment's plans has been graded this term", true, rule.IDs{rule.GRADE1, rule.GRADE7}},
	EstablishmentGraded: {"establishment_graded", "one of the establishment's plans has been graded this term", false, rule.IDs{rule.GRADE1, rule.GRADE7}},
	ChildDue:            {"child_due", "none of the child's plans was graded in the sampling period", true, rule.IDs{rule.GRADE2}},
	ChildGraded:         {"child_graded", "one of the child's plans was graded in the sampling period", false, rule.IDs{rule.GRADE2}},
	AllGraded:           {"all_graded", "every plan is graded", true, rule.IDs{rule.GRADE2}},
}

// ParseGradingReason returns the reason whose text form is s, such as "first_of_term".
func ParseGradingReason(s string) (GradingReason, error) {
	return rule.Find[GradingReason](len(gradingReasons), s, "reason", "a reason for grading, such as first_of_term")
}

// String returns the text form of r, such as "first_of_term".
func (r GradingReason) String() string { return rule.Row(gradingReasons[:], r).name }

// Words returns the reason in plain English.
func (r GradingReason) Words() string { return rule.Row(gradingReasons[:], r).words }

// MarshalText returns the text form of r.
func (r GradingReason) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads the text form of a reason as ParseGradingReason does, and
// empty text as the zero GradingReason.
func (r *GradingReason) UnmarshalText(text []byte) error {
	return rule.Unmarshal(text, r, ParseGradingReason)
}

// Sentence returns the decision in plain English.
func (a GradingDecision) Sentence() string { return a.Reason.Words() }

// Grading decides whether a plan must be graded (GRADE-1, 2, 5, 6, 7). The history
// may hold more grades than are needed, in any order. If each child is sampled, a
// question without a child or a meeting is a *rule.Invalid.
func (p *Policy) Grading(q GradingQuestion, history []Graded) (GradingDecision, error) {
	par := p.forTerm(q.Term)
	if par.Sampling == PerChild {
		if q.Child == (record.ChildID{}) {
			return GradingDecision{}, &rule.Invalid{Member: "child", Want: "given, because each child is sampled"}
		}
		if q.Meeting.IsZero() {
			return GradingDecision{}, &rule.Invalid{Member: "meeting", Want: "given, because each child is sampled"}
		}
	}
	reason := par.gradingReason(q, history)
	row := gradingReasons[reason]
	return GradingDecision{Required: row.required, Reason: reason, Rules: row.rules, Revision: p.par.Revision}, nil
}

func (par *Parameters) gradingReason(q GradingQuestion, history []Graded) GradingReason {
	switch {
	case q.Establishment == (record.EstablishmentID{}):
		return NoEstablishment
	case par.Returned.Has(q.latest(history)):
		return LatestIsRed
	case par.Sampling == EveryPlan:
		return AllGraded
	case par.Sampling == PerChild:
		return par.childSampled(q, history)
	}
	for _, g := range history {
		if g.Establishment == q.Establishment && g.Term == q.Term {
			return EstablishmentGraded
		}
	}
	return FirstOfTerm
}

func (par *Parameters) childSampled(q GradingQuestion, history []Graded) GradingReason {
	for _, g := range history {
		if g.Child == q.Child && q.Meeting.Before(g.On.AddMonths(par.SamplingMonths)) {
			return ChildGraded
		}
	}
	return ChildDue
}

// latest returns the child's latest grade in the question's term, or zero if there
// is none.
func (q GradingQuestion) latest(history []Graded) Grade {
	var latest Graded
	for _, g := range history {
		if q.Child != (record.ChildID{}) && g.Child == q.Child && g.Term == q.Term && !g.On.Before(latest.On) {
			latest = g
		}
	}
	return latest.Grade
}
