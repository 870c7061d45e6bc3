package ask

import (
	"math"

	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/strict"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

func pepMissing(in *strict.Members) decide {
	q := pep.MissingQuestion{Term: termValue(in.Need("term")), Today: in.Need("today").Date()}
	child := in.Need("child").Object()
	born := child.Need("born").Date()
	q.Care, q.Education = readCare(child), readEducation(child)
	var states []state
	for element := range in.Need("plans").List(maxPlans, "the plans of the child") {
		one := strict.Having(element, "format",
			func(v strict.Value) stated { return stated{readState(v), pep.Outline{}} },
			func(v strict.Value) stated { return stated{outline: readOutline(v.Object(), q.Today)} })
		if one.state.Format != 0 {
			states = append(states, one.state)
			one.outline = one.state.Outline()
		}
		q.Plans = append(q.Plans, one.outline)
	}
	return func(p *pep.Policy) (Reply, rule.Explanation, error) {
		if err := checkStates(states); err != nil {
			return nil, rule.Explanation{}, err
		}
		a, err := p.Missing(born, q)
		e := a.Explain(p, born, q)
		if err != nil {
			return nil, e, err
		}
		r := Reply{"standing": a.Standing.String()}
		if !a.By.IsZero() {
			r["by"] = a.By.String()
		}
		return r.because(a.Rules.List(), a.Reason.String()), e, nil
	}
}

// stated is a plan of the child, given either as a state or as an outline.
type stated struct {
	state   state
	outline pep.Outline
}

// readOutline reads the facts about a plan that the rules on missing plans need. A
// plan that was finalised after today does not count as finalised yet.
func readOutline(in *strict.Members, today civil.Date) pep.Outline {
	due, finalised := in.May("due"), in.May("finalised")
	o := pep.Outline{
		Term:     termValue(in.Need("term")),
		Stage:    strict.Named(in.Need("stage"), "", parseStarted),
		Due:      due.Date(),
		Carried:  in.May("carried").IntFrom(0, math.MaxInt16, wantTimes),
		CeasedOn: in.May("ceasedOn").Date(),
	}
	if o.Carried > 0 {
		o.CarriedTo = o.Term
	}
	day := finalised.Date()
	o.Finalised = !day.IsZero() && !day.After(today)
	switch {
	case o.Stage == pep.Delegated && !due.Given():
		due.Fault("given for a plan with the establishment: the day by which the plan must be returned")
	case o.Stage == pep.Deleted && finalised.Given():
		finalised.Fault("left out: a deleted plan does not count as finalised")
	}
	return o
}

// checkStates returns the first fault in the states of one child's plans.
func checkStates(states []state) error {
	for n := range states {
		if _, err := pep.Restore(states[n].Snapshot); err != nil {
			return err
		}
		if err := states[n].whole(); err != nil {
			return err
		}
		if states[n].Child != states[0].Child {
			return &rule.Invalid{Member: "child", Want: "the same in every plan"}
		}
	}
	return nil
}
