package oracle

import (
	"encoding/json"
	"strings"
	"time"
)

// question is the member "given" of pep.workflow: the facts, which stay the same
// throughout the run, and the steps.
type question struct {
	Child         child
	Establishment json.RawMessage // null if the child is educated nowhere
	Contributor   *struct {
		Active     *bool
		ActionedAt time.Time
	}
	GradingRequired *bool
	Steps           []step
}

// step is one step of a run. A missing member is nil, empty or zero.
type step struct {
	At     time.Time
	By, Do string
	With   struct {
		Section, Size        *int
		Fill                 *string
		Answers              map[string]string
		Clear                bool
		Meeting, On, Due     day
		Sections             json.RawMessage
		ConfirmedWithSetting bool

		Name, Reason, Comments, Comment, Grade, Feedback, Waiver string
	}
}

// overlay holds those members of an overlay on the policy that can affect a run.
type overlay struct {
	ReturnPeriod returnPeriod
	CarryForward setting
	LeapBirthday string
	LowerBound   string
}

// setting is a policy's setting: one value throughout, or one value for each period.
type setting []struct {
	From, To day
	Value    string
}

// UnmarshalJSON reads a value or a list of dated values.
func (s *setting) UnmarshalJSON(text []byte) error {
	if text[0] == '"' {
		text = []byte(`[{"value": ` + string(text) + `}]`)
	}
	return json.Unmarshal(text, (*[]struct {
		From, To day
		Value    string
	})(s))
}

// on returns the value on a day.
func (s setting) on(d day) string {
	for _, row := range s {
		if !row.From.after(d) && (row.To.IsZero() || row.To.after(d)) {
			return row.Value
		}
	}
	return ""
}

// establishment is where the child is educated.
type establishment struct {
	Status  string
	Special bool
	GIAS    int
}

// current holds the statuses of establishments that plans can be delegated to: our own
// statuses and those of the national register.
var current = map[string]bool{"current": true, "Open": true, "Open, but proposed to close": true}

func (q question) establishment() *establishment {
	if string(q.Establishment) == "null" {
		return nil
	}
	e := &establishment{Status: "current"}
	if q.Establishment != nil {
		must(json.Unmarshal(q.Establishment, e))
	}
	return e
}

func must(err error) {
	if err != nil {
		panic(err) // cannot happen: the oracle wrote the question, or the corpus holds it
	}
}

// chosen returns the sections that a delegation names, and whether it delegates all.
func (s step) chosen() (sections []int, all bool) {
	if string(s.With.Sections) == `"all"` {
		return nil, true
	}
	if s.With.Sections != nil {
		must(json.Unmarshal(s.With.Sections, &sections))
	}
	return sections, false
}

// written reports whether an answer fills its boxes, and whether it is sound. A sound
// answer has the member "section", and "fill" or "answers".
func (s step) written() (filled, sound bool) {
	if s.With.Section == nil || s.With.Fill == nil && s.With.Answers == nil {
		return false, false
	}
	return s.With.Fill != nil && !blank(*s.With.Fill), true
}

func blank(text string) bool { return strings.TrimSpace(text) == "" }
