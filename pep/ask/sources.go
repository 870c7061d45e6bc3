package ask

import (
	"bytes"
	"encoding/json"
	"slices"
	"sync"

	"virtualschool.example/pep"
	"virtualschool.example/pep/policy"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// sources renders the parameters of a policy as answers show them. It keeps the JSON of
// each value, so that a program that answers many questions renders the value only once.
type sources struct {
	policy *pep.Policy
	mu     sync.Mutex
	kept   map[rule.Parameter][]showing
}

// showing is one value of a parameter as JSON, with the days between which it holds.
type showing struct {
	from, to civil.Date
	doc      json.RawMessage
}

// of returns, as JSON and without repetitions, the parameters that were used.
func (s *sources) of(all []rule.Used) []json.RawMessage {
	s.mu.Lock()
	defer s.mu.Unlock()
	docs := make([]json.RawMessage, 0, len(all))
	for n, used := range all {
		if n > 0 && used == all[n-1] {
			continue
		}
		doc := s.on(used)
		if !slices.ContainsFunc(docs, func(other json.RawMessage) bool { return bytes.Equal(other, doc) }) {
			docs = append(docs, doc)
		}
	}
	return docs
}

// on returns a parameter as JSON: the value that holds on the day used.On (unless the
// value is a table), its source, and the days between which it holds. If the parameter
// has no value on that day, on returns its name alone.
func (s *sources) on(used rule.Used) json.RawMessage {
	if of, err := rule.ParseParameter(used.Parameter); err == nil {
		for _, v := range s.values(of) {
			if !used.On.Before(v.from) && (v.to.IsZero() || used.On.Before(v.to)) {
				return v.doc
			}
		}
	}
	return Reply{"member": used.Parameter}.JSON()
}

func (s *sources) values(of rule.Parameter) []showing {
	all, known := s.kept[of]
	if known {
		return all
	}
	for _, v := range policy.Values(s.policy, of) {
		r := Reply{"member": of.String(), "source": v.Source}
		if !of.IsTable() {
			r["value"] = v.JSON
		}
		if !v.From.IsZero() {
			r["from"] = v.From.String()
		}
		if !v.To.IsZero() {
			r["to"] = v.To.String()
		}
		all = append(all, showing{v.From, v.To, r.JSON()})
	}
	if s.kept == nil {
		s.kept = map[rule.Parameter][]showing{}
	}
	s.kept[of] = all
	return all
}
