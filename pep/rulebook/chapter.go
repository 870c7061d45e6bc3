package rulebook

import (
	"slices"

	"virtualschool.example/pep/ask"
	"virtualschool.example/pep/policy"
	"virtualschool.example/pep/rule"
)

// chapter is the rules of one family.
type chapter struct {
	Begins, Title string
	Rules         []entry
}

// entry is one rule as the book shows it.
type entry struct {
	rule.Definition
	Source     string // under the policy
	Pins       string
	Parameters []parameter
	Examples   []example
}

// parameter is one parameter of the policy, with all its values.
type parameter struct {
	Name, Label, Chosen string
	Values              []valueRow
	None                bool // no value holds on the day of the book
}

// valueRow is what a parameter is for some time.
type valueRow struct {
	Words, Table  string // the value; or the table that shows it, by its id
	During, State string
	Source        string
}

// chapters returns every rule of the catalogue, by family in its order.
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

// pins says what proves a rule.
func pins(e rule.Definition, cases int) string {
	switch {
	case e.PinnedByCorpus():
		return counted(cases, "case")
	case cases > 0:
		return counted(cases, "case") + ", " + e.Pin
	}
	return e.Pin
}

// shownAs are the tables that show a parameter as it is on the day of the book.
var shownAs = [...]string{
	rule.ParameterTerms:         "terms",
	rule.ParameterBankHolidays:  "bank-holidays",
	rule.ParameterFormTypes:     "form-types",
	rule.ParameterSectionTitles: "sections",

	rule.ParameterKeepAfterDeath: "", // the last
}

// chosenBy says in words which day chooses among a parameter's values.
var chosenBy = [...]string{
	rule.Throughout: "holds throughout",
	rule.ByMeeting:  "as on the day of the meeting",
	rule.ByTerm:     "as on the first day of the term",
	rule.ByToday:    "as on the day on which it is done",
	rule.ByEntry:    "as on the day of entering care",
	rule.ByBirth:    "as on the day of birth",
}

// parameter returns a parameter with its values, the latest first.
func (b Book) parameter(of rule.Parameter) parameter {
	p := parameter{Name: of.String(), Label: name(of.String()), Chosen: chosenBy[of.Basis()], None: true}
	for _, v := range policy.Values(b.Policy, of) {
		row := valueRow{Words: inWords(v.JSON), During: during(v), State: "earlier", Source: v.Source}
		if of == rule.ParameterRates {
			row.Words = rate(v.JSON)
		}
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
