package rulebook

import (
	"slices"

	"virtualschool.example/pep/ask"
	"virtualschool.example/pep/policy"
	"virtualschool.example/pep/rule"
)

// chapter holds the rules of one family.
type chapter struct {
	Begins, Title string
	Rules         []entry
}

// entry is one rule as the book shows it.
type entry struct {
	rule.Definition
	Source     string // the rule's source, as the policy's documents state it
	Pins       string
	Parameters []parameter
	Examples   []example
}

// parameter is one parameter of the policy, with all its values.
type parameter struct {
	Name, Label, Chosen string
	Values              []valueRow
	None                bool // true if no value is in force on the day of the book
}

// valueRow is one value of a parameter, with the time for which it holds.
type valueRow struct {
	Words, Table  string // the value, or else the id of the table that shows it
	During, State string
	Source        string
}

// chapters returns every rule, grouped by family, in the order of the catalogue.
func (b Book) chapters() (all []chapter) {
	cases, simple := ask.Pinned(b.Corpora...), pinning(b.Policy, b.Corpora)
	read := map[rule.ID][]parameter{}
	for of := range rule.AllParameters() {
		p := b.parameter(of)
		for id := range of.Rules() {
			read[id] = append(read[id], p)
		}
	}
	for e := range rule.Catalogue() {
		begins := family(e.ID)
		n := slices.IndexFunc(all, func(c chapter) bool { return c.Begins == begins })
		if n < 0 {
			n, all = len(all), append(all, chapter{Begins: begins, Title: families[begins]})
		}
		all[n].Rules = append(all[n].Rules, entry{e, b.Policy.Source(e), pins(e, cases[e.ID]), read[e.ID], examples(e.ID, simple[e.ID])})
	}
	return all
}

// pins says which cases and which test prove a rule.
func pins(e rule.Definition, cases int) string {
	switch {
	case e.PinnedByCorpus():
		return counted(cases, "case")
	case cases > 0:
		return counted(cases, "case") + ", " + e.Pin
	}
	return e.Pin
}

// shownAs holds the id of the table that shows a parameter's value on the day of the
// book.
var shownAs = [...]string{
	rule.ParameterTerms:         "terms",
	rule.ParameterBankHolidays:  "bank-holidays",
	rule.ParameterFormTypes:     "form-types",
	rule.ParameterSectionTitles: "sections",

	rule.ParameterKeepAfterDeath: "", // the last
}

// chosenBy says in words which day chooses among a parameter's values.
var chosenBy = [...]string{
	rule.Throughout: "one value holds throughout",
	rule.ByMeeting:  "the value on the day of the meeting decides",
	rule.ByTerm:     "the value on the first day of the term decides",
	rule.ByToday:    "the value on the day of the action decides",
	rule.ByEntry:    "the value on the day of coming into care decides",
	rule.ByBirth:    "the value on the day of birth decides",
}

// parameter returns a parameter with its values, the latest first.
func (b Book) parameter(of rule.Parameter) parameter {
	p := parameter{Name: of.String(), Label: labels[of], Chosen: chosenBy[of.Basis()], None: true}
	for _, v := range policy.Values(b.Policy, of) {
		par := b.Policy.Parameters(v.From)
		row := valueRow{Words: valueOf(of, &par, v.JSON), During: during(v), State: "earlier", Source: v.Source}
		switch {
		case b.On.Before(v.From):
			row.State = "to come"
		case v.To.IsZero() || b.On.Before(v.To):
			row.State, row.Table, p.None = "in force", shownAs[of], false
		}
		p.Values = append(p.Values, row)
	}
	slices.Reverse(p.Values)
	return p
}
