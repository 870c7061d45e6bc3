package oracle

// child is what eligibility is decided on. Days are half-open: to is the first
// day not covered; the zero day is none.
type child struct {
	born                day
	nursery, inCare     day // from when
	leftCare            day
	short, elsewhere    bool
	february, termAfter bool // another council's readings
}

// needs looks at one day (ELIG-8): why the child needs no plan, or "required".
// Born on it or before is the caller's to see to.
func (c child) needs(at day) string {
	years := age(c.born, at, c.february)
	switch {
	case term(at).first.after(term(birthday(c.born, 18, c.february)).last):
		return "past_last_term"
	case !c.old(4, at) && !c.old(2, at):
		return "too_young"
	case !c.old(4, at) && (c.nursery.IsZero() || c.nursery.after(at)):
		return "not_in_nursery"
	case c.inCare.IsZero() && c.leftCare.IsZero() && years >= 0:
		return "required" // throughout
	case c.inCare.after(at), !c.leftCare.IsZero() && !c.leftCare.after(at):
		return "not_looked_after"
	case c.elsewhere:
		return "other_authority"
	case c.short:
		return "short_break"
	}
	return "required"
}

// old reports whether an age counts on a day (ELIG-6).
func (c child) old(years int, at day) bool {
	from := birthday(c.born, years, c.february)
	if c.termAfter {
		from = term(from).last.plus(1)
	}
	return !from.after(at)
}

// further is the order in which a day is tested: the reason of a term is that
// of the day that comes furthest.
var further = map[string]int{"past_last_term": 0, "too_young": 1, "not_in_nursery": 2, "not_looked_after": 3, "other_authority": 4, "short_break": 5, "required": 6}

// needsFor looks at every day of a term (ELIG-7).
func (c child) needsFor(t termOf) (best string) {
	best = "past_last_term"
	for d := t.first; !d.after(t.last); d = d.plus(1) {
		if why := c.needs(d); further[why] > further[best] {
			best = why
		}
	}
	return best
}

// deciding names the rule of each reason.
var deciding = map[string]string{
	"past_last_term": "ELIG-4", "too_young": "ELIG-11", "not_in_nursery": "ELIG-2", "not_looked_after": "ELIG-1",
	"other_authority": "ELIG-1", "short_break": "ELIG-9", "required": "ELIG-3",
}

func (c child) given() object {
	o := object{"born", c.born}
	if !c.nursery.IsZero() {
		o = append(o, "education", []object{{"kind", "nursery", "from", c.nursery}})
	}
	if !c.inCare.IsZero() {
		e := object{"from", c.inCare}
		if !c.leftCare.IsZero() {
			e = append(e, "to", c.leftCare)
		}
		if c.short {
			e = append(e, "shortBreak", true)
		}
		if c.elsewhere {
			e = append(e, "authority", "kent")
		}
		o = append(o, "lookedAfter", []object{e})
	}
	return o
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

// onDay and forTerm are the cases of the two questions; forTerm where care is
// throughout is asked as a window too.
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

// lastTermEntries goes through 18th birthdays on the edges of every term.
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

// lowerEntries goes through the 2nd and the 4th birthday and the days before
// them, in a nursery and not, and through the terms on each side.
func lowerEntries(born day) (all []entry) {
	in, out := child{born: born, nursery: born}, child{born: born}
	late := child{born: born, nursery: born, termAfter: true}
	for _, years := range []int{2, 4} {
		b := birthday(born, years, false)
		for _, c := range []child{in, out} {
			all = append(all, c.onDay(b.plus(-1)), c.onDay(b), c.inWindow(term(b).previous()), c.inWindow(term(b)))
		}
		all = append(all, late.inWindow(term(b)), late.inWindow(term(b).next()))
	}
	return all
}

// upperEntries goes through the last term and the next, and through care that
// ends on the 18th birthday.
func upperEntries(born day) (all []entry) {
	grown := birthday(born, 18, false)
	last := term(grown)
	c := child{born: born}
	cared := child{born: born, inCare: on(2015, 1, 1), leftCare: grown}
	return append(all, c.onDay(last.last), c.onDay(last.last.plus(1)), c.inWindow(last), c.inWindow(last.next()),
		cared.onDay(grown.plus(-1)), cared.onDay(grown), cared.forTerm(last), cared.forTerm(last.previous()))
}

// careEntries goes through care that begins and ends at the edges of terms, in
// short breaks, and with another authority.
func careEntries() (all []entry) {
	born := on(2014, 5, 20)
	for _, t := range append(terms(2025), terms(2026)...) {
		for _, c := range []child{
			{born: born, inCare: t.last},
			{born: born, inCare: t.last.plus(1)},
			{born: born, inCare: on(2019, 1, 1), leftCare: t.first},
			{born: born, inCare: on(2019, 1, 1), leftCare: t.first.plus(1)},
			{born: born, inCare: t.last, short: true},
			{born: born, inCare: t.last, elsewhere: true},
		} {
			all = append(all, c.forTerm(t), c.onDay(t.last))
		}
	}
	return all
}
