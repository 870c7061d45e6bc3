package report

import (
	"iter"

	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Measure is something that a report counts. The zero Measure has no meaning.
type Measure uint8

// The measures. Each has a numerator and a denominator, as at a day.
const (
	PlansInPlace         Measure = 1 + iota // children with the plan of the term, out of those who need it and are not excused (MISS-1)
	FirstPlansInTime                        // first plans in place by their deadline, out of the children whose deadline was in the term (DUE-5)
	ReturnedInTime                          // plans first returned by their due date, out of those returned or overdue (DUE-3)
	DaysLate                                // the total number of days late, divided by the number of late plans to give the mean
	PlansGraded                             // plans with a grade, out of the plans in place (GRADE-1)
	GradedRed                               // plans graded red, out of the plans with a grade
	GradedAmber                             // plans graded amber, out of the plans with a grade
	GradedGreen                             // plans graded green, out of the plans with a grade
	EstablishmentsGraded                    // establishments with a graded plan of the term, out of the establishments with a plan in place (GRADE-1)
	ChildrenGraded                          // children with a plan graded within the sampling months, out of those with the plan of the term (GRADE-2)
	CarriedForward                          // plans carried forward out of the term, out of the plans that counted for it (OOT-2)
	StalePlans                              // plans late again after being carried forward, out of the plans that count for the term (OOT-4)
	ReadyForReview                          // children whose plan was in place three days before their review, out of those whose review in the term is over or at most three days away
)

// measures holds, for each measure, its text form, words for what its numerator and its
// denominator count, and the rule behind the measure.
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
	ChildrenGraded:       {"children_graded", "children with a plan graded in the sampling period", "children with the plan of the term in place", rule.GRADE2},
	CarriedForward:       {"carried_forward", "plans carried forward to the next term", "plans that counted for the term", rule.OOT2},
	StalePlans:           {"stale_plans", "plans late again after being carried forward", "plans that count for the term", rule.OOT4},
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

// Rule returns the rule that m follows, or zero for a measure without a rule.
func (m Measure) Rule() rule.ID { return rule.Row(measures[:], m).rule }

// MarshalText returns the text form of m.
func (m Measure) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads the text form of a measure as ParseMeasure does, and empty text
// as the zero Measure.
func (m *Measure) UnmarshalText(text []byte) error { return rule.Unmarshal(text, m, ParseMeasure) }

// Figure is the value of a measure for a term.
type Figure struct {
	Measure     Measure    `json:"measure"`
	Numerator   int        `json:"numerator"`
	Denominator int        `json:"denominator"`
	On          civil.Date `json:"on"` // the as-at day
}
