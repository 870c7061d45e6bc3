package policy

import (
	"bytes"
	"slices"

	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Change is one member in which two policies differ, with all its values in
// each.
type Change struct {
	Member string  `json:"member"` // its name in a policy's document
	Before []Value `json:"before"`
	After  []Value `json:"after"`
}

// Compare returns the members in which two policies differ, in the order of a
// policy's document. A member differs if a value or the day from which it
// holds is different. A different source alone is not a difference.
func Compare(before, after *pep.Policy) (all []Change) {
	first, other := before.Parameters(civil.Date{}), after.Parameters(civil.Date{})
	for _, m := range identity {
		was, is := Value{JSON: encode(m.show(&first))}, Value{JSON: encode(m.show(&other))}
		if !was.is(is) && m.name != documentsMember {
			all = append(all, Change{m.name, []Value{was}, []Value{is}})
		}
	}
	for of := range rule.AllParameters() {
		was, is := Values(before, of), Values(after, of)
		if !slices.EqualFunc(joined(was), joined(is), Value.is) {
			all = append(all, Change{of.String(), was, is})
		}
	}
	return all
}

// is reports whether two values are the same and hold for the same period.
func (v Value) is(other Value) bool {
	return v.From == other.From && v.To == other.To && bytes.Equal(v.JSON, other.JSON)
}

// joined returns the values, and joins neighbours that differ only in their source.
func joined(values []Value) (all []Value) {
	for _, v := range values {
		if n := len(all) - 1; n >= 0 && all[n].To == v.From && bytes.Equal(all[n].JSON, v.JSON) {
			all[n].To = v.To
			continue
		}
		all = append(all, v)
	}
	return all
}

// Days holds the days that choose among the values of a policy for one plan: see
// rule.Basis. If a day is zero, it is unknown: CompareFor then compares all values of
// each parameter that depends on it.
type Days struct {
	Meeting, Term, Today, Entry civil.Date
	Born                        private.Date
}

// DaysOf returns the days that choose values for a child's plan, on the given day
// and under the given policy.
func DaysOf(p *pep.PEP, on civil.Date, child *record.Child, by *pep.Policy) Days {
	return Days{
		Meeting: p.Meeting(), Term: by.Calendar().First(p.Term()), Today: on,
		Entry: by.EnteredCare(child.Care, on), Born: child.Born,
	}
}

// on returns the day that chooses the value of a parameter. It returns false if no
// day chooses it, or if that day is not known.
func (d Days) on(of rule.Parameter) (civil.Date, bool) {
	day := [...]civil.Date{rule.ByMeeting: d.Meeting, rule.ByTerm: d.Term, rule.ByToday: d.Today, rule.ByEntry: d.Entry, rule.ByBirth: d.Born.Reveal(private.Deciding)}[of.Basis()]
	return day, !day.IsZero()
}

// CompareFor returns the differences between two policies for one plan: what
// re-pinning the plan would change. It compares each parameter's values on the day
// that chooses between them, and leaves out differences on other days.
func CompareFor(d Days, before, after *pep.Policy) []Change {
	all := []Change{}
	for _, difference := range Compare(before, after) {
		of, err := rule.ParseParameter(difference.Member)
		day, known := d.on(of)
		if err != nil || !known {
			all = append(all, difference)
			continue
		}
		was, had := ValueOn(before, of, day)
		is, has := ValueOn(after, of, day)
		if had != has || !bytes.Equal(was.JSON, is.JSON) {
			all = append(all, Change{difference.Member, present(was, had), present(is, has)})
		}
	}
	return all
}

func present(v Value, there bool) []Value {
	if !there {
		return []Value{}
	}
	return []Value{v}
}
