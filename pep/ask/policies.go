package ask

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/strict"
	"virtualschool.example/pep/policy"
	"virtualschool.example/pep/rule"
)

// Policies are the policies by which a program answers, of one council or several
// and of any revision. A question names one of them, and the first is the default.
// NewPolicies makes them. They do not change, and they are an Asker.
type Policies struct{ all []*pep.Policy }

// NewPolicies returns policies of which the first is the default. Two of one name
// and one revision are a *rule.Invalid.
func NewPolicies(first *pep.Policy, others ...*pep.Policy) (Policies, error) {
	ps := Policies{append([]*pep.Policy{first}, others...)}
	for n, p := range ps.all {
		if p == nil || ps.of(p.Name(), p.Revision()) != ps.all[n] {
			return Policies{}, &rule.Invalid{Member: "policies", Want: "policies of different names or revisions"}
		}
	}
	return ps, nil
}

// By returns the Asker that answers by a policy, in this process.
func By(p *pep.Policy) Asker { return Policies{[]*pep.Policy{p}} }

// Ask answers as AnswerJSON does, and returns no error.
func (ps Policies) Ask(question []byte) ([]byte, error) { return ps.AnswerJSON(question), nil }

// of returns the policy of a name and a revision, nil where there is none.
func (ps Policies) of(name string, revision int) *pep.Policy {
	n := slices.IndexFunc(ps.all, func(p *pep.Policy) bool { return p != nil && p.Name() == name && p.Revision() == revision })
	if n < 0 {
		return nil
	}
	return ps.all[n]
}

// named returns the policy that is called so, "name@revision" or "name" alone: that
// is the default where it has the name, and else the highest revision. It is nil
// where there is none.
func (ps Policies) named(called string) *pep.Policy {
	name, revision, exact := strings.Cut(called, "@")
	if n, err := strconv.Atoi(revision); exact {
		if err != nil || strconv.Itoa(n) != revision {
			return nil
		}
		return ps.of(name, n)
	}
	var found *pep.Policy
	for _, p := range ps.all {
		if p.Name() == name && (found == nil || found != ps.all[0] && p.Revision() > found.Revision()) {
			found = p
		}
	}
	return found
}

// names iterates over what the policies are called.
func (ps Policies) names(yield func(string) bool) {
	for _, p := range ps.all {
		if !yield(p.Name() + "@" + strconv.Itoa(p.Revision())) {
			return
		}
	}
}

// choice is the policy by which a question is answered: the one that it names, or
// the default, with its overlay on it.
type choice struct {
	policy  *pep.Policy
	named   bool // whether the question names it
	among   Policies
	overlay json.RawMessage
}

// choose returns the policy by which a known question is answered.
func (ps Policies) choose(q Question) (*choice, error) {
	c := &choice{policy: ps.all[0], named: q.Policy != "", among: ps, overlay: q.Overrides}
	if c.named {
		if c.policy = ps.named(q.Policy); c.policy == nil {
			return nil, &rule.Invalid{Member: "policy", Want: "a policy of this program" + rule.DidYouMean(q.Policy, ps.names)}
		}
	}
	if c.overlay != nil && !strict.IsObject(c.overlay) {
		return nil, &rule.Invalid{Member: "overrides", Want: "a JSON object"}
	}
	return c, c.overlaid()
}

// overlaid puts the question's overlay, if there is one, on the policy.
func (c *choice) overlaid() (err error) {
	if c.overlay == nil {
		return nil
	}
	c.policy, err = policy.Overlay(c.policy, c.overlay)
	return bare(err)
}

// own returns the choice of the policy by which a state is decided, which has the
// name of the chosen one: the revision that the state bears.
func (c *choice) own(revision int) (*choice, error) {
	if c.policy.Revision() == revision {
		return c, nil
	}
	own := *c
	if own.policy = c.among.of(c.policy.Name(), revision); own.policy == nil {
		return nil, &rule.Invalid{Member: "policy", Want: "a revision that this program has: start it with the policy of that revision too"}
	}
	return &own, own.overlaid()
}
