package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"

	"virtualschool.example/pep"
	"virtualschool.example/pep/policy"
	"virtualschool.example/pep/rule"
)

type policyCommand struct {
	Schema        bool   `help:"Print the JSON Schema of a policy instead."`
	OverlaySchema bool   `help:"Print the JSON Schema of an overlay on a policy instead."`
	Policy        string `arg:"" optional:"" default:"lancashire" help:"lancashire, lancashire-website, or a file. Unless the file says that it is whole, it is an overlay on lancashire."`
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

// read returns the policy with the given name or, if there is none, the policy in the
// file of that name. The file holds a whole policy, or an overlay on Lancashire's.
func read(name string) (*pep.Policy, error) {
	base := pep.Lancashire()
	website, err := policy.Website()
	if err != nil {
		return nil, err
	}
	known := []string{base.Name(), website.Name()}
	switch name {
	case known[0]:
		return base, nil
	case known[1]:
		return website, nil
	}
	file, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: there is no policy and no file of this name; the policies are %s%s",
			name, rule.List("and", known), rule.DidYouMean(name, slices.Values(known)))
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	doc, err := io.ReadAll(io.LimitReader(file, policy.MaxDocument+1))
	if err != nil {
		return nil, err
	}
	p, err := policy.Read(base, doc)
	if err != nil {
		return nil, fmt.Errorf("policy %s: %w", name, err)
	}
	return p, nil
}
