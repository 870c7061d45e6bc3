package policy

import (
	"bytes"
	"encoding/json"

	"virtualschool.example/pep"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Value is one value of a parameter, with the time for which it holds and its
// source.
type Value struct {
	From   civil.Date      `json:"from,omitzero"` // the first day; zero if it has no beginning
	To     civil.Date      `json:"to,omitzero"`   // the first day on which it no longer holds; zero if it has no end
	Source string          `json:"source"`        // the source of the value, in words that a policy officer knows
	JSON   json.RawMessage `json:"value"`         // the value as the policy's document writes it
}

// Unsaid is the Source of a value whose source is not stated, such as a bare value
// in a document.
const Unsaid = "not said"

// Values returns all values of a parameter of p in order, each with its source and
// the days between which it holds. A parameter that never changes has one value,
// with no beginning and no end. Every rate has both. If the parameter is unknown,
// Values returns nil.
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

// ValueOn returns the value of a parameter of p on the day that chooses it (see
// rule.Parameter.Chosen). It returns false if there is no value on that day, such
// as a rate that is not published. For the zero Date it returns the value that has
// no beginning, if there is one.
func ValueOn(p *pep.Policy, of rule.Parameter, on civil.Date) (Value, bool) {
	for _, v := range Values(p, of) {
		if !on.Before(v.From) && (v.To.IsZero() || on.Before(v.To)) {
			return v, true
		}
	}
	return Value{}, false
}

// rates returns the rates of p as values.
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

// encode returns v as JSON. v consists only of strings, numbers, truth values,
// and lists and objects of these.
func encode(v any) json.RawMessage {
	var out bytes.Buffer
	to := json.NewEncoder(&out)
	to.SetEscapeHTML(false)
	_ = to.Encode(v) // no error: a value of these types can always be encoded
	return bytes.TrimSpace(out.Bytes())
}

// pairs is a JSON object whose members have a fixed order.
type pairs []pair

type pair struct {
	name  string
	value any
}

// MarshalJSON returns the object with its members in their order.
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
