package export

import (
	"fmt"
	"strings"

	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/term/civil"
)

// Document is one plan, or an empty form, as people read it. It is plain data and shares no
// memory with the plan.
type Document struct {
	Title   string       // a title without any name, such as "Personal Education Plan, SPRING 2026"
	Child   private.Text // the child's name, on the first line; zero for a document that names nobody
	Stamp   private.Text // the text on every page: the purpose, the recipient, the time, and the role of the person who exported it
	Note    string       // instructions for filling in the form; "" for a plan
	Details []Detail
	Parts   []Part
}

// Detail is one fact about a plan, such as the day of its meeting.
type Detail struct{ Label, Value string }

// Part is one section of a document.
type Part struct {
	Number  int // from 1
	Title   string
	State   string // sentences that say whether the section is complete and who may write in it; "" in an empty form
	LeftOut bool   // whether the section has no boxes because the order does not name it
	Boxes   []Box
}

// Box is one question and its answer.
type Box struct {
	Question string
	Answer   private.Text
	Fill     forms.Fill // zero in an empty form, which has room to write
}

// title is the beginning of every document's title.
const title = "Personal Education Plan"

// Of returns the document of an exported plan.
func Of(x workflow.Exported) Document {
	plan := x.Plan.Snapshot()
	d := Document{
		Title: title + ", " + plan.Term.String(),
		Child: x.Child, Stamp: stamp(&x, &plan), Details: details(&x, &plan),
	}
	for section := range x.Policy.Parameters(plan.Meeting).Titles.Template(plan.Type).Sections() {
		answers, given := x.Answers[section.Number]
		p := Part{Number: section.Number, Title: section.Title, LeftOut: !given}
		if given {
			p.Boxes = boxes(section.Questions, answers)
			p.State = state(p.Boxes, plan.Sections[section.Number-1])
		}
		d.Parts = append(d.Parts, p)
	}
	return d
}

// Blank returns an empty form to fill in on paper: the policy's form of the given type,
// for a meeting on the given day. It returns a *rule.Invalid if the policy, the form type
// or the day is missing.
func Blank(policy *pep.Policy, form forms.Type, meeting civil.Date) (Document, error) {
	switch {
	case policy == nil:
		return Document{}, &rule.Invalid{Member: "policy", Want: "a policy"}
	case form.String() == "":
		return Document{}, &rule.Invalid{Member: "formType", Want: "a form type, such as primary_mainstream"}
	case meeting.IsZero():
		return Document{}, &rule.Invalid{Member: "meeting", Want: "the day of the meeting"}
	}
	par := policy.Parameters(meeting)
	d := Document{
		Title: title + ": " + form.Words() + " form",
		Stamp: private.NewText(fmt.Sprintf("%s, %s form, for meetings on %s", par.Council.Name(), form.Words(), meeting.Words())),
		Note:  "Leave no box blank: where a question does not apply, write N/A. Use another sheet where an answer needs more room, and write the number of the section on it.",
	}
	for section := range par.Titles.Template(form).Sections() {
		p := Part{Number: section.Number, Title: section.Title}
		for _, q := range section.Questions {
			p.Boxes = append(p.Boxes, Box{Question: q.Text})
		}
		d.Parts = append(d.Parts, p)
	}
	return d, nil
}

// boxes returns the questions of a section with their answers.
func boxes(questions []forms.Question, answers forms.Answers) (all []Box) {
	for _, q := range questions {
		text := answers.Text(q.ID)
		all = append(all, Box{Question: q.Text, Answer: text, Fill: forms.Judge(text.Reveal(private.Exporting))})
	}
	return all
}

// state says whether a section is complete and who may write in it.
func state(boxes []Box, s delegation.State) string {
	blank := 0
	for _, b := range boxes {
		if b.Fill == forms.Blank {
			blank++
		}
	}
	said := "Complete."
	switch {
	case blank == 1:
		said = fmt.Sprintf("1 of %d boxes is left blank.", len(boxes))
	case blank > 1:
		said = fmt.Sprintf("%d of %d boxes are left blank.", blank, len(boxes))
	}
	said += " The section is " + s.Words()
	if s == delegation.Saved {
		said += ": it has its star"
	}
	return said + "."
}

// stamp returns the text on every page of a plan.
func stamp(x *workflow.Exported, plan *pep.Snapshot) private.Text {
	return private.NewText(fmt.Sprintf("Exported on %s by %s, for %s. Recipient: %s. Plan %s, version %d.",
		x.At.Format("2 January 2006 at 15:04"), x.By.Words(), x.Order.Purpose.Words(),
		line(x.Order.Recipient.Reveal(private.Exporting)), plan.ID, plan.Version))
}

// details returns the facts about a plan, and leaves out any fact without a value.
func details(x *workflow.Exported, plan *pep.Snapshot) (all []Detail) {
	for _, f := range []Detail{
		{"Council", x.Policy.Parameters(plan.Meeting).Council.Name()},
		{"Establishment", x.Establishment},
		{"Form", plan.Type.Words() + ", " + plan.Kind.Words()},
		{"Term", carried(plan)},
		{"Meeting", plan.Meeting.Words()},
		{"Return due", plan.Due.Words()},
		{"Returned", plan.Submitted.Words()},
		{"Stage", plan.Stage.Words() + ", since " + plan.Since.Words()},
		{"Revision", fmt.Sprint(plan.Revision)},
		{"Grade", graded(plan)},
		{"Finalised", plan.Final.On.Words()},
		{"Next meeting", plan.Next.Words()},
		{"Care ended", plan.CeasedOn.Words()},
	} {
		if f.Value != "" {
			all = append(all, f)
		}
	}
	return all
}

// carried returns the term of a plan, and how often the plan was carried forward.
func carried(plan *pep.Snapshot) string {
	switch plan.Carried {
	case 0:
		return plan.Term.String()
	case 1:
		return plan.Term.String() + ", carried forward once"
	}
	return fmt.Sprintf("%s, carried forward %d times", plan.Term, plan.Carried)
}

// graded returns the grade of a plan and the day of grading.
func graded(plan *pep.Snapshot) string {
	if plan.Grade == 0 {
		return "not graded"
	}
	return plan.Grade.Words() + ", on " + plan.GradedOn.Words()
}

// line returns a text as one line.
func line(text string) string { return strings.Join(strings.Fields(Visible(text)), " ") }
