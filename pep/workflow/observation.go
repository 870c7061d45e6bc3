package workflow

import (
	"context"
	"time"

	"virtualschool.example/pep"
	"virtualschool.example/pep/rule"
)

// Observation describes one command, one reading or one step of the day's work, for
// metrics and traces. It holds no id and no child's data.
type Observation struct {
	Action  string // a pep.Verb, a method of the service such as "look", or a step of the day's work such as "remind"; "" for a command without an action
	Role    pep.Role
	Kind    Kind    // the kind of the error returned; zero if there was no error
	Rule    rule.ID // the rule that refused the action; zero if no rule did
	Started time.Time
	Took    time.Duration
}

// observe tells Config.Observe how a command, a reading or a step went.
func (s *Service) observe(ctx context.Context, action string, role pep.Role, started time.Time, err error) {
	if s.c.Observe == nil {
		return
	}
	o := Observation{Action: action, Role: role, Started: started, Took: s.c.Now().Sub(started), Kind: KindOf(err)}
	if err != nil {
		o.Rule = ruleOf(err)
	}
	s.c.Observe(ctx, o)
}
