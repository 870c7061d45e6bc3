package statement

import "github.com/Masterminds/squirrel"

// postgres is the statements that PostgreSQL has a text of its own for; nil
// where it has no use for one.
var postgres = map[ID]func() squirrel.Sqlizer{
	Unfit: func() squirrel.Sqlizer { return nil },
	Begin: func() squirrel.Sqlizer { return nil },
	// What a transaction that writes must know of the server, and the bound of
	// its waiting for locks, where it has one of its own, in one round trip.
	Writing: func() squirrel.Sqlizer {
		return squirrel.Select("version",
			"current_setting('transaction_read_only')",
			"current_setting('synchronous_commit')",
			"current_setting('synchronous_standby_names')").
			Column("set_config('lock_timeout', coalesce(CAST(? AS text), current_setting('lock_timeout')), true)", param("wait")).From("pep_schema")
	},
	// There is no file to look after; what is looked at instead is how the
	// database encodes text.
	Erasing: func() squirrel.Sqlizer { return squirrel.Select("current_setting('server_encoding')") },

	LockPlan: func() squirrel.Sqlizer {
		return of(squirrel.Select("body").From("pep_plan"), "id").Suffix("FOR UPDATE")
	},
	// After an error PostgreSQL does nothing more in a transaction, so that a
	// taken key must be none.
	InsertPlan: func() squirrel.Sqlizer {
		return insert("pep_plan", "authority", "id", "version", "child", "establishment", "stage", "term", "meeting", "due", "grade", "body").
			Suffix("ON CONFLICT DO NOTHING")
	},
	ListByMeeting:       func() squirrel.Sqlizer { return plans("") },
	ListByChild:         func() squirrel.Sqlizer { return plans("child = ?") },
	ListByChildren:      func() squirrel.Sqlizer { return plans(oneOfChildren[Postgres]) },
	ListByEstablishment: func() squirrel.Sqlizer { return plans("establishment = ?") },
	ListByStage:         func() squirrel.Sqlizer { return plans("stage = ?") },
	ListByTerm:          func() squirrel.Sqlizer { return plans("term = ?") },
	ListByDue:           func() squirrel.Sqlizer { return plans("").Where("due > 0") },

	Seal: func() squirrel.Sqlizer {
		return squirrel.Insert("pep_sealed").
			Columns("authority", "plan", "version", "section", "revision", "until", "answers").
			Select(squirrel.Select("a.authority", "a.plan").
				Column("CAST(? AS bigint)", param("version")).Column("a.section").
				Column("CAST(? AS bigint)", param("revision")).Column("CAST(? AS bigint)", param("until")).Column("a.answers").
				From("pep_answers a").
				Where("a.authority = ? AND a.plan = ? AND a.answers IS NOT NULL", param("authority"), param("plan")).
				Where("a.revision = (SELECT max(b.revision) FROM pep_answers b WHERE b.authority = a.authority AND b.plan = a.plan AND b.section = a.section AND b.revision <= ?)", param("revision")))
	},
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
