package statement

import (
	"fmt"

	"github.com/Masterminds/squirrel"
)

// param is the name of a value that is supplied when the list's statement runs.
type param string

// composed returns a list as a statement. It returns an error if the list holds a value
// that is not a param.
func composed(list squirrel.Sqlizer) (Statement, error) {
	text, args, err := list.ToSql()
	if err != nil {
		return Statement{}, err
	}
	s := Statement{SQL: text, Params: make([]string, len(args))}
	for i, a := range args {
		name, ok := a.(param)
		if !ok {
			return Statement{}, fmt.Errorf("parameter %d is a value", i)
		}
		s.Params[i] = string(name)
	}
	return s, nil
}

// lists returns every list. Most of them are read in pages: after a place, up to a
// limit.
func (l *language) lists() map[ID]squirrel.Sqlizer {
	notes := ledger{language: l, table: "pep_note", when: "at", which: "id", columns: "child, person, text"}
	requests := ledger{language: l, table: "pep_request", when: "at", which: "id", columns: "{request}"}
	payments := ledger{language: l, table: "pep_payment", when: "term", which: "child", columns: "establishment, pence, paid_on, plan, version, reason"}
	entries := ledger{language: l, table: "pep_audit", when: "at", which: "id", columns: "person, behalf, role, what, name, plan, child, kind, rule"}
	open := requests
	open.index, open.only = "open", "replied_at IS NULL"
	return map[ID]squirrel.Sqlizer{
		ListByMeeting:       l.plans("meeting", ""),
		ListByChild:         l.plans("child", "child = ?"),
		ListByChildren:      l.plans("child", l.among("child")),
		ListByEstablishment: l.plans("establishment", "establishment = ?"),
		ListByContributor:   l.plans("contributor", "contributor = ?").Where(l.somebody),
		ListByStage:         l.plans("stage", "stage = ?"),
		ListByTerm:          l.plans("term", "term = ?"),
		ListByDue:           l.plans("due", "").Where("due > 0"),
		Outlines:            l.rows("child, "+l.joined+"(outline, '')", "pep_plan", "child", l.among("child")).GroupBy("child"),

		ChildrenOf:       l.rows("{child}", "pep_child", "", l.among("id")),
		EstablishmentsOf: l.rows("{establishment}", "pep_establishment", "", l.among("id")),
		ContributorsAt:   l.rows("{contributor}", "pep_contributor", "establishment", l.among("establishment")),
		Caseload:         l.caseload(),

		Alerts: l.rows("{message}", "pep_outbox", "alert", l.among("child")).Where("alert = 1").OrderBy("child", "plan", "version", "part", "id"),

		Notes: notes.of("child"),

		Requests:                requests.all(),
		RequestsOfChild:         requests.of("child"),
		RequestsOfChildren:      requests.ofChildren(),
		RequestsOfEstablishment: requests.of("establishment"),

		Open:                open.all(),
		OpenOfChild:         open.of("child"),
		OpenOfChildren:      open.ofChildren(),
		OpenOfEstablishment: open.of("establishment"),

		Paid:                payments.all(),
		PaidOfChild:         payments.of("child"),
		PaidOfChildren:      payments.ofChildren(),
		PaidOfEstablishment: payments.of("establishment"),

		Decisions: l.decisions("day", "").
			Where("(day, number) > (?, ?)", param("after day"), param("after number")).Suffix("LIMIT ?", param("limit")),
		DecisionsOf: l.decisions("plan", l.among("plan")),

		Entries:           entries.all(),
		EntriesOfChild:    entries.of("child"),
		EntriesOfChildren: entries.ofChildren(),
		EntriesOfPlan:     entries.of("plan"),
		EntriesOfPerson:   entries.ofEither("person", "behalf"),
	}
}

// rows returns the authority's rows in a table, or only those of a group if one is
// named. It tells SQLite which index to read; otherwise SQLite would always read the
// index that has the rows in order.
func (l *language) rows(columns, table, index, group string) squirrel.SelectBuilder {
	from := table
	if l.hints && index != "" {
		from += " INDEXED BY " + table + "_" + index
	}
	q := squirrel.Select(columns).From(from).Where("authority = ?", param("authority"))
	if group != "" {
		q = q.Where(group, param("group"))
	}
	return q
}

// plans returns a page of plans in their order, read from an index. Every filter is a
// range, so that one statement serves every query that reads the same index.
func (l *language) plans(index, group string) squirrel.SelectBuilder {
	return l.rows("meeting, id, body, checksum", "pep_plan", index, group).
		Where("(meeting, id) > (?, ?)", param("after meeting"), param("after id")).
		Where("meeting < ?", param("meeting to")).
		Where(l.stages, param("stages")).
		Where("term >= ? AND term <= ?", param("term from"), param("term to")).
		Where("due >= ? AND due < ?", param("due from"), param("due to")).
		Where("contributor >= ? AND contributor <= ?", param("contributor from"), param("contributor to")).
		Where("grade >= ?", param("grade from")).
		OrderBy("meeting", "id").Suffix("LIMIT ?", param("limit"))
}

// caseload returns a page of the children whose worker or adviser is the given person, each
// child once.
func (l *language) caseload() squirrel.Sqlizer {
	as := func(role string) squirrel.SelectBuilder {
		return l.rows("{child}", "pep_child", role, role+" = ?").Where("id > ?", param("after"))
	}
	return as("worker").Suffix("UNION ALL").
		SuffixExpr(as("adviser").Where("adviser <> worker").OrderBy("id").Suffix("LIMIT ?", param("limit")))
}

// decisions returns the decisions of a group, by day and number.
func (l *language) decisions(index, group string) squirrel.SelectBuilder {
	return l.rows("day, number, plan, held, pence, person, reason", "pep_decision", index, group).OrderBy("day", "number")
}

// ledger is a table whose rows are entered once and stay. It is read in the order of two
// columns: when (such as an instant), and then which (an id).
type ledger struct {
	*language
	table, when, which string
	columns            string // the other columns
	index              string // the index for all rows; "" if SQLite finds it without being told
	only               string // the condition on rows; "" for every row
}

func (l ledger) all() squirrel.Sqlizer { return l.page(l.after(l.index, "")) }

func (l ledger) of(column string) squirrel.Sqlizer {
	return l.page(l.after(column, column+" = ?"))
}

func (l ledger) ofChildren() squirrel.Sqlizer { return l.page(l.after("child", l.among("child"))) }

// ofEither returns the rows that have a value in either of two columns, each row once.
func (l ledger) ofEither(column, other string) squirrel.Sqlizer {
	return l.after(column, column+" = ?").Suffix("UNION ALL").
		SuffixExpr(l.page(l.after(other, other+" = ?").Where(other + " <> " + column)))
}

// after returns the rows of a group that come after a place, up to an instant or a term.
func (l ledger) after(index, group string) squirrel.SelectBuilder {
	q := l.rows(l.when+", "+l.which+", "+l.columns, l.table, index, group).
		Where("("+l.when+", "+l.which+") > (?, ?)", param("after "+l.when), param("after "+l.which)).
		Where(l.when+" <= ?", param("through"))
	if l.only != "" {
		q = q.Where(l.only)
	}
	return q
}

func (l ledger) page(q squirrel.SelectBuilder) squirrel.SelectBuilder {
	return q.OrderBy(l.when, l.which).Suffix("LIMIT ?", param("limit"))
}
