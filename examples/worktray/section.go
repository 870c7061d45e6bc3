package main

import (
	"net/http"
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

// templateOf returns the plan's template, with the section titles of its policy.
func templateOf(v workflow.View) *forms.Template {
	return v.Policy.Template(v.Plan.Type(), v.Plan.Meeting())
}

// sectionLines returns the sections of a plan, with their blank boxes and the number of boxes
// with N/A. The number is zero for a person who may not read the answers.
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

// answersOf returns the answers of each section. The map is empty for a person who may not
// read them.
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

// writes reports whether the person can now write in a section that is in the given state.
func writes(v workflow.View, state delegation.State) bool {
	if state.Outstanding() {
		return refusal(v, pep.VerbSaveContribution) == nil
	}
	return (state == delegation.Editable || state == delegation.Activated) && refusal(v, pep.VerbAnswer) == nil
}

// sectionPage is the page on which a person reads one section.
type sectionPage struct {
	View     workflow.View
	Section  forms.Section
	State    delegation.State
	Answers  map[string]string
	Criteria []criterion
	Next     int // the next section; zero after the last
}

// Fill returns whether a question's box is blank, answered or N/A.
func (p sectionPage) Fill(question string) forms.Fill { return forms.Judge(p.Answers[question]) }

// criterion is a grading criterion with the words for each grade.
type criterion struct {
	pep.Criterion
	Red, Amber, Green string
}

// sectionOf returns the section that the address names, with its answers.
func (c *call) sectionOf() (p sectionPage, err error) {
	if p.View, err = c.look(); err != nil {
		return p, err
	}
	n, err := strconv.Atoi(c.r.PathValue("section"))
	s, ok := templateOf(p.View).Section(n)
	if err != nil || !ok || strconv.Itoa(n) != c.r.PathValue("section") {
		return p, storage.ErrNotFound
	}
	if p.Section, p.State = s, p.View.Plan.Snapshot().Sections[n-1]; n < templateOf(p.View).Len() {
		p.Next = n + 1
	}
	return p, c.Read(c.r.Context(), c.me.Actor, p.View.Plan.ID(), access.ReadAnswers, func(r workflow.Reading) error {
		answers, err := r.Answers(n, p.View.Plan.Snapshot().Revision)
		p.Answers = answers.Reveal(private.Showing)
		return err
	})
}

// section shows a section. A consultant sees the grading criteria beside it.
func (c *call) section() error {
	p, err := c.sectionOf()
	if err == nil && c.me.Role == pep.VirtualSchoolConsultant {
		p.Criteria, err = c.criteria(p)
	}
	if err != nil {
		return err
	}
	return c.ok("section", p.title(), p)
}

func (p *sectionPage) title() string { return strconv.Itoa(p.Section.Number) + ". " + p.Section.Title }

// write saves a whole section, as the social worker's answers or as the contributor's.
func (c *call) write() (f form, do func(*input, uuid.UUID) (string, error), err error) {
	p, err := c.sectionOf()
	if err != nil {
		return f, nil, err
	}
	verb, back := pep.VerbAnswer, "/plan/"+p.View.Plan.ID().String()+"/assessment"
	if c.me.Role == pep.DesignatedTeacher {
		verb = pep.VerbSaveContribution
	}
	if c.r.Method == http.MethodGet {
		err = refusal(p.View, verb)
	}
	f = form{Title: p.title(), Caption: name(p.View.Child), Button: "Save the section", Back: back, Seen: p.View.Plan.Version(),
		Lead: []string{"Save the whole section with the button at its end. Write N/A where a question does not apply."}}
	for _, q := range p.Section.Questions {
		f.Fields = append(f.Fields, field{Name: q.ID, Label: q.Text, Kind: area, Value: p.Answers[q.ID], Hint: "The box is " + p.Fill(q.ID).Words() + "."})
	}
	return f, func(in *input, key uuid.UUID) (string, error) {
		texts := map[string]string{}
		for _, q := range p.Section.Questions {
			texts[q.ID] = in.text(q.ID).Reveal(private.Storing)
		}
		made := pep.Action(pep.Answer{Section: p.Section.Number, Answers: forms.NewAnswers(texts)})
		if verb == pep.VerbSaveContribution {
			made = pep.SaveContribution(made.(pep.Answer))
		}
		_, err := c.give(c.command(p.View.Plan.ID(), in, key, made), in)
		return back + "?done=" + verb.String(), err
	}, err
}

// criteria returns the grading criteria that concern the section.
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
