package ask

import (
	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/strict"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
)

// step is one action that somebody takes.
type step struct {
	when  moment
	by    pep.Role
	verb  pep.Verb
	do    action
	actor uuid.UUID // who takes it; zero where that is not given
}

// readStep reads a step of a run, or of a plan that somebody holds: that may say
// who takes it.
func readStep(v strict.Value, held bool) step {
	in := v.Object()
	s := readWho(in, held)
	s.verb = strict.Chosen(in, "do", parseAction, func(in *strict.Members, do pep.Verb) {
		if with := in.May("with"); do != 0 {
			s.do = actions[do](with.Object())
		}
	})
	return s
}

// readWho reads when somebody does or asks something, and in which role.
func readWho(in *strict.Members, held bool) step {
	s := step{
		when: readMoment(in.Need("at")),
		by:   strict.Named(in.Need("by"), "", pep.ParseRole),
	}
	if held {
		s.actor = readID(in.May("actor"))
	}
	return s
}

// contributor returns the contributor that a designated teacher is: the actor, by
// default the contributor that the plan has, and before it has one whom the step
// means.
func (s step) contributor(has, means record.ContributorID) record.ContributorID {
	switch {
	case s.actor != uuid.UUID{}:
		return record.ContributorID{UUID: s.actor}
	case has.IsZero():
		return means
	}
	return has
}

// explain says what a step rests on: who does what, at which stage, and when.
func (s step) explain(from pep.Stage) (e rule.Explanation) {
	e.Given("stage", from)
	e.Given("by", s.by)
	if s.verb != 0 {
		e.Given("do", s.verb)
	}
	e.Given("on", s.when.on)
	return e
}
