package ask

import "virtualschool.example/pep/rule"

// explain adds what an answer or a refusal rests on: the facts, the policy's parameters
// with their values and sources, and the policy's revision.
func (r Reply) explain(s *sources, e rule.Explanation) {
	r["facts"], r["parameters"], r["revision"] = e.Facts, s.of(e.Parameters), s.policy.Revision()
}
