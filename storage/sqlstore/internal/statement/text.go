package statement

import (
	"strings"

	"github.com/Masterminds/squirrel"
)

// The statements.
const (
	Schema ID = iota
	Unfit
	Writing
	Erasing
	Begin

	Plan
	LockPlan
	LockPlanFirst
	Version
	InsertPlan
	UpdatePlan
	TouchPlan
	SaveNew
	SaveStep
	ListByMeeting
	ListByChild
	ListByChildren
	ListByEstablishment
	ListByStage
	ListByTerm
	ListByDue

	History
	InsertEvent

	Answers
	PutAnswers
	Text
	InsertText
	Seal
	Clear
	Sealed
	Destroy

	Outcome
	Repeated
	InsertKey
	InsertKeyFirst
	Record

	Post
	Waiting
	Earlier
	Lease
	Delivered
	Release
	SetAside
	SetAsides
	Requeue

	Child
	Children
	PutChild
	Establishment
	PutEstablishment
	Contributor
	Contributors
	PutContributor

	AddNote
	Notes
	AddRequest
	Requests
	RequestsOfChild
	RequestsOfChildren
	RequestsOfEstablishment
	Pay
	Paid
	PaidOfChild
	PaidOfChildren
	PaidOfEstablishment
	Audit
	Entries
	EntriesOfChild
	EntriesOfChildren
	EntriesOfPlan
	EntriesOfPerson

	count
)

// queries is how each statement is called, and made for SQLite and for every
// dialect that has no text of its own.
var queries = [count]struct {
	name string
	make func() squirrel.Sqlizer
}{
	Schema: {"schema", func() squirrel.Sqlizer {
		return squirrel.Select("version").From("pep_schema")
	}},
	// Changes no row where the connection may be written through. As an update
	// it also makes sure, whatever the driver began, that no other writer is in
	// the way; and it costs half of what reading the same costs.
	Unfit: {"unfit", func() squirrel.Sqlizer {
		return squirrel.Update("pep_schema").Set("version", squirrel.Expr("version")).
			Where("version <> ? OR (SELECT synchronous FROM pragma_synchronous) < ?", param("version"), param("least synchronous"))
	}},
	Writing: {"writing", func() squirrel.Sqlizer {
		return squirrel.Select("v.version", "s.synchronous").From("pep_schema v, pragma_synchronous s")
	}},
	Erasing: {"erasing", func() squirrel.Sqlizer {
		return squirrel.Select("d.secure_delete", "j.journal_mode").From("pragma_secure_delete d, pragma_journal_mode j")
	}},

	// Fails within a transaction, and does nothing there.
	Begin: {"begin", func() squirrel.Sqlizer { return squirrel.Expr("BEGIN") }},

	Plan: {"plan", func() squirrel.Sqlizer {
		return of(squirrel.Select("body").From("pep_plan"), "id")
	}},
	LockPlan:      {"lock plan", nil}, // SQLite has one writer at a time
	LockPlanFirst: {"lock plan first", nil},
	Version: {"version", func() squirrel.Sqlizer {
		return of(squirrel.Select("version").From("pep_plan"), "id")
	}},
	InsertPlan: {"insert plan", func() squirrel.Sqlizer {
		return insert("pep_plan", "authority", "id", "version", "child", "establishment", "stage", "term", "meeting", "due", "grade", "body")
	}},
	UpdatePlan: {"update plan", func() squirrel.Sqlizer {
		return squirrel.Update("pep_plan").
			Set("version", param("version")).Set("establishment", param("establishment")).Set("stage", param("stage")).
			Set("term", param("term")).Set("meeting", param("meeting")).Set("due", param("due")).
			Set("grade", param("grade")).Set("body", param("body")).
			Where("authority = ? AND id = ? AND version = ?", param("authority"), param("id"), param("stored"))
	}},
	// As UpdatePlan where nothing changed that plans are searched by: SQLite
	// rewrites the entries of every index that an update names.
	TouchPlan: {"touch plan", func() squirrel.Sqlizer {
		return squirrel.Update("pep_plan").Set("version", param("version")).Set("body", param("body")).
			Where("authority = ? AND id = ? AND version = ?", param("authority"), param("id"), param("stored"))
	}},
	// A step in one statement, where that saves round trips.
	SaveNew:  {"save new", nil},
	SaveStep: {"save step", nil},

	ListByMeeting:       {"list by meeting", func() squirrel.Sqlizer { return list("meeting", "") }},
	ListByChild:         {"list by child", func() squirrel.Sqlizer { return list("child", "child = ?") }},
	ListByChildren:      {"list by children", func() squirrel.Sqlizer { return list("child", oneOfChildren[SQLite]) }},
	ListByEstablishment: {"list by establishment", func() squirrel.Sqlizer { return list("establishment", "establishment = ?") }},
	ListByStage:         {"list by stage", func() squirrel.Sqlizer { return list("stage", "stage = ?") }},
	ListByTerm:          {"list by term", func() squirrel.Sqlizer { return list("term", "term = ?") }},
	ListByDue:           {"list by due", func() squirrel.Sqlizer { return list("due", "").Where("due > 0") }},

	History: {"history", func() squirrel.Sqlizer {
		return of(squirrel.Select("version", "body").From("pep_event"), "plan").
			Where("version > ?", param("after")).OrderBy("version").Suffix("LIMIT ?", param("limit"))
	}},
	InsertEvent: {"insert event", func() squirrel.Sqlizer {
		return insert("pep_event", "authority", "plan", "version", "body")
	}},

	Answers: {"answers", func() squirrel.Sqlizer {
		return of(squirrel.Select("answers").From("pep_answers"), "plan", "section").
			Where("revision <= ?", param("revision")).OrderBy("revision DESC").Suffix("LIMIT 1")
	}},
	PutAnswers: {"put answers", func() squirrel.Sqlizer {
		return insert("pep_answers", "authority", "plan", "section", "revision", "answers").
			Suffix("ON CONFLICT (authority, plan, section, revision) DO UPDATE SET answers = excluded.answers")
	}},
	Text: {"text", func() squirrel.Sqlizer {
		return of(squirrel.Select("text").From("pep_text"), "event")
	}},
	InsertText: {"insert text", func() squirrel.Sqlizer {
		return insert("pep_text", "authority", "plan", "event", "text")
	}},
	Seal: {"seal", func() squirrel.Sqlizer {
		return squirrel.Insert("pep_sealed").
			Columns("authority", "plan", "version", "section", "revision", "until", "answers").
			Select(squirrel.Select("a.authority", "a.plan").
				Column("?", param("version")).Column("a.section").
				Column("?", param("revision")).Column("?", param("until")).Column("a.answers").
				From("pep_answers a").
				Where("a.authority = ? AND a.plan = ? AND a.answers IS NOT NULL", param("authority"), param("plan")).
				Where("a.revision = (SELECT max(b.revision) FROM pep_answers b WHERE b.authority = a.authority AND b.plan = a.plan AND b.section = a.section AND b.revision <= ?)", param("revision")))
	}},
	Clear: {"clear", func() squirrel.Sqlizer {
		return cleared(of(squirrel.Select().From("pep_sealed"), "plan", "version"))
	}},
	Sealed: {"sealed", func() squirrel.Sqlizer {
		return of(squirrel.Select("version", "section", "revision", "until", "answers").From("pep_sealed"), "plan").
			Where("(version, section) > (?, ?)", param("version"), param("section")).
			OrderBy("version", "section").Suffix("LIMIT ?", param("limit"))
	}},
	Destroy: {"destroy", func() squirrel.Sqlizer {
		return squirrel.Delete("pep_sealed").
			Where("rowid IN (SELECT rowid FROM pep_sealed WHERE authority = ? AND until <= ? ORDER BY until LIMIT ?)",
				param("authority"), param("on"), param("limit"))
	}},

	Outcome:  {"outcome", func() squirrel.Sqlizer { return outcome() }},
	Repeated: {"repeated", func() squirrel.Sqlizer { return outcome() }},
	InsertKey: {"insert key", func() squirrel.Sqlizer {
		return insert("pep_command", "authority", "key", "digest", "plan", "version", "events").
			Suffix("ON CONFLICT (authority, key) DO NOTHING")
	}},
	InsertKeyFirst: {"insert key first", nil},
	Record: {"record", func() squirrel.Sqlizer {
		return squirrel.Update("pep_command").
			Set("plan", param("plan")).Set("version", param("version")).Set("events", param("events")).
			Where("authority = ? AND key = ?", param("authority"), param("key"))
	}},

	Post: {"post", func() squirrel.Sqlizer {
		return insert("pep_outbox", "authority", "plan", "id", "version", "kind", "day", "at", "attempts", "free", "given", "state").
			Suffix("ON CONFLICT (authority, id) DO NOTHING")
	}},
	Waiting: {"waiting", func() squirrel.Sqlizer {
		return messages("state = 1 AND free <= ?", param("now")).
			Where("(at, version, id) > (?, ?, ?)", param("at"), param("version"), param("id")).
			OrderBy("at", "version", "id").Suffix("LIMIT ?", param("limit"))
	}},
	Earlier: {"earlier", func() squirrel.Sqlizer {
		return messages("state = 1 AND plan = ?", param("plan")).
			Where("(version, at, id) <= (?, ?, ?)", param("version"), param("at"), param("id")).
			OrderBy("version", "at", "id").Suffix("LIMIT ?", param("limit"))
	}},
	Lease: {"lease", func() squirrel.Sqlizer {
		return message().Set("free", param("until")).Set("given", squirrel.Expr("1")).
			Set("attempts", squirrel.Expr("attempts + 1")).
			Where("authority = ? AND id = ?", param("authority"), param("id"))
	}},
	Delivered: {"delivered", func() squirrel.Sqlizer {
		return message().Set("state", squirrel.Expr("2")).
			Where("authority = ? AND id = ? AND state = 1", param("authority"), param("id"))
	}},
	Release: {"release", func() squirrel.Sqlizer {
		return message().Set("free", param("until")).Set("given", squirrel.Expr("0")).
			Set("attempts", squirrel.Expr("attempts - given * ?", param("untried"))).
			Where("authority = ? AND id = ? AND state = 1", param("authority"), param("id"))
	}},
	SetAside: {"set aside", func() squirrel.Sqlizer {
		return message().Set("state", squirrel.Expr("3")).
			Where("authority = ? AND id = ? AND state = 1", param("authority"), param("id"))
	}},
	SetAsides: {"set asides", func() squirrel.Sqlizer {
		return messages("state = 3").
			Where("(at, version, id) > (?, ?, ?)", param("at"), param("version"), param("id")).
			OrderBy("at", "version", "id").Suffix("LIMIT ?", param("limit"))
	}},
	Requeue: {"requeue", func() squirrel.Sqlizer {
		return message().Set("state", squirrel.Expr("1")).Set("free", param("free")).Set("given", squirrel.Expr("0")).
			Set("attempts", squirrel.Expr("0")).
			Where("authority = ? AND id = ? AND state = 3", param("authority"), param("id"))
	}},

	Child: {"child", func() squirrel.Sqlizer {
		return of(children(), "id")
	}},
	Children: {"children", func() squirrel.Sqlizer {
		return of(children()).Where("id > ?", param("after")).
			Where("born >= ? AND born < ?", param("from"), param("to")).
			OrderBy("id").Suffix("LIMIT ?", param("limit"))
	}},
	PutChild: {"put child", func() squirrel.Sqlizer {
		return put("pep_child", "born", "su_number", "name", "upn", "body")
	}},
	Establishment: {"establishment", func() squirrel.Sqlizer {
		return of(squirrel.Select("name", "post_code", "status", "type", "special", "dfe_number", "urn", "finance").
			From("pep_establishment"), "id")
	}},
	PutEstablishment: {"put establishment", func() squirrel.Sqlizer {
		return put("pep_establishment", "name", "post_code", "status", "type", "special", "dfe_number", "urn", "finance")
	}},
	Contributor: {"contributor", func() squirrel.Sqlizer {
		return of(contributors(), "id")
	}},
	Contributors: {"contributors", func() squirrel.Sqlizer {
		return of(contributors().From("pep_contributor INDEXED BY pep_contributor_establishment"), "establishment").Where("id > ?", param("after")).
			OrderBy("id").Suffix("LIMIT ?", param("limit"))
	}},
	PutContributor: {"put contributor", func() squirrel.Sqlizer {
		return put("pep_contributor", "establishment", "name", "email", "active", "actioned")
	}},

	AddNote:                 {"add note", notes.add},
	Notes:                   {"notes", nil}, // see pages, here and below
	AddRequest:              {"add request", requests.add},
	Requests:                {"requests", nil},
	RequestsOfChild:         {"requests of child", nil},
	RequestsOfChildren:      {"requests of children", nil},
	RequestsOfEstablishment: {"requests of establishment", nil},
	Pay:                     {"pay", payments.add},
	Paid:                    {"paid", nil},
	PaidOfChild:             {"paid of child", nil},
	PaidOfChildren:          {"paid of children", nil},
	PaidOfEstablishment:     {"paid of establishment", nil},
	Audit:                   {"audit", entries.add},
	Entries:                 {"entries", nil},
	EntriesOfChild:          {"entries of child", nil},
	EntriesOfChildren:       {"entries of children", nil},
	EntriesOfPlan:           {"entries of plan", nil},
	EntriesOfPerson:         {"entries of person", nil},
}

// of narrows a query to the authority and to a value of each column.
func of(q squirrel.SelectBuilder, columns ...string) squirrel.SelectBuilder {
	q = q.Where("authority = ?", param("authority"))
	for _, c := range columns {
		q = q.Where(c+" = ?", param(c))
	}
	return q
}

// outcome returns what is kept of a key.
func outcome() squirrel.SelectBuilder {
	return of(squirrel.Select("digest", "plan", "version", "events").From("pep_command"), "key")
}

// insert returns the insertion of one row.
func insert(table string, columns ...string) squirrel.InsertBuilder {
	values := make([]any, len(columns))
	for i, c := range columns {
		values[i] = param(c)
	}
	return squirrel.Insert(table).Columns(columns...).Values(values...)
}

// put returns the insertion of one row of the register, or its replacement.
func put(table string, columns ...string) squirrel.InsertBuilder {
	replaced := make([]string, len(columns))
	for i, c := range columns {
		replaced[i] = c + " = excluded." + c
	}
	return insert(table, append([]string{"authority", "id"}, columns...)...).
		Suffix("ON CONFLICT (authority, id) DO UPDATE SET " + strings.Join(replaced, ", "))
}

// list returns a page of plans in their order, by an index: left to itself
// SQLite takes that of the meeting for all. Every filter is a range, so that
// one text serves every query that goes the same way.
func list(index, group string) squirrel.SelectBuilder {
	return listFrom("pep_plan INDEXED BY pep_plan_"+index, group, "(? >> stage) & 1 = 1")
}

// listFrom returns a page of plans of a table, of a group where one is named,
// of the stages whose bits are set.
func listFrom(table, group, stages string) squirrel.SelectBuilder {
	q := of(squirrel.Select("meeting", "id", "body").From(table))
	if group != "" {
		q = q.Where(group, param("group"))
	}
	return q.Where("(meeting, id) > (?, ?)", param("after meeting"), param("after id")).
		Where("meeting < ?", param("meeting to")).
		Where(stages, param("stages")).
		Where("term >= ? AND term <= ?", param("term from"), param("term to")).
		Where("due >= ? AND due < ?", param("due from"), param("due to")).
		Where("grade >= ?", param("grade from")).
		OrderBy("meeting", "id").Suffix("LIMIT ?", param("limit"))
}

// cleared returns the clearing of the sections that were sealed.
func cleared(sealed squirrel.SelectBuilder) squirrel.InsertBuilder {
	return squirrel.Insert("pep_answers").
		Columns("authority", "plan", "section", "revision", "answers").
		Select(sealed.Columns("authority", "plan", "section", "revision", "NULL")).
		Suffix("ON CONFLICT (authority, plan, section, revision) DO UPDATE SET answers = NULL")
}

func messages(where string, args ...any) squirrel.SelectBuilder {
	return of(squirrel.Select("id", "plan", "version", "kind", "day", "at", "attempts", "free").From("pep_outbox")).
		Where(where, args...)
}

func message() squirrel.UpdateBuilder { return squirrel.Update("pep_outbox") }

func children() squirrel.SelectBuilder {
	return squirrel.Select("id", "born", "su_number", "name", "upn", "body").From("pep_child")
}

func contributors() squirrel.SelectBuilder {
	return squirrel.Select("id", "establishment", "name", "email", "active", "actioned").From("pep_contributor")
}
