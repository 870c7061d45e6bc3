package ask

import (
	"encoding/json"
	"time"

	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/strict"
	"virtualschool.example/pep/rule"
)

// held is a plan that the client holds, with the facts of a question about it.
type held struct {
	state state
	given []byte // the state as the client sent it; nil if there is no plan yet
	facts facts
}

func readHeld(in *strict.Members) held {
	plan := in.Said("plan")
	h := held{state: readState(plan), facts: readFacts(in.Need("facts").Object(), true)}
	if plan.Given() {
		h.given = plan.Raw("")
	}
	return h
}

// run returns the run that begins with the plan, and the policy that decides: the plan's
// own revision or, if there is no plan yet, the policy of the question.
// A repin moves the plan to the policy of the question.
func (h *held) run(c *choice) (*run, *choice, error) {
	given, own := h.facts, c
	var plan *pep.PEP
	var err error
	if given.plans, err = h.others(); err == nil && h.given != nil {
		plan, own, err = h.restored(c)
	}
	if err != nil {
		return nil, nil, err
	}
	r, err := newRun(own.policy, given, plan)
	if err == nil {
		r.next = c.policy
	}
	return r, own, err
}

// restored returns the plan and the policy that decides it.
func (h *held) restored(c *choice) (*pep.PEP, *choice, error) {
	plan, err := pep.Restore(h.state.Snapshot)
	if err != nil {
		return nil, nil, err
	}
	own, err := c.own(h.state.Policy)
	if err != nil {
		return nil, nil, err
	}
	counts := own.policy.Calendar().Of(h.state.Meeting)
	if counts.Before(h.state.CarriedTo) {
		counts = h.state.CarriedTo
	}
	if counts != h.state.Term {
		return nil, nil, &rule.Invalid{Member: "term", Want: "the term of the meeting, or a later term to which the plan was carried"}
	}
	return plan, own, h.state.whole()
}

// others returns the other plans of the child. It leaves out the plan itself.
func (h *held) others() (others []state, err error) {
	known := map[pep.ID]bool{h.state.ID: h.given != nil}
	for _, s := range h.facts.plans {
		_, err := pep.Restore(s.Snapshot)
		if err == nil {
			err = s.whole()
		}
		switch {
		case err != nil:
			return nil, err
		case known[s.ID] && s.ID != h.state.ID:
			return nil, &rule.Invalid{Member: "plans", Want: "the child's own plans, each given only once"}
		case !known[s.ID]:
			others = append(others, s)
		}
		known[s.ID] = true
	}
	return others, nil
}

func planStep(in *strict.Members) decideHeld {
	h, id := readHeld(in), in.May("id")
	started, s := pep.ID{UUID: readID(id)}, readStep(in.Need("step"), true)
	switch {
	case h.given == nil:
	case starts(s.verb):
		in.Said("plan").Fault(`null if the step starts a plan; give the child's other plans in "plans"`)
	case id.Given():
		id.Fault("left out, unless the step starts a plan")
	}
	return func(c *choice) (Reply, rule.Explanation, error) {
		r, own, err := h.run(c)
		if err != nil {
			return nil, rule.Explanation{}, err
		}
		if s.verb != pep.VerbRepin {
			if c.named && own.policy != c.policy {
				return nil, rule.Explanation{}, &rule.Invalid{Member: "policy", Want: "the revision that the plan follows, unless the step re-pins the plan"}
			}
			*c = *own
		}
		r.id = started
		if used(r.given.plans, r.plan(s.verb).ID()) {
			return nil, rule.Explanation{}, &rule.Invalid{Member: "id", Want: "an id that no other plan of the child has"}
		}
		return h.step(r, s)
	}
}

// used reports whether one of the plans has the id.
func used(plans []state, id pep.ID) bool {
	for n := range plans {
		if plans[n].ID == id {
			return true
		}
	}
	return false
}

// step takes a step, and shows the plan after it.
func (h *held) step(r *run, s step) (Reply, rule.Explanation, error) {
	e := s.explain(r.plan(s.verb).Stage())
	reply, event, _, err := r.take(s, &e)
	if err != nil {
		return nil, e, err
	}
	reply["plan"], reply["final"] = nil, r.final()
	switch {
	case event != nil:
		reply["plan"], reply["event"] = given(r.latest.Snapshot()), happened(event)
	case h.given != nil:
		reply["plan"] = json.RawMessage(oneLine(h.given))
	}
	e.Sentence = reply["message"].(string)
	return reply, e, nil
}

// happened shows an event.
func happened(e *pep.Event) Reply {
	r := Reply{"at": e.At.Format(time.RFC3339Nano), "by": e.Role.String(), "do": e.Verb.String(), "from": e.From.String(), "to": e.To.String()}
	if !e.SealedUntil.IsZero() {
		r["sealedUntil"] = e.SealedUntil.String()
	}
	if e.Restores != 0 {
		r["restores"] = e.Restores
	}
	return r
}
