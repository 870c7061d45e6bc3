package ask

import (
	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/strict"
	"virtualschool.example/pep/rule"
)

func pepWorkflow(in *strict.Members) decide {
	given, steps := readFacts(in, false), []step{}
	for element := range in.Need("steps").List(maxSteps, "a list of steps") {
		steps = append(steps, readStep(element, false))
	}
	if given.child.RecordedOn.IsZero() && len(steps) > 0 {
		given.child.RecordedOn = steps[0].when.on
	}
	return func(p *pep.Policy) (Reply, rule.Explanation, error) {
		r, err := newRun(p, given, nil)
		if err != nil {
			return nil, rule.Explanation{}, err
		}
		return r.all(steps)
	}
}

// all takes every step. A refused step changes nothing, and the run goes on.
func (r *run) all(taken []step) (Reply, rule.Explanation, error) {
	steps, rules, refusals := []Reply{}, []rule.ID{}, 0
	for _, s := range taken {
		e := s.explain(r.plan(s.verb).Stage())
		reply, _, decided, err := r.take(s, &e)
		if err != nil {
			return nil, rule.Explanation{}, err
		}
		reply["facts"] = e.Facts
		r.used = append(r.used, e.Parameters...)
		if reply["refused"] != nil {
			refusals++
		}
		steps, rules = append(steps, reply), append(rules, decided...)
	}
	reply := Reply{"steps": steps, "final": r.final()}
	return reply.because(once(rules), "run"), r.explain(len(steps), refusals), nil
}

// explain returns the facts and parameters that a run rests on.
func (r *run) explain(steps, refused int) (e rule.Explanation) {
	e.Given("steps", steps)
	e.Given("refused", refused)
	e.Given("establishment", r.given.establishment != nil)
	e.Parameters = r.used
	e.Says("steps requested: %d; taken: %d; refused: %d", steps, steps-refused, refused)
	return e
}
