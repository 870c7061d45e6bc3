package rule

import (
	"errors"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"virtualschool.example/term/civil"
)

// Reason is one ground on which a rule refuses. It holds ids, dates and codes,
// and never a name, a birth date or an answer.
type Reason struct {
	Rule    ID         `json:"rule"`
	Code    Code       `json:"code"`
	Role    uint8      `json:"-"`                // the pep.Role that the sentence names, or zero
	Stage   uint8      `json:"-"`                // the pep.Stage that the sentence names, or zero
	On      civil.Date `json:"on,omitzero"`      // the day that the rule compared with another, or zero
	Section int        `json:"section,omitzero"` // the number of the section concerned, counted from 1, or zero
	From    time.Time  `json:"from,omitzero"`    // the instant from which the reason no longer applies; zero if waiting does not help
	Words   Words      `json:"-"`                // supplies wording that this package does not know; may be nil
}

// Words supplies wording that a reason's code alone cannot: pep.Verb, for example,
// knows the words of a role and a stage. The method Refusal is called only when a
// person is to read the reason; until then, the reason merely carries the Words
// along. A Words of one byte, or a constant, does not allocate.
type Words interface {
	// Refusal returns the sentence of r, or "" to use the code's own sentence.
	Refusal(r Reason) string
}

// Absent is the Words of a MissingMember: it names what is missing, such as "the
// due date".
type Absent string

// Refusal returns a sentence saying that the thing named by a is missing.
func (a Absent) Refusal(Reason) string { return string(a) + " is missing" }

// Reasons gathers the grounds on which one action or question is refused. The
// zero Reasons is empty. Adding to it does not allocate.
type Reasons struct {
	first [10]Reason // room for more reasons than any action can have
	n     int
}

// AddReason adds a reason. It keeps ten, more than any action can have, and drops
// the rest.
func (r *Reasons) AddReason(reason Reason) {
	if r.n < len(r.first) {
		r.first[r.n] = reason
		r.n++
	}
}

// Add adds a reason that needs only its rule and code.
func (r *Reasons) Add(id ID, code Code) { r.AddReason(Reason{Rule: id, Code: code}) }

// Empty reports whether no reason was added.
func (r *Reasons) Empty() bool { return r.n == 0 }

// List returns the reasons in the order in which they were added.
func (r *Reasons) List() []Reason { return r.first[:r.n] }

// Take adds the reasons of a *Refusal, and returns any other error unchanged.
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

// Err returns a *Refusal with all the reasons, or nil if there are none. The argument
// tried is the action or question, such as "finalise" or "delegation.due".
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

// Refusal says that one or more rules do not allow what was tried. It is always
// used as *Refusal. errors.Is(err, rule.FINAL1) reports whether FINAL-1 is among
// its reasons.
type Refusal struct {
	Tried string // the action or question, in its text form
	first Reason // the deciding reason
	rest  []Reason
}

// Refuse returns a *Refusal of the action or question tried, for one reason.
func Refuse(tried string, reason Reason) *Refusal { return &Refusal{Tried: tried, first: reason} }

// Rule returns the rule of the first reason, which is the deciding reason.
func (r *Refusal) Rule() ID { return r.first.Rule }

// Code returns the code of the first reason.
func (r *Refusal) Code() Code { return r.first.Code }

// Reasons returns every reason, the deciding reason first.
func (r *Refusal) Reasons() []Reason { return append([]Reason{r.first}, r.rest...) }

// Is reports whether target is the ID of a rule among the reasons.
func (r *Refusal) Is(target error) bool {
	id, ok := target.(ID)
	return ok && (r.first.Rule == id || slices.ContainsFunc(r.rest, func(reason Reason) bool { return reason.Rule == id }))
}

// Error says what was tried, and gives every reason with its rule and remedy, such as
// "finalise: FINAL-1: a social worker cannot finalise a plan; business support can;
// reassign the plan to business support".
func (r *Refusal) Error() string {
	return r.Tried + ": " + text(r.Reasons(), func(one Reason) string { return one.Rule.String() + ": " })
}

// Text returns reasons as one paragraph without the last full stop: one sentence for
// each reason, with its remedy.
func Text(reasons []Reason) string { return text(reasons, nil) }

// text does the same as Text, but puts the prefix from the given function in front of
// each sentence. If the function is nil, every sentence after the first begins with a
// capital.
func text(reasons []Reason, before func(Reason) string) string {
	var said strings.Builder
	for reason, s := range Sentences(reasons) {
		if remedy := reason.Code.Remedy(); remedy != "" {
			s += "; " + remedy
		}
		if said.Len() > 0 {
			said.WriteString(". ")
		}
		if before != nil {
			said.WriteString(before(reason))
		} else if said.Len() > 0 {
			s = strings.ToUpper(s[:1]) + s[1:]
		}
		said.WriteString(s)
	}
	return said.String()
}

// Sentences iterates over reasons with their sentences. Reasons that differ only in
// the section appear once: as the first of them, with a sentence that names every
// section, such as "there are blank boxes in sections 1 and 2".
func Sentences(reasons []Reason) iter.Seq2[Reason, string] {
	return func(yield func(Reason, string) bool) {
		for i, r := range reasons {
			var sections []string
			first := i
			for j, other := range reasons {
				number := other.Section
				if other.Section = r.Section; other != r {
					continue
				}
				if first = min(first, j); number != 0 {
					sections = append(sections, strconv.Itoa(number))
				}
			}
			if first == i && !yield(r, r.sentence(sections)) {
				return
			}
		}
	}
}

// Sentence says the reason in plain English, without a full stop. It names the
// role, action, stage, section and day as far as they matter. Dates are in words,
// and an instant is in London's time.
func (r Reason) Sentence() string {
	if r.Section == 0 {
		return r.sentence(nil)
	}
	return r.sentence([]string{strconv.Itoa(r.Section)})
}

// sentence returns one sentence for r and all reasons that differ from it only in the
// section. The argument holds the numbers of their sections.
func (r Reason) sentence(sections []string) string {
	if r.Words != nil {
		if s := r.Words.Refusal(r); s != "" {
			return s
		}
	}
	before, part, _ := strings.Cut(Row(refusals[:], r.Code).sentence, "[")
	part, after, _ := strings.Cut(part, "]")
	part, without, _ := strings.Cut(part, "|")
	which := "section " + List("and", sections)
	if len(sections) > 1 {
		which = "sections " + List("and", sections)
	}
	switch {
	case strings.Contains(part, "SECTIONS") && len(sections) > 0:
		part = strings.Replace(part, "SECTIONS", which, 1)
	case strings.Contains(part, "DAY") && !r.On.IsZero():
		part = strings.Replace(part, "DAY", r.On.Weekday().String()+" "+r.On.Words(), 1)
	case strings.Contains(part, "TIME") && !r.From.IsZero():
		part = strings.Replace(part, "TIME", civil.Moment(r.From), 1)
	default:
		part = without
	}
	return before + part + after
}

// List joins words with commas, and the last two with "and" or "or", such as
// "1, 2 and 3".
func List(last string, words []string) string {
	n := len(words) - 1
	if n < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:n], ", ") + " " + last + " " + words[n]
}
