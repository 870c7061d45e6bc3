package oracle

import (
	"slices"
	"strings"
)

// workflow is the workflow table: the stage, the action, the roles that may take it, and
// the stage that follows, or "?" if the table alone does not determine it. The table has
// no starts. It has no repin, because a run has no other revision.
const workflow = `
draft      answer               social_worker                            draft
returned   answer               social_worker                            returned
draft      reschedule_meeting   social_worker,business_support           draft
delegated  reschedule_meeting   social_worker,business_support           delegated
draft      attach               social_worker                            draft
returned   attach               social_worker                            returned
delegated  attach               designated_teacher                       delegated
checking   attach               business_support                         checking
grading    attach               virtual_school_consultant                grading
draft      delegate             social_worker,business_support           delegated
delegated  save_contribution    designated_teacher                       delegated
delegated  submit_contribution  designated_teacher                       returned
delegated  change_contributor   social_worker,business_support           delegated
delegated  retract              social_worker                            draft
returned   activate             social_worker                            returned
returned   redelegate           social_worker                            delegated
returned   reassign             social_worker                            checking
draft      reassign             social_worker                            checking
checking   send_for_grading     business_support                         grading
grading    grade                virtual_school_consultant                ?
checking   return_for_amendment business_support                         returned
grading    return_for_amendment virtual_school_consultant                returned
checking   finalise             business_support                         finalised
finalised  revise               business_support                         returned
finalised  reopen               service_desk                             checking
cancelled  reopen               service_desk                             ?
draft      restore              service_desk                             draft
draft      delete               service_desk                             deleted
delegated  delete               service_desk                             deleted
returned   delete               service_desk                             deleted
checking   delete               service_desk                             deleted
grading    delete               service_desk                             deleted
finalised  delete               service_desk                             deleted
draft      cease                social_worker,business_support,system    cancelled
delegated  cease                social_worker,business_support,system    cancelled
returned   cease                social_worker,business_support,system    cancelled
checking   cease                social_worker,business_support,system    cancelled
grading    cease                social_worker,business_support,system    cancelled
draft      carry_forward        business_support,system                  draft
delegated  carry_forward        business_support,system                  delegated
`

// refusing holds the rule that refuses each action in the wrong role, at the wrong stage,
// or without a member that it needs.
var refusing = map[string]string{
	"answer": "DELEG-5", "reschedule_meeting": "TERM-2", "attach": "DOC-1", "delegate": "DELEG-2", "save_contribution": "DELEG-5",
	"submit_contribution": "DELEG-8", "change_contributor": "DELEG-2", "retract": "DELEG-6", "activate": "DELEG-5", "redelegate": "DELEG-7",
	"reassign": "SECT-3", "send_for_grading": "GRADE-1", "grade": "GRADE-9", "return_for_amendment": "AMEND-1", "finalise": "FINAL-2",
	"revise": "AMEND-1", "reopen": "FINAL-4", "restore": "DELEG-6", "delete": "FINAL-4", "cease": "CHG-4", "carry_forward": "OOT-2", "repin": "REPIN-1",
}

// follows looks an action up in the table.
func follows(stage, do, by string) (to string, ok bool) {
	for row := range strings.Lines(workflow) {
		f := strings.Fields(row)
		if len(f) == 4 && f[0] == stage && f[1] == do && slices.Contains(strings.Split(f[2], ","), by) {
			return f[3], true
		}
	}
	return "", false
}

// take takes a step, or returns the rule that refuses it. A refused step changes nothing.
func (r *run) take(s step) (refused string) {
	if strings.HasPrefix(s.Do, "start_") {
		return r.start(s)
	}
	if s.Do == "finalise" && s.By == "social_worker" {
		return "FINAL-1"
	}
	p := r.plan()
	if p == nil {
		return refusing[s.Do]
	}
	to, ok := follows(p.stage, s.Do, s.By)
	if !ok {
		return refusing[s.Do]
	}
	was := *p
	if refused = r.act(p, s); refused != "" {
		*p = was
		return refused
	}
	if to != "?" {
		p.stage = to
	}
	return ""
}

// act applies a step that the table allows to a plan. If a rule refuses the step, act
// returns that rule.
func (r *run) act(p *plan, s step) string {
	no := refusing[s.Do]
	reason := !blank(s.With.Reason)
	switch s.Do {
	case "answer", "save_contribution":
		filled, sound := s.written()
		if p.stage == "returned" && !p.unlocked || !sound || *s.With.Section < 1 || *s.With.Section > len(p.filled) {
			return no
		}
		p.filled, p.sealed = slices.Clone(p.filled), nil
		p.filled[*s.With.Section-1] = filled
	case "reschedule_meeting":
		return r.reschedule(p, s.With.Meeting)
	case "attach":
		if blank(s.With.Name) || s.With.Size == nil {
			return no
		}
	case "delegate":
		return r.delegate(p, s)
	case "submit_contribution":
		p.returned, p.unlocked = true, false
		r.sent = []string{"returned"}
	case "change_contributor":
		r.sent = []string{"delegated", "withdrawn"}
		return r.unready(p, s.At)
	case "retract":
		if !s.With.ConfirmedWithSetting || !reason {
			return no
		}
		p.sealed, p.retracted, p.filled = p.filled, r.today, make([]bool, len(p.filled))
		p.due, p.delegated, p.redelegated, p.entered, p.returned = day{}, day{}, day{}, false, false
		r.sent = []string{"retracted"}
	case "restore":
		if !reason || p.sealed == nil || !p.retracted.plus(30).after(r.today) {
			return no
		}
		p.filled, p.sealed = p.sealed, nil
	case "activate":
		if p.unlocked {
			return no
		}
		p.unlocked = true
	case "redelegate":
		return r.redelegate(p, s)
	case "reassign":
		if p.stage == "draft" && !r.selfCompleted(p) || slices.Contains(p.filled, false) {
			return no
		}
		next, refused := r.comment(p, s.With.Comment)
		p.next, p.unlocked = next, false
		return refused
	case "send_for_grading":
		if !r.mustGrade() && !reason {
			return no
		}
	case "grade":
		return r.award(p, s)
	case "return_for_amendment", "revise":
		if !reason {
			return no
		}
		p.unlocked, r.sent = false, []string{"sent_back"}
		if s.Do == "revise" {
			p.revision, p.unlocked, p.returned = p.revision+1, true, true
		}
	case "finalise":
		switch {
		case p.grade == "red":
			return no
		case r.mustGrade() && p.grade == "" && blank(s.With.Waiver):
			return "GRADE-1"
		}
		p.final, p.finalNext, r.sent = true, p.next, []string{"finalised"}
	case "reopen":
		return r.reopen(p, reason)
	case "delete":
		if !reason {
			return no
		}
		p.final = false
		r.withdraw(p)
	case "cease":
		on := s.With.On
		if on.IsZero() || on.after(r.today) || birthday(r.today, -1, false).after(on) {
			return no
		}
		p.ceased = on
		r.withdraw(p)
	case "carry_forward":
		if refused := r.mayCarry(p); refused != "" {
			return refused
		}
		p.term, p.carried, r.sent = p.term.next(), p.carried+1, []string{"carried"}
	}
	return ""
}

// withdraw tells the establishment of a delegated plan that the plan is withdrawn.
func (r *run) withdraw(p *plan) {
	if p.stage == "delegated" {
		r.sent = []string{"withdrawn"}
	}
}

// mustGrade reports whether the plan must be graded. No plan in a run has an earlier grade.
func (r *run) mustGrade() bool { return r.GradingRequired == nil || *r.GradingRequired }

func (r *run) reschedule(p *plan, meeting day) string {
	switch {
	case meeting.IsZero(), meeting.same(p.meeting), p.revision > 1:
		return "TERM-2"
	case r.outside(meeting):
		return "TERM-8"
	}
	p.meeting, p.term = meeting, term(meeting)
	if p.stage == "delegated" {
		r.sent = []string{"rescheduled"}
		if !p.entered {
			p.due, _ = due(meeting, p.delegated, r.ReturnPeriod)
		}
		if !p.entered && !p.redelegated.IsZero() {
			p.due = later(p.due, r.ReturnPeriod.from(p.redelegated))
		}
	}
	return r.eligible(meeting, false, nil)
}

func (r *run) delegate(p *plan, s step) string {
	sections, all := s.chosen()
	if s.By == "business_support" && p.initial {
		return "DELEG-2"
	}
	if refused := r.unready(p, s.At); refused != "" {
		return refused
	}
	if !p.filled[0] || !p.filled[1] {
		return "SECT-3"
	}
	for _, n := range sections {
		if n < 1 || n > len(p.filled) {
			return "DELEG-5"
		}
	}
	for n := 1; n <= len(p.filled) && !all; n++ {
		if !slices.Contains(sections, n) {
			return "DELEG-1"
		}
	}
	if r.badDue(s.With.Due) {
		return "DELEG-3"
	}
	p.delegated, p.due, p.entered = r.today, s.With.Due, !s.With.Due.IsZero()
	if !p.entered {
		p.due, _ = due(p.meeting, r.today, r.ReturnPeriod)
	}
	r.sent = []string{"delegated"}
	return ""
}

func (r *run) redelegate(p *plan, s step) string {
	if !p.unlocked {
		return "DELEG-7"
	}
	if refused := r.unready(p, s.At); refused != "" {
		return refused
	}
	switch {
	case blank(s.With.Comments):
		return "DELEG-7"
	case r.badDue(s.With.Due):
		return "DELEG-3"
	}
	again := r.ReturnPeriod.from(r.today)
	switch {
	case !s.With.Due.IsZero():
		p.due, p.entered = s.With.Due, true
	case again.after(p.due):
		p.due, p.entered = again, false
	}
	p.redelegated, r.sent = r.today, []string{"redelegated"}
	return ""
}

// award grades a plan. A red plan goes back to the social worker, locked.
func (r *run) award(p *plan, s step) string {
	p.grade, r.sent = s.With.Grade, []string{"graded"}
	switch {
	case s.With.Grade == "":
		return "GRADE-9"
	case s.With.Grade != "red":
		p.stage = "checking"
	case blank(s.With.Feedback):
		return "GRADE-4"
	default:
		p.stage, p.unlocked = "returned", false
	}
	return ""
}

// reopen gives a finalised plan back to business support; the plan no longer counts as
// finalised. For a cancelled plan, reopen undoes the ceasing.
func (r *run) reopen(p *plan, reason bool) string {
	if !reason {
		return "FINAL-4"
	}
	if p.stage == "finalised" {
		p.final = false
		return ""
	}
	if refused := r.eligible(p.meeting, true, p); refused != "" {
		return refused
	}
	p.ceased, p.unlocked, p.stage = day{}, false, "returned"
	if !p.returned {
		p.stage = "draft"
		p.due, p.delegated, p.redelegated, p.entered = day{}, day{}, day{}, false
	}
	return ""
}
