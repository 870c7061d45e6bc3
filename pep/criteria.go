package pep

import (
	"iter"
	"slices"

	"virtualschool.example/forms"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
)

// Criterion is something that a consultant looks for when grading a plan. The
// criteria guide the reader; the library does not grade by them. The zero
// Criterion has no meaning.
type Criterion uint8

// The criteria, in the order of the form.
const (
	voice Criterion = 1 + iota
	carersInput
	attainment
	needsNamed
	transition
	evaluation
	targets
	interventions
	funding
	attendance
)

// criteria holds, for each criterion, the demands of each grade and the questions
// to read when judging the criterion. One red criterion alone makes a plan red.
var criteria = [...]struct {
	name, words string
	wants       [Green + 1]string
	questions   []string
}{
	voice: {"voice", "the child's voice", [...]string{
		Red:   "the child's voice is not in the plan",
		Amber: "the child's voice is captured",
		Green: "the child's voice is strong and shows in the plan",
	}, []string{"how_heard", "enjoys", "finds_hard", "would_help", "heard_last_time", "key_person"}},
	carersInput: {"carers_input", "the carer's input", [...]string{
		Green: "the carer's input is included",
	}, []string{"carer_and_learning", "carer_and_leisure", "carer_view"}},
	attainment: {"attainment", "current attainment", [...]string{
		Amber: "current attainment is included",
		Green: "current attainment is detailed",
	}, []string{"prime_areas", "specific_areas", "attainment", "progress", "assessments", "qualifications"}},
	needsNamed: {"needs", "additional needs", [...]string{
		Green: "additional needs are named",
	}, []string{"needs", "ehc_plan"}},
	transition: {"transition", "the transition", [...]string{
		Red:   "there is no plan for a transition that is due",
		Amber: "the transition is identified",
		Green: "the transition is planned in detail",
	}, []string{"planned_changes", "transition", "destination"}},
	evaluation: {"evaluation", "the evaluation of the last plan's targets", [...]string{
		Red:   "the last plan's targets are hardly evaluated, or not at all",
		Amber: "the last plan's targets are evaluated",
		Green: "the last plan's targets are evaluated, each with reasons",
	}, []string{"previous_targets"}},
	targets: {"targets", "the targets", [...]string{
		Red:   "there are no targets, or very weak ones",
		Amber: "the targets are specific and measurable",
		Green: "the targets are specific and measurable, meet an identified need and have a deadline",
	}, []string{"targets"}},
	interventions: {"interventions", "the interventions", [...]string{
		Red:   "there are no strategies, or very weak ones",
		Amber: "the interventions say at least two of what, when, where, by whom and how often",
		Green: "the interventions are detailed",
	}, []string{"interventions"}},
	funding: {"funding", "the pupil premium", [...]string{
		Red:   "there is no plan for the pupil premium",
		Amber: "the pupil premium is linked to the targets",
		Green: "the pupil premium is costed item by item and tied to the targets",
	}, []string{"premium", "premium_effect", "other_funding"}},
	attendance: {"attendance", "the attendees and the next meeting", [...]string{
		Red:   "the attendees or the date of the next meeting are missing",
		Amber: "the attendees and the date of the next meeting are given",
		Green: "the attendees and the date of the next meeting are given",
	}, []string{"attendees", "next_meeting"}},
}

// ParseCriterion returns the criterion whose text form is s, such as "voice".
func ParseCriterion(s string) (Criterion, error) {
	return rule.Find[Criterion](len(criteria), s, "criterion", "a criterion, such as voice")
}

// String returns the text form of c, such as "voice", or "" for the zero Criterion.
func (c Criterion) String() string { return rule.Row(criteria[:], c).name }

// Words returns c in words, such as "the child's voice".
func (c Criterion) Words() string { return rule.Row(criteria[:], c).words }

// MarshalText returns the text form of c.
func (c Criterion) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads the text form of a criterion as ParseCriterion does, and
// empty text as the zero Criterion.
func (c *Criterion) UnmarshalText(text []byte) error { return rule.Unmarshal(text, c, ParseCriterion) }

// Wants says in plain English what c asks of a plan for the grade g or, for Red,
// what makes the plan red. It returns "" if g does not depend on c.
func (c Criterion) Wants(g Grade) string {
	return *rule.Row(rule.Row(criteria[:], c).wants[:], g)
}

// Questions returns the ids of the questions to read when judging c, in the
// order of the form.
func (c Criterion) Questions(t forms.Type) (ids []string) {
	asks := rule.Row(criteria[:], c).questions
	for section := range forms.TemplateOf(t).Sections() {
		for _, q := range section.Questions {
			if slices.Contains(asks, q.ID) {
				ids = append(ids, q.ID)
			}
		}
	}
	return ids
}

// Criteria iterates over the criteria that apply to a plan for a child in the
// given year group and term. GRADE-8: a plan is red if it lacks the child's
// voice, the attendees, the date of the next meeting, the evaluation, targets,
// strategies, the plan for the pupil premium or a transition plan that is due.
func Criteria(y forms.YearGroup, t term.Term) iter.Seq[Criterion] {
	return func(yield func(Criterion) bool) {
		for c := voice; int(c) < len(criteria); c++ {
			if (c != transition || TransitionDue(y, t)) && !yield(c) {
				return
			}
		}
	}
}

// TransitionDue reports whether a plan needs a transition plan. GRADE-8: it needs
// one in spring and summer, for a child who is about to move into Reception or Year
// 7 or to leave Year 11.
func TransitionDue(y forms.YearGroup, t term.Term) bool {
	leaving := y == forms.N2 || y == forms.Y6 || y == forms.Y11
	return leaving && (t.Season() == term.Spring || t.Season() == term.Summer)
}
