package ask

import (
	"virtualschool.example/pep"
	"virtualschool.example/pep/policy"
	"virtualschool.example/pep/rule"
)

// explain adds what an answer or a refusal rests on: the facts, the parameters
// of the policy with their values and sources, and the policy's revision.
func (r Reply) explain(p *pep.Policy, e rule.Explanation) {
	r["facts"], r["revision"] = factsOf(e.Facts), p.Revision()
	parameters := make([]Reply, 0, len(e.Parameters))
	for _, used := range e.Parameters {
		parameters = append(parameters, parameter(p, used))
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

// tables are the parameters whose values are too long to be shown in every
// answer: the policy's document has them.
var tables = map[pep.Parameter]bool{
	pep.ParameterBankHolidays: true, pep.ParameterFormTypes: true, pep.ParameterSectionTitles: true,
}

// parameter shows a parameter that was used: its value on the day that chose
// it, the days between which that holds and where it comes from. Of one that
// has no value then it shows the name alone.
func parameter(p *pep.Policy, used rule.Used) Reply {
	r := Reply{"member": used.Parameter}
	of, err := pep.ParseParameter(used.Parameter)
	if err != nil {
		return r
	}
	value, ok := policy.ValueOn(p, of, used.On)
	if !ok {
		return r
	}
	r["source"] = value.Source
	if !tables[of] {
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
