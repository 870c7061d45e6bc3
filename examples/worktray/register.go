package main

import (
	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/record"
)

// agency is an establishment with its contributors.
type agency struct {
	record.Establishment
	Ready preflight
}

// register finds establishments by name and post code, and shows which of their contributors
// can be chosen.
func (c *call) register() error {
	query := c.r.URL.Query()
	p := struct {
		Name, PostCode string
		Searched, Asks bool
		Found          []agency
	}{query.Get("name"), query.Get("postcode"), query.Has("name"), c.may(access.AddRequest), nil}
	if p.Searched {
		found, err := c.Agencies(c.r.Context(), c.me.Actor, p.Name, p.PostCode)
		if err != nil {
			return err
		}
		for _, e := range found {
			ready, err := c.ready(pep.Snapshot{Establishment: e.ID})
			if err != nil {
				return err
			}
			p.Found = append(p.Found, agency{e, ready})
		}
	}
	return c.ok("register", "Register of establishments", p)
}
