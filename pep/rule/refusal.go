package rule

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"virtualschool.example/term/civil"
)

// Reason is one ground on which a rule says no. It holds ids, dates and
// codes: no name, no birth date, no answer.
type Reason struct {
	Rule    ID         `json:"rule"`
	Code    Code       `json:"code"`
	Section int        `json:"section,omitzero"` // the section concerned, from 1; zero where none is
	On      civil.Date `json:"on,omitzero"`      // the day compared with; zero where none is
	From    time.Time  `json:"from,omitzero"`    // the instant from which the reason will have passed; zero where waiting does not help
}

// Reasons gathers the grounds on which one action or question is refused.
// The zero Reasons is empty; adding to it does not allocate.
type Reasons struct {
	first [10]Reason // more than any action can have
	n     int
}

// AddReason adds a reason. It keeps ten, more than any action can
// have, and drops the rest.
func (r *Reasons) AddReason(reason Reason) {
	if r.n < len(r.first) {
		r.first[r.n] = reason
		r.n++
	}
}

// Add adds a reason that needs only its rule and code.
func (r *Reasons) Add(id ID, code Code) { r.AddReason(Reason{Rule: id, Code: code}) }

// Empty reports whether nothing stands against the action.
func (r *Reasons) Empty() bool { return r.n == 0 }

// List returns the reasons in the order in which they were added.
func (r *Reasons) List() []Reason { return r.first[:r.n] }

// Take adds the reasons of a *Refusal, and returns any other error as it is.
func (r *Reasons) Take(err error) error {
	if err == nil {
		return nil
	}
	var refusal *Refusal
	if !errors.As(err, &refusal) {
		return err
	}
	for _, reason := range refusal.Reasons() {
		r.AddReason(reason)
	}
	return nil
}

// Err returns nil where there is no reason, and otherwise a *Refusal of what
// was tried, such as "finalise" or "delegation.due".
func (r *Reasons) Err(tried string) error {
	if r.n == 0 {
		return nil
	}
	refusal := &Refusal{Tried: tried, first: r.first[0]}
	if r.n > 1 {
		refusal.rest = slices.Clone(r.first[1:r.n])
	}
	return refusal
}

// Refusal says that a rule, or several, do not allow what was tried. It is
// always used as *Refusal; errors.Is(err, rule.FINAL1) reports whether
// FINAL-1 is among its reasons.
type Refusal struct {
	Tried string   // the action or question, in its text form
	first Reason   // the one that decided
	rest  []Reason // the others
}

// Refuse returns the *Refusal of what was tried for one reason.
func Refuse(tried string, reason Reason) *Refusal { return &Refusal{Tried: tried, first: reason} }

// Rule returns the rule that decided: the first reason's.
func (r *Refusal) Rule() ID { return r.first.Rule }

// Code returns the code of the first reason.
func (r *Refusal) Code() Code { return r.first.Code }

// Reasons returns every reason, the deciding one first.
func (r *Refusal) Reasons() []Reason { return append([]Reason{r.first}, r.rest...) }

// Is reports whether target is the ID of a rule among the reasons.
func (r *Refusal) Is(target error) bool {
	id, ok := target.(ID)
	return ok && (r.first.Rule == id || slices.ContainsFunc(r.rest, func(reason Reason) bool { return reason.Rule == id }))
}

// Error says what was tried and every reason, such as
// "finalise: FINAL-1: a social worker never finalises a plan".
func (r *Refusal) Error() string {
	said := make([]string, 0, 1+len(r.rest))
	for _, reason := range r.Reasons() {
		said = append(said, reason.Rule.String()+": "+reason.Sentence())
	}
	return r.Tried + ": " + strings.Join(said, "; ")
}

// Sentence says the reason in plain English, with the section, the day and
// the instant that it concerns.
func (r Reason) Sentence() string {
	s := r.Code.Sentence()
	if r.Section != 0 {
		s += " (section " + strconv.Itoa(r.Section) + ")"
	}
	if !r.On.IsZero() {
		s += " (" + r.On.Words() + ")"
	}
	if !r.From.IsZero() {
		s += " (possible from " + r.From.UTC().Format(time.RFC3339) + ")"
	}
	return s
}
