package main

import (
	"net/http"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/rule"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
)

// look returns the plan of the address as whoever is signed in sees it.
func (c *call) look() (workflow.View, error) {
	id, err := c.planID()
	if err != nil {
		return workflow.View{}, err
	}
	return c.Look(c.r.Context(), c.me.Actor, id)
}

// verb returns the action of the address, which has a form.
func (c *call) verb() (pep.Verb, error) {
	v, err := pep.ParseVerb(c.r.PathValue("verb"))
	if _, ok := verbs[v]; err != nil || !ok {
		return 0, storage.ErrNotFound
	}
	return v, nil
}

// refusal returns why an action cannot be taken now, nil where it can.
func refusal(v workflow.View, verb pep.Verb) error {
	var reasons rule.Reasons
	for _, o := range v.Options {
		if o.Verb == verb {
			for _, one := range o.Reasons {
				reasons.AddReason(one)
			}
		}
	}
	return reasons.Err(verb.String())
}

// action asks for one action.
func (c *call) action() error {
	verb, err := c.verb()
	if err != nil {
		return err
	}
	v, err := c.look()
	if err == nil {
		err = refusal(v, verb)
	}
	if err != nil {
		return err
	}
	f, err := c.formOf(v, verb)
	if err != nil {
		return err
	}
	return c.ask(f)
}

// act takes one action.
func (c *call) act() error {
	verb, err := c.verb()
	if err != nil {
		return err
	}
	id, err := c.planID()
	if err != nil {
		return err
	}
	v, err := c.Look(c.r.Context(), c.me.Actor, id)
	if err != nil {
		return c.again(id, verb, err)
	}
	f, err := c.formOf(v, verb)
	if err != nil {
		return err
	}
	return c.submit(f, func(in *input, key uuid.UUID) (string, error) {
		do := verbs[verb].make(v, in)
		return c.give(c.command(id, in, key, do), in)
	})
}

// again answers somebody who may not see a plan any more because of what they did: a
// teacher who sends the submission twice.
func (c *call) again(plan pep.ID, verb pep.Verb, err error) error {
	key, bad := uuid.Parse(c.r.PostForm.Get("key"))
	if bad != nil {
		return err
	}
	if o, none := c.Outcome(c.r.Context(), c.me.Actor, keyOf(key)); none == nil && o.Plan == plan {
		return c.seeOther("/?done=" + verb.String())
	}
	return err
}

// give gives a command and returns the page that follows: the plan or, where whoever gave
// it may not see the plan any more, their work tray.
func (c *call) give(cmd workflow.Command, in *input) (where string, err error) {
	if err := in.err(); err != nil {
		return "", err
	}
	verb, ctx := cmd.Do.Verb(), c.r.Context()
	o, err := c.Do(ctx, cmd)
	switch kind := workflow.KindOf(err); {
	case kind == workflow.Conflict && !cmd.Plan.IsZero():
		return "", c.conflict(cmd)
	case err != nil:
		return "", err
	}
	if _, err := c.Plan(ctx, c.me.Actor, o.Plan); err != nil {
		return "/?done=" + verb.String(), nil
	}
	return "/plan/" + o.Plan.String() + "?done=" + verb.String(), nil
}

// stale is a command for a plan that others have changed since.
type stale struct {
	cmd  workflow.Command
	news []happened
}

func (*stale) Error() string { return storage.ErrConflict.Error() }
func (*stale) Unwrap() error { return storage.ErrConflict }

// conflict returns what has happened to a plan since it was seen.
func (c *call) conflict(cmd workflow.Command) error {
	news, err := c.happenings(cmd.Plan, cmd.Seen)
	if err != nil && workflow.KindOf(err) != workflow.NotFound { // a teacher reads no history
		return err
	}
	return &stale{cmd, news}
}

// showStale shows what has changed, and offers the page anew.
func (c *call) showStale(s *stale) {
	c.show(http.StatusConflict, "conflict", page{Title: "Somebody else changed this plan", Body: struct {
		Plan, Again string
		News        []happened
	}{s.cmd.Plan.String(), c.r.URL.Path, s.news}})
}
