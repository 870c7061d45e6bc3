package main

import (
	"io"
	"mime/multipart"
	"net/http"
	"net/url"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
)

// documentsPage is the documents of one plan, or of every plan of a child.
type documentsPage struct {
	Back  string
	Plans []planDocuments
	Key   string
	Add   bool // to the one plan
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
	p := page{Title: "Documents of the plan", Body: documentsPage{
		Back: "/plan/" + v.Plan.ID().String(), Plans: []planDocuments{d}, Key: uuid.NewString(), Add: refusal(v, pep.VerbAttach) == nil,
	}}
	if wrong != nil {
		p.Faults = faultsOf(wrong, []field{{Name: "file", Label: "The file", Kind: upload}})
	} else if c.r.URL.Query().Has("done") {
		p.Done = pep.VerbAttach.Words()
	}
	c.show(status, "documents", p)
	return nil
}

// childDocuments shows the documents of every plan of a child: the same store, seen from
// the child.
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
	return c.ok("documents", "Documents of the child", p)
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
	switch kind := workflow.KindOf(err); kind {
	case 0:
		return c.seeOther("/plan/" + id.String() + "/documents?done=attach")
	case workflow.Refused, workflow.Invalid:
		return c.showDocuments(answers[kind].status, err)
	}
	return err
}

// receive reads the form of an upload as it comes: the small fields, then the file.
func (c *call) receive(plan pep.ID) error {
	parts, err := c.r.MultipartReader()
	in := &input{Values: url.Values{}}
	if err != nil {
		in.fault("file", "a file that was chosen in the form")
		return in.err()
	}
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			in.fault("file", "a file: choose one")
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

// attach attaches the file of a form to a plan, under the key of the form.
func (c *call) attach(plan pep.ID, in *input, file *multipart.Part) error {
	key, err := uuid.Parse(in.Get("key"))
	if err != nil {
		in.fault("key", "the key of the form")
	}
	if file.FileName() == "" {
		in.fault("file", "a file: choose one")
	}
	if err := in.err(); err != nil {
		return err
	}
	size, err := keep(file)
	if err != nil {
		return err
	}
	_, err = c.give(c.command(plan, in, key, pep.Attach{Name: text(file.FileName()), Size: size}), in)
	return err
}

// keep reads a file and returns its size. The bytes are not kept yet.
func keep(file io.Reader) (size int64, err error) { return io.Copy(io.Discard, file) }
