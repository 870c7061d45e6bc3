package ask

import (
	"slices"

	"virtualschool.example/pep"
	"virtualschool.example/pep/policy"
	"virtualschool.example/pep/rule"
)

// explain adds what an answer or a refusal rests on: the facts, the parameters
// of the policy with their values and sources, and the policy's revision.
func (r Reply) explain(p *pep.Policy, e rule.Explanation) {
	r["facts"], r["revision"] = factsOf(e.Facts), p.Revision()
	parameters := make([]Reply, 0, len(e.Parameters))
	for _, used := range once(e.Parameters) {
		one := parameter(p, used)
		if !slices.ContainsFunc(parameters, func(other Reply) bool { return other["member"] == one["member"] && other["from"] == one["from"] }) {
			parameters = append(parameters, one)
		}
	}
	r["parameters"] = parameters
}

// factsOf returns facts as an answer shows them.
func factsOf(all []rule.Fact) []Reply {
	facts := make([]Reply, 0, len(all))
	for _, f := range all {
		facts = append(facts, Reply{"name": f.Name, "value": f.Value})
	}
	return facts
}

// parameter shows a parameter that was used: its value on the day that chose
// it, the days between which that holds and where it comes from. Of one that
// has no value then it shows the name alone.
func parameter(p *pep.Policy, used rule.Used) Reply {
	r := Reply{"member": used.Parameter}
	of, err := rule.ParseParameter(used.Parameter)
	if err != nil {
		return r
	}
	value, ok := policy.ValueOn(p, of, used.On)
	if !ok {
		return r
	}
	r["source"] = value.Source
	if !of.IsTable() {
		r["value"] = value.JSON
	}
	if !value.From.IsZero() {
		r["from"] = value.From.String()
	}
	if !value.To.IsZero() {
		r["to"] = value.To.String()
	}
	return r
}
