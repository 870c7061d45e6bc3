package ask

import (
	"math"
	"unicode/utf8"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/strict"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
)

// action is an action of the workflow as a step has it.
type action struct {
	on    func(*pep.PEP) pep.Action // the action, for the plan it is taken on
	lacks bool                      // a member is missing that pep's own action cannot be without
}

// does returns an action that is the same for every plan.
func does(a pep.Action) action { return action{on: func(*pep.PEP) pep.Action { return a }} }

// actions is how each action reads what it is given, and the rules by which it
// is taken. A missing member is the action's refusal, not a fault.
var actions = [...]struct {
	rules []rule.ID
	read  func(with *strict.Members) action
}{
	pep.VerbStartInitial: {[]rule.ID{rule.START1, rule.START2, rule.TERM2}, func(with *strict.Members) action {
		return does(pep.StartInitial{Meeting: with.May("meeting").Date()})
	}},
	pep.VerbStartSubsequent: {[]rule.ID{rule.START1, rule.START2, rule.TERM2}, func(with *strict.Members) action {
		return does(pep.StartSubsequent{Meeting: with.May("meeting").Date()})
	}},
	pep.VerbAnswer: {[]rule.ID{rule.DELEG5}, func(with *strict.Members) action {
		return fills(with, func(section int, a forms.Answers) pep.Action { return pep.Answer{Section: section, Answers: a} })
	}},
	pep.VerbRescheduleMeeting: {[]rule.ID{rule.TERM2}, func(with *strict.Members) action {
		return does(pep.RescheduleMeeting{Meeting: with.May("meeting").Date()})
	}},
	pep.VerbAttach: {[]rule.ID{rule.DOC1}, readAttach},
	pep.VerbDelegate: {[]rule.ID{rule.DELEG1, rule.DELEG2, rule.DELEG3}, func(with *strict.Members) action {
		a := pep.Delegate{Due: with.May("due").Date()}
		a.All, a.Sections = readSections(with.May("sections"))
		return does(a)
	}},
	pep.VerbSaveContribution: {[]rule.ID{rule.DELEG5}, func(with *strict.Members) action {
		return fills(with, func(section int, a forms.Answers) pep.Action {
			return pep.SaveContribution{Section: section, Answers: a}
		})
	}},
	pep.VerbSubmitContribution: {[]rule.ID{rule.DELEG8}, func(*strict.Members) action { return does(pep.SubmitContribution{}) }},
	pep.VerbChangeContributor:  {[]rule.ID{rule.DELEG2}, func(*strict.Members) action { return does(pep.ChangeContributor{}) }},
	pep.VerbRetract: {[]rule.ID{rule.DELEG6}, func(with *strict.Members) action {
		return does(pep.Retract{ConfirmedWithSetting: with.May("confirmedWithSetting").Bool(), Reason: text(with, "reason")})
	}},
	pep.VerbActivate: {[]rule.ID{rule.DELEG5}, func(*strict.Members) action { return does(pep.Activate{}) }},
	pep.VerbRedelegate: {[]rule.ID{rule.DELEG7}, func(with *strict.Members) action {
		return does(pep.Redelegate{Comments: text(with, "comments"), Due: with.May("due").Date()})
	}},
	pep.VerbReassign: {[]rule.ID{rule.SECT3, rule.ASSIGN1, rule.ASSIGN2, rule.ASSIGN3}, func(with *strict.Members) action {
		return does(pep.Reassign{Comment: text(with, "comment")})
	}},
	pep.VerbSendForGrading: {[]rule.ID{rule.GRADE1}, func(with *strict.Members) action {
		return does(pep.SendForGrading{Reason: text(with, "reason")})
	}},
	pep.VerbGrade: {[]rule.ID{rule.GRADE9, rule.GRADE4}, func(with *strict.Members) action {
		return does(pep.AwardGrade{
			Grade: strict.Named(with.May("grade"), "", pep.ParseGrade), Feedback: text(with, "feedback"),
		})
	}},
	pep.VerbReturnForAmendment: {[]rule.ID{rule.AMEND1}, func(with *strict.Members) action {
		return does(pep.ReturnForAmendment{Reason: text(with, "reason")})
	}},
	pep.VerbFinalise: {[]rule.ID{rule.FINAL2, rule.GRADE1}, func(with *strict.Members) action {
		return does(pep.Finalise{Waiver: text(with, "waiver")})
	}},
	pep.VerbRevise: {[]rule.ID{rule.AMEND1}, func(with *strict.Members) action {
		return does(pep.Revise{Reason: text(with, "reason")})
	}},
	pep.VerbReopen: {[]rule.ID{rule.FINAL4}, func(with *strict.Members) action {
		return does(pep.Reopen{Reason: text(with, "reason")})
	}},
	pep.VerbDelete: {[]rule.ID{rule.FINAL4}, func(with *strict.Members) action {
		return does(pep.Delete{Reason: text(with, "reason")})
	}},
	pep.VerbCease: {[]rule.ID{rule.CHG4}, func(with *strict.Members) action {
		return does(pep.Cease{On: with.May("on").Date()})
	}},
	pep.VerbCarryForward: {[]rule.ID{rule.OOT2, rule.OOT3, rule.OOT4}, func(*strict.Members) action { return does(pep.CarryForward{}) }},
}

// parseAction reads the name of an action that a step can take: every one of
// the workflow but repin, as a run has one policy.
func parseAction(s string) (pep.Verb, error) {
	v, err := pep.ParseVerb(s)
	if err != nil || int(v) >= len(actions) || actions[v].read == nil {
		return 0, &rule.Invalid{Member: "do", Want: "an action of the workflow, such as delegate"}
	}
	return v, nil
}

// take takes the action on a plan. Where a member is missing it is refused, by
// what stands against the action anyway or for that.
func (a action) take(plan *pep.PEP, by *pep.Act, v pep.Verb) error {
	if !a.lacks {
		return a.on(plan).Do(plan, by)
	}
	options, err := plan.Actions(by)
	if err != nil {
		return err
	}
	var reasons rule.Reasons
	for _, o := range options {
		for _, reason := range o.Reasons {
			if o.Verb == v {
				reasons.AddReason(reason)
			}
		}
	}
	if reasons.Empty() {
		reasons.Add(actions[v].rules[0], rule.MissingMember)
	}
	return reasons.Err(v.String())
}

func text(with *strict.Members, name string) private.Text {
	return private.NewText(with.May(name).Text("text"))
}

func readAttach(with *strict.Members) action {
	size := with.May("size")
	a := does(pep.Attach{Name: text(with, "name"), Size: int64(size.IntFrom(0, math.MaxInt, "a number of bytes"))})
	a.lacks = !size.Given()
	return a
}

// readSections reads "all" or a list of section numbers.
func readSections(v strict.Value) (all bool, sections []int) {
	const want = `"all" or a list of section numbers`
	if v.Is("all") {
		return true, nil
	}
	for n := range v.List(want) {
		sections = append(sections, n.Int(want))
	}
	return false, sections
}

// complete is the fill that answers every question of a section.
const complete = "complete"

// fills reads a section and what is written into each of its boxes.
func fills(with *strict.Members, do func(int, forms.Answers) pep.Action) action {
	section, fill := with.May("section"), with.May("fill")
	n, box := section.Int("the number of a section"), fill.Text("text for the boxes")
	if utf8.RuneCountInString(box) > forms.MaxAnswer {
		fill.Fault("text of at most 20000 characters")
	}
	if box == complete {
		box = "answered"
	}
	return action{
		on:    func(p *pep.PEP) pep.Action { return do(n, filled(p, n, box)) },
		lacks: !section.Given() || !fill.Given(),
	}
}

// filled returns answers with the same text in every box of a section.
func filled(p *pep.PEP, section int, box string) forms.Answers {
	texts := map[string]string{}
	if section < 1 || section > forms.MaxSections {
		return forms.Answers{}
	}
	s, _ := forms.TemplateOf(p.Type()).Section(section)
	for _, q := range s.Questions {
		texts[q.ID] = box
	}
	return forms.NewAnswers(texts)
}
