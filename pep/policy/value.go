package policy

import (
	"bytes"
	"encoding/json"

	"virtualschool.example/pep"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Value is what one parameter of a policy is for some time, and where that
// comes from.
type Value struct {
	From   civil.Date      `json:"from,omitzero"` // the first day; zero for no beginning
	To     civil.Date      `json:"to,omitzero"`   // the first day on which it does not hold any more; zero for no end
	Source string          `json:"source"`        // in words that a policy officer knows
	JSON   json.RawMessage `json:"value"`         // as in the policy's document
}

// Unsaid is the source of a value that has none: a bare value of a document.
const Unsaid = "not said"

// Values returns what a parameter of p is and was, in order, each with the days
// between which it holds and its source. A parameter that holds throughout has
// one value, without beginning and end; the rates may begin and end. It is
// empty for no parameter.
func Values(p *pep.Policy, of rule.Parameter) (all []Value) {
	if of == rule.ParameterRates {
		return rates(p)
	}
	if of.String() == "" {
		return nil
	}
	for _, e := range p.Editions() {
		value := Value{From: e.From, Source: said(e.Parameters.Sources[of]), JSON: encode(members[of].show(&e.Parameters))}
		last := len(all) - 1
		if last >= 0 && all[last].Source == value.Source && bytes.Equal(all[last].JSON, value.JSON) {
			continue
		}
		if last >= 0 {
			all[last].To = value.From
		}
		all = append(all, value)
	}
	return all
}

// ValueOn returns what a parameter of p is on the day that chooses it (see
// rule.Parameter.Chosen); false where there is no value then, such as a rate
// that nobody has published. On the zero Date it is the first value of a
// parameter that has no beginning.
func ValueOn(p *pep.Policy, of rule.Parameter, on civil.Date) (Value, bool) {
	for _, v := range Values(p, of) {
		if !on.Before(v.From) && (v.To.IsZero() || on.Before(v.To)) {
			return v, true
		}
	}
	return Value{}, false
}

// rates returns the rates as values.
func rates(p *pep.Policy) (all []Value) {
	for _, r := range p.Parameters(civil.Date{}).Rates {
		all = append(all, Value{r.From, r.To, said(r.Source), encode(r.Pence)})
	}
	return all
}

func said(source string) string {
	if source == "" {
		return Unsaid
	}
	return source
}

// encode returns v as JSON. It is made of strings, numbers, truths, lists and
// objects of those.
func encode(v any) json.RawMessage {
	var out bytes.Buffer
	to := json.NewEncoder(&out)
	to.SetEscapeHTML(false)
	_ = to.Encode(v) // nothing of it can fail
	return bytes.TrimSpace(out.Bytes())
}

// pairs is an object whose members are in this order.
type pairs []pair

type pair struct {
	name  string
	value any
}

// MarshalJSON returns the members in order.
func (ps pairs) MarshalJSON() ([]byte, error) {
	out := []byte{'{'}
	for n, p := range ps {
		if n > 0 {
			out = append(out, ',')
		}
		out = append(append(append(out, encode(p.name)...), ':'), encode(p.value)...)
	}
	return append(out, '}'), nil
}
