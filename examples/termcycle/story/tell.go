package story

import (
	"context"
	"slices"

	"virtualschool.example/pep"
	"virtualschool.example/pep/rule"
)

// tellDone reports a step that was taken.
func (p *player) tellDone(ctx context.Context, m *moment, s *scene, st *step, plan pep.ID) (err error) {
	said := ""
	if st.note != nil {
		after := *s
		after.before = s.plan
		if after.plan, err = p.service.Plan(ctx, program, plan); err != nil {
			return err
		}
		said = st.note(&after)
	}
	p.told.tell(m.at, role(st.who), does(st.says), said, m.pupil.ref())
	return nil
}

// tellRefusal reports a step that a rule refused. A refusal leaves nothing in the
// store. On the day that an earlier run has reached, tellRefusal therefore
// assumes that a refusal was already reported, until this run changes something.
func (p *player) tellRefusal(m *moment, r *rule.Refusal) {
	if !p.again || p.changes > 0 {
		p.told.tell(m.at, role(m.step.who), "cannot "+m.step.says, reasons(r), m.pupil.ref())
	}
}

// theDay names the actor in the day's work.
const theDay = "the day's work"

// tellPlans reports what was done to plans, sorted by child.
func (p *player) tellPlans(ctx context.Context, plans []pep.ID, does string) error {
	var children []string
	for _, id := range plans {
		plan, err := p.service.Plan(ctx, program, id)
		if err != nil {
			return err
		}
		children = append(children, p.ref(plan.Child()))
	}
	slices.Sort(children)
	for _, who := range children {
		p.told.tell(p.clock.now, theDay, does, "", who)
	}
	return nil
}
