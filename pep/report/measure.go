package report

import (
	"iter"

	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Measure is something that a report counts. The zero Measure has no meaning.
type Measure uint8

// The measures. Each is a numerator of a denominator, as at a day.
const (
	PlansInPlace         Measure = 1 + iota // children with the plan of the term, of those who need it and are not excused (MISS-1)
	FirstPlansInTime                        // first plans in place by their deadline, of the children whose deadline was in the term (DUE-5)
	ReturnedInTime                          // plans first returned by their due date, of those returned or overdue (DUE-3)
	DaysLate                                // days by which plans were late, of the plans that were late: a sum over a number, so that the quotient is the mean
	PlansGraded                             // plans with a grade, of the plans in place (GRADE-1)
	GradedRed                               // of the plans graded
	GradedAmber                             // likewise
	GradedGreen                             // likewise
	EstablishmentsGraded                    // establishments of which a plan of the term was graded, of those with a plan in place (GRADE-1)
	ChildrenGraded                          // children graded within the sampling months, of those with the plan of the term (GRADE-2)
	CarriedForward                          // plans carried forward out of the term, of the plans that were the term's (OOT-2)
	StalePlans                              // plans late again after they were carried, of the plans that are the term's (OOT-4)
	ReadyForReview                          // children whose plan was in place three days before their review, of those whose review was in the term and is so near
)

// measures holds what is known of each measure: its text form, what it counts, what
// the denominator counts, and the rule it follows.
var measures = [...]struct {
	name, words, of string
	rule            rule.ID
}{
	PlansInPlace:         {"plans_in_place", "children with the plan of the term in place", "children who need it and are not excused", rule.MISS1},
	FirstPlansInTime:     {"first_plans_in_time", "first plans in place by their deadline", "children whose deadline fell in the term", rule.DUE5},
	ReturnedInTime:       {"returned_in_time", "plans first returned by their due date", "plans returned or overdue", rule.DUE3},
	DaysLate:             {"days_late", "days late", "plans that were late", rule.DUE3},
	PlansGraded:          {"plans_graded", "plans with a grade", "plans in place", rule.GRADE1},
	GradedRed:            {"graded_red", "plans graded red", "plans with a grade", rule.GRADE4},
	GradedAmber:          {"graded_amber", "plans graded amber", "plans with a grade", rule.GRADE4},
	GradedGreen:          {"graded_green", "plans graded green", "plans with a grade", rule.GRADE4},
	EstablishmentsGraded: {"establishments_graded", "establishments with a graded plan", "establishments with a plan in place", rule.GRADE1},
	ChildrenGraded:       {"children_graded", "children graded within the sampling months", "children with the plan of the term in place", rule.GRADE2},
	CarriedForward:       {"carried_forward", "plans carried forward to the next term", "plans that were the term's", rule.OOT2},
	StalePlans:           {"stale_plans", "plans late again after they were carried", "plans that are the term's", rule.OOT4},
	ReadyForReview:       {"ready_for_review", "children whose plan was in place three days before their review", "children with a review in the term", 0},
}

// AllMeasures iterates over the measures, in the order of their constants.
func AllMeasures() iter.Seq[Measure] { return rule.Members[Measure](len(measures)) }

// ParseMeasure returns the measure whose text form is s, such as "days_late".
func ParseMeasure(s string) (Measure, error) {
	return rule.Find[Measure](len(measures), s, "measure", "a measure, such as plans_in_place")
}

// String returns the text form of m, or "" for the zero Measure.
func (m Measure) String() string { return rule.Row(measures[:], m).name }

// Words says what m counts, such as "plans with a grade".
func (m Measure) Words() string { return rule.Row(measures[:], m).words }

// Of says what the denominator of m counts, such as "plans in place".
func (m Measure) Of() string { return rule.Row(measures[:], m).of }

// Rule returns the rule that m follows, zero for a measure that follows none.
func (m Measure) Rule() rule.ID { return rule.Row(measures[:], m).rule }

// MarshalText returns the text form of m.
func (m Measure) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads the text form of a measure as ParseMeasure does, and empty text
// as the zero Measure.
func (m *Measure) UnmarshalText(text []byte) error { return rule.Unmarshal(text, m, ParseMeasure) }

// Figure is what a measure comes to for a term.
type Figure struct {
	Measure     Measure    `json:"measure"`
	Numerator   int        `json:"numerator"`
	Denominator int        `json:"denominator"`
	On          civil.Date `json:"on"` // the day as at which it holds
}
