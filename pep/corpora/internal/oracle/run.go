package oracle

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// plan is a plan of a run.
type plan struct {
	initial                     bool
	stage                       string
	started, meeting, next      day // next is the next meeting that the assignment comment names
	term                        termOf
	form, grade                 string
	filled                      []bool // the sections without a blank box
	sealed                      []bool // what the last retract cleared; nil if it cannot be restored
	retracted                   day
	unlocked                    bool // whether a returned plan has been activated
	due, delegated, redelegated day
	entered                     bool // whether a person entered the due date
	revision, carried           int
	returned                    bool // whether the contribution was submitted and no retract has undone that
	ceased                      day
	final                       bool // whether the plan still counts as finalised
	finalNext                   day
}

// run is a run in progress.
type run struct {
	question
	overlay
	plans []*plan
	today day
	sent  []string // the notices of the step
}

// answer takes a run through its steps. It returns what each step shows, and the plan
// that was started last.
func answer(given, overrides object) (steps []object, final object) {
	var r run
	must(json.Unmarshal([]byte(text(given)), &r.question))
	if overrides != nil {
		must(json.Unmarshal([]byte(text(overrides)), &r.overlay))
	}
	return r.all()
}

func (r *run) all() (steps []object, final object) {
	r.Child.february, r.Child.termAfter = r.LeapBirthday == "feb28", r.LowerBound == "term_after_birthday"
	if len(r.Steps) > 0 && r.Child.RecordedOn.IsZero() {
		r.Child.RecordedOn = london(r.Steps[0].At.UTC())
	}
	for _, s := range r.Steps {
		r.today, r.sent = london(s.At.UTC()), []string{}
		if refused := r.take(s); refused != "" {
			steps = append(steps, object{"refused", refused})
			continue
		}
		p := r.plan()
		steps = append(steps, object{"refused", nil, "stage", p.stage, "tray", trays[p.stage], "notices", r.sent})
	}
	if p := r.plan(); p != nil {
		final = p.shown()
	}
	return steps, final
}

// trays holds, for each stage, the owner of the tray that a plan is in.
var trays = map[string]any{"draft": "social_worker", "delegated": "establishment", "returned": "social_worker",
	"checking": "business_support", "grading": "virtual_school_consultants"}

func (p *plan) shown() object {
	complete := 0
	for _, filled := range p.filled {
		if filled {
			complete++
		}
	}
	o := object{"stage", p.stage, "term", p.term, "meeting", p.meeting, "formType", p.form, "due", nil, "grade", nil, "nextMeeting", nil,
		"revision", p.revision, "completedSections", complete}
	if !p.due.IsZero() {
		o[9] = p.due
	}
	if p.grade != "" {
		o[11] = p.grade
	}
	if !p.next.IsZero() {
		o[13] = p.next
	}
	return o
}

// plan returns the plan that was started last, or nil if there is none.
func (r *run) plan() *plan {
	if len(r.plans) == 0 {
		return nil
	}
	return r.plans[len(r.plans)-1]
}

// previous returns the latest finalised plan of the current care period: the plan with the
// latest term and, within a term, the latest start. It returns nil if there is none.
func (r *run) previous() (latest *plan) {
	period := r.entered()
	for _, p := range r.plans {
		if p.final && !period.after(p.started) && (latest == nil || !latest.term.first.after(p.term.first)) {
			latest = p
		}
	}
	return latest
}

// entered returns the first day of the child's latest care period. Episodes without a day
// between them are one period. It returns the zero day if the child is looked after throughout.
func (r *run) entered() day {
	if r.Child.LookedAfter == nil {
		return day{}
	}
	from := r.today
	for r.Child.cared(from) != "required" && from.after(r.Child.Born) {
		from = from.plus(-1)
	}
	for r.Child.cared(from.plus(-1)) == "required" {
		from = from.plus(-1)
	}
	return from
}

// window returns the first and the last day for which a meeting may be set (TERM-8).
func (r *run) window() (first, last day) {
	current := term(r.today)
	return current.previous().first, current.next().next().last
}

func (r *run) outside(meeting day) bool {
	first, last := r.window()
	return first.after(meeting) || meeting.after(last)
}

// eligible returns the rule that makes the child ineligible. The child must need a plan for
// the term of the meeting and, if today is true, be looked after today. It returns "" if
// the child is eligible. It ignores the ceasing of the plan in the last argument.
func (r *run) eligible(meeting day, today bool, but *plan) string {
	why := r.Child.needsFor(term(meeting))
	if why == "required" && today {
		why = r.Child.cared(r.today)
	}
	if why == "required" && today && r.Child.LookedAfter == nil && slices.ContainsFunc(r.plans, func(p *plan) bool { return p != but && !p.ceased.IsZero() }) {
		return "CHG-4"
	}
	if why == "required" {
		return ""
	}
	return deciding[why]
}

// start starts a plan, or returns the rule that refuses the start.
func (r *run) start(s step) string {
	initial, previous := s.Do == "start_initial", r.previous()
	meeting := s.With.Meeting
	if meeting.IsZero() && !initial && previous != nil {
		meeting = previous.finalNext
	}
	switch {
	case initial != (s.By == "social_worker"), !initial != (s.By == "business_support"):
		return "START-1"
	case slices.ContainsFunc(r.plans, func(p *plan) bool { return !closed(p.stage) }):
		return "START-2"
	case initial == (previous != nil):
		return "START-1"
	case meeting.IsZero() && !initial && previous.term.next().first.after(lastTerm(r.Child.Born, r.Child.february).last):
		return "ELIG-4"
	case meeting.IsZero():
		return "START-1"
	case r.outside(meeting):
		return "TERM-8"
	}
	if refused := r.eligible(meeting, true, nil); refused != "" {
		return refused
	}
	year, refused := r.Child.year(meeting)
	if refused != "" {
		return refused
	}
	e := r.establishment()
	form, sections := formType(year[1], e != nil && (e.Special || specialTypes[e.GIAS])), 6
	if form == "early_years" {
		sections = 5
	}
	r.plans = append(r.plans, &plan{initial: initial, stage: "draft", started: r.today, meeting: meeting, term: term(meeting), form: form,
		filled: make([]bool, sections), revision: 1})
	return ""
}

func closed(stage string) bool {
	return stage == "finalised" || stage == "cancelled" || stage == "deleted"
}

// selfCompleted reports whether the social worker completes the form.
func (r *run) selfCompleted(p *plan) bool {
	return r.establishment() == nil || p.form == "key_stage_5" && r.Child.ConsentToShare != nil && !*r.Child.ConsentToShare
}

// unready returns the rule that forbids delegating, or "" if none does.
func (r *run) unready(p *plan, at time.Time) string {
	switch e := r.establishment(); {
	case e == nil:
		return "DELEG-9"
	case !current[e.Status]:
		return "PRE-1"
	case r.Contributor != nil && r.Contributor.Active != nil && !*r.Contributor.Active:
		return "PRE-2"
	case r.Contributor != nil && at.Before(r.Contributor.ActionedAt.Add(24*time.Hour)):
		return "PRE-3"
	case r.selfCompleted(p):
		return "DELEG-9"
	}
	return ""
}

// badDue reports whether an entered due date is in the past, or after the last day for
// which a meeting may be set (DELEG-3).
func (r *run) badDue(due day) bool {
	_, last := r.window()
	return !due.IsZero() && (r.today.after(due) || due.after(last))
}

// later returns the later of two days.
func later(a, b day) day {
	if a.after(b) {
		return a
	}
	return b
}

// comment reads an assignment comment on a plan. It returns the next meeting, or the rule
// that refuses the comment.
func (r *run) comment(p *plan, comment string) (next day, refused string) {
	name, rest := "", ""
	for _, dash := range dashes {
		if before, after, ok := strings.Cut(comment, dash); ok && name == "" || ok && dash == "--" {
			name, rest = strings.ToUpper(strings.TrimSpace(before)), strings.ToUpper(strings.TrimSpace(after))
		}
	}
	none := rest == "N/A"
	at, err := time.Parse("2/1/2006", rest)
	switch {
	case !strings.Contains(" SPRING SUMMER AUTUMN ", " "+name+" "), err != nil && !none:
		return day{}, "ASSIGN-1"
	case name != p.term.name:
		return day{}, "ASSIGN-2"
	case none && r.Child.needsFor(p.term.next()) == "required":
		return day{}, "ASSIGN-4"
	case none:
		return day{}, ""
	case p.term.first.after(day{at}):
		return day{}, "ASSIGN-3"
	case r.outside(day{at}):
		return day{}, "TERM-8"
	}
	return day{at}, ""
}

// mayCarry returns the rule that forbids carrying a plan forward, or "" if none does.
func (r *run) mayCarry(p *plan) string {
	over, due, mode := r.today.after(p.term.last), r.today.after(p.due), r.CarryForward.on(r.today)
	switch {
	case p.carried > 0:
		return "OOT-4"
	case p.returned, p.revision > 1, mode == "off", !over, !due && mode != "strict":
		return "OOT-2"
	}
	return ""
}
