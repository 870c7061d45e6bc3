package statement

import "github.com/Masterminds/squirrel"

// ledger is a table of what is entered once and stays, in the order of two
// columns: when, and then which.
type ledger struct {
	table   string
	when    string
	which   string
	columns []string // the others
}

var (
	notes    = ledger{"pep_note", "at", "id", []string{"child", "person", "text"}}
	requests = ledger{"pep_request", "at", "id", []string{"kind", "person", "establishment", "contributor", "child", "meeting", "description"}}
	payments = ledger{"pep_payment", "term", "child", []string{"establishment", "pence", "paid_on", "plan", "version", "reason"}}
	entries  = ledger{"pep_audit", "at", "id", []string{"person", "behalf", "role", "what", "name", "plan", "child", "kind", "rule"}}
)

// add returns the insertion of one row. One whose key is taken changes nothing.
func (l ledger) add() squirrel.Sqlizer {
	return insert(l.table, append([]string{"authority"}, l.all()...)...).Suffix("ON CONFLICT DO NOTHING")
}

func (l ledger) all() []string { return append([]string{l.when, l.which}, l.columns...) }

// page is a list of a ledger, read in pages: of all rows, of those with a value
// in a column, or of those with it in either of two, each once.
type page struct {
	ledger
	by      []string
	several bool // values, given as one list of ids
}

var pages = map[ID]page{
	Notes:                   {notes, []string{"child"}, false},
	Requests:                {requests, nil, false},
	RequestsOfChild:         {requests, []string{"child"}, false},
	RequestsOfChildren:      {requests, []string{"child"}, true},
	RequestsOfEstablishment: {requests, []string{"establishment"}, false},
	Paid:                    {payments, nil, false},
	PaidOfChild:             {payments, []string{"child"}, false},
	PaidOfChildren:          {payments, []string{"child"}, true},
	PaidOfEstablishment:     {payments, []string{"establishment"}, false},
	Entries:                 {entries, nil, false},
	EntriesOfChild:          {entries, []string{"child"}, false},
	EntriesOfChildren:       {entries, []string{"child"}, true},
	EntriesOfPlan:           {entries, []string{"plan"}, false},
	EntriesOfPerson:         {entries, []string{"person", "behalf"}, false},
}

// oneOfChildren is how a child is one of several, in each dialect.
var oneOfChildren = [...]string{
	SQLite:   "child IN (SELECT unhex(value) FROM json_each(?))",
	Postgres: "child = ANY (CAST(? AS uuid[]))",
}

func (p page) query(d Dialect) squirrel.Sqlizer {
	switch len(p.by) {
	case 0:
		return p.ended(p.rest(of(squirrel.Select(p.all()...).From(p.table))))
	case 1:
		return p.ended(p.group(d, p.by[0]))
	}
	return p.group(d, p.by[0]).Suffix("UNION ALL").
		SuffixExpr(p.ended(p.group(d, p.by[1]).Where(p.by[1] + " <> " + p.by[0])))
}

// group returns the rows with a value in a column. SQLite is told the index:
// left to itself it takes that of the order for all.
func (p page) group(d Dialect, column string) squirrel.SelectBuilder {
	table, match := p.table, column+" = ?"
	if d == SQLite {
		table += " INDEXED BY " + p.table + "_" + column
	}
	if p.several {
		match = oneOfChildren[d]
	}
	return p.rest(of(squirrel.Select(p.all()...).From(table)).Where(match, param("group")))
}

// rest narrows rows to those after a place, up to an instant or a term.
func (p page) rest(q squirrel.SelectBuilder) squirrel.SelectBuilder {
	return q.Where("("+p.when+", "+p.which+") > (?, ?)", param("after "+p.when), param("after "+p.which)).
		Where(p.when+" <= ?", param("through"))
}

func (p page) ended(q squirrel.SelectBuilder) squirrel.SelectBuilder {
	return q.OrderBy(p.when, p.which).Suffix("LIMIT ?", param("limit"))
}
