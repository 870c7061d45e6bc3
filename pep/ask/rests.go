package ask

import (
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// rests adds the parameters that decided a successful step.
func (r *run) rests(s step, plan *pep.PEP, e *rule.Explanation) {
	meeting := plan.Meeting()
	if starts(s.verb) || s.verb == pep.VerbRescheduleMeeting {
		child := r.given.child
		born, in := child.Born.Reveal(private.Deciding), r.policy.Calendar().Of(meeting)
		if a, err := r.policy.RequiredForTerm(born, in, child.Care, child.Education); err == nil {
			e.Parameters = append(e.Parameters, a.ExplainFor(r.policy, born, in).Parameters...)
		}
	}
	r.use(e, s, meeting, s.verb.Parameters())
	if s.verb == pep.VerbDelegate && s.by == pep.BusinessSupport {
		r.use(e, s, meeting, []rule.Parameter{rule.ParameterSubsequentDelegation})
	}
	if s.verb == pep.VerbReassign && plan.Snapshot().Next.IsZero() {
		r.use(e, s, meeting, rule.NextMeetingNeeded.Parameters())
	}
	r.restsDue(s, plan.Snapshot(), e)
}

// restsDue adds the parameters that decided the due date of a delegation.
func (r *run) restsDue(s step, plan pep.Snapshot, e *rule.Explanation) {
	delegates, moves := s.verb == pep.VerbDelegate, s.verb == pep.VerbRescheduleMeeting
	again := s.verb == pep.VerbRedelegate
	switch by := r.policy.Delegation(plan.Meeting); {
	case !plan.DueByDefault && (delegates || again):
		r.use(e, s, plan.Meeting, []rule.Parameter{rule.ParameterMeetingTermsAhead})
	case !plan.DueByDefault:
	case again, moves && !plan.Submitted.IsZero():
		r.use(e, s, plan.Meeting, []rule.Parameter{rule.ParameterReturnPeriod})
	case delegates, moves:
		if due, err := by.Due(plan.Meeting, plan.Delegated); err == nil {
			e.Parameters = append(e.Parameters, due.Explain(by, plan.Meeting, plan.Delegated).Parameters...)
		}
	}
}

// restsRefused adds the parameters that decided the refusal of a step.
func (r *run) restsRefused(s step, plan *pep.PEP, no *rule.Refusal, e *rule.Explanation) {
	meeting := plan.Meeting()
	if meeting.IsZero() {
		meeting = r.meetingOf(s, plan)
	}
	for _, reason := range no.Reasons() {
		r.use(e, s, meeting, reason.Code.Parameters())
		if reason.Code == rule.WrongRole && s.verb == pep.VerbDelegate && s.by == pep.BusinessSupport {
			r.use(e, s, meeting, []rule.Parameter{rule.ParameterSubsequentDelegation})
		}
	}
}

// meetingOf returns the meeting of the plan that a step would start.
func (r *run) meetingOf(s step, plan *pep.PEP) civil.Date {
	switch a := s.do.on(plan).(type) {
	case pep.StartInitial:
		return a.Meeting
	case pep.StartSubsequent:
		if before := r.others(plan).Previous; a.Meeting.IsZero() && before != nil {
			return before.Next
		}
		return a.Meeting
	}
	return civil.Date{}
}

// use adds parameters, each with the day on which its value is looked up. It
// omits the parameter grading if the question supplies gradingRequired, because
// the policy then does not decide.
func (r *run) use(e *rule.Explanation, s step, meeting civil.Date, all []rule.Parameter) {
	for _, of := range all {
		on := meeting
		switch of.Basis() {
		case rule.ByTerm:
			on = inTermOf(r.policy, meeting)
		case rule.ByToday:
			on = s.when.on
		}
		if of != rule.ParameterGrading || r.given.grading == nil {
			e.Uses(on, of.String())
		}
	}
}
