package pep

import (
	"errors"
	"slices"
	"sort"

	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// Requirement says whether a child needs a plan, and gives the reason and the
// rules that decided. It is a small value, and deciding it allocates nothing.
type Requirement struct {
	Required bool        `json:"required"`
	Reason   Eligibility `json:"reason"`
	Rules    rule.IDs    `json:"rules"`    // the rules behind the answer; the first one decided it
	Revision int         `json:"revision"` // the revision of the policy
}

// Eligibility is the reason why a child needs a plan or does not need one.
type Eligibility uint8

// The reasons, in the order in which the tests are applied to a day. A day that
// fails a later test has come further. The zero Eligibility has no meaning.
const (
	PastLastTerm   Eligibility = 1 + iota // ELIG-4
	TooYoung                              // ELIG-11
	NotInNursery                          // ELIG-2
	NotLookedAfter                        // ELIG-1
	OtherAuthority                        // ELIG-1
	ShortBreak                            // ELIG-9
	Required                              // ELIG-7
)

// eligibilities holds, for each reason, its text form and words, the rules that
// decide for a day and for a term, and the rule and code of a refusal.
var eligibilities = [...]struct {
	name, words string
	day, term   rule.IDs
	refuses     rule.ID
	code        rule.Code
}{
	PastLastTerm:   {"past_last_term", "the term is after the last one for which the child needs a plan", rule.IDs{rule.ELIG4, rule.ELIG8}, rule.IDs{rule.ELIG4, rule.ELIG7}, rule.ELIG4, rule.PastLastTerm},
	TooYoung:       {"too_young", "the child is too young", rule.IDs{rule.ELIG11, rule.ELIG8}, rule.IDs{rule.ELIG11, rule.ELIG6, rule.ELIG7}, rule.ELIG11, rule.TooYoung},
	NotInNursery:   {"not_in_nursery", "a child of this age needs a plan only while in nursery provision", rule.IDs{rule.ELIG2, rule.ELIG8}, rule.IDs{rule.ELIG2, rule.ELIG6, rule.ELIG7}, rule.ELIG2, rule.NotInNursery},
	NotLookedAfter: {"not_looked_after", "the child is not looked after", rule.IDs{rule.ELIG1, rule.ELIG8}, rule.IDs{rule.ELIG1, rule.ELIG5, rule.ELIG7}, rule.ELIG1, rule.NotLookedAfter},
	OtherAuthority: {"other_authority", "the child is looked after by another authority", rule.IDs{rule.ELIG1, rule.ELIG8}, rule.IDs{rule.ELIG1, rule.ELIG7}, rule.ELIG1, rule.OtherAuthority},
	ShortBreak:     {"short_break", "the child is looked after only in a series of short breaks", rule.IDs{rule.ELIG9, rule.ELIG8}, rule.IDs{rule.ELIG9, rule.ELIG7}, rule.ELIG9, rule.ShortBreak},
	Required:       {"required", "the child needs a plan", rule.IDs{rule.ELIG3, rule.ELIG8}, rule.IDs{rule.ELIG7, rule.ELIG3, rule.ELIG4}, 0, 0},

	requiredInNursery: {"", "", rule.IDs{rule.ELIG2, rule.ELIG8}, rule.IDs{rule.ELIG7, rule.ELIG2, rule.ELIG6}, 0, 0},
}

// requiredInNursery replaces Required for a child who needs a plan only because of
// nursery provision. Only the method over returns it, and no Requirement holds it.
const requiredInNursery = Required + 1

// requirement returns the Requirement for a reason, decided by the given rules.
func (p *Policy) requirement(e Eligibility, by rule.IDs) Requirement {
	e = min(e, Required)
	return Requirement{Required: e == Required, Reason: e, Rules: by, Revision: p.par.Revision}
}

// ParseEligibility returns the reason whose text form is s, such as "too_young".
func ParseEligibility(s string) (Eligibility, error) {
	return rule.Find[Eligibility](len(eligibilities), s, "reason", "a reason why a plan is needed or not, such as too_young")
}

// String returns the text form of e, such as "too_young".
func (e Eligibility) String() string { return rule.Row(eligibilities[:], e).name }

// Words returns the reason in plain English.
func (e Eligibility) Words() string { return rule.Row(eligibilities[:], e).words }

// MarshalText returns the text form of e.
func (e Eligibility) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// UnmarshalText reads the text form of a reason as ParseEligibility does, and
// empty text as the zero Eligibility.
func (e *Eligibility) UnmarshalText(text []byte) error {
	return rule.Unmarshal(text, e, ParseEligibility)
}

// Sentence returns the requirement in plain English.
func (r Requirement) Sentence() string { return r.Reason.Words() }

// RequiredOn decides whether a child needs a plan on a day (ELIG-8). The child
// needs one if they are in the age window, are looked after by this authority and,
// at an age that requires it, are in nursery provision. RequiredOn returns a
// *rule.Invalid if the birth date is after the day or more than 25 years before it
// (AGE-3), if the day is zero, or if CheckCare refuses the care.
func (p *Policy) RequiredOn(born, on civil.Date, care record.Care, education []record.Education) (Requirement, error) {
	if on.IsZero() {
		return Requirement{}, &rule.Invalid{Member: "on", Want: "a date such as 2006-01-02"}
	}
	par := p.inTermOf(on)
	if err := errors.Join(term.CheckBorn(born, on, par.LeapBirthday), p.CheckCare(care)); err != nil {
		return Requirement{}, err
	}
	e := par.over(born, record.Span{From: on, To: on.AddDays(1)}, care, education)
	return p.requirement(e, eligibilities[e].day), nil
}

// RequiredForTerm decides whether a child needs a plan for a term (ELIG-7): the
// child needs one if there is any day of the term on which they need one. If not,
// the reason is that of the day that came furthest through the tests: a day of
// short breaks comes further than a day in another authority's care, which comes
// further than a day without care. RequiredForTerm returns a *rule.Invalid if the
// birth date is after the term's last day or more than 25 years before it (AGE-3),
// if the term is zero, or if CheckCare refuses the care.
func (p *Policy) RequiredForTerm(born civil.Date, t term.Term, care record.Care, education []record.Education) (Requirement, error) {
	if t.IsZero() {
		return Requirement{}, &rule.Invalid{Member: "term", Want: "a term, such as SPRING 2026"}
	}
	par := p.forTerm(t)
	if err := errors.Join(term.CheckBorn(born, p.Calendar().Last(t), par.LeapBirthday), p.CheckCare(care)); err != nil {
		return Requirement{}, err
	}
	days := par.days(t)
	e := par.over(born, days, care, education)
	return p.requirement(e, eligibilities[e].term), nil
}

// InAgeWindow decides whether a term is in the child's age window (ELIG-2, 3, 4,
// 6, 11), whether or not the child is looked after. It returns the same errors as
// RequiredForTerm.
func (p *Policy) InAgeWindow(born civil.Date, t term.Term, education []record.Education) (Requirement, error) {
	return p.RequiredForTerm(born, t, record.Care{Throughout: true}, education)
}

// LastTerm returns the last term for which the child can need a plan (ELIG-4): the
// term of the birthday on which the child reaches UntilAge or, if the policy's
// upper bound is UntilBirthday, the term of the day before. If the policy has
// several editions, each edition has its own last day, and the latest edition that
// begins no later than its own last day decides.
func (p *Policy) LastTerm(born civil.Date) term.Term {
	last := p.lastDay(born)
	return p.Calendar().Of(last)
}

// lastDay returns the birthday that ends the need for plans or, if the upper
// bound is UntilBirthday, the day before that birthday.
func (p *Policy) lastDay(born civil.Date) civil.Date {
	for i := len(p.later) - 1; i >= 0; i-- {
		if last := p.later[i].Parameters.lastDay(born); !last.Before(p.later[i].From) {
			return last
		}
	}
	return p.par.lastDay(born)
}

func (par *Parameters) lastDay(born civil.Date) civil.Date {
	birthday := par.birthday(born, par.UntilAge)
	if par.UpperBound == UntilBirthday {
		return birthday.AddDays(-1)
	}
	return birthday
}

// neededAfter reports whether a child, as recorded, needs a plan in the term after
// t. If not, a plan for term t may say N/A in its assignment comment (ASSIGN-4).
func (p *Policy) neededAfter(t term.Term, c *record.Child) bool {
	next := t.Next()
	par := p.forTerm(next)
	return par.over(c.Born.Reveal(private.Deciding), par.days(next), c.Care, c.Education) >= Required
}

// days returns the days of a term.
func (par *Parameters) days(t term.Term) record.Span {
	c := par.Delegation.Terms
	return record.Span{From: c.First(t), To: c.First(t.Next())}
}

// over tests the given days, which all lie in one term, and returns the reason of the
// day that came furthest through the tests. It works on whole spans, not day by day.
func (par *Parameters) over(born civil.Date, days record.Span, care record.Care, education []record.Education) Eligibility {
	if par.pastLastTerm(born, days.From) {
		return PastLastTerm
	}
	days = par.untilEnd(born, days)
	if days.From.Year()-born.Year() > par.AlwaysFromAge+1 { // old enough for ELIG-3 under either LowerBound
		return par.looked(care, days)
	}
	always := par.from(born, par.AlwaysFromAge)
	if !always.After(days.From) {
		return par.looked(care, days)
	}
	var best Eligibility
	if old := days.Within(record.Span{From: always}); !old.Empty() {
		best = par.looked(care, old)
	}
	if best == Required {
		return best
	}
	return max(best, par.inNursery(born, days.Within(record.Span{To: always}), care, education))
}

// untilEnd returns the days before the birthday that ends the need for plans. If
// the upper bound is the end of that birthday's term, it returns all the days
// (ELIG-4).
func (par *Parameters) untilEnd(born civil.Date, days record.Span) record.Span {
	if par.UpperBound == UntilBirthday {
		return days.Within(record.Span{To: par.birthday(born, par.UntilAge)})
	}
	return days
}

// pastLastTerm reports whether a day is past the last term that needs a plan. If
// the upper bound is the birthday, it reports whether the birthday has been
// reached (ELIG-4). For a day before the year of the birthday, it need not look
// up a term.
func (par *Parameters) pastLastTerm(born, day civil.Date) bool {
	if day.Year()-born.Year() < par.UntilAge {
		return false
	}
	birthday := par.birthday(born, par.UntilAge)
	if par.UpperBound == UntilBirthday {
		return !birthday.After(day)
	}
	terms := par.Delegation.Terms
	return birthday.Before(day) && terms.Of(birthday).Before(terms.Of(day))
}

// inNursery does the same as the method over, for days on which the child is
// below the age from which every child needs a plan (ELIG-2, ELIG-6, ELIG-11).
func (par *Parameters) inNursery(born civil.Date, days record.Span, care record.Care, education []record.Education) Eligibility {
	days = days.Within(record.Span{From: par.from(born, par.NurseryFromAge)})
	if days.Empty() {
		return TooYoung
	}
	var few [4]record.Span
	spans := par.nursery(few[:0], born, days, education)
	if len(spans) == 0 {
		return NotInNursery
	}
	if best := par.looked(care, spans...); best != Required {
		return best
	}
	return requiredInNursery
}

// nursery appends, in order, the given days on which the child is in nursery
// provision that counts (ELIG-2). Spans that touch are joined.
func (par *Parameters) nursery(spans []record.Span, born civil.Date, days record.Span, education []record.Education) []record.Span {
	for i := range education {
		e := &education[i]
		in := e.Within(days)
		if e.Kind == record.School {
			in = in.Within(record.Span{From: par.birthday(born, par.SchoolFromAge)})
		}
		if par.NurseryKinds.Has(e.Kind) && !in.Empty() {
			spans = append(spans, in)
		}
	}
	if len(spans) < 2 {
		return spans
	}
	slices.SortFunc(spans, func(a, b record.Span) int { return a.From.Compare(b.From) })
	joined := spans[:1]
	for _, next := range spans[1:] {
		if last := &joined[len(joined)-1]; next.From.After(last.To) {
			joined = append(joined, next)
		} else if next.To.After(last.To) {
			last.To = next.To
		}
	}
	return joined
}

// looked tests whether the child is looked after (ELIG-1, ELIG-9). It returns
// the best reason among the episodes that overlap the given days, which must be
// in order.
func (par *Parameters) looked(care record.Care, days ...record.Span) Eligibility {
	if care.Throughout {
		return Required
	}
	best := NotLookedAfter
	for i := range care.Episodes {
		e := &care.Episodes[i]
		if !shared(e.Span, days).Empty() {
			best = max(best, par.lookedIn(e))
		}
	}
	return best
}

// shared finds the first of the given spans that ends after s begins, and
// returns the part of s that lies in it. The spans must be in order and have
// ends.
func shared(s record.Span, days []record.Span) record.Span {
	n := 0
	if len(days) > 1 {
		n = sort.Search(len(days)-1, func(n int) bool { return s.From.Before(days[n].To) })
	}
	return s.Within(days[n])
}

func (par *Parameters) lookedIn(e *record.Episode) Eligibility {
	switch {
	case e.ShortBreak && !par.ShortBreaks:
		return ShortBreak
	case !par.ours(e.Authority):
		return OtherAuthority
	}
	return Required
}

// birthday returns the day on which the child reaches an age (AGE-1, AGE-2).
func (par *Parameters) birthday(born civil.Date, age int) civil.Date {
	return born.Anniversary(age, par.LeapBirthday)
}

// from returns the first day on which an age counts (ELIG-6).
func (par *Parameters) from(born civil.Date, age int) civil.Date {
	day := par.birthday(born, age)
	if par.LowerBound == TermAfterBirthday {
		c := par.Delegation.Terms
		return c.First(c.Of(day).Next())
	}
	return day
}
