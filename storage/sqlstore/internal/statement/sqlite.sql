-- The statements of SQLite. See common.sql for those that it shares.

-- name: Unfit (version, least synchronous)
-- Unfit changes no row if the connection is fit for writing. Because it is an update,
-- it also makes sure that no other writer is in the way, whatever kind of transaction
-- the driver began; and it costs half as much as reading the same values.
UPDATE pep_schema SET version = version
WHERE version <> ? OR (SELECT synchronous FROM pragma_synchronous) < ?;

-- name: Writing ()
SELECT v.version, s.synchronous FROM pep_schema v, pragma_synchronous s;

-- name: Erasing ()
SELECT d.secure_delete, j.journal_mode FROM pragma_secure_delete d, pragma_journal_mode j;

-- name: Inside ()
-- Inside fails within a transaction, and does nothing there.
BEGIN;

-- name: LockPlan (authority, id)
-- SQLite has one writer at a time, so the plan needs no lock of its own.
SELECT body, checksum FROM pep_plan WHERE authority = ? AND id = ?;

-- name: InsertPlan (authority, id, version, child, establishment, contributor, stage, term, meeting, due, grade, outline, body, checksum)
INSERT INTO pep_plan (authority, id, version, child, establishment, contributor, stage, term, meeting, due, grade, outline, body, checksum)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: UpdatePlan (version, establishment, contributor, stage, term, meeting, due, grade, outline, body, checksum, authority, id, stored)
UPDATE pep_plan SET
    version = ?, establishment = ?, contributor = ?, stage = ?, term = ?, meeting = ?, due = ?, grade = ?, outline = ?, body = ?, checksum = ?
WHERE authority = ? AND id = ? AND version = ?;

-- name: TouchPlan (version, body, checksum, authority, id, stored)
-- TouchPlan replaces UpdatePlan if no indexed column changes, because SQLite rewrites
-- the entries of every index whose columns an update names.
UPDATE pep_plan SET version = ?, body = ?, checksum = ?
WHERE authority = ? AND id = ? AND version = ?;

-- name: InsertEvent (authority, plan, version, body, checksum)
INSERT INTO pep_event (authority, plan, version, body, checksum) VALUES (?, ?, ?, ?, ?);

-- name: PutAnswers (authority, plan, section, revision, answers, checksum)
INSERT INTO pep_answers (authority, plan, section, revision, answers, checksum)
VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (authority, plan, section, revision) DO UPDATE SET answers = excluded.answers, checksum = excluded.checksum;

-- name: InsertText (authority, plan, event, text, checksum)
INSERT INTO pep_text (authority, plan, event, text, checksum) VALUES (?, ?, ?, ?, ?);

-- name: Seal (version, revision, until, seal, revision, authority, plan, revision)
-- A checksum holds the revision above its own 32 bits.
INSERT INTO pep_sealed (authority, plan, version, section, revision, until, seal, checksum, answers)
SELECT a.authority, a.plan, ?, a.section, ?, ?, ?, (a.checksum & 4294967295) | (? << 32), a.answers
FROM pep_answers a
WHERE a.authority = ? AND a.plan = ? AND a.answers IS NOT NULL AND a.revision = (
    SELECT max(b.revision) FROM pep_answers b
    WHERE b.authority = a.authority AND b.plan = a.plan AND b.section = a.section AND b.revision <= ?
);

-- name: Clear (authority, plan, version)
-- Clear clears the sections that were sealed at a version.
INSERT INTO pep_answers (authority, plan, section, revision, answers, checksum)
SELECT authority, plan, section, revision, NULL, 0 FROM pep_sealed
WHERE authority = ? AND plan = ? AND version = ?
ON CONFLICT (authority, plan, section, revision) DO UPDATE SET answers = NULL, checksum = 0;

-- name: Destroy (authority, on, limit)
DELETE FROM pep_sealed WHERE rowid IN (
    SELECT rowid FROM pep_sealed WHERE authority = ? AND until <= ? ORDER BY until LIMIT ?
)
RETURNING plan, version, section, revision, until;

-- name: Repeated (authority, key)
SELECT digest, plan, version, events FROM pep_command
WHERE authority = ? AND key = ?;

-- name: Waiting (authority, now, at, version, id, limit)
SELECT {message} FROM pep_outbox
WHERE authority = ? AND state = 1 AND free <= ? AND (at, version, id) > (?, ?, ?)
ORDER BY at, version, id LIMIT ?;

-- name: Earlier (authority, plan, version, at, part, id, limit)
SELECT {message} FROM pep_outbox
WHERE authority = ? AND state = 1 AND plan = ? AND (version, at, part, id) <= (?, ?, ?, ?)
ORDER BY version, at, part, id LIMIT ?;

-- name: Contributors (authority, establishment, after, limit)
-- SQLite is told which index to read; otherwise it always reads the index of the ids.
SELECT {contributor}
FROM pep_contributor INDEXED BY pep_contributor_establishment
WHERE authority = ? AND establishment = ? AND id > ?
ORDER BY id LIMIT ?;

-- name: Named (name, authority, after, limit)
SELECT {establishment}
FROM pep_establishment INDEXED BY pep_establishment_name
WHERE name = ? AND authority = ? AND id > ?
ORDER BY id LIMIT ?;
