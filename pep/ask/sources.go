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

// sources shows the parameters of a policy as answers have them. It keeps what it
// has shown, so that a program with many questions shows each value once.
type sources struct {
	policy *pep.Policy
	mu     sync.Mutex
	kept   map[rule.Parameter][]showing
}

// showing is one value of a parameter and the days between which it holds, as JSON.
type showing struct {
	from, to civil.Date
	doc      json.RawMessage
}

// of returns the parameters that were used, each value once.
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

// on returns a parameter as it is on the day that chose its value: with the value
// unless it is a table, the days between which that holds, and where it comes from.
// A parameter that has no value on that day has its name alone.
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
