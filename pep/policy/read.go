package policy

import (
	"errors"
	"math"
	"reflect"
	"slices"

	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/strict"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Parse returns the policy in a JSON document that has every member. It returns
// every fault at once, each a *rule.Invalid that names the path and what was
// expected.
func Parse(doc []byte) (*pep.Policy, error) {
	return read(pep.Lancashire(), doc, (*strict.Members).Need) // if a member is faulty, later checks use Lancashire's value
}

// Overlay returns a copy of base in which the members of the JSON object doc replace
// the members of the same names. A member that is null counts as left out. Overlay
// returns every fault in doc at once, unknown members included, each a *rule.Invalid
// that names its path.
func Overlay(base *pep.Policy, doc []byte) (*pep.Policy, error) {
	return read(base, doc, (*strict.Members).May)
}

// Read returns the policy in a JSON document. If the document's member "whole" is
// true, Read does what Parse does. Otherwise it does what Overlay does.
func Read(base *pep.Policy, doc []byte) (*pep.Policy, error) {
	if strict.ReadPaths(doc, "policy", MaxDocument).May("whole").Bool() {
		return Parse(doc)
	}
	return Overlay(base, doc)
}

// row is one value of a parameter, as it was read.
type row struct {
	from, to civil.Date
	source   string
	set      set
}

// holds reports whether the row is in force on a day.
func (r *row) holds(on civil.Date) bool {
	return !on.Before(r.from) && (r.to.IsZero() || on.Before(r.to))
}

// The limits of a document.
const (
	MaxDocument = 1 << 20 // bytes
	maxRows     = 100     // of one parameter
	maxListed   = 1_000   // elements of any other list
)

// asking is the method that asks for a document's members: Need for a whole
// policy, where every member is required, or May for an overlay.
type asking func(*strict.Members, string) strict.Value

// read replaces members of base with those of doc.
func read(base *pep.Policy, doc []byte, ask asking) (*pep.Policy, error) {
	in := strict.ReadPaths(doc, "policy", MaxDocument)
	d := document{editions: base.Editions()}
	d.read(in, ask)
	d.disown()
	p, err := d.policy()
	if err := errors.Join(in.Err(), err); err != nil {
		return nil, err
	}
	return p, nil
}

// document is a policy that is being read.
type document struct {
	editions []pep.Edition // of the base
	changes  []change
}

// TakenOver is the source of each value that an overlay for another council
// does not name: the value comes from the policy under the overlay, and no
// document of the new council states it.
const TakenOver = "taken over from another council's policy"

// disown removes the sources of the base if the document is for another
// council.
func (d *document) disown() {
	was, is := d.editions[0].Parameters.Council, d.on(civil.Date{}).Council
	if is.Equal(&was) {
		return
	}
	for i := range d.editions {
		par := &d.editions[i].Parameters
		par.Documents = nil
		for of := range rule.AllParameters() {
			if of != rule.ParameterRates {
				par.Sources[of] = TakenOver
			}
		}
		for n := range par.Rates {
			par.Rates[n].Source = TakenOver
		}
	}
}

// change is what a document says about one parameter.
type change struct {
	of   rule.Parameter // zero for a member that identifies the policy
	rows []row
}

// read reads the changes that the document makes.
func (d *document) read(in *strict.Members, ask asking) {
	in.May("whole").Bool() // only Read needs the value of this member
	for _, m := range identity {
		v, faults := ask(in, m.name), in.Faults()
		if put := m.read(v); v.Given() && in.Faults() == faults {
			d.changes = append(d.changes, change{rows: []row{{set: put}}})
		}
	}
	for of := range rule.AllParameters() {
		v, faults := ask(in, of.String()), in.Faults()
		if v.Missing("a value, or rows with from, to, source and value") {
			continue
		}
		if rows := readParameter(v, of); in.Faults() == faults {
			d.changes = append(d.changes, change{of, rows})
		}
	}
}

// readParameter reads what the document says about a parameter.
func readParameter(v strict.Value, of rule.Parameter) []row {
	if of == rule.ParameterRates {
		return []row{{set: readRates(v)}}
	}
	rows := func(v strict.Value) []row { return readRows(v, of) }
	return strict.Either(v, rows, func(v strict.Value) []row {
		return []row{{source: Unsaid, set: members[of].read(v)}}
	})
}

const (
	wantRows     = "rows with from, to, source and value"
	wantFirst    = "left out of the first row, because otherwise nothing says what held before it"
	wantLast     = "left out of the last row, because otherwise nothing says what holds after it"
	wantAfter    = "a later day than in the row before"
	wantAdjacent = ", the day on which the row before ends, so that there is no gap and no overlap"
)

// dated is a row whose members "from" and "to" have not been checked yet.
type dated struct {
	row
	said, ends strict.Value // from and to
}

// readDated reads every member of a row except its value.
func readDated(v strict.Value) (dated, *strict.Members) {
	in := v.Object()
	d := dated{said: in.May("from"), ends: in.May("to")}
	d.from, d.to = d.said.Date(), d.ends.Date()
	d.source = in.Need("source").Name("the name of the document that the value comes from")
	return d, in
}

// readRows reads the rows of a parameter, which together cover all time.
func readRows(v strict.Value, of rule.Parameter) (rows []row) {
	v.Described(func(s *strict.Shape) { s.Least = 1 })
	most := maxRows
	if of.Basis() == rule.Throughout {
		most = 1
	}
	var before *dated
	for element := range v.List(most, wantRows) {
		r, in := readDated(element)
		r.set = members[of].read(in.Need("value"))
		switch {
		case before == nil && r.said.Given():
			r.said.Fault(wantFirst)
		case before != nil:
			r.follows(before)
		}
		rows, before = append(rows, r.row), &r
	}
	if before != nil && before.ends.Given() {
		before.ends.Fault(wantLast)
	}
	for n := 1; n < len(rows); n++ {
		rows[n-1].to = rows[n].from
	}
	if len(rows) == 0 && v.Given() {
		v.Fault("a value or at least one row")
	}
	return rows
}

// follows reports a fault if the row does not follow directly on the one before
// it.
func (d *dated) follows(before *dated) {
	switch {
	case !d.said.Given():
		d.said.Fault("the first day on which the value holds")
	case d.from.IsZero():
	case !before.to.IsZero() && d.from != before.to:
		d.said.Fault(before.to.String() + wantAdjacent)
	case !d.from.After(before.from):
		d.said.Fault(wantAfter)
	}
}

// readRates reads the rates, each a row with a beginning and an end. Before the
// first and after the last, no rate is published.
func readRates(v strict.Value) set {
	var rates []pep.Rate
	var before *dated
	for element := range v.List(maxRows, wantRows) {
		r, in := readDated(element)
		element.Described(needsDays)
		pence := in.Need("value").IntFrom(1, math.MaxInt32, "a sum in pence, 1 or more")
		switch {
		case !r.said.Given():
			r.said.Fault("the first day on which the rate holds")
		case before != nil:
			r.follows(before)
		}
		if !r.ends.Given() || !r.to.IsZero() && !r.from.Before(r.to) {
			r.ends.Fault(`the first day on which the rate no longer holds, and later than "from"`)
		}
		rates, before = append(rates, pep.Rate{From: r.from, To: r.to, Pence: pence, Source: r.source}), &r
	}
	return func(par *pep.Parameters) { par.Rates = rates }
}

// needsDays says in the schema that a row needs both days.
func needsDays(row *strict.Shape) {
	for _, name := range [...]string{"from", "to"} {
		day := row.At(name)
		day.Needed, day.Null = true, false
	}
}

// policy returns the base with the changes.
func (d *document) policy() (*pep.Policy, error) {
	editions := d.edited()
	return pep.NewPolicy(editions[0].Parameters, editions[1:]...)
}

// edited returns the editions of the base with the changes. A new edition begins
// on each day on which an edition of the base or a row of a change begins, unless
// it equals the edition before.
func (d *document) edited() (editions []pep.Edition) {
	for _, from := range d.beginnings() {
		par := d.on(from)
		if n := len(editions); n == 0 || !reflect.DeepEqual(editions[n-1].Parameters, par) {
			editions = append(editions, pep.Edition{From: from, Parameters: par})
		}
	}
	return editions
}

// beginnings returns the days on which something begins, in order and without
// repetition. The first is the zero Date.
func (d *document) beginnings() []civil.Date {
	var days []civil.Date
	for _, e := range d.editions {
		days = append(days, e.From)
	}
	for _, c := range d.changes {
		for _, r := range c.rows {
			days = append(days, r.from)
		}
	}
	slices.SortFunc(days, civil.Date.Compare)
	return slices.Compact(days)
}

// on returns the parameters that hold on a day.
func (d *document) on(day civil.Date) pep.Parameters {
	n, found := slices.BinarySearchFunc(d.editions, day, func(e pep.Edition, day civil.Date) int { return e.From.Compare(day) })
	if !found {
		n--
	}
	par := d.editions[n].Parameters
	for _, c := range d.changes {
		for _, r := range c.rows {
			if r.holds(day) {
				r.set(&par)
				par.Sources[c.of] = r.source
			}
		}
	}
	return par
}
