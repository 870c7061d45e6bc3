package oracle

import (
	"slices"
	"strings"
)

// span is a period of education or of care. To is the first day that the period does
// not cover; if To is zero, the period has no end.
type span struct {
	From, To   day
	Kind       string // the kind of education
	ShortBreak bool
	Authority  string // the authority that looks after the child; "" means our own
}

func (s span) covers(d day) bool { return !s.From.after(d) && (s.To.IsZero() || s.To.after(d)) }

// child is a child, with the facts that decide eligibility. LookedAfter is nil if the
// child is looked after throughout.
type child struct {
	Born                   day
	ConsentToShare         *bool
	LookedAfter, Education []span
	RecordedYear           string
	RecordedOn             day
	february, termAfter    bool // other councils' readings: a leap-day birthday falls on 28 February; an age counts from the term after the birthday
}

// nurseryKinds are the kinds of education that count as nursery provision at the ages of
// 2 and 3. At the age of 3, a school counts too.
const nurseryKinds = " nursery nursery_school nursery_class day_nursery pre_school childminder "

func (c child) inNursery(at day) bool {
	for _, s := range c.Education {
		school := s.Kind == "school" && age(c.Born, at, c.february) >= 3
		if s.covers(at) && (school || strings.Contains(nurseryKinds, " "+s.Kind+" ")) {
			return true
		}
	}
	return false
}

// cared returns "required" if we look after the child on a day, and otherwise the reason
// why we do not. If several episodes cover the day, the reason with the highest rank counts
// (see the function further).
func (c child) cared(at day) string {
	if c.LookedAfter == nil {
		return "required"
	}
	best := "not_looked_after"
	for _, s := range c.LookedAfter {
		why := "required"
		switch {
		case !s.covers(at):
			continue
		case s.ShortBreak:
			why = "short_break"
		case !ours(s.Authority):
			why = "other_authority"
		}
		if further[why] > further[best] {
			best = why
		}
	}
	return best
}

// needs returns "required" if the child needs a plan on a day, and otherwise the reason why
// not (ELIG-8). The child must have been born by then.
func (c child) needs(at day) string {
	switch {
	case term(at).first.after(lastTerm(c.Born, c.february).last):
		return "past_last_term"
	case !c.old(4, at) && !c.old(2, at):
		return "too_young"
	case !c.old(4, at) && !c.inNursery(at):
		return "not_in_nursery"
	}
	return c.cared(at)
}

// lastTerm returns the term of the 18th birthday (ELIG-4).
func lastTerm(born day, february bool) termOf { return term(birthday(born, 18, february)) }

// old reports whether the child counts as having reached an age on a day (ELIG-6).
func (c child) old(years int, at day) bool {
	from := birthday(c.Born, years, c.february)
	if c.termAfter {
		from = term(from).last.plus(1)
	}
	return !from.after(at)
}

// further ranks the reasons in the order of the tests. Each day of a term has a reason; the
// reason with the highest rank counts for the term.
var further = map[string]int{"past_last_term": 0, "too_young": 1, "not_in_nursery": 2, "not_looked_after": 3, "other_authority": 4, "short_break": 5, "required": 6}

// needsFor returns "required" if the child needs a plan on any day of a term, and otherwise
// the reason why not (ELIG-7).
func (c child) needsFor(t termOf) (best string) {
	best = "past_last_term"
	for d := t.first; !d.after(t.last); d = d.plus(1) {
		if why := c.needs(d); further[why] > further[best] {
			best = why
		}
	}
	return best
}

// deciding holds the rule behind each reason.
var deciding = map[string]string{
	"past_last_term": "ELIG-4", "too_young": "ELIG-11", "not_in_nursery": "ELIG-2", "not_looked_after": "ELIG-1",
	"other_authority": "ELIG-1", "short_break": "ELIG-9", "required": "ELIG-3",
}

func (c child) given() object {
	o := object{"born", c.Born}
	if c.Education != nil {
		o = append(o, "education", spans(c.Education))
	}
	if c.LookedAfter != nil {
		o = append(o, "lookedAfter", spans(c.LookedAfter))
	}
	return o
}

func spans(all []span) []object {
	written := []object{}
	for _, s := range all {
		o := object{}
		if s.Kind != "" {
			o = append(o, "kind", s.Kind)
		}
		o = append(o, "from", s.From)
		if !s.To.IsZero() {
			o = append(o, "to", s.To)
		}
		if s.ShortBreak {
			o = append(o, "shortBreak", true)
		}
		if s.Authority != "" {
			o = append(o, "authority", s.Authority)
		}
		written = append(written, o)
	}
	return written
}

func (c child) overrides() (o object) {
	if c.february {
		o = append(o, "leapBirthday", "feb28")
	}
	if c.termAfter {
		o = append(o, "lowerBound", "term_after_birthday")
	}
	return o
}

// onDay, forTerm and inWindow return cases that ask, respectively, about a day, a term,
// and the age window of a term.
func (c child) onDay(at day) entry {
	why := c.needs(at)
	return entry{rules: deciding[why] + " ELIG-8", ask: "pep.required_on", given: append(c.given(), "on", at),
		expect: object{"required", why == "required", "reason", why}, overrides: c.overrides()}
}

func (c child) forTerm(t termOf) entry {
	why := c.needsFor(t)
	return entry{rules: deciding[why] + " ELIG-7", ask: "pep.required_for_term", given: append(c.given(), "term", t),
		expect: object{"required", why == "required", "reason", why}, overrides: c.overrides()}
}

func (c child) inWindow(t termOf) entry {
	why := c.needsFor(t)
	return entry{rules: deciding[why], ask: "pep.in_age_window", given: append(c.given(), "term", t),
		expect: object{"inWindow", why == "required"}, overrides: c.overrides()}
}

func eligibilityEntries() (all []entry) {
	all = append(all, lastTermEntries()...)
	for _, born := range append(births(2021), on(2020, 2, 29)) {
		all = append(all, lowerEntries(born)...)
	}
	for _, born := range append(births(2008), on(2008, 2, 29)) {
		all = append(all, upperEntries(born)...)
	}
	return append(all, careEntries()...)
}

// lastTermEntries asks for the last term of children whose 18th birthdays are on the
// first or the last day of a term.
func lastTermEntries() (all []entry) {
	for _, grown := range edges() {
		born := on(grown.Year()-18, int(grown.Month()), grown.Day())
		all = append(all, entry{rules: "ELIG-4", ask: "pep.last_term", given: object{"born", born}, expect: object{"term", term(grown)}})
	}
	for _, born := range leapBirths {
		all = append(all, entry{rules: "ELIG-4 AGE-2", ask: "pep.last_term", given: object{"born", born},
			expect: object{"term", term(birthday(born, 18, false))}})
	}
	return all
}

// lowerEntries asks about the 2nd and 4th birthdays and the days before them, with and
// without a nursery, and about the terms around them.
func lowerEntries(born day) (all []entry) {
	nursery := []span{{Kind: "nursery", From: born}}
	in, out := child{Born: born, Education: nursery}, child{Born: born}
	late := child{Born: born, Education: nursery, termAfter: true}
	for _, years := range []int{2, 4} {
		b := birthday(born, years, false)
		for _, c := range []child{in, out} {
			all = append(all, c.onDay(b.plus(-1)), c.onDay(b), c.inWindow(term(b).previous()), c.inWindow(term(b)))
		}
		all = append(all, late.inWindow(term(b)), late.inWindow(term(b).next()))
	}
	return all
}

// upperEntries asks about the last term and the one after it, and about care that ends on
// the 18th birthday.
func upperEntries(born day) (all []entry) {
	grown := birthday(born, 18, false)
	last := term(grown)
	c := child{Born: born}
	cared := child{Born: born, LookedAfter: []span{{From: on(2015, 1, 1), To: grown}}}
	return append(all, c.onDay(last.last), c.onDay(last.last.plus(1)), c.inWindow(last), c.inWindow(last.next()),
		cared.onDay(grown.plus(-1)), cared.onDay(grown), cared.forTerm(last), cared.forTerm(last.previous()))
}

// careEntries asks about care that begins or ends at the edges of terms, care that ends on
// the day on which it begins, short breaks, and care that another authority provides. It
// also asks about every way to write an authority.
func careEntries() (all []entry) {
	born := on(2014, 5, 20)
	for _, t := range append(terms(2025), terms(2026)...) {
		for _, s := range []span{
			{From: t.last},
			{From: t.last.plus(1)},
			{From: on(2019, 1, 1), To: t.first},
			{From: on(2019, 1, 1), To: t.first.plus(1)},
			{From: t.last, To: t.last},
			{From: t.last, ShortBreak: true},
			{From: t.last, Authority: "886"},
		} {
			c := child{Born: born, LookedAfter: []span{s}}
			all = append(all, c.forTerm(t), c.onDay(t.last))
		}
	}
	for _, written := range slices.Concat(ourNames, otherNames, noNames) {
		c := child{Born: born, LookedAfter: []span{{From: on(2019, 1, 1), Authority: written}}}
		e := c.onDay(on(2026, 2, 3))
		if slices.Contains(noNames, written) {
			e.rules, e.expect = "ELIG-1", object{"invalid", "authority"}
		}
		all = append(all, e)
	}
	return all
}

// The ways to write an authority: ours, another, and ways that are not recognised.
var (
	ourNames = []string{"lancashire", "Lancashire", "LANCASHIRE", " Lancashire ", "Lancashire County Council", "LANCASHIRE COUNTY COUNCIL",
		"lancashire county council ", "888", " 888 ", "E10000017", "e10000017"}
	otherNames = []string{"other", "Other", "886", "889", "890", " 890 ", "E10000016", "E06000009", "e06000009", "N09000003", "S12000033", "W06000015"}
	noNames    = []string{" ", "Lancs", "Lancashire CC", "Lancashire-County-Council", "LancashireCountyCouncil", "kent", "Blackpool", "88", "8888", "08880", "88O",
		"E1000001", "E100000170", "F10000017", "E1000001O", "10000017", "888/4000", "ours", "none", "unknown", "others"}
)

// ours reports whether an authority is our own. Letter case and surrounding spaces do
// not matter.
func ours(written string) bool {
	switch strings.ToLower(strings.TrimSpace(written)) {
	case "", "lancashire", "lancashire county council", "888", "e10000017":
		return true
	}
	return false
}
