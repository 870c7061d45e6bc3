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

// Policies is an Asker that answers under several policies. They may belong to one
// council or to several, and may have any revisions. A question names the policy that is
// to answer; the default is the first. Make one with NewPolicies. Policies is immutable
// and safe for concurrent use.
type Policies struct{ all []*sources }

// NewPolicies returns Policies with the first policy as the default. It returns a
// *rule.Invalid if a policy is nil, or if two have the same name and revision.
func NewPolicies(first *pep.Policy, others ...*pep.Policy) (Policies, error) {
	var ps Policies
	for _, p := range append([]*pep.Policy{first}, others...) {
		if p == nil || ps.of(p.Name(), p.Revision()) != nil {
			return Policies{}, &rule.Invalid{Member: "policies", Want: "policies of different names or revisions"}
		}
		ps.all = append(ps.all, &sources{policy: p})
	}
	return ps, nil
}

// By returns the Asker that answers under one policy, in this process. It is safe for
// concurrent use.
func By(p *pep.Policy) Asker { return one(p) }

func one(p *pep.Policy) Policies { return Policies{[]*sources{{policy: p}}} }

// Ask answers as AnswerJSON does. It never returns an error.
func (ps Policies) Ask(question []byte) ([]byte, error) { return ps.AnswerJSON(question), nil }

// of returns the policy with the given name and revision, or nil if there is none.
func (ps Policies) of(name string, revision int) *sources {
	n := slices.IndexFunc(ps.all, func(s *sources) bool { return s.policy.Name() == name && s.policy.Revision() == revision })
	if n < 0 {
		return nil
	}
	return ps.all[n]
}

// named returns the policy that "name@revision" or "name" stands for, or nil if there is
// none. A name alone means the default policy if the default has that name, and
// otherwise the highest revision of the named policy.
func (ps Policies) named(called string) *sources {
	name, revision, exact := strings.Cut(called, "@")
	if n, err := strconv.Atoi(revision); exact {
		if err != nil || strconv.Itoa(n) != revision {
			return nil
		}
		return ps.of(name, n)
	}
	var found *sources
	for _, s := range ps.all {
		if s.policy.Name() == name && (found == nil || found != ps.all[0] && s.policy.Revision() > found.policy.Revision()) {
			found = s
		}
	}
	return found
}

// names iterates over the policies, each as "name@revision".
func (ps Policies) names(yield func(string) bool) {
	for _, s := range ps.all {
		if !yield(s.policy.Name() + "@" + strconv.Itoa(s.policy.Revision())) {
			return
		}
	}
}

// choice is the policy that answers a question: the policy that the question names or
// the default policy, with the question's overlay on it.
type choice struct {
	*sources
	named   bool     // whether the question names a policy
	among   Policies // the policies from which it was chosen
	overlay json.RawMessage
}

// choose returns the policy that answers a question.
func (ps Policies) choose(q Question) (*choice, error) {
	c := &choice{sources: ps.all[0], named: q.Policy != "", among: ps, overlay: q.Overrides}
	if c.named {
		if c.sources = ps.named(q.Policy); c.sources == nil {
			return nil, &rule.Invalid{Member: "policy", Want: "a policy of this program, such as " + ps.all[0].policy.Name() + rule.DidYouMean(q.Policy, ps.names)}
		}
	}
	if c.overlay != nil && !strict.IsObject(c.overlay) {
		return nil, &rule.Invalid{Member: "overrides", Want: "a JSON object"}
	}
	return c, c.overlaid()
}

// overlaid puts the question's overlay, if it has one, on the policy.
func (c *choice) overlaid() error {
	if c.overlay == nil {
		return nil
	}
	over, err := policy.Overlay(c.policy, c.overlay)
	c.sources = &sources{policy: over}
	return bare(err)
}

// own returns the choice whose policy decides a state: it has the chosen policy's name
// and the state's revision.
func (c *choice) own(revision int) (*choice, error) {
	if c.policy.Revision() == revision {
		return c, nil
	}
	own := *c
	if own.sources = c.among.of(c.policy.Name(), revision); own.sources == nil {
		return nil, &rule.Invalid{Member: "policy", Want: "a revision that this program was started with; to use another revision, start the program with that revision's policy too"}
	}
	return &own, own.overlaid()
}
