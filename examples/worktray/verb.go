package main

import (
	"slices"
	"strconv"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/term/civil"
)

// verbs holds the form of each action: the words of its page, its fields, and the function
// that makes the action. An action without a row has another page: a section, the documents,
// or the child.
var verbs = map[pep.Verb]struct {
	button string
	lead   string
	fields []field
	make   func(workflow.View, *input) pep.Action
}{
	pep.VerbRescheduleMeeting: {"Move the meeting", "If the meeting moves, the term and the default due date change with it.", []field{{Name: "meeting", Label: "When is the meeting?", Kind: date}},
		func(_ workflow.View, in *input) pep.Action { return pep.RescheduleMeeting{Meeting: in.date("meeting")} }},
	pep.VerbDelegate: {"Delegate the plan", "The designated teacher completes the sections that you choose, by the due date.", []field{contributor, sections, due},
		func(_ workflow.View, in *input) pep.Action {
			return pep.Delegate{To: in.contributor(), Sections: in.numbers("sections"), Due: in.date("due")}
		}},
	pep.VerbSubmitContribution: {"Submit the contribution", "Every section goes back to the social worker and is locked. You cannot open the plan afterwards.", nil,
		func(workflow.View, *input) pep.Action { return pep.SubmitContribution{} }},
	pep.VerbChangeContributor: {"Change the contributor", "The answers and the due date stay the same.", []field{contributor},
		func(_ workflow.View, in *input) pep.Action { return pep.ChangeContributor{To: in.contributor()} }},
	pep.VerbRetract: {"Retract the plan", "Check with the school or setting first.",
		[]field{{Name: "confirmedWithSetting", Label: "The school or setting has confirmed that the plan can be retracted", Kind: check}, reason},
		func(_ workflow.View, in *input) pep.Action {
			return pep.Retract{ConfirmedWithSetting: in.Has("confirmedWithSetting"), Reason: in.text("reason")}
		}},
	pep.VerbActivate: {"Activate the completed sections", "The sections are unlocked, so that you can write in them or re-delegate them.", nil,
		func(workflow.View, *input) pep.Action { return pep.Activate{} }},
	pep.VerbRedelegate: {"Re-delegate the plan", "The answers stay. The designated teacher will see your comments.",
		[]field{contributor, {Name: "comments", Label: "What is still to be done?", Kind: area}, due},
		func(_ workflow.View, in *input) pep.Action {
			return pep.Redelegate{To: in.contributor(), Comments: in.text("comments"), Due: in.date("due")}
		}},
	pep.VerbReassign: {"Reassign the plan to business support", "The comment to business support is written for you. It gives the plan's term and the date of the next meeting.",
		[]field{{Name: "next", Label: "When is the next meeting?", Kind: date, Hint: "In the term after this one."},
			{Name: "none", Label: "The child needs no plan in the next term, so there is no next meeting", Kind: check}},
		reassign},
	pep.VerbSendForGrading: {"Send the plan for grading", "A Virtual School consultant grades it.", []field{{Name: "reason", Label: "Why should it be graded?", Kind: area, Hint: "Needed only if grading is not required."}},
		func(_ workflow.View, in *input) pep.Action { return pep.SendForGrading{Reason: in.text("reason")} }},
	pep.VerbAwardGrade: {"Award the grade", "A red plan goes back to the social worker.",
		[]field{{Name: "grade", Label: "Which grade do you give the plan?", Kind: radios, Choices: []choice{{Value: "red", Label: "Red"}, {Value: "amber", Label: "Amber"}, {Value: "green", Label: "Green"}}},
			{Name: "feedback", Label: "Feedback", Kind: area, Hint: "Needed for a red plan."}},
		func(_ workflow.View, in *input) pep.Action {
			g, err := pep.ParseGrade(in.Get("grade"))
			if err != nil {
				in.fault("grade", "red, amber or green")
			}
			return pep.AwardGrade{Grade: g, Feedback: in.text("feedback")}
		}},
	pep.VerbReturnForAmendment: {"Return the plan for amendment", "The plan goes back to the social worker.", []field{reason},
		func(_ workflow.View, in *input) pep.Action { return pep.ReturnForAmendment{Reason: in.text("reason")} }},
	pep.VerbFinalise: {"Finalise the plan", "It becomes the child's plan for the term.", []field{{Name: "waiver", Label: "Why is it being finalised without a grade?", Kind: area, Hint: "Needed only if grading is required and there is no grade."}},
		func(_ workflow.View, in *input) pep.Action { return pep.Finalise{Waiver: in.text("waiver")} }},
	pep.VerbRevise: {"Revise the plan", "The plan goes back to the social worker as a new revision. The finalised revision stands until the new one is finalised.", []field{reason},
		func(_ workflow.View, in *input) pep.Action { return pep.Revise{Reason: in.text("reason")} }},
	pep.VerbReopen: {"Reopen the plan", "A finalised plan goes back to business support, and a cancelled one to the social worker.", []field{reason},
		func(_ workflow.View, in *input) pep.Action { return pep.Reopen{Reason: in.text("reason")} }},
	pep.VerbRestoreSections: {"Restore the sections", "The answers cleared when the plan was last retracted come back.", []field{reason},
		func(_ workflow.View, in *input) pep.Action { return pep.RestoreSections{Reason: in.text("reason")} }},
	pep.VerbDelete: {"Delete the plan", "Nobody can work on a deleted plan, and it cannot be brought back.", []field{reason},
		func(_ workflow.View, in *input) pep.Action { return pep.Delete{Reason: in.text("reason")} }},
	pep.VerbCease: {"Cease the plan", "The plan is cancelled, because the child is no longer looked after.", []field{{Name: "on", Label: "On which day did the child stop being looked after?", Kind: date}},
		func(_ workflow.View, in *input) pep.Action { return pep.Cease{On: in.date("on")} }},
	pep.VerbCarryForward: {"Carry the plan forward", "It becomes the plan of the next term. The meeting and the due date stay.", nil,
		func(workflow.View, *input) pep.Action { return pep.CarryForward{} }},
	pep.VerbRepin: {"Move the plan to the current policy", "From now on, the plan follows the current policy.", nil,
		func(workflow.View, *input) pep.Action { return pep.Repin{} }},
}

// The fields that several actions share. formOf fills in their choices.
var (
	contributor = field{Name: "to", Label: "Who completes the plan?", Kind: selects}
	sections    = field{Name: "sections", Label: "Which sections?", Kind: checks, Hint: "All of them are delegated together."}
	due         = field{Name: "due", Label: "When is it due back?", Kind: date, Hint: "Leave it blank to use the usual date."}
	reason      = field{Name: "reason", Label: "Why?", Kind: area}
)

func (in *input) contributor() record.ContributorID { return record.ContributorID{UUID: in.id("to")} }

// numbers returns the chosen numbers.
func (in *input) numbers(name string) (all []int) {
	for _, v := range in.Values[name] {
		n, err := strconv.Atoi(v)
		if err != nil {
			in.fault(name, "one or more of the choices")
		}
		all = append(all, n)
	}
	return all
}

// reassign returns the action that reassigns a plan. Its assignment comment gives the date
// of the next meeting, or says that there is none.
func reassign(v workflow.View, in *input) pep.Action {
	next := in.date("next")
	switch none := in.Has("none"); {
	case none && !next.IsZero():
		in.fault("next", "blank if there is no next meeting")
	case !none && next.IsZero() && len(in.faults) == 0:
		in.fault("next", "given, unless you choose that no next meeting is needed")
	}
	return pep.Reassign{Comment: text(comment(v, next))}
}

// comment returns the assignment comment of a plan.
func comment(v workflow.View, next civil.Date) string {
	return v.Policy.Delegation(v.Plan.Meeting()).FormatAssignment(v.Plan.Term(), next)
}

// formOf returns the form for an action on a plan.
func (c *call) formOf(v workflow.View, verb pep.Verb) (form, error) {
	row, where := verbs[verb], "/plan/"+v.Plan.ID().String()
	f := form{Title: capital(verb.Words()), Caption: name(v.Child), Button: row.button, Lead: []string{row.lead}, Back: where, Seen: v.Plan.Version()}
	for _, one := range row.fields {
		one.Choices = slices.Clone(one.Choices)
		switch one.Name {
		case contributor.Name:
			var err error
			if one.Choices, err = c.contributors(v); err != nil {
				return f, err
			}
		case sections.Name:
			one.Choices = sectionChoices(v)
		case due.Name:
			if one.Value = v.Outlook.Due.String(); verb == pep.VerbRedelegate {
				one.Value = ""
			}
		}
		f.Fields = append(f.Fields, one)
	}
	switch verb {
	case pep.VerbRetract:
		f.Warning = "You will lose " + count(v.Loss.Boxes, "filled box", "filled boxes") + " in " + count(v.Loss.Sections.Len(), "section", "sections") +
			"; the contributor has saved answers in " + strconv.Itoa(v.Loss.Saved.Len()) + " of them."
	case pep.VerbReassign:
		f.Lead = append(f.Lead, "If the next meeting is a term from now, the comment reads “"+comment(v, v.Plan.Meeting().AddDays(91))+"”; if there is none, it reads “"+comment(v, civil.Date{})+"”.")
	}
	return f, nil
}

// contributors returns the contributors of the plan's establishment as choices.
func (c *call) contributors(v workflow.View) (all []choice, err error) {
	staff, err := c.Contributors(c.r.Context(), c.me.Actor, v.Plan.Snapshot().Establishment)
	if err != nil {
		return nil, err
	}
	all = append(all, choice{Label: "Choose somebody"})
	for _, one := range staff {
		label := one.Name.Reveal(private.Showing)
		if one.ID == v.Plan.Snapshot().Contributor {
			label += " (has the plan now)"
		}
		all = append(all, choice{Value: one.ID.String(), Label: label})
	}
	if len(staff) == 1 {
		all[1].Chosen = true
	}
	return all, nil
}

// sectionChoices returns the sections of the plan as choices, all chosen.
func sectionChoices(v workflow.View) (all []choice) {
	for s := range templateOf(v).Sections() {
		all = append(all, choice{strconv.Itoa(s.Number), strconv.Itoa(s.Number) + ". " + s.Title, true})
	}
	return all
}

// command returns the command that a form issues.
func (c *call) command(plan pep.ID, in *input, key uuid.UUID, do pep.Action) workflow.Command {
	seen, err := strconv.ParseInt(in.Get("seen"), 10, 64)
	if err != nil {
		in.fault("seen", "the version of the plan")
	}
	return workflow.Command{Key: keyOf(key), By: c.me.Actor, Plan: plan, Seen: seen, Do: do}
}
