package main

import (
	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
)

// ready returns the contributors of a plan's establishment. For each, it says whether they
// can be chosen now and, if waiting helps, the time from which they can be chosen.
func (c *call) ready(s pep.Snapshot) (all preflight, err error) {
	staff, err := c.Contributors(c.r.Context(), c.me.Actor, s.Establishment)
	if err != nil {
		return nil, err
	}
	for _, one := range staff {
		ask := ""
		if c.may(access.AddRequest) {
			ask = "/requests/new?contributor=" + one.ID.String()
		}
		found, err := c.Preflight(c.r.Context(), c.me.Actor, one.ID)
		if err != nil {
			return nil, err
		}
		all = append(all, checked{one.Name, found, one.ID == s.Contributor && s.Stage == pep.Delegated, ask})
	}
	return all, nil
}
