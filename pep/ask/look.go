package ask

import (
	"strconv"

	"virtualschool.example/delegation"
	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/strict"
	"virtualschool.example/pep/rule"
)

func planLook(in *strict.Members) decideHeld {
	h, s := readHeld(in), readWho(in, true)
	return func(c *choice) (Reply, rule.Explanation, error) {
		r, own, err := h.run(c)
		if err != nil {
			return nil, rule.Explanation{}, err
		}
		*c = *own
		return r.look(s)
	}
}

// look answers plan.look for the person whose role and time are in s. The answer says
// which actions the person may take, and what they should know about the plan.
func (r *run) look(s step) (Reply, rule.Explanation, error) {
	plan := r.plan(0)
	e := s.explain(plan.Stage())
	by, err := r.act(s, plan)
	if err != nil {
		return nil, e, err
	}
	warnings, err := plan.Warnings(by)
	if err != nil {
		return nil, e, err
	}
	timely, err := plan.Timeliness(by)
	if err != nil {
		return nil, e, err
	}
	actions, rules, allowed, err := r.options(s, plan, &e)
	if err != nil {
		return nil, e, err
	}
	for _, w := range warnings {
		rules = append(rules, w.Rule())
	}
	e.Given("allowed", allowed)
	e.Says("%s can take %d of the %d actions on a plan that is %s", s.by.Words(), allowed, len(actions), plan.Stage().Words())
	reply := Reply{
		"actions": actions, "warnings": names(warnings), "due": orNull(plan.Due()),
		"timeliness": punctuality(timely), "blank": blanks(plan), "loss": loss(plan),
	}
	if timely.Status != 0 {
		e.Parameters = append(e.Parameters, timely.Explain(plan.Due(), by.On, plan.Snapshot().Submitted).Parameters...)
	}
	return reply.because(once(rules), "looked"), e, nil
}

// options returns every action, marked as allowed or refused, with the rules that refuse
// actions and the number of allowed actions.
func (r *run) options(s step, plan *pep.PEP, e *rule.Explanation) (actions Reply, rules []rule.ID, allowed int, err error) {
	actions = Reply{}
	for s.verb = range pep.AllVerbs() {
		by, err := r.act(s, plan)
		if err != nil {
			return nil, nil, 0, err
		}
		o, err := plan.Option(by, s.verb)
		if err != nil {
			return nil, nil, 0, err
		}
		shows := Reply{"allowed": o.Allowed(), "reasons": append([]rule.Reason{}, o.Reasons...)}
		if o.Allowed() {
			allowed++
			shows["to"] = o.To.String()
			r.use(e, s, plan.Meeting(), s.verb.Parameters())
		}
		for _, reason := range o.Reasons {
			rules = append(rules, reason.Rule)
			r.use(e, s, plan.Meeting(), reason.Code.Parameters())
		}
		actions[s.verb.String()] = shows
	}
	return actions, rules, allowed, nil
}

// punctuality shows whether a plan is late, and by how much. It returns nil if the plan
// has no due date, or if the bank holidays are not published yet.
func punctuality(t delegation.Timeliness) any {
	if t.Status == 0 {
		return nil
	}
	return Reply{"status": t.Status.String(), "daysLate": t.DaysLate, "workingDaysLate": t.WorkingDaysLate}
}

// blanks shows the questions that are still blank, keyed by the number of their section.
func blanks(plan *pep.PEP) Reply {
	r := Reply{}
	for n, ids := range plan.Blank() {
		if len(ids) > 0 {
			r[strconv.Itoa(n+1)] = ids
		}
	}
	return r
}

// loss shows what a retract would lose. It returns nil if there is nothing to retract.
func loss(plan *pep.PEP) any {
	if plan.Stage() != pep.Delegated {
		return nil
	}
	l := plan.Loss()
	return Reply{"sections": l.Sections, "boxes": l.Boxes}
}
