package main

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
)

// call is one request to a page and its answer.
type call struct {
	*site
	w  http.ResponseWriter
	r  *http.Request
	me *person // nil if nobody is signed in
}

// call returns the call for a request, with the person who is signed in.
func (s *site) call(w http.ResponseWriter, r *http.Request) *call {
	c := &call{site: s, w: w, r: r}
	if by, err := s.who(r); err == nil {
		c.me = &person{Actor: by, Name: s.people.called(by.ID, by.Role)}
		for _, p := range s.people.all {
			if p.Actor == by {
				c.me = p
			}
		}
	}
	return c
}

// read reads the form that was sent, unless it is an upload, which reads its own form.
func (c *call) read() error {
	if c.r.Method != http.MethodPost || strings.HasPrefix(c.r.Header.Get("Content-Type"), "multipart/") {
		return nil
	}
	return c.r.ParseForm()
}

// page holds the values for the template of a page.
type page struct {
	Title  string
	Me     *person
	Nav    []link
	Done   string // a sentence that confirms the last action
	Faults []fault
	Body   any
}

// fault is one line of the error summary: what is wrong, what to do about it, and the id
// of the field.
type fault struct{ Text, Remedy, Field string }

// show answers with a page. It renders the whole page before it sends any of it.
func (c *call) show(status int, name string, p page) {
	p.Me = c.me
	if c.me != nil {
		for _, l := range navigation() {
			if l.Here = l.Href == c.r.URL.Path; l.Roles == 0 || l.Roles.Has(c.me.Role) {
				p.Nav = append(p.Nav, l)
			}
		}
	}
	var b bytes.Buffer
	for _, part := range [...]string{"top", name, "end"} {
		if err := c.pages.ExecuteTemplate(&b, part, p); err != nil {
			c.log.Error("a page could not be made", "page", name, "error", err.Error())
			http.Error(c.w, "The page could not be made.", http.StatusInternalServerError)
			return
		}
	}
	c.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	c.w.WriteHeader(status)
	_, _ = c.w.Write(b.Bytes())
}

// dones holds the words that confirm what a person did, for everything except actions of
// the workflow.
var dones = map[string]string{
	"noted": "add a case note", "asked": "send the request", "answered": "close the request",
	"acknowledged": "acknowledge the alert", "decided": "decide on the payment", "entered": "change the register",
}

// ok answers with a page, which confirms what the person has just done.
func (c *call) ok(name, title string, body any) error {
	done := c.r.URL.Query().Get("done")
	if v, err := pep.ParseVerb(done); err == nil {
		done = v.Words()
	} else {
		done = dones[done]
	}
	c.show(http.StatusOK, name, page{Title: title, Done: done, Body: body})
	return nil
}

// seeOther sends the browser to the page that follows a form.
func (c *call) seeOther(where string) error {
	http.Redirect(c.w, c.r, where, http.StatusSeeOther)
	return nil
}

// id reads an id from the address. It returns storage.ErrNotFound for a malformed id.
func (c *call) id(name string) (uuid.UUID, error) {
	id, err := uuid.Parse(c.r.PathValue(name))
	if err != nil || id.String() != c.r.PathValue(name) {
		return id, storage.ErrNotFound
	}
	return id, nil
}

func (c *call) planID() (pep.ID, error) {
	id, err := c.id("plan")
	return pep.ID{UUID: id}, err
}

func (c *call) childID() (record.ChildID, error) {
	id, err := c.id("child")
	return record.ChildID{UUID: id}, err
}

func (c *call) style() error {
	c.w.Header().Set("Content-Type", "text/css; charset=utf-8")
	http.ServeFileFS(c.w, c.r, files, "style.css")
	return nil
}

// download answers with a file.
func (c *call) download(kind, name string, write func(*bytes.Buffer) error) error {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	c.w.Header().Set("Content-Type", kind)
	if name != "" {
		c.w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", name))
	}
	_, err := c.w.Write(b.Bytes())
	if err != nil {
		c.log.Error("a file could not be sent")
	}
	return nil
}

// ownStyle allows the style sheet inside a document that the library has written.
func (c *call) ownStyle() {
	c.w.Header().Set("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
}
