package main

import (
	"slices"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
)

// asked is a request to the service desk with the name of the person who made it.
type asked struct {
	record.Request
	Who   string
	Waits bool            // whether the request still has no answer
	Plans []workflow.View // the child's plans that have the meeting date in the request
}

// requests lists the requests to the service desk, the newest request first.
func (c *call) requests() error {
	all, err := c.allRequests()
	if err != nil {
		return err
	}
	return c.ok("requests", "Requests to the service desk", struct {
		All          []asked
		Asks, Answer bool
	}{all, c.may(access.AddRequest), c.may(access.AnswerRequest)})
}

func (c *call) allRequests() (all []asked, err error) {
	found, err := c.Requests(c.r.Context(), c.me.Actor, storage.RequestQuery{Scope: storage.Everything()})
	for _, q := range slices.Backward(found) {
		all = append(all, asked{Request: q, Who: c.people.called(q.By, pep.SocialWorker), Waits: q.Open()})
	}
	return all, err
}

// The fields of the request forms. A request about a plan needs none of them: it takes the
// child, the SU number and the date of the form from the plan.
var (
	agencyFields = []field{
		{Name: "name", Label: "Name of the agency", Kind: line}, {Name: "address", Label: "Address", Kind: line},
		{Name: "postCode", Label: "Postcode", Kind: line}, {Name: "phone", Label: "Phone number", Kind: line},
		{Name: "portal", Label: "Plans are delegated to the agency through the portal", Kind: check},
	}
	accountFields = []field{{Name: "person", Label: "Name on the account", Kind: line}, {Name: "email", Label: "E-mail address of the account", Kind: line}}
	matter        = field{Name: "description", Label: "What do you want the service desk to do?", Kind: area}
)

// requestForm is the form for one kind of request. The field called "of" says whether the
// request is about a plan, an establishment or a contributor; it is "" for any other
// request.
type requestForm struct {
	kind   record.RequestKind
	of     string
	fields []field
}

var requestForms = [...]requestForm{
	{record.ReopenPlan, "plan", nil}, {record.RestorePlan, "plan", nil}, {record.DeletePlan, "plan", nil},
	{record.NewAgency, "", agencyFields}, {record.AmendAgency, "establishment", agencyFields},
	{record.NewPortalUser, "establishment", accountFields}, {record.AmendPortalUser, "contributor", accountFields},
	{record.CeasePortalUser, "contributor", accountFields[:1]}, {record.TechnicalIssue, "", nil},
}

// requestKinds lists the request forms that fit the plan, establishment or contributor in the
// address.
func (c *call) requestKinds() error {
	if !c.may(access.AddRequest) {
		return storage.ErrNotFound
	}
	var all []link
	query := c.r.URL.Query()
	for _, f := range requestForms {
		if of := f.of; of == "" || query.Has(of) {
			where := "/requests/new/" + f.kind.String()
			if of != "" {
				where += "?" + of + "=" + query.Get(of)
			}
			all = append(all, link{Href: where, Text: capital(f.kind.Words())})
		}
	}
	return c.ok("kinds", "Ask the service desk", all)
}

// newRequest makes a request about the plan, establishment or contributor in the address.
func (c *call) newRequest() (f form, do func(*input, uuid.UUID) (string, error), err error) {
	kind, _ := record.ParseRequestKind(c.r.PathValue("kind"))
	i := slices.IndexFunc(requestForms[:], func(one requestForm) bool { return one.kind == kind })
	if i < 0 || !c.may(access.AddRequest) {
		return f, nil, storage.ErrNotFound
	}
	q, row := record.Request{Kind: kind}, requestForms[i]
	f = form{Title: capital(kind.Words()), Button: "Send the request", Back: "/requests", Fields: append(slices.Clone(row.fields), matter)}
	if row.of != "" {
		err = c.about(&f, &q, row.of)
	}
	return f, func(in *input, key uuid.UUID) (string, error) {
		if err := in.err(); err != nil {
			return "", err
		}
		q.ID, q.Description, q.Person, q.Email = record.RequestID{UUID: key}, in.text("description"), in.text("person"), in.text("email")
		q.Agency = record.Agency{Name: in.Get("name"), Address: in.Get("address"), PostCode: in.Get("postCode"), Phone: in.Get("phone"), Portal: in.Has("portal")}
		_, err := c.AddRequest(c.r.Context(), c.me.Actor, q)
		return "/requests?done=asked", err
	}, err
}

// about adds to a request the plan, establishment or contributor that the address names.
func (c *call) about(f *form, q *record.Request, of string) error {
	id, err := uuid.Parse(c.r.URL.Query().Get(of))
	if err != nil {
		return storage.ErrNotFound
	}
	switch of {
	case "establishment":
		q.Establishment = record.EstablishmentID{UUID: id}
		return nil
	case "contributor":
		q.Contributor = record.ContributorID{UUID: id}
		return nil
	}
	f.Back = "/plan/" + id.String()
	return c.aboutPlan(f, q, pep.ID{UUID: id})
}

// aboutPlan puts a plan's child, SU number and meeting into a request.
func (c *call) aboutPlan(f *form, q *record.Request, plan pep.ID) error {
	p, err := c.Plan(c.r.Context(), c.me.Actor, plan)
	if err != nil {
		return err
	}
	child, err := c.Child(c.r.Context(), c.me.Actor, p.Child())
	q.Child, q.SUNumber, q.Meeting = child.ID, child.SUNumber, p.Meeting()
	f.Lead = []string{"The plan of " + name(child.Name) + " with the meeting on " + p.Meeting().Words() + "."}
	return err
}

// requestOf returns the request that the address names. If the request is open, requestOf
// adds the child's plans that have the meeting date in the request.
func (c *call) requestOf() (q asked, err error) {
	all, err := c.allRequests()
	if err != nil {
		return q, err
	}
	i := slices.IndexFunc(all, func(one asked) bool { return one.ID.String() == c.r.PathValue("request") })
	if i < 0 {
		return q, storage.ErrNotFound
	}
	if q = all[i]; q.Waits && !q.Child.IsZero() {
		q.Plans, err = c.plansOf(c.r.Context(), storage.Query{Scope: storage.Caseload(q.Child), Meeting: record.Span{From: q.Meeting, To: q.Meeting.AddDays(1)}})
	}
	return q, err
}

// request shows a request.
func (c *call) request() error {
	q, err := c.requestOf()
	if err != nil {
		return err
	}
	return c.ok("request", capital(q.Kind.Words()), struct {
		asked
		Answer bool
		Enter  string // the title of the form that changes the register; "" if there is none
	}{q, q.Waits && c.may(access.AnswerRequest), c.entering(q)})
}

// answer closes a request. Sending the same form again changes nothing.
func (c *call) answer() (f form, do func(*input, uuid.UUID) (string, error), err error) {
	q, err := c.requestOf()
	if err == nil && !c.may(access.AnswerRequest) {
		err = storage.ErrNotFound
	}
	f = form{Title: "Answer the request", Button: "Close the request", Back: "/request/" + q.ID.String(),
		Lead:   []string{"Do what is asked before you answer, because the service desk can work on the plan only while the request is open."},
		Fields: []field{{Name: "text", Label: "What was done?", Kind: area}}}
	return f, func(in *input, _ uuid.UUID) (string, error) {
		err := in.err()
		if err == nil && (q.Waits || q.Reply.By != c.me.ID || !q.Reply.Text.Equal(in.text("text"))) {
			err = c.AnswerRequest(c.r.Context(), c.me.Actor, q.ID, in.text("text"))
		}
		return "/requests?done=answered", err
	}, err
}
