package oracle

import "slices"

// rates holds the published amount for a plan of each term, in pence (PAY-4). No other
// rates are published.
var rates = map[string]int{
	"SUMMER 2023": 62000, "AUTUMN 2023": 62000, "SPRING 2024": 62000,
	"SUMMER 2024": 62000, "AUTUMN 2024": 62000, "SPRING 2025": 62000,
	"SUMMER 2025": 61000, "AUTUMN 2025": 55000, "SPRING 2026": 55000,
}

// paid holds the types of establishment that are paid, and unpaid the types that are never
// paid: independent schools, early years and post-16. The payment of any other type is
// held (PAY-7). academy holds the types that are paid only with finance details (PAY-8).
var (
	paid    = types(1, 2, 3, 5, 6, 7, 8, 12, 14, 28, 33, 34, 35, 36, 38, 40, 41, 42, 43, 44)
	unpaid  = types(10, 11, 15, 47, 48, 18, 29, 31, 32, 39, 45, 46)
	academy = types(6, 28, 33, 34, 35, 36, 38, 39, 40, 41, 42, 43, 44, 45, 46, 57)
)

func types(all ...int) map[int]bool {
	in := map[int]bool{}
	for _, gias := range all {
		in[gias] = true
	}
	return in
}

// claim holds the facts that decide a payment.
type claim struct {
	term        termOf
	year, stage string
	grade       any // nil if the plan has no grade
	gias        int
	finance     bool
}

func (c claim) entry() entry {
	rules, expect := c.outcome()
	return entry{rules: rules, ask: "pep.payment", expect: expect, given: object{"term", c.term, "yearGroup", c.year,
		"grade", c.grade, "stage", c.stage, "establishment", object{"gias", c.gias, "dfe", "888/4000", "finance", c.finance}}}
}

// outcome decides the claim by the first rule that applies.
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
	case !paid[c.gias]:
		return later("PAY-7")
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

// paymentEntries takes a claim that is paid and changes the term (over all published rates
// and the terms around them), the type of establishment (with and without finance
// details), the year group, and the stage with the grade.
func paymentEntries() (all []entry) {
	sound := claim{terms(2026)[0], "Y5", "finalised", "green", 1, true}
	for t := terms(2023)[0]; !t.first.after(on(2026, 9, 1)); t = t.next() {
		c := sound
		c.term = t
		all = append(all, c.entry())
	}
	for _, gias := range append(slices.Clone(giasTypes), 4, 9, 13, 58, 98, 99) { // the last six are not in the register
		for _, finance := range []bool{true, false} {
			c := sound
			c.gias, c.finance = gias, finance
			all = append(all, c.entry())
		}
		c := sound // this claim has other faults too; their rules come before or after the rule for the type
		c.gias, c.stage, c.grade = gias, []string{"checking", "cancelled", "finalised"}[gias%3], "red"
		c.term, c.finance = terms(2026)[1], false
		all = append(all, c.entry())
	}
	years := []string{"pre-nursery"}
	for _, y := range yearGroups {
		years = append(years, y[0])
	}
	for _, year := range years {
		c := sound
		c.year = year
		all = append(all, c.entry())
	}
	for _, stage := range []string{"draft", "delegated", "returned", "checking", "grading", "finalised", "cancelled", "deleted"} {
		for _, grade := range []any{nil, "red", "amber", "green"} {
			c := sound
			c.stage, c.grade = stage, grade
			all = append(all, c.entry())
		}
	}
	return all
}
