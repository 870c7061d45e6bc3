package main

import (
	"encoding/json"
	"fmt"
	"os"

	"virtualschool.example/pep"
	"virtualschool.example/pep/policy"
)

type policyCommand struct {
	Schema        bool   `help:"Print the JSON Schema of a policy instead."`
	OverlaySchema bool   `help:"Print the JSON Schema of an overlay on a policy instead."`
	Policy        string `arg:"" optional:"" default:"lancashire" help:"lancashire, lancashire-website, or a file with a whole policy, which names its la, or else an overlay on the first."`
}

func (c *policyCommand) do(s *streams) int {
	doc := policy.Schema
	switch {
	case c.OverlaySchema:
		doc = policy.OverlaySchema
	case !c.Schema:
		p, err := read(c.Policy)
		if err != nil {
			return refuse(s.err, err)
		}
		doc = func() []byte { return policy.Render(p) }
	}
	if _, err := s.out.Write(doc()); err != nil {
		return refuse(s.err, err)
	}
	return passed
}

// read returns the policy of that name, or the one in a file of that name: a
// whole policy, or what an overlay makes of Lancashire's.
func read(name string) (*pep.Policy, error) {
	base := pep.Lancashire()
	website, err := policy.Website()
	if err != nil {
		return nil, err
	}
	switch name {
	case base.Name():
		return base, nil
	case website.Name():
		return website, nil
	}
	doc, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	p, err := readDocument(base, doc)
	if err != nil {
		return nil, fmt.Errorf("policy %s: %w", name, err)
	}
	return p, nil
}

// readDocument reads a document that names an authority, in la, as a whole
// policy, from which no member may be missing; another is an overlay on base.
func readDocument(base *pep.Policy, doc []byte) (*pep.Policy, error) {
	var whose struct {
		LA any `json:"la"`
	}
	if err := json.Unmarshal(doc, &whose); err == nil && whose.LA != nil {
		return policy.Parse(doc)
	}
	return policy.Overlay(base, doc)
}
