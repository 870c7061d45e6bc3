package main

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"virtualschool.example/pep/rule"
	"virtualschool.example/pep/workflow"
)

// say answers with a title and one paragraph for each line.
func (c *call) say(status int, title string, lines ...string) {
	c.show(status, "told", page{Title: title, Body: lines})
}

// answers hold the status and the words for each kind of error. A page that the person may
// not see looks the same as a page that does not exist.
var answers = map[workflow.Kind]struct {
	status      int
	title, line string
}{
	workflow.NotFound:   {http.StatusNotFound, "Page not found", "This page does not exist, or you are not allowed to see it."},
	workflow.Forbidden:  {http.StatusNotFound, "Page not found", "This page does not exist, or you are not allowed to see it."},
	workflow.Conflict:   {http.StatusConflict, "Somebody else changed this", "None of your changes were saved. Open the page again to see what has changed."},
	workflow.Refused:    {http.StatusUnprocessableEntity, "This cannot be done now", ""},
	workflow.Invalid:    {http.StatusBadRequest, "Something you entered cannot be used", ""},
	workflow.Contention: {http.StatusServiceUnavailable, "Sorry, the service is busy", "Nothing was done. Try again in a minute."},
	workflow.Unknown:    {http.StatusServiceUnavailable, "We do not know whether this was done", "Send the same form again: it will be done only once."},
	workflow.Damaged:    {http.StatusInternalServerError, "This record cannot be read", "What is stored is damaged. Other records are not affected."},
	workflow.Internal:   {http.StatusInternalServerError, "Sorry, there is a problem with the service", "Try again later."},
}

// fail answers with a page that says what went wrong.
func (c *call) fail(err error) {
	var long *http.MaxBytesError
	if errors.As(err, &long) {
		c.say(http.StatusRequestEntityTooLarge, "This is too large", "Nothing was saved. A form may be up to 4 MB in size, and a file up to 100 MB.")
		return
	}
	var old *stale
	if errors.As(err, &old) {
		c.showStale(old)
		return
	}
	kind := workflow.KindOf(err)
	if kind == workflow.Internal {
		c.log.Error("a page failed", "page", c.r.Pattern, "error", err.Error())
	}
	a := answers[kind]
	p := page{Title: a.title, Faults: faultsOf(err, nil)}
	if a.line != "" {
		p.Body = []string{a.line}
	}
	c.show(a.status, "told", p)
}

// faultsOf returns every reason for a refusal with its remedy, and every invalid member. It
// links a member to its field, if the form has one, and a reason to the first field.
func faultsOf(err error, of []field) (all []fault) {
	first := ""
	if len(of) > 0 {
		first = of[0].ID()
	}
	var refusal *rule.Refusal
	if errors.As(err, &refusal) && workflow.KindOf(err) != workflow.Forbidden {
		for reason, sentence := range rule.Sentences(refusal.Reasons()) {
			all = append(all, fault{capital(sentence), capital(reason.Code.Remedy()), first})
		}
	}
	for _, bad := range rule.Invalids(err) {
		f := fault{Text: fmt.Sprintf("%s must be %s", capital(bad.Member), bad.Want)}
		for i := range of {
			if of[i].Name == bad.Member {
				f.Text, f.Field = of[i].Label+" must be "+bad.Want, of[i].ID()
				if strings.HasSuffix(of[i].Label, "?") {
					f.Text = of[i].Label + " It must be " + bad.Want
				}
				of[i].Error = f.Text
			}
		}
		all = append(all, f)
	}
	return all
}
