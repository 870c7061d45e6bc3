package main

import (
	"errors"
	"fmt"

	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
)

// happened is one event of a plan in words.
type happened struct {
	pep.Event
	Who, What string
	Text      private.Text
}

// history shows what was done to a plan, the latest event first.
func (c *call) history() error {
	v, err := c.look()
	if err != nil {
		return err
	}
	all, err := c.happenings(v.Plan.ID(), 0)
	if err != nil {
		return err
	}
	return c.ok("history", "History of the plan", struct {
		View workflow.View
		All  []happened
	}{v, all})
}

// happenings returns the events of a plan that came after the given version, the latest
// event first.
func (c *call) happenings(plan pep.ID, after int64) (all []happened, err error) {
	err = c.Read(c.r.Context(), c.me.Actor, plan, access.ReadHistory, func(r workflow.Reading) error {
		all = nil
		for e, err := range r.History() {
			if err != nil {
				return err
			}
			if e.Version <= after {
				continue
			}
			text, err := r.Text(e)
			if err != nil && !errors.Is(err, storage.ErrNotFound) {
				return err
			}
			all = append([]happened{{e, c.people.called(e.By, e.Role), what(e), text}}, all...)
		}
		return nil
	})
	return all, err
}

// what describes in words the changes that an event made.
func what(e pep.Event) string {
	s := capital(e.Verb.Words())
	switch {
	case e.Section != 0:
		s += fmt.Sprintf(": section %d, %s filled", e.Section, count(e.Filled.Count(), "box", "boxes"))
	case e.Grade != 0:
		s += ": " + e.Grade.Words()
	case !e.Due.IsZero():
		s += ": due " + e.Due.Words()
	case !e.Meeting.IsZero():
		s += ": meeting " + e.Meeting.Words()
	case !e.Next.IsZero():
		s += ": next meeting " + e.Next.Words()
	}
	if e.From != e.To {
		s += ". The plan is now " + e.To.Words()
	}
	return s + "."
}
