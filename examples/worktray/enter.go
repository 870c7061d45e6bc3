package main

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"virtualschool.example/forms"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
)

// enters holds the kinds of request that the service desk answers with an entry in the
// register. Each kind has a form, which is filled in from the request and makes an entry.
// The entry has the id of the request, so that a form that is sent twice makes only one
// entry.
var enters = map[record.RequestKind]struct {
	title  string
	fields func(record.Request) []field
	make   func(*call, record.Request, *input) workflow.Entries
}{
	record.NewAgency: {"Enter the agency", func(q record.Request) []field {
		return []field{
			{Name: "name", Label: "Name", Kind: line, Value: q.Agency.Name}, {Name: "postCode", Label: "Postcode", Kind: line, Value: q.Agency.PostCode},
			{Name: "type", Label: "GIAS type of establishment", Kind: line, Hint: "A number, such as 1 for a community school. No payment is made until it is known."},
			{Name: "dfe", Label: "DfE number", Kind: line, Hint: "Such as 888/4000. A school without one cannot be paid."},
			{Name: "special", Label: "It is a special school", Kind: check}, {Name: "finance", Label: "Its finance details are known", Kind: check},
		}
	}, func(_ *call, q record.Request, in *input) workflow.Entries {
		gias, err := strconv.ParseUint(cmp.Or(in.Get("type"), "0"), 10, 8)
		if err != nil || gias > 99 {
			in.fault("type", "a number from 1 to 99")
		}
		return workflow.Entries{Establishments: []record.Establishment{{
			ID: record.EstablishmentID{UUID: q.ID.UUID}, Name: in.Get("name"), PostCode: in.Get("postCode"), Status: record.Current, Type: forms.GIAS(gias),
			DfENumber: in.Get("dfe"), Special: in.Has("special"), Finance: in.Has("finance"),
		}}}
	}},
	record.NewPortalUser: {"Enter the account", func(q record.Request) []field {
		fields := []field{accountFields[0], accountFields[1]}
		fields[0].Value, fields[1].Value = q.Person.Reveal(private.Showing), q.Email.Reveal(private.Showing)
		return fields
	}, func(c *call, q record.Request, in *input) workflow.Entries {
		return workflow.Entries{Contributors: []record.Contributor{{
			ID: record.ContributorID{UUID: q.ID.UUID}, Establishment: q.Establishment, Name: in.text("person"), Email: in.text("email"),
			Active: true, Actioned: c.now(),
		}}}
	}},
}

// entering returns the title of the form for the entry that an open request asks for.
// It returns "" if there is no such form for the person.
func (c *call) entering(q asked) string {
	if !q.Waits || !c.may(access.ChangeRegister) {
		return ""
	}
	return enters[q.Kind].title
}

// enter makes the entry in the register that an open request asks for.
func (c *call) enter() (f form, do func(*input, uuid.UUID) (string, error), err error) {
	q, err := c.requestOf()
	if err == nil && c.entering(q) == "" {
		err = storage.ErrNotFound
	}
	if err != nil {
		return f, nil, err
	}
	row := enters[q.Kind]
	f = form{Title: row.title, Button: row.title, Back: "/request/" + q.ID.String(), Fields: row.fields(q.Request)}
	return f, func(in *input, _ uuid.UUID) (string, error) {
		for _, one := range f.Fields {
			if one.Kind == line && one.Hint == "" && strings.TrimSpace(in.Get(one.Name)) == "" {
				in.fault(one.Name, "filled in")
			}
		}
		made := row.make(c, q.Request, in)
		if err := in.err(); err != nil {
			return "", err
		}
		return f.Back + "?done=entered", c.Enter(c.r.Context(), c.me.Actor, made)
	}, nil
}
