package ask

import (
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// reads is which parameters an action rests on when it is taken. To start a plan
// rests on those of eligibility too, and a default due date on its own.
var reads = [...][]pep.Parameter{
	pep.VerbStartInitial:      {pep.ParameterFormTypes},
	pep.VerbStartSubsequent:   {pep.ParameterFormTypes},
	pep.VerbRescheduleMeeting: {pep.ParameterTerms},
	pep.VerbDelegate:          {pep.ParameterAllSections, pep.ParameterPortalLag},
	pep.VerbRedelegate:        {pep.ParameterPortalLag},
	pep.VerbReassign:          {pep.ParameterAssignmentComment, pep.ParameterTerms},
	pep.VerbSendForGrading:    {pep.ParameterGrading},
	pep.VerbGrade:             {pep.ParameterGradesReturned},
	pep.VerbFinalise:          {pep.ParameterGradesReturned, pep.ParameterGrading},
	pep.VerbCarryForward:      {pep.ParameterCarryForward, pep.ParameterMaxCarries, pep.ParameterTerms},
	pep.VerbRepin:             nil, // the last
}

// readsRefusing is which parameters a refusal rests on.
var readsRefusing = [...][]pep.Parameter{
	rule.NotAllSections:      {pep.ParameterAllSections},
	rule.NotYetSelectable:    {pep.ParameterPortalLag},
	rule.BadComment:          {pep.ParameterAssignmentComment},
	rule.OtherTerm:           {pep.ParameterTerms},
	rule.NextMeetingTooEarly: {pep.ParameterTerms},
	rule.NextMeetingNeeded:   {pep.ParameterTerms, pep.ParameterUntilAge, pep.ParameterUpperBound},
	rule.GradeRequired:       {pep.ParameterGrading},
	rule.GradingNotRequired:  {pep.ParameterGrading},
	rule.GradedRed:           {pep.ParameterGradesReturned},
	rule.TooYoung:            {pep.ParameterTerms, pep.ParameterNurseryFromAge, pep.ParameterLowerBound},
	rule.NotInNursery:        {pep.ParameterTerms, pep.ParameterAlwaysFromAge, pep.ParameterLowerBound, pep.ParameterNurseryFromAge, pep.ParameterNurseryProvision, pep.ParameterSchoolFromAge},
	rule.PastLastTerm:        {pep.ParameterTerms, pep.ParameterUntilAge, pep.ParameterUpperBound},
	rule.ShortBreak:          {pep.ParameterShortBreaks},
	rule.NotYetCarried:       {pep.ParameterCarryForward, pep.ParameterTerms},
	rule.AlreadyCarried:      {pep.ParameterMaxCarries},
	rule.CarryingOff:         {pep.ParameterCarryForward},
	rule.NoFormType:          {pep.ParameterFormTypes},
	rule.BeyondHolidays:      {pep.ParameterBankHolidays},
	rule.NoRate:              nil, // the last
}

// rests adds the parameters on which a step rests that was taken on a plan.
func (r *run) rests(s step, plan *pep.PEP, e *rule.Explanation) {
	meeting := plan.Meeting()
	if starts(s.verb) {
		child := r.given.child
		born, in := child.Born.Reveal(private.Deciding), r.policy.Calendar().Of(meeting)
		if a, err := r.policy.RequiredForTerm(born, in, child.Care, child.Education); err == nil {
			e.Parameters = append(e.Parameters, a.ExplainFor(r.policy, born, in).Parameters...)
		}
	}
	r.use(e, s, meeting, reads[s.verb])
	if s.verb == pep.VerbDelegate && s.by == pep.BusinessSupport {
		r.use(e, s, meeting, []pep.Parameter{pep.ParameterSubsequentDelegation})
	}
	if after := plan.Snapshot(); after.DueByDefault {
		switch s.verb {
		case pep.VerbRedelegate:
			r.use(e, s, meeting, []pep.Parameter{pep.ParameterReturnPeriod})
		case pep.VerbDelegate, pep.VerbRescheduleMeeting:
			by := r.policy.Delegation(meeting)
			if due, err := by.Due(meeting, after.Delegated); err == nil {
				e.Parameters = append(e.Parameters, due.Explain(by, meeting, after.Delegated).Parameters...)
			}
		}
	}
}

// restsRefused adds the parameters on which the refusal of a step rests.
func (r *run) restsRefused(s step, plan *pep.PEP, no *rule.Refusal, e *rule.Explanation) {
	meeting := plan.Meeting()
	if meeting.IsZero() {
		meeting = r.meetingOf(s, plan)
	}
	for _, reason := range no.Reasons() {
		r.use(e, s, meeting, readsRefusing[reason.Code])
		if reason.Code == rule.WrongRole && s.verb == pep.VerbDelegate && s.by == pep.BusinessSupport {
			r.use(e, s, meeting, []pep.Parameter{pep.ParameterSubsequentDelegation})
		}
	}
}

// meetingOf returns the meeting of a plan that a step would start.
func (r *run) meetingOf(s step, plan *pep.PEP) civil.Date {
	switch a := s.do.on(plan).(type) {
	case pep.StartInitial:
		return a.Meeting
	case pep.StartSubsequent:
		if before := r.previous(); a.Meeting.IsZero() && before != nil {
			return before.Next
		}
		return a.Meeting
	}
	return civil.Date{}
}

// use adds parameters, each with the day that chooses its value. Whether a plan
// is to be graded is no matter of the policy where it was given.
func (r *run) use(e *rule.Explanation, s step, meeting civil.Date, all []pep.Parameter) {
	for _, of := range all {
		on := meeting
		switch of.Chosen() {
		case pep.ByTerm:
			on = inTermOf(r.policy, meeting)
		case pep.ByToday:
			on = s.when.on
		}
		if of != pep.ParameterGrading || r.given.grading == nil {
			e.Uses(on, of.String())
		}
	}
}
