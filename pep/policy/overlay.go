package policy

import (
	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/strict"
)

// Overlay returns the policy that base becomes with the members of the JSON
// object doc in place of its own; null is as if it were not there. All that is wrong with doc, an unknown
// member too, is returned at once, each a *rule.Invalid naming its path.
func Overlay(base *pep.Policy, doc []byte) (*pep.Policy, error) {
	par := base.Parameters()
	in := strict.ReadPaths(doc, "policy")
	for _, m := range members {
		if v := in.May(m.name); v.Given() {
			m.read(v, m.want, &par)
		}
	}
	if err := in.Err(); err != nil {
		return nil, err
	}
	p, err := pep.NewPolicy(par)
	if err != nil {
		return nil, err
	}
	return p, nil
}
