package main

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/term/civil"
)

// form is a page on which a person does one thing.
type form struct {
	Title, Button string
	Caption       string   // above the title
	Lead          []string // the paragraphs that describe what will happen
	Warning       string   // a description of what will be lost
	Back          string   // the page that links to this form
	Key           string   // an id for the form: a form that is sent twice acts only once
	Seen          int64    // the version of the plan that the person saw; zero if the form concerns no plan
	Fields        []field
}

// kind is how a field is filled in.
type kind string

const (
	line    kind = "line"
	area    kind = "area"
	date    kind = "date"
	radios  kind = "radios"
	selects kind = "select"
	check   kind = "check"
	checks  kind = "checks"
	file    kind = "file"
	hidden  kind = "hidden"
)

// field is one field of a form.
type field struct {
	Name, Label, Hint string
	Kind              kind
	Choices           []choice
	Value             string // a date is written as 2006-01-02
	Error             string
	Typed             [3]string // the day, month and year as they were written
}

// choice is one of several values.
type choice struct {
	Value, Label string
	Chosen       bool
}

// ID returns the id of the field's first input, to which the summary of errors links.
func (f *field) ID() string {
	if f.Kind == date {
		return f.Name + "-day"
	}
	if f.Kind == radios || f.Kind == checks {
		return f.Name + "-0"
	}
	return f.Name
}

// Parts returns the day, month and year of a date.
func (f *field) Parts() [3]string {
	if d, err := civil.Parse(f.Value); err == nil {
		return [3]string{strconv.Itoa(d.Day()), strconv.Itoa(int(d.Month())), strconv.Itoa(d.Year())}
	}
	return f.Typed
}

// input is what a person sent with a form, and the faults found in it so far.
type input struct {
	url.Values
	faults []error
}

func (in *input) text(name string) private.Text {
	return private.NewText(strings.ReplaceAll(in.Get(name), "\r\n", "\n"))
}

// date returns the day in a field, or the zero Date if it was left blank.
func (in *input) date(name string) civil.Date {
	day, month, year := in.part(name, "day"), in.part(name, "month"), in.part(name, "year")
	if day == "" && month == "" && year == "" {
		return civil.Date{}
	}
	d, err1 := strconv.Atoi(day)
	m, err2 := strconv.Atoi(month)
	y, err3 := strconv.Atoi(year)
	on, err := civil.New(y, time.Month(m), d)
	if errors.Join(err1, err2, err3, err) != nil {
		in.fault(name, "a real date, such as 27 3 2026")
	}
	return on
}

func (in *input) part(name, part string) string { return strings.TrimSpace(in.Get(name + "-" + part)) }

func (in *input) fault(name, want string) {
	in.faults = append(in.faults, &rule.Invalid{Member: name, Want: want})
}

// id returns the chosen id, or the zero UUID if nothing was chosen.
func (in *input) id(name string) (id uuid.UUID) {
	if s := in.Get(name); s != "" {
		var err error
		if id, err = uuid.Parse(s); err != nil {
			in.fault(name, "one of the choices")
		}
	}
	return id
}

// again puts back into a form what the person wrote, so that they can correct it.
func (f *form) again(in *input) {
	for i := range f.Fields {
		one := &f.Fields[i]
		one.Value = in.Get(one.Name)
		if one.Kind == date {
			one.Typed = [3]string{in.part(one.Name, "day"), in.part(one.Name, "month"), in.part(one.Name, "year")}
		}
		chosen := map[string]bool{}
		for _, v := range in.Values[one.Name] {
			chosen[v] = true
		}
		for n := range one.Choices {
			one.Choices[n].Chosen = chosen[one.Choices[n].Value]
		}
	}
}

// task returns a form, and the function that acts on it. That function returns the page that
// follows, or "" if it has already answered.
type task func(*call) (form, func(*input, uuid.UUID) (where string, err error), error)

// ask shows the form.
func (t task) ask(c *call) error {
	f, _, err := t(c)
	if err != nil {
		return err
	}
	f.Key = uuid.NewString()
	c.show(http.StatusOK, "form", page{Title: f.Title, Body: f})
	return nil
}

// submit acts on the form and sends the browser to the page that follows. If a rule refuses
// or a field is invalid, the form is shown again with the reasons and with what the person
// wrote.
func (t task) submit(c *call) error {
	in := &input{Values: c.r.PostForm}
	key, bad := uuid.Parse(in.Get("key"))
	if bad != nil {
		in.fault("key", "the key of the form")
	}
	f, do, err := t(c)
	if err != nil {
		return c.doneBefore(key, err)
	}
	where, err := do(in, key)
	switch kind := workflow.KindOf(err); {
	case err == nil && where != "":
		return c.seeOther(where)
	case kind == workflow.Refused || kind == workflow.Invalid:
		f.Key = uuid.NewString()
		f.again(in)
		p := page{Title: f.Title, Faults: faultsOf(err, f.Fields), Body: f}
		c.show(answers[kind].status, "form", p)
		return nil
	}
	return err
}

// doneBefore answers a person who can no longer see a plan because they have already sent
// the same form, such as a teacher who submits twice. It returns err if the form is new.
func (c *call) doneBefore(key uuid.UUID, err error) error {
	if _, none := c.Outcome(c.r.Context(), c.me.Actor, keyOf(key)); none == nil {
		return c.seeOther("/?done=" + c.r.PathValue("verb"))
	}
	return err
}

// err returns the faults of the input, or nil.
func (in *input) err() error { return errors.Join(in.faults...) }

// keyOf returns the key of the command that a form issues.
func keyOf(key uuid.UUID) storage.Key { return storage.Key("worktray/" + key.String()) }
