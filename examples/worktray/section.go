package main

import (
	"strconv"

	"github.com/google/uuid"

	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
)

// templateOf returns the sections of a plan's form, under the titles of its policy.
func templateOf(v workflow.View) *forms.Template { return forms.TemplateOf(v.Plan.Type()) }

// sectionLines returns the sections of a plan: who may write in each, which boxes are
// blank and how many hold N/A. Somebody who may not read the answers is not told of N/A.
func (c *call) sectionLines(v workflow.View) (all []sectionLine, err error) {
	snapshot := v.Plan.Snapshot()
	answers, err := c.answersOf(v)
	if err != nil {
		return nil, err
	}
	for s := range templateOf(v).Sections() {
		state := snapshot.Sections[s.Number-1]
		one := sectionLine{Section: s, State: state, Star: state == delegation.Saved, Filled: snapshot.Filled[s.Number-1].Count(), Writes: writes(v, state)}
		one.NA = s.NotApplicable(answers[s.Number]).Count()
		blank := map[string]bool{}
		for _, id := range v.Blank[s.Number-1] {
			blank[id] = true
		}
		for _, q := range s.Questions {
			if blank[q.ID] {
				one.Blank = append(one.Blank, q.Text)
			}
		}
		all = append(all, one)
	}
	return all, nil
}

// answersOf returns the answers of each section, none for somebody who may not read them.
func (c *call) answersOf(v workflow.View) (all map[int]forms.Answers, err error) {
	all = map[int]forms.Answers{}
	if !c.may(access.ReadAnswers) {
		return all, nil
	}
	err = c.Read(c.r.Context(), c.me.Actor, v.Plan.ID(), access.ReadAnswers, func(r workflow.Reading) error {
		for n := range templateOf(v).Len() {
			if all[n+1], err = r.Answers(n+1, v.Plan.Snapshot().Revision); err != nil {
				return err
			}
		}
		return nil
	})
	return all, err
}

// writes reports whether whoever looks can write in a section of that state now.
func writes(v workflow.View, state delegation.State) bool {
	if state.Outstanding() {
		return refusal(v, pep.VerbSaveContribution) == nil
	}
	return (state == delegation.Editable || state == delegation.Activated) && refusal(v, pep.VerbAnswer) == nil
}

// box is one question of a section with what is written.
type box struct {
	forms.Question
	Answer string
	Fill   forms.Fill
}

// sectionPage is one section, to read or to write in.
type sectionPage struct {
	View     workflow.View
	Section  forms.Section
	State    delegation.State
	Boxes    []box
	Writes   bool
	Key      string
	Criteria []criterion
	Next     int // the next section; zero after the last
}

// criterion is something that a consultant looks for, and where.
type criterion struct {
	pep.Criterion
	Red, Amber, Green string
}

// sectionOf returns the plan and the section of the address.
func (c *call) sectionOf() (p sectionPage, err error) {
	if p.View, err = c.look(); err != nil {
		return p, err
	}
	n, err := strconv.Atoi(c.r.PathValue("section"))
	s, ok := templateOf(p.View).Section(n)
	if err != nil || !ok || strconv.Itoa(n) != c.r.PathValue("section") {
		return p, storage.ErrNotFound
	}
	p.Section, p.State, p.Key = s, p.View.Plan.Snapshot().Sections[n-1], uuid.NewString()
	if p.Writes = writes(p.View, p.State); n < templateOf(p.View).Len() {
		p.Next = n + 1
	}
	return p, nil
}

// section shows a section: boxes to fill for whoever can, and otherwise the answers. A
// consultant has the criteria beside them.
func (c *call) section() error {
	p, err := c.sectionOf()
	if err != nil {
		return err
	}
	var answers forms.Answers
	err = c.Read(c.r.Context(), c.me.Actor, p.View.Plan.ID(), access.ReadAnswers, func(r workflow.Reading) error {
		answers, err = r.Answers(p.Section.Number, p.View.Plan.Snapshot().Revision)
		return err
	})
	if err != nil {
		return err
	}
	p.fill(answers.Reveal(private.Showing))
	if c.me.Role == pep.VirtualSchoolConsultant {
		if p.Criteria, err = c.criteria(p); err != nil {
			return err
		}
	}
	return c.ok("section", strconv.Itoa(p.Section.Number)+". "+p.Section.Title, p)
}

func (p *sectionPage) fill(texts map[string]string) {
	for _, q := range p.Section.Questions {
		p.Boxes = append(p.Boxes, box{q, texts[q.ID], forms.Judge(texts[q.ID])})
	}
}

// criteria returns what a consultant looks for in the section.
func (c *call) criteria(p sectionPage) (all []criterion, err error) {
	looks, err := c.Criteria(c.r.Context(), c.me.Actor, p.View.Plan.ID())
	if err != nil {
		return nil, err
	}
	here := map[string]bool{}
	for _, q := range p.Section.Questions {
		here[q.ID] = true
	}
	for _, one := range looks {
		for _, id := range one.Questions(p.View.Plan.Type()) {
			if here[id] {
				all = append(all, criterion{one, one.Wants(pep.Red), one.Wants(pep.Amber), one.Wants(pep.Green)})
				break
			}
		}
	}
	return all, nil
}

// saveSection saves a whole section: as the social worker's answers, or as the
// contributor's.
func (c *call) saveSection() error {
	p, err := c.sectionOf()
	if err != nil {
		return err
	}
	in := &input{Values: c.r.PostForm}
	texts := map[string]string{}
	for _, q := range p.Section.Questions {
		texts[q.ID] = in.text(q.ID).Reveal(private.Storing)
	}
	answer := pep.Answer{Section: p.Section.Number, Answers: forms.NewAnswers(texts)}
	do := pep.Action(answer)
	if c.me.Role == pep.DesignatedTeacher {
		do = pep.SaveContribution(answer)
	}
	key, err := uuid.Parse(in.Get("key"))
	if err != nil {
		in.fault("key", "the key of the form")
	}
	_, err = c.give(c.command(p.View.Plan.ID(), in, key, do), in)
	switch kind := workflow.KindOf(err); {
	case kind == workflow.Refused || kind == workflow.Invalid:
		p.fill(texts)
		c.show(answers[kind].status, "section", page{Title: p.Section.Title, Body: p, Faults: faultsOf(err, p.fields())})
		return nil
	case err != nil:
		return err
	}
	return c.seeOther("/plan/" + p.View.Plan.ID().String() + "/assessment?done=" + do.Verb().String())
}

// fields returns the boxes as fields, to which the summary of errors links.
func (p *sectionPage) fields() (all []field) {
	for _, q := range p.Section.Questions {
		all = append(all, field{Name: q.ID, Label: q.Text, Kind: area})
	}
	return all
}
