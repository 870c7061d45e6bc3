package statement

import (
	"strings"

	"github.com/Masterminds/squirrel"
)

// postgres is the statements that PostgreSQL has a text of its own for; nil
// where it has no use for one.
var postgres = map[ID]func() squirrel.Sqlizer{
	Unfit: func() squirrel.Sqlizer { return nil },
	Begin: func() squirrel.Sqlizer { return nil },
	// What a transaction that writes must know of the server, and the bound of
	// its waiting for locks, where it has one of its own, in one round trip.
	Writing: func() squirrel.Sqlizer { return settings() },
	// There is no file to look after; what is looked at instead is how the
	// database encodes text.
	Erasing: func() squirrel.Sqlizer { return squirrel.Select("current_setting('server_encoding')") },

	LockPlan: func() squirrel.Sqlizer {
		return of(squirrel.Select("body").From("pep_plan"), "id").Suffix("FOR UPDATE")
	},
	// The first statement of a transaction has the settings before what else it
	// reads, and waits for no lock before it has bounded the waiting.
	LockPlanFirst: func() squirrel.Sqlizer {
		return squirrel.Select("s.*", "p.body IS NOT NULL", "p.body").FromSelect(settings(), "s").
			LeftJoin("LATERAL (SELECT body FROM pep_plan WHERE authority = ? AND id = ? AND s.bound <> '' FOR UPDATE) p ON true",
				param("authority"), param("id"))
	},
	InsertKeyFirst: func() squirrel.Sqlizer {
		entered := squirrel.Insert("pep_command").
			Columns("authority", "key", "digest", "plan", "version", "events").
			Select(squirrel.Select().
				Column("CAST(? AS text)", param("authority")).Column("CAST(? AS bytea)", param("key")).
				Column("CAST(? AS bytea)", param("digest")).Column("CAST(? AS uuid)", param("plan")).
				Column("CAST(? AS bigint)", param("version")).Column("CAST(? AS bytea)", param("events")).
				From("settings").Where("bound <> ''")).
			Suffix("ON CONFLICT (authority, key) DO NOTHING RETURNING key")
		return squirrel.Expr("WITH settings AS (?), entered AS (?) SELECT s.*, EXISTS (SELECT FROM entered) FROM settings s", settings(), entered)
	},

	// One event with the state after it and what belongs to it, each where it is
	// there, and nothing where the plan is not as it was read.
	SaveStep: func() squirrel.Sqlizer {
		return step(queries[UpdatePlan].make().(squirrel.UpdateBuilder).Suffix("RETURNING authority, id"))
	},
	// A command that was carried out may be on no standby yet, where the commit
	// that waited for one was cut off. A lock is written to the log, so that the
	// commit of the one that asks again waits for both.
	Repeated: func() squirrel.Sqlizer { return outcome().Suffix("FOR UPDATE") },
	// After an error PostgreSQL does nothing more in a transaction, so that a
	// taken key must be none.
	SaveNew: func() squirrel.Sqlizer {
		return step(queries[InsertPlan].make().(squirrel.InsertBuilder).Suffix("ON CONFLICT DO NOTHING RETURNING authority, id"))
	},
	InsertPlan:  func() squirrel.Sqlizer { return nil },
	UpdatePlan:  func() squirrel.Sqlizer { return nil },
	TouchPlan:   func() squirrel.Sqlizer { return nil },
	InsertEvent: func() squirrel.Sqlizer { return nil },
	PutAnswers:  func() squirrel.Sqlizer { return nil },
	InsertText:  func() squirrel.Sqlizer { return nil },

	ListByMeeting:       func() squirrel.Sqlizer { return plans("") },
	ListByChild:         func() squirrel.Sqlizer { return plans("child = ?") },
	ListByChildren:      func() squirrel.Sqlizer { return plans(oneOfChildren[Postgres]) },
	ListByEstablishment: func() squirrel.Sqlizer { return plans("establishment = ?") },
	ListByStage:         func() squirrel.Sqlizer { return plans("stage = ?") },
	ListByTerm:          func() squirrel.Sqlizer { return plans("term = ?") },
	ListByDue:           func() squirrel.Sqlizer { return plans("").Where("due > 0") },

	// Seals and clears: a statement sees what was there before it.
	Seal: func() squirrel.Sqlizer {
		sealed := squirrel.Insert("pep_sealed").
			Columns("authority", "plan", "version", "section", "revision", "until", "answers").
			Select(squirrel.Select("a.authority", "a.plan").
				Column("CAST(? AS bigint)", param("version")).Column("a.section").
				Column("CAST(? AS bigint)", param("revision")).Column("CAST(? AS bigint)", param("until")).Column("a.answers").
				From("pep_answers a").
				Where("a.authority = ? AND a.plan = ? AND a.answers IS NOT NULL", param("authority"), param("plan")).
				Where("a.revision = (SELECT max(b.revision) FROM pep_answers b WHERE b.authority = a.authority AND b.plan = a.plan AND b.section = a.section AND b.revision <= ?)", param("revision"))).
			Suffix("RETURNING authority, plan, section, revision")
		return squirrel.Expr("WITH sealed AS (?) ?", sealed, cleared(squirrel.Select().From("sealed")))
	},
	Clear: func() squirrel.Sqlizer { return nil },
	Destroy: func() squirrel.Sqlizer {
		return squirrel.Delete("pep_sealed").
			Where("(authority, plan, version, section) IN (SELECT authority, plan, version, section FROM pep_sealed"+
				" WHERE authority = ? AND until <= ? ORDER BY until, plan, version, section LIMIT ? FOR UPDATE)",
				param("authority"), param("on"), param("limit"))
	},

	// Messages that another claim is taking are passed over.
	Waiting: func() squirrel.Sqlizer {
		return messages("state = 1 AND free <= ?", param("now")).
			Where("(at, version, id) > (?, ?, ?)", param("at"), param("version"), param("id")).
			OrderBy("at", "version", "id").Suffix("LIMIT ? FOR UPDATE SKIP LOCKED", param("limit"))
	},
	// A message that another claim is taking is one that is never free, since
	// those after it must not be given before it; of one that is not, what
	// holds is what it was when it was locked.
	Earlier: func() squirrel.Sqlizer {
		return squirrel.Select("m.id", "m.plan", "m.version", "m.kind", "m.day", "m.at",
			"coalesce(l.attempts, m.attempts)", "coalesce(l.free, 9223372036854775807)").
			From("pep_outbox m").
			LeftJoin("(SELECT o.id, o.attempts, o.free FROM pep_outbox o WHERE o.authority = ? AND o.state = 1 AND o.plan = ?"+
				" AND (o.version, o.at, o.id) <= (?, ?, ?) ORDER BY o.version, o.at, o.id LIMIT ? FOR UPDATE SKIP LOCKED) l ON l.id = m.id",
				param("authority"), param("plan"), param("version"), param("at"), param("id"), param("limit")).
			Where("m.authority = ? AND m.state = 1 AND m.plan = ?", param("authority"), param("plan")).
			Where("(m.version, m.at, m.id) <= (?, ?, ?)", param("version"), param("at"), param("id")).
			OrderBy("m.version", "m.at", "m.id").Suffix("LIMIT ?", param("limit"))
	},

	Contributors: func() squirrel.Sqlizer {
		return of(contributors(), "establishment").Where("id > ?", param("after")).
			OrderBy("id").Suffix("LIMIT ?", param("limit"))
	},
}

// plans returns a page of plans: PostgreSQL finds the index by itself.
func plans(group string) squirrel.SelectBuilder {
	return listFrom("pep_plan", group, "(CAST(? AS bigint) >> CAST(stage AS integer)) & 1 = 1")
}

// settings returns what a transaction that writes must know of the server,
// having bounded its waiting for locks where a bound is given.
func settings() squirrel.SelectBuilder {
	return squirrel.Select("version",
		"current_setting('transaction_read_only') AS only",
		"current_setting('synchronous_commit') AS commits",
		"current_setting('synchronous_standby_names') AS standbys").
		Column("set_config('lock_timeout', coalesce(CAST(? AS text), current_setting('lock_timeout')), true) AS bound", param("wait")).From("pep_schema")
}

// step returns the write of an event and of what belongs to it, for the plan
// that a statement has saved.
func step(saved squirrel.Sqlizer) squirrel.Sqlizer {
	record := squirrel.Expr("UPDATE pep_command c SET plan = v.plan, version = v.version, events = v.events"+
		" FROM saved s CROSS JOIN (VALUES (CAST(? AS uuid), CAST(? AS bigint), CAST(? AS bytea), CAST(? AS bytea))) v (plan, version, events, key)"+
		" WHERE c.authority = s.authority AND c.key = v.key",
		param("recorded plan"), param("recorded version"), param("recorded events"), param("recorded key"))
	return squirrel.Expr("WITH saved AS (?), answered AS (?), said AS (?), posted AS (?), recorded AS (?) ?", saved,
		ofSaved("pep_answers", "section bigint", "revision bigint", "answers text").
			Suffix("ON CONFLICT (authority, plan, section, revision) DO UPDATE SET answers = excluded.answers"),
		ofSaved("pep_text", "event uuid", "text bytea"),
		ofSaved("pep_outbox", "id uuid", "version bigint", "kind bytea", "day bigint", "at bigint",
			"attempts bigint", "free bigint", "given bigint", "state bigint").
			Suffix("ON CONFLICT (authority, id) DO NOTHING"),
		record,
		ofSaved("pep_event", "version bigint", "body text"))
}

// ofSaved returns the insertion of one row of the saved plan, where the first
// of its columns, each with its type, is not NULL.
func ofSaved(table string, columns ...string) squirrel.InsertBuilder {
	into, from := []string{"authority", "plan"}, []string{"s.authority", "s.id"}
	var names, values []string
	var params []any
	for _, c := range columns {
		name, kind, _ := strings.Cut(c, " ")
		names, values = append(names, name), append(values, "CAST(? AS "+kind+")")
		into, from = append(into, name), append(from, "v."+name)
		params = append(params, param(name))
	}
	return squirrel.Insert(table).Columns(into...).
		Select(squirrel.Select(from...).From("saved s").
			CrossJoin("(VALUES ("+strings.Join(values, ", ")+")) v ("+strings.Join(names, ", ")+")", params...).
			Where("v." + names[0] + " IS NOT NULL"))
}
