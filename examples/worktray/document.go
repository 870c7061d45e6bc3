package main

import (
	"cmp"
	"context"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
)

// documentsPage lists the documents of one plan, or of all of a child's plans.
type documentsPage struct {
	Back  string
	Plans []planDocuments
	Key   string
	Add   bool // whether the person can attach a document to the plan
}

type planDocuments struct {
	workflow.View
	Documents []record.Attachment
}

// documentsOf returns the documents of a plan.
func (c *call) documentsOf(v workflow.View) (d planDocuments, err error) {
	d.View = v
	err = c.Read(c.r.Context(), c.me.Actor, v.Plan.ID(), access.ReadDocuments, func(r workflow.Reading) error {
		d.Documents = nil
		for one, err := range r.Attachments() {
			if err != nil {
				return err
			}
			d.Documents = append(d.Documents, one)
		}
		return nil
	})
	return d, err
}

// documents shows the documents of a plan.
func (c *call) documents() error { return c.showDocuments(http.StatusOK, nil) }

func (c *call) showDocuments(status int, wrong error) error {
	v, err := c.look()
	if err != nil {
		return err
	}
	d, err := c.documentsOf(v)
	if err != nil {
		return err
	}
	p := page{Title: "The plan's documents", Body: documentsPage{
		Back: "/plan/" + v.Plan.ID().String(), Plans: []planDocuments{d}, Key: uuid.NewString(), Add: refusal(v, pep.VerbAttach) == nil,
	}}
	if wrong != nil {
		p.Faults = faultsOf(wrong, []field{{Name: "file", Label: "The file", Kind: file}})
	} else if c.r.URL.Query().Has("done") {
		p.Done = pep.VerbAttach.Words()
	}
	c.show(status, "documents", p)
	return nil
}

// childDocuments shows the documents of all of a child's plans. They are the same documents
// that each plan shows.
func (c *call) childDocuments() error {
	child, err := c.childID()
	if err != nil {
		return err
	}
	if _, err := c.Child(c.r.Context(), c.me.Actor, child); err != nil {
		return err
	}
	views, err := c.plansOf(c.r.Context(), storage.Query{Scope: storage.Caseload(child)})
	if err != nil {
		return err
	}
	p := documentsPage{Back: "/child/" + child.String()}
	for _, v := range views {
		d, err := c.documentsOf(v)
		if err != nil {
			return err
		}
		p.Plans = append(p.Plans, d)
	}
	return c.ok("documents", "Documents of the child's plans", p)
}

// upload attaches a file to a plan.
func (c *call) upload() error {
	v, err := c.look()
	if err == nil {
		err = refusal(v, pep.VerbAttach)
	}
	if err != nil {
		return err
	}
	id := v.Plan.ID()
	err = c.receive(id)
	if rule.InvalidMember(err) == "size" {
		return &http.MaxBytesError{Limit: uploads.Largest()}
	}
	switch kind := workflow.KindOf(err); kind {
	case 0:
		return c.seeOther("/plan/" + id.String() + "/documents?done=attach")
	case workflow.Refused, workflow.Invalid:
		return c.showDocuments(answers[kind].status, err)
	}
	return err
}

// receive reads an upload as it arrives: first the small fields, then the file.
func (c *call) receive(plan pep.ID) error {
	parts, err := c.r.MultipartReader()
	in := &input{Values: url.Values{}}
	if err != nil {
		in.fault("file", "chosen with the form on this page")
		return in.err()
	}
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			in.fault("file", "chosen first")
			return in.err()
		}
		if err != nil {
			return err
		}
		if part.FormName() == "file" {
			return c.attach(plan, in, part)
		}
		value, err := io.ReadAll(io.LimitReader(part, 100))
		if err != nil {
			return err
		}
		in.Set(part.FormName(), string(value))
	}
}

// attach attaches a file to a plan, under the key of the form.
func (c *call) attach(plan pep.ID, in *input, file *multipart.Part) error {
	key, err := uuid.Parse(in.Get("key"))
	if err != nil {
		in.fault("key", "the key of the form")
	}
	if file.FileName() == "" {
		in.fault("file", "chosen first")
	}
	if err := in.err(); err != nil {
		return err
	}
	cmd := c.command(plan, in, key, pep.Attach{Name: text(file.FileName())})
	_, err = c.carryOut(cmd, in, func(ctx context.Context, cmd workflow.Command) (storage.Outcome, error) {
		return c.Upload(ctx, cmd, file)
	})
	return err
}

// document sends an attached file. The browser saves it and never shows it.
func (c *call) document() error {
	plan, err := c.id("plan")
	if err != nil {
		return err
	}
	of, err := c.id("document")
	if err != nil {
		return err
	}
	var found record.Attachment
	var file io.ReadCloser
	err = c.Read(c.r.Context(), c.me.Actor, pep.ID{UUID: plan}, access.ReadDocuments, func(r workflow.Reading) (err error) {
		found, file, err = r.Open(record.AttachmentID{UUID: of})
		return err
	})
	if err != nil {
		return err
	}
	defer file.Close()
	name := mime.FormatMediaType("attachment", map[string]string{"filename": found.Name.Reveal(private.Showing)})
	c.w.Header().Set("Content-Type", "application/octet-stream")
	c.w.Header().Set("Content-Disposition", cmp.Or(name, "attachment"))
	if _, err := io.Copy(c.w, file); err != nil {
		c.log.Error("a file could not be sent")
	}
	return nil
}
