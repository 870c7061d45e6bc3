package story

import (
	"strings"

	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/term/civil"
)

// scene is what somebody knows before taking a step: the child, and the child's plan as
// it was last saved.
type scene struct {
	*Pupil
	policy *pep.Policy
	today  civil.Date
	plan   *pep.PEP // nil if the child has no plan
	before *pep.PEP // the plan before the step; set only while a note is made
}

// overtaken reports whether the plan is no longer at the stage that the step requires.
func (s *scene) overtaken(by *step) bool {
	return by.stage != anyStage && (s.plan == nil || s.plan.Stage() != by.stage)
}

// deed returns what somebody does: one action of the workflow, or several at the same
// stage, one after another.
type deed func(*scene) []pep.Action

// text returns s as the private text of a reason or comment.
func text(s string) private.Text { return private.NewText(s) }

func startInitial(s *scene) []pep.Action {
	return []pep.Action{pep.StartInitial{Child: s.ID, Meeting: s.Meeting}}
}

func startSubsequent(s *scene) []pep.Action {
	return []pep.Action{pep.StartSubsequent{Child: s.ID}}
}

// An invented answer, and the answer to a question that does not apply.
const (
	answered      = "Discussed at the meeting. Everybody in this example is invented."
	notApplicable = "N/A"
)

// answers fills the boxes of a section. Every fifth question does not apply; if blanks
// is true, every third box is left blank.
func (s *scene) answers(number int, blanks bool) forms.Answers {
	section, _ := forms.TemplateOf(s.plan.Type()).Section(number)
	texts := make(map[string]string, len(section.Questions))
	for i, q := range section.Questions {
		switch {
		case blanks && i%3 == 2:
			texts[q.ID] = " "
		case i%5 == 4:
			texts[q.ID] = notApplicable
		default:
			texts[q.ID] = answered
		}
	}
	return forms.NewAnswers(texts)
}

// sections returns the number of sections in the form: 6, or 5 for Early Years.
func (s *scene) sections() int { return forms.TemplateOf(s.plan.Type()).Len() }

// write answers a range of sections, given by the first and last section numbers.
func (s *scene) write(from, to int) (all []pep.Action) {
	for n := from; n <= to; n++ {
		all = append(all, pep.Answer{Section: n, Answers: s.answers(n, false)})
	}
	return all
}

// save answers a range of sections as the contributor.
func (s *scene) save(from, to int, blanks bool) (all []pep.Action) {
	for n := from; n <= to; n++ {
		all = append(all, pep.SaveContribution{Section: n, Answers: s.answers(n, blanks)})
	}
	return all
}

func writeOwn(s *scene) []pep.Action { return s.write(1, forms.SocialWorkerSections) }

func writeAll(s *scene) []pep.Action { return s.write(forms.SocialWorkerSections+1, s.sections()) }

func writeThird(s *scene) []pep.Action { return s.save(3, 3, false) }

func writeRest(s *scene) []pep.Action {
	return s.save(forms.SocialWorkerSections+1, s.sections(), false)
}

func writeWithBlanks(s *scene) []pep.Action {
	return s.save(forms.SocialWorkerSections+1, s.sections()-1, true)
}

// to returns the contributor of the child's establishment, or the zero id if there is
// none.
func (s *scene) to() record.ContributorID {
	if s.Teacher == nil {
		return record.ContributorID{}
	}
	return s.Teacher.ID
}

func delegateAll(s *scene) []pep.Action { return []pep.Action{pep.Delegate{To: s.to(), All: true}} }

func delegateSome(s *scene) []pep.Action {
	return []pep.Action{pep.Delegate{To: s.to(), Sections: []int{1, 2, 3}}}
}

func delegateOverdue(s *scene) []pep.Action {
	return []pep.Action{pep.Delegate{To: s.to(), All: true, Due: s.today.AddDays(-1)}}
}

func submit(*scene) []pep.Action { return []pep.Action{pep.SubmitContribution{}} }

func reschedule(s *scene) []pep.Action {
	return []pep.Action{pep.RescheduleMeeting{Meeting: s.Meeting.AddDays(7)}}
}

func activate(*scene) []pep.Action { return []pep.Action{pep.Activate{}} }

func redelegate(s *scene) []pep.Action {
	return []pep.Action{pep.Redelegate{To: s.to(), Comments: text("Please complete what is missing.")}}
}

func retractUnconfirmed(*scene) []pep.Action {
	return []pep.Action{pep.Retract{Reason: text("Delegated too soon.")}}
}

func retractConfirmed(*scene) []pep.Action {
	return []pep.Action{pep.Retract{ConfirmedWithSetting: true, Reason: text("Delegated too soon.")}}
}

// next returns the date of the next meeting. It adds thirteen weeks at a time to the
// plan's meeting until it reaches the term after the plan's. It returns the zero Date
// if the child will not need a plan in that term.
func (s *scene) next() civil.Date {
	following := s.plan.Term().Next()
	needed, err := s.policy.RequiredForTerm(s.Born.Reveal(private.Deciding), following, s.Care, s.Education)
	if err != nil || !needed.Required {
		return civil.Date{}
	}
	day := s.plan.Meeting()
	for s.policy.Calendar().Of(day).Before(following) {
		day = day.AddDays(13 * 7)
	}
	return day
}

// comment returns the action that hands the plan to business support with an assignment
// comment.
func comment(s string) []pep.Action { return []pep.Action{pep.Reassign{Comment: text(s)}} }

func assign(s *scene) []pep.Action {
	return comment(delegation.Lancashire().FormatAssignment(s.plan.Term(), s.next()))
}

func assignWithoutTerm(s *scene) []pep.Action {
	_, date, _ := strings.Cut(delegation.Lancashire().FormatAssignment(s.plan.Term(), s.next()), "—")
	return comment(date)
}

func assignToOtherTerm(s *scene) []pep.Action {
	return comment(delegation.Lancashire().FormatAssignment(s.plan.Term().Next(), s.next()))
}

func assignAsLast(s *scene) []pep.Action {
	return comment(delegation.Lancashire().FormatAssignment(s.plan.Term(), civil.Date{}))
}

func sendForGrading(*scene) []pep.Action { return []pep.Action{pep.SendForGrading{}} }

func sendForConcern(*scene) []pep.Action {
	return []pep.Action{pep.SendForGrading{Reason: text("The targets are thin.")}}
}

func awardGreen(*scene) []pep.Action { return []pep.Action{pep.AwardGrade{Grade: pep.Green}} }

func awardAmber(*scene) []pep.Action {
	return []pep.Action{pep.AwardGrade{Grade: pep.Amber, Feedback: text("Better targets next term.")}}
}

func awardRedSilently(*scene) []pep.Action { return []pep.Action{pep.AwardGrade{Grade: pep.Red}} }

func awardRed(*scene) []pep.Action {
	return []pep.Action{pep.AwardGrade{Grade: pep.Red, Feedback: text("The child's voice is missing.")}}
}

func returnWithoutReason(*scene) []pep.Action { return []pep.Action{pep.ReturnForAmendment{}} }

func returnForAmendment(*scene) []pep.Action {
	return []pep.Action{pep.ReturnForAmendment{Reason: text("The placement has changed.")}}
}

func finalise(*scene) []pep.Action { return []pep.Action{pep.Finalise{}} }

func reviseFinalised(*scene) []pep.Action {
	return []pep.Action{pep.Revise{Reason: text("A health appointment was left out.")}}
}

func deleteMistake(*scene) []pep.Action {
	return []pep.Action{pep.Delete{Reason: text("Started on the wrong day.")}}
}

func cease(s *scene) []pep.Action { return []pep.Action{pep.Cease{On: s.leaves()}} }

// note returns a remark on how a step went, or "".
type note func(*scene) string

func ofForm(s *scene) string { return s.plan.Type().String() + ", " + ofMeeting(s) }

func ofMeeting(s *scene) string { return "meeting " + day(s.plan.Meeting()) }

func ofDue(s *scene) string { return "due " + day(s.plan.Due()) }

func ofNext(s *scene) string {
	if next := s.plan.Snapshot().Next; !next.IsZero() {
		return "next meeting " + day(next)
	}
	return "no next meeting"
}

func ofLoss(s *scene) string {
	return "lost: the answers in " + number(s.before.Loss().Boxes, "box")
}

// ofReturn says how late a returned plan was, and how many of its boxes are blank.
func ofReturn(s *scene) string {
	said, blank := "in time", 0
	late, err := s.policy.Delegation(s.plan.Meeting()).Timeliness(s.plan.Due(), s.today, s.plan.Snapshot().Submitted)
	if err == nil && late.Status == delegation.Late {
		said = number(late.DaysLate, "day") + " late"
	}
	for _, section := range s.plan.Blank() {
		blank += len(section)
	}
	if blank > 0 {
		said += ", " + number(blank, "box") + " blank"
	}
	return said
}
