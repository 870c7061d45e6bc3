package ask

import (
	"virtualschool.example/pep/rule"
)

// explain adds what an answer or a refusal rests on: the facts, the parameters
// of the policy with their values and sources, and the policy's revision.
func (r Reply) explain(s *sources, e rule.Explanation) {
	r["facts"], r["revision"] = factsOf(e.Facts), s.policy.Revision()
	r["parameters"] = s.of(e.Parameters)
}

// factsOf returns facts as an answer shows them.
func factsOf(all []rule.Fact) []Reply {
	facts := make([]Reply, 0, len(all))
	for _, f := range all {
		facts = append(facts, Reply{"name": f.Name, "value": f.Value})
	}
	return facts
}
