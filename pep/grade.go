package pep

import (
	"iter"

	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
)

// Grade is what a Virtual School consultant awards (GRADE-4). The zero Grade means
// that the plan has not been graded.
type Grade uint8

// The grades. A red plan always goes back to the social worker; a policy may send
// back an amber one too.
const (
	Red Grade = 1 + iota
	Amber
	Green
)

var gradeNames = [...]struct{ name, words string }{Red: {"red", "red"}, Amber: {"amber", "amber"}, Green: {"green", "green"}}

// ParseGrade returns the grade whose text form is s: red, amber or green.
func ParseGrade(s string) (Grade, error) {
	return rule.Find[Grade](len(gradeNames), s, "grade", "red, amber or green")
}

// String returns the text form of g, or "" for the zero Grade.
func (g Grade) String() string { return rule.Row(gradeNames[:], g).name }

// Words returns g in words that follow "the plan is graded", such as "amber".
func (g Grade) Words() string { return rule.Row(gradeNames[:], g).words }

// MarshalText returns the text form of g.
func (g Grade) MarshalText() ([]byte, error) { return []byte(g.String()), nil }

// UnmarshalText reads the text form of a grade as ParseGrade does, and empty
// text as the zero Grade.
func (g *Grade) UnmarshalText(text []byte) error { return rule.Unmarshal(text, g, ParseGrade) }

// Grades is a set of grades, one bit each. The zero Grades is empty.
type Grades uint8

// Has reports whether g is in the set.
func (gs Grades) Has(g Grade) bool { return gs>>g&1 == 1 }

// All iterates over the grades in the set, starting with the worst.
func (gs Grades) All() iter.Seq[Grade] {
	return func(yield func(Grade) bool) {
		for g := Red; g <= Green; g++ {
			if gs.Has(g) && !yield(g) {
				return
			}
		}
	}
}

// AwardGrade grades the plan. GRADE-9: only a Virtual School consultant grades, and
// only at the grading stage; GRADE-4: the grade is red, amber or green, and a grade
// that sends the plan back needs feedback.
type AwardGrade struct {
	Grade    Grade
	Feedback private.Text
}

// Verb returns VerbAwardGrade.
func (AwardGrade) Verb() Verb { return VerbAwardGrade }

func (a AwardGrade) do(p *PEP, by *Act) error {
	var reasons rule.Reasons
	if _, err := p.begin(by, VerbAwardGrade, &reasons); err != nil {
		return err
	}
	if a.Grade > Green {
		return &rule.Invalid{Member: "grade", Want: "red, amber or green"}
	}
	back := p.goesBack(by, a.Grade)
	t, ok := p.graded(by, back)
	if reasons.Empty() {
		switch {
		case a.Grade == 0:
			reasons.AddReason(rule.Reason{Rule: rule.GRADE9, Code: rule.MissingMember, Words: rule.Absent("the grade")})
		case !ok:
			reasons.Add(rule.GRADE9, rule.WrongRole)
		case back && blank(a.Feedback):
			reasons.Add(rule.GRADE4, rule.FeedbackMissing)
		}
	}
	if err := reasons.Err(VerbAwardGrade.String()); err != nil {
		return err
	}
	e := p.event(by, t)
	e.Grade = a.Grade
	return p.recordText(&e, "feedback", a.Feedback)
}

// graded returns the transition for a grade: if back is true, for a grade that sends
// the plan back, and otherwise for a grade that lets the plan go on. It also reports
// whether there is such a transition for the act's role and the plan's stage.
func (p *PEP) graded(by *Act, back bool) (Transition, bool) {
	when := WhenGreenOrAmber
	if back {
		when = WhenRed
	}
	for _, t := range &workflow {
		if t.From == p.s.Stage && t.Verb == VerbAwardGrade && t.When == when && t.Roles.Has(by.Role) {
			return t, true
		}
	}
	return Transition{}, false
}

// goesBack reports whether a plan with grade g goes back to the social worker
// (GRADE-4).
func (p *PEP) goesBack(by *Act, g Grade) bool { return by.Policy.forTerm(p.s.Term).Returned.Has(g) }

func (s *Snapshot) award(e *Event) { s.Grade, s.GradedOn = e.Grade, e.On }
