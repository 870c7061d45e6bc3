package workflow

import (
	"context"
	"slices"

	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
)

// Start says whether one kind of plan can be started for a child today, whatever the
// day of its meeting, and who may start it.
type Start struct {
	pep.Option
	By []pep.Role `json:"by"` // the roles that start a plan of this kind
}

// Starts says which kinds of plan can be started for a child today, a first plan or
// a subsequent one, and who may start each. A kind that cannot be started comes with
// the reasons. Starts returns storage.ErrNotFound if the actor may not see the
// child's case.
func (s *Service) Starts(ctx context.Context, by Actor, child record.ChildID) (starts []Start, err error) {
	err = s.run(ctx, errand{by: by, about: aChild, name: "starts", deed: access.ReadPlan, child: child}, func(v *visit, _ *pep.PEP) error {
		starts = nil
		for row := range pep.Workflow() {
			if row.From != pep.None {
				break
			}
			start := Start{By: slices.Collect(row.Roles.All())}
			if start.Option, err = v.start(child, row.Verb, start.By[0]); err != nil {
				return err
			}
			starts = append(starts, start)
		}
		return nil
	})
	return starts, err
}

// start returns whether a role can start one kind of plan for the child.
func (v *visit) start(child record.ChildID, verb pep.Verb, role pep.Role) (pep.Option, error) {
	do := pep.Action(pep.StartInitial{Child: child})
	if verb == pep.VerbStartSubsequent {
		do = pep.StartSubsequent{Child: child}
	}
	none := pep.New(pep.ID{})
	act, err := v.act(none, do)
	if err != nil {
		return pep.Option{}, err
	}
	if act.Role = role; role == v.by.Role && v.may.forbids(verb) {
		return pep.Option{Verb: verb, Reasons: []rule.Reason{verb.Refused(rule.NotPermitted)}}, nil
	}
	return none.Option(act, verb)
}
