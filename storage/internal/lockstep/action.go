package lockstep

import (
	"strings"

	"pgregory.net/rapid"

	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// texts lists texts for reasons and answers. A careless store would change some of
// them, some are blank, and the last one is not valid UTF-8.
var texts = [...]string{canary, canary, "Because", "N/A", "é", "e\u0301", "😀 '\"%;--", "a\x00b", " ", "", "\xff"}

// text draws any text.
func (w *walk) text(what string) private.Text {
	return private.NewText(rapid.SampledFrom(texts[:]).Draw(w.T, what))
}

// reason draws a reason. If sound is true, the reason is neither blank nor invalid.
func (w *walk) reason(sound bool) private.Text {
	if sound {
		return private.NewText(rapid.SampledFrom(texts[:7]).Draw(w.T, "reason"))
	}
	return w.text("reason")
}

// meeting draws a meeting date around today, or sometimes the zero date.
func (w *walk) meeting() civil.Date {
	if n := rapid.IntRange(-20, 60).Draw(w.T, "meeting"); n > -20 {
		return civil.Of(w.at, w.at.Location()).AddDays(n)
	}
	return civil.Date{}
}

// action returns an action on a plan in its present state. A sound action has everything
// that it needs.
func (w *walk) action(v pep.Verb, child record.ChildID, id pep.ID, sound bool) pep.Action {
	today := w.sides[0].service.Today()
	meeting := today.AddDays(rapid.IntRange(0, 30).Draw(w.T, "meeting"))
	if !sound {
		meeting = w.meeting()
	}
	p := pep.Snapshot{Type: forms.SecondaryMainstream}
	to := rapid.SampledFrom([]record.ContributorID{teacher, deputy, tutor, noTeacher, {}})
	if w.known(id) {
		p = w.plan(id)
		if sound {
			to = rapid.Just(w.contributor(id))
		}
	}
	switch v {
	case pep.VerbStartInitial:
		return pep.StartInitial{Child: child, Meeting: meeting}
	case pep.VerbStartSubsequent:
		return pep.StartSubsequent{Child: child, Meeting: meeting}
	case pep.VerbAnswer:
		n, a := w.answers(p, sound)
		return pep.Answer{Section: n, Answers: a}
	case pep.VerbSaveContribution:
		n, a := w.answers(p, sound)
		return pep.SaveContribution{Section: n, Answers: a}
	case pep.VerbRescheduleMeeting:
		return pep.RescheduleMeeting{Meeting: meeting}
	case pep.VerbAttach:
		return pep.Attach{Name: w.reason(sound), Size: rapid.SampledFrom([]int64{1, 1 << 20, 1 << 40, 0, -1}).Draw(w.T, "size")}
	case pep.VerbDelegate:
		return pep.Delegate{To: to.Draw(w.T, "to"), All: sound || rapid.Bool().Draw(w.T, "all")}
	case pep.VerbChangeContributor:
		return pep.ChangeContributor{To: rapid.SampledFrom([]record.ContributorID{teacher, deputy}).Draw(w.T, "to")}
	case pep.VerbRedelegate:
		return pep.Redelegate{Comments: w.reason(sound)}
	case pep.VerbReassign:
		return pep.Reassign{Comment: w.assignment(p, sound)}
	case pep.VerbAwardGrade:
		return pep.AwardGrade{Grade: pep.Grade(rapid.SampledFrom([]int{3, 3, 2, 1, 0}).Draw(w.T, "grade")), Feedback: w.reason(sound)}
	case pep.VerbCease:
		return pep.Cease{On: today.AddDays(rapid.SampledFrom([]int{0, 0, -1, 1}).Draw(w.T, "on"))}
	}
	return w.simple(v, sound)
}

// simple returns an action that needs only a reason, or nothing.
func (w *walk) simple(v pep.Verb, sound bool) pep.Action {
	because := w.reason(sound)
	switch v {
	case pep.VerbRetract:
		return pep.Retract{ConfirmedWithSetting: sound || rapid.Bool().Draw(w.T, "confirmed"), Reason: because}
	case pep.VerbSendForGrading:
		return pep.SendForGrading{Reason: because}
	case pep.VerbReturnForAmendment:
		return pep.ReturnForAmendment{Reason: because}
	case pep.VerbFinalise:
		return pep.Finalise{Waiver: because}
	case pep.VerbRevise:
		return pep.Revise{Reason: because}
	case pep.VerbReopen:
		return pep.Reopen{Reason: because}
	case pep.VerbRestoreSections:
		return pep.RestoreSections{Reason: because}
	case pep.VerbDelete:
		return pep.Delete{Reason: because}
	case pep.VerbSubmitContribution:
		return pep.SubmitContribution{}
	case pep.VerbActivate:
		return pep.Activate{}
	case pep.VerbCarryForward:
		return pep.CarryForward{}
	}
	return pep.Repin{}
}

func (w *walk) known(id pep.ID) bool {
	for _, p := range w.plans {
		if p == id {
			return true
		}
	}
	return false
}

// answers returns the number of a section and answers to it. Sound answers fill
// every box.
func (w *walk) answers(p pep.Snapshot, sound bool) (int, forms.Answers) {
	n, all := w.missing(p), map[string]string{}
	if !sound {
		n = rapid.IntRange(-1, forms.MaxSections+1).Draw(w.T, "section")
	}
	page, _ := forms.TemplateOf(p.Type).Section(n)
	text := w.reason(sound).Reveal(private.Deciding)
	for i, q := range page.Questions {
		all[q.ID] = text
		if !sound && i%3 == 2 {
			delete(all, q.ID)
		}
	}
	if !sound && rapid.IntRange(0, 4).Draw(w.T, "odd") == 0 {
		all["unknown"], all["long"] = text, strings.Repeat("x", 20_001)
	}
	return n, forms.NewAnswers(all)
}

// assignment returns the comment with which a plan is reassigned.
func (w *walk) assignment(p pep.Snapshot, sound bool) private.Text {
	if !sound || p.Term.IsZero() {
		return w.text("comment")
	}
	next := term.Lancashire().First(p.Term.Next())
	return private.NewText(delegation.Lancashire().FormatAssignment(p.Term, next.AddDays(rapid.IntRange(0, 40).Draw(w.T, "next"))))
}
