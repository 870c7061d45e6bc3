package ask

import (
	"math"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/strict"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
)

// action is a workflow action that was read from a step.
type action struct {
	on    func(*pep.PEP) pep.Action // makes the pep.Action for the given plan
	lacks rule.Absent               // the missing member without which a pep.Action cannot be made, or ""
}

// does returns an action that is the same for every plan.
func does(a pep.Action) action { return action{on: func(*pep.PEP) pep.Action { return a }} }

// actions holds the reader of each action. A reader does not report a missing member:
// the action is refused later.
var actions = [...]func(with *strict.Members) action{
	pep.VerbStartInitial: func(with *strict.Members) action {
		return does(pep.StartInitial{Meeting: with.May("meeting").Date()})
	},
	pep.VerbStartSubsequent: func(with *strict.Members) action {
		return does(pep.StartSubsequent{Meeting: with.May("meeting").Date()})
	},
	pep.VerbAnswer: func(with *strict.Members) action {
		return fills(with, func(a pep.Answer) pep.Action { return a })
	},
	pep.VerbRescheduleMeeting: func(with *strict.Members) action {
		return does(pep.RescheduleMeeting{Meeting: with.May("meeting").Date()})
	},
	pep.VerbAttach: readAttach,
	pep.VerbDelegate: func(with *strict.Members) action {
		a := pep.Delegate{Due: with.May("due").Date()}
		a.All, a.Sections = readSections(with.May("sections"))
		return does(a)
	},
	pep.VerbSaveContribution: func(with *strict.Members) action {
		return fills(with, func(a pep.Answer) pep.Action { return pep.SaveContribution(a) })
	},
	pep.VerbSubmitContribution: func(*strict.Members) action { return does(pep.SubmitContribution{}) },
	pep.VerbChangeContributor:  func(*strict.Members) action { return does(pep.ChangeContributor{}) },
	pep.VerbRetract: func(with *strict.Members) action {
		return does(pep.Retract{ConfirmedWithSetting: with.May("confirmedWithSetting").Bool(), Reason: text(with, "reason")})
	},
	pep.VerbActivate: func(*strict.Members) action { return does(pep.Activate{}) },
	pep.VerbRedelegate: func(with *strict.Members) action {
		return does(pep.Redelegate{Comments: text(with, "comments"), Due: with.May("due").Date()})
	},
	pep.VerbReassign: func(with *strict.Members) action {
		return does(pep.Reassign{Comment: text(with, "comment")})
	},
	pep.VerbSendForGrading: func(with *strict.Members) action {
		return does(pep.SendForGrading{Reason: text(with, "reason")})
	},
	pep.VerbAwardGrade: func(with *strict.Members) action {
		return does(pep.AwardGrade{
			Grade: strict.Named(with.May("grade"), "", pep.ParseGrade), Feedback: text(with, "feedback"),
		})
	},
	pep.VerbReturnForAmendment: func(with *strict.Members) action {
		return does(pep.ReturnForAmendment{Reason: text(with, "reason")})
	},
	pep.VerbFinalise: func(with *strict.Members) action {
		return does(pep.Finalise{Waiver: text(with, "waiver")})
	},
	pep.VerbRevise: func(with *strict.Members) action {
		return does(pep.Revise{Reason: text(with, "reason")})
	},
	pep.VerbReopen: func(with *strict.Members) action {
		return does(pep.Reopen{Reason: text(with, "reason")})
	},
	pep.VerbRestoreSections: func(with *strict.Members) action {
		return does(pep.RestoreSections{Reason: text(with, "reason")})
	},
	pep.VerbDelete: func(with *strict.Members) action {
		return does(pep.Delete{Reason: text(with, "reason")})
	},
	pep.VerbCease: func(with *strict.Members) action {
		return does(pep.Cease{On: with.May("on").Date()})
	},
	pep.VerbCarryForward: func(*strict.Members) action { return does(pep.CarryForward{}) },
	pep.VerbRepin:        func(*strict.Members) action { return does(pep.Repin{}) },
}

// parseAction parses the name of an action that a step can take.
func parseAction(s string) (pep.Verb, error) {
	v, err := pep.ParseVerb(s)
	if err == nil && (int(v) >= len(actions) || actions[v] == nil) {
		_, err = pep.ParseVerb("")
	}
	return v, err
}

// take takes the action on a plan. If a required member is missing, take refuses the
// action. The refusal gives the plan's own reasons against the action. If the plan has
// no objection, the refusal names the missing member.
func (a action) take(plan *pep.PEP, by *pep.Act, v pep.Verb) error {
	if a.lacks == "" {
		return plan.Do(by, a.on(plan))
	}
	o, err := plan.Option(by, v)
	if err != nil {
		return err
	}
	var reasons rule.Reasons
	for _, reason := range o.Reasons {
		reasons.AddReason(reason)
	}
	if reasons.Empty() {
		reasons.AddReason(rule.Reason{Rule: v.Rules()[0], Code: rule.MissingMember, Words: a.lacks})
	}
	return reasons.Err(v.String())
}

func text(with *strict.Members, name string) private.Text {
	return private.NewText(with.May(name).Text("text"))
}

func readAttach(with *strict.Members) action {
	size := with.May("size")
	a := does(pep.Attach{Name: text(with, "name"), Size: int64(size.IntFrom(0, math.MaxInt, "a number of bytes"))})
	if !size.Given() {
		a.lacks = "the size of the document"
	}
	return a
}

// readSections reads "all" or a list of section numbers.
func readSections(v strict.Value) (all bool, sections []int) {
	const want = `"all" or a list of section numbers`
	if v.Is("all") {
		return true, nil
	}
	for n := range v.List(maxSections, want) {
		sections = append(sections, n.Int(want))
	}
	return false, sections
}

// complete is the value of the member "fill" that answers every question of a section.
const complete = "complete"

// fills reads the number of a section and the text for its boxes: either answers to the
// named questions, or one text for every box. If the answers are empty and "clear" is
// true, the section is cleared.
func fills(with *strict.Members, do func(pep.Answer) pep.Action) action {
	section, fill, answers := with.May("section"), with.May("fill"), with.May("answers")
	a := pep.Answer{Section: section.Int("the number of a section"), Clear: with.May("clear").Bool()}
	named, box := forms.NewAnswers(readAnswers(answers)), fill.Text("text for the boxes")
	if fill.Given() && answers.Given() {
		fill.Fault("left out if answers is given")
	}
	if box == complete {
		box = "answered"
	}
	var lacks rule.Absent
	switch {
	case !section.Given():
		lacks = "the number of the section"
	case !fill.Given() && !answers.Given():
		lacks = "the text of the answers"
	}
	return action{
		on: func(p *pep.PEP) pep.Action {
			if a.Answers = named; fill.Given() {
				a.Answers = forms.TemplateOf(p.Type()).AnswerAll(a.Section, box)
			}
			return do(a)
		},
		lacks: lacks,
	}
}

// readAnswers reads the answers, keyed by the ids of their questions.
func readAnswers(v strict.Value) map[string]string {
	answers := map[string]string{}
	for question, text := range v.Object().All() {
		answers[question] = text.Text("the answer to a question")
	}
	return answers
}
