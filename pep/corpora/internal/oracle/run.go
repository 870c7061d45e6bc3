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
	started, meeting, next      day // next: the next meeting, as the assignment comment has it
	term                        termOf
	form, grade                 string
	filled                      []bool // the sections without a blank box
	sealed                      []bool // what the last retract cleared, nil once it cannot be restored
	retracted                   day
	unlocked                    bool // the sections of a returned plan
	due, delegated, redelegated day
	entered                     bool // the due date was entered
	revision, carried           int
	returned                    bool // the contribution was submitted, and no retract undid it
	ceased                      day
	final                       bool // what was finalised is on record
	finalNext                   day
}

// run is a run on its way.
type run struct {
	question
	overlay
	plans []*plan
	today day
	sent  []string // the notices of the step
}

// answer takes a run through its steps: what each shows, and the plan last
// started.
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

// trays is whose tray a plan is in at a stage.
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

// plan is the plan last started, nil for none.
func (r *run) plan() *plan {
	if len(r.plans) == 0 {
		return nil
	}
	return r.plans[len(r.plans)-1]
}

// previous is the plan, of those finalised in the care period of today, that is
// the latest by term and then by start.
func (r *run) previous() (latest *plan) {
	period := r.entered()
	for _, p := range r.plans {
		if p.final && !period.after(p.started) && (latest == nil || !latest.term.first.after(p.term.first)) {
			latest = p
		}
	}
	return latest
}

// entered is the first day of the child's care period: of episodes without a day
// between them, the last that has begun. It is the zero day for care throughout.
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

// window is the first and the last day on which a meeting may be set (TERM-8).
func (r *run) window() (first, last day) {
	current := term(r.today)
	return current.previous().first, current.next().next().last
}

func (r *run) outside(meeting day) bool {
	first, last := r.window()
	return first.after(meeting) || meeting.after(last)
}

// eligible names the rule that says why the child needs no plan, or is not
// looked after today; but is the plan whose own ceasing does not count.
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

// start starts a plan, or returns the rule that refuses it.
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

// unready names the first check before delegating that fails.
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

// badDue reports whether a due date that was entered is past, or after the last
// day on which a meeting may be set (DELEG-3).
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

// comment judges an assignment comment on a plan: the next meeting, and the rule
// that refuses it.
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

// mayCarry names the rule that refuses to carry a plan forward.
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
