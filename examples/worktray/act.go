package main

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/rule"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
)

// look returns the plan that the address names, as the signed-in person sees it.
func (c *call) look() (workflow.View, error) {
	id, err := c.planID()
	if err != nil {
		return workflow.View{}, err
	}
	return c.Look(c.r.Context(), c.me.Actor, id)
}

// verb returns the action that the address names, if that action has a form.
func (c *call) verb() (pep.Verb, error) {
	v, err := pep.ParseVerb(c.r.PathValue("verb"))
	if _, ok := verbs[v]; err != nil || !ok {
		return 0, storage.ErrNotFound
	}
	return v, nil
}

// refusal returns the reasons why an action cannot be taken now, or nil if it can.
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

// act returns the form of one action, and the function that takes the action. When the form
// is sent, the service checks again whether the action is allowed.
func (c *call) act() (f form, do func(*input, uuid.UUID) (string, error), err error) {
	verb, err := c.verb()
	if err != nil {
		return f, nil, err
	}
	v, err := c.look()
	if err == nil && c.r.Method == http.MethodGet {
		err = refusal(v, verb)
	}
	if err == nil {
		f, err = c.formOf(v, verb)
	}
	return f, func(in *input, key uuid.UUID) (string, error) {
		made := verbs[verb].make(v, in)
		return c.give(c.command(v.Plan.ID(), in, key, made), in)
	}, err
}

// give sends a command to the service and returns the page that follows. That page is the
// plan or, if the person may no longer see the plan, their work tray.
func (c *call) give(cmd workflow.Command, in *input) (where string, err error) {
	return c.carryOut(cmd, in, c.Do)
}

// carryOut does what give does, but carries out the command with the function do.
func (c *call) carryOut(cmd workflow.Command, in *input, do func(context.Context, workflow.Command) (storage.Outcome, error)) (where string, err error) {
	if err := in.err(); err != nil {
		return "", err
	}
	verb, ctx := cmd.Do.Verb(), c.r.Context()
	o, err := do(ctx, cmd)
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

// stale says that somebody changed a plan after the person opened its page.
type stale struct {
	Plan pep.ID
	News []happened    // the events since then; empty for somebody who may not read the history
	Now  workflow.View // the current plan; zero for somebody who can no longer see it
}

func (*stale) Error() string { return storage.ErrConflict.Error() }
func (*stale) Unwrap() error { return storage.ErrConflict }

// conflict returns what has happened to a plan since somebody saw it.
func (c *call) conflict(cmd workflow.Command) error {
	s := &stale{Plan: cmd.Plan}
	var err, unseen error
	s.News, err = c.happenings(cmd.Plan, cmd.Seen)
	if s.Now, unseen = c.Look(c.r.Context(), c.me.Actor, cmd.Plan); unseen != nil && err == nil {
		err = unseen
	}
	if err != nil && workflow.KindOf(err) != workflow.NotFound { // a teacher may not read the history
		return err
	}
	return s
}

// showStale shows what has changed, and links to a new copy of the page.
func (c *call) showStale(s *stale) {
	c.show(http.StatusConflict, "conflict", page{Title: "Somebody else changed this plan", Body: struct {
		*stale
		Again string
	}{s, c.r.URL.Path}})
}
