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
	actor uuid.UUID // the person who takes it; zero if the question does not say
}

// readStep reads a step of a run or, if held is true, a step on a plan that the client
// holds. Only in the second case may the step name the actor.
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

// readWho reads the instant of a step or question, the role and, if held is true, the
// actor.
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

// contributor returns the id under which a designated teacher acts. If the question
// names the actor, that is the actor's id. Otherwise it is the first argument, the id of
// the plan's contributor. If that is zero, it is the second argument, the id of the
// contributor that the step concerns.
func (s step) contributor(has, means record.ContributorID) record.ContributorID {
	switch {
	case s.actor != uuid.UUID{}:
		return record.ContributorID{UUID: s.actor}
	case has.IsZero():
		return means
	}
	return has
}

// explain returns the facts that a step rests on: the stage, the role, the action and
// the day.
func (s step) explain(from pep.Stage) (e rule.Explanation) {
	e.Given("stage", from)
	e.Given("by", s.by)
	if s.verb != 0 {
		e.Given("do", s.verb)
	}
	e.Given("on", s.when.on)
	return e
}
