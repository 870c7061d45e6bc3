package oracle

import "slices"

// rates is what is paid for a plan of each term, in pence, as it was published
// (PAY-4). Nothing is published for any other.
var rates = map[string]int{
	"SUMMER 2023": 62000, "AUTUMN 2023": 62000, "SPRING 2024": 62000,
	"SUMMER 2024": 62000, "AUTUMN 2024": 62000, "SPRING 2025": 62000,
	"SUMMER 2025": 61000, "AUTUMN 2025": 55000, "SPRING 2026": 55000,
}

// unpaid are the types of establishment that are not paid (PAY-7), and academy
// those paid only with finance details (PAY-8).
var (
	unpaid = map[int]bool{10: true, 11: true, 15: true, 47: true, 48: true, 18: true, 29: true, 31: true, 32: true, 39: true, 45: true, 46: true, 57: true}

	academy = map[int]bool{6: true, 28: true, 33: true, 34: true, 35: true, 36: true, 38: true, 39: true, 40: true, 41: true, 42: true, 43: true, 44: true, 45: true, 46: true, 57: true}
)

// claim is what a payment is decided on.
type claim struct {
	term        termOf
	year, stage string
	grade       any // nil for none
	gias        int
	finance     bool
}

func (c claim) entry() entry {
	rules, expect := c.outcome()
	return entry{rules: rules, ask: "pep.payment", expect: expect, given: object{"term", c.term, "yearGroup", c.year,
		"grade", c.grade, "stage", c.stage, "establishment", object{"gias", c.gias, "dfe", "888/4000", "finance", c.finance}}}
}

// outcome is what becomes of the claim, by the first rule that applies.
func (c claim) outcome() (rules string, expect object) {
	never := func(id string) (string, object) {
		return id, object{"notPayable", id, "financialYear", yearFrom(c.term.first, 4)}
	}
	later := func(id string) (string, object) { return id, object{"held", id, "pence", nil} }
	pence, known := rates[c.term.String()]
	switch {
	case c.stage == "cancelled", c.stage == "deleted":
		return never("PAY-1")
	case c.year == "pre-nursery", c.year == "N1", c.year == "N2", c.year == "Y12", c.year == "Y13":
		return never("PAY-5")
	case unpaid[c.gias]:
		return never("PAY-7")
	case c.stage != "finalised":
		return later("PAY-1")
	case c.grade == "red":
		return later("PAY-2")
	case academy[c.gias] && !c.finance:
		return later("PAY-8")
	case !known:
		return "PAY-4", object{"refused", "PAY-4"}
	}
	return "PAY-4 TERM-5", object{"pence", pence, "financialYear", yearFrom(c.term.first, 4)}
}

// paymentEntries changes one thing at a time in a claim that is paid: the term
// over all published rates and the terms beside them, the type of
// establishment with finance details and without, year group, stage and grade.
func paymentEntries() (all []entry) {
	paid := claim{terms(2026)[0], "Y5", "finalised", "green", 1, true}
	for t := terms(2023)[0]; !t.first.after(on(2026, 9, 1)); t = t.next() {
		c := paid
		c.term = t
		all = append(all, c.entry())
	}
	for _, gias := range append(slices.Clone(giasTypes), 58) { // the last is of no list
		for _, finance := range []bool{true, false} {
			c := paid
			c.gias, c.finance = gias, finance
			all = append(all, c.entry())
		}
	}
	years := []string{"pre-nursery"}
	for _, y := range yearGroups {
		years = append(years, y[0])
	}
	for _, year := range years {
		c := paid
		c.year = year
		all = append(all, c.entry())
	}
	for _, stage := range []string{"draft", "delegated", "returned", "checking", "grading", "finalised", "cancelled", "deleted"} {
		for _, grade := range []any{nil, "red", "amber", "green"} {
			c := paid
			c.stage, c.grade = stage, grade
			all = append(all, c.entry())
		}
	}
	return all
}
