package main

import (
	"bytes"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/export"
	"virtualschool.example/pep/export/ical"
	"virtualschool.example/pep/export/pdf"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/report"
	reportpage "virtualschool.example/pep/report/page"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/term"
)

// export answers with a plan as a document.
func (c *call) export() (f form, do func(*input, uuid.UUID) (string, error), err error) {
	v, err := c.look()
	if err == nil && !c.may(access.Export) {
		err = storage.ErrNotFound
	}
	if err != nil {
		return f, nil, err
	}
	purposes := []choice{{Label: "Choose a purpose"}}
	for p := workflow.ForMeeting; p.String() != ""; p++ {
		purposes = append(purposes, choice{Value: p.String(), Label: capital(p.Words())})
	}
	f = form{Title: "Export the plan as a document", Caption: name(v.Child), Button: "Export the plan", Back: "/plan/" + v.Plan.ID().String(),
		Lead: []string{"The purpose and the recipient are printed on every page. The audit trail records that you exported the plan."},
		Fields: []field{
			{Name: "purpose", Label: "What is it for?", Kind: selects, Choices: purposes},
			{Name: "recipient", Label: "Who gets it?", Kind: line},
			{Name: "named", Label: "Put the child's name on it", Kind: check},
			{Name: "sections", Label: "Which sections?", Kind: checks, Choices: sectionChoices(v)},
			{Name: "as", Label: "In which format?", Kind: radios, Choices: []choice{{"pdf", "PDF, for paper", true}, {"html", "A web page", false}}},
		}}
	return f, func(in *input, _ uuid.UUID) (string, error) {
		purpose, err := workflow.ParseExportPurpose(in.Get("purpose"))
		if err != nil {
			in.fault("purpose", "one of the purposes")
		}
		o := workflow.ExportOrder{Purpose: purpose, Recipient: in.text("recipient"), Named: in.Has("named"), Sections: in.numbers("sections")}
		if err := in.err(); err != nil {
			return "", err
		}
		x, err := c.Export(c.r.Context(), c.me.Actor, v.Plan.ID(), o)
		if err != nil {
			return "", err
		}
		if in.Get("as") == "html" {
			c.ownStyle()
			return "", c.download("text/html; charset=utf-8", "", func(b *bytes.Buffer) error { return export.Of(x).HTML(b) })
		}
		return "", c.download("application/pdf", "plan.pdf", func(b *bytes.Buffer) error { return pdf.Write(b, export.Of(x)) })
	}, nil
}

// calendar answers with the meetings and due dates of the plans that the person may see.
func (c *call) calendar() error {
	views, err := c.plansOf(c.r.Context(), everything())
	if err != nil {
		return err
	}
	return c.download("text/calendar; charset=utf-8", "plans.ics", func(b *bytes.Buffer) error { return ical.Write(b, views, c.now()) })
}

// report answers with the missing plans and the measures of this term and the one before.
func (c *call) report() error {
	now := pep.Lancashire().Calendar().Of(c.Today())
	terms := []term.Term{now.Previous(), now}
	r, err := report.New(report.Question{Policy: pep.Lancashire(), Terms: terms, On: c.Today(), Measures: true})
	if err != nil {
		return err
	}
	if err := r.Count(c.Dossiers(c.r.Context(), c.me.Actor, workflow.DossierQuery{Terms: terms, Courses: true})); err != nil {
		return err
	}
	brief := reportpage.Brief{
		Title: "Demonstration: missing plans and measures", Summary: r.Summary(), Establishment: r.Establishment,
		Worker: func(id record.PersonID) string { return c.people.called(id, pep.SocialWorker) },
	}
	c.ownStyle()
	return c.download("text/html; charset=utf-8", "", func(b *bytes.Buffer) error { return brief.HTML(b) })
}
