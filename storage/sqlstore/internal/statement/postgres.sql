-- The statements of PostgreSQL. See common.sql for those that it shares. A part
-- is inserted into other statements wherever they name it in braces.

-- part: settings (wait)
-- This part reads what a transaction that writes must know about the server. If a
-- limit is given, the part also limits how long the transaction waits for locks.
SELECT version,
    current_setting('transaction_read_only') AS only,
    current_setting('synchronous_commit') AS commits,
    current_setting('synchronous_standby_names') AS standbys,
    set_config('lock_timeout', coalesce(CAST(? AS text), current_setting('lock_timeout')), true) AS bound
FROM pep_schema

-- name: Writing ({settings})
{settings};

-- name: Erasing ()
-- With PostgreSQL the store has no file to look after. This statement reads instead
-- how the database encodes text.
SELECT current_setting('server_encoding');

-- name: Inside ()
-- Inside fails outside a transaction. Every reader holds such a lock anyway.
LOCK TABLE pep_schema IN ACCESS SHARE MODE;

-- name: LockPlan (authority, id)
SELECT body, checksum FROM pep_plan WHERE authority = ? AND id = ? FOR UPDATE;

-- name: LockPlanFirst ({settings}, authority, id)
-- As the first statement of a transaction, LockPlanFirst reads the settings before
-- anything else, and waits for no lock before it has limited the waiting.
SELECT s.*, p.body IS NOT NULL, p.body, p.checksum
FROM (
    {settings}
) AS s LEFT JOIN LATERAL (
    SELECT body, checksum FROM pep_plan WHERE authority = ? AND id = ? AND s.bound <> '' FOR UPDATE
) p ON true;

-- A step of a plan: one event, what belongs to it, and the state after it. Nothing
-- is written if the plan has changed since it was read.

-- name: SaveNew (authority, id, version, child, establishment, contributor, stage, term, meeting, due, grade, outline, body, checksum, {step})
-- After an error PostgreSQL refuses every further statement of the transaction, so
-- a taken key must not be an error.
WITH saved AS (
    INSERT INTO pep_plan (authority, id, version, child, establishment, contributor, stage, term, meeting, due, grade, outline, body, checksum)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO NOTHING
    RETURNING authority, id
), {step};

-- name: SaveStep (version, establishment, contributor, stage, term, meeting, due, grade, outline, body, checksum, authority, id, stored, {step})
WITH saved AS (
    UPDATE pep_plan SET
        version = ?, establishment = ?, contributor = ?, stage = ?, term = ?, meeting = ?, due = ?, grade = ?, outline = ?, body = ?, checksum = ?
    WHERE authority = ? AND id = ? AND version = ?
    RETURNING authority, id
), {step};

-- part: step (section, revision, answers, answers checksum, event, text, text checksum, version, verb, child, establishment, day, at, first id, first kind, first contributor, first alert, second id, second kind, second contributor, second alert, recorded plan, recorded version, recorded events, recorded key, version, body, checksum)
-- Answers are written only if their section is not NULL, a text only if its event is
-- not NULL, a message only if its id is not NULL, an outcome only if its key is not
-- NULL, and the event only if its version is not NULL.
answered AS (
    INSERT INTO pep_answers (authority, plan, section, revision, answers, checksum)
    SELECT s.authority, s.id, v.section, v.revision, v.answers, v.checksum
    FROM saved s CROSS JOIN (VALUES (CAST(? AS bigint), CAST(? AS bigint), CAST(? AS text), CAST(? AS bigint))) v (section, revision, answers, checksum)
    WHERE v.section IS NOT NULL
    ON CONFLICT (authority, plan, section, revision) DO UPDATE SET answers = excluded.answers, checksum = excluded.checksum
), said AS (
    INSERT INTO pep_text (authority, plan, event, text, checksum)
    SELECT s.authority, s.id, v.event, v.text, v.checksum
    FROM saved s CROSS JOIN (VALUES (CAST(? AS uuid), CAST(? AS bytea), CAST(? AS bigint))) v (event, text, checksum)
    WHERE v.event IS NOT NULL
), posted AS (
    INSERT INTO pep_outbox (authority, plan, version, verb, child, establishment, day, at, part, id, kind, contributor, alert)
    SELECT s.authority, s.id, e.version, e.verb, e.child, e.establishment, e.day, e.at, v.part, v.id, v.kind, v.contributor, v.alert
    FROM saved s CROSS JOIN (VALUES (
        CAST(? AS bigint), CAST(? AS text), CAST(? AS uuid), CAST(? AS uuid), CAST(? AS bigint), CAST(? AS bigint)
    )) e (version, verb, child, establishment, day, at)
    CROSS JOIN (VALUES
        (0, CAST(? AS uuid), CAST(? AS bytea), CAST(? AS uuid), CAST(? AS bigint)),
        (1, CAST(? AS uuid), CAST(? AS bytea), CAST(? AS uuid), CAST(? AS bigint))
    ) v (part, id, kind, contributor, alert)
    WHERE v.id IS NOT NULL
    ON CONFLICT (authority, id) DO NOTHING
), recorded AS (
    UPDATE pep_command c SET plan = v.plan, version = v.version, events = v.events
    FROM saved s CROSS JOIN (VALUES (
        CAST(? AS uuid), CAST(? AS bigint), CAST(? AS bytea), CAST(? AS bytea)
    )) v (plan, version, events, key)
    WHERE c.authority = s.authority AND c.key = v.key
)
INSERT INTO pep_event (authority, plan, version, body, checksum)
SELECT s.authority, s.id, v.version, v.body, v.checksum
FROM saved s CROSS JOIN (VALUES (CAST(? AS bigint), CAST(? AS text), CAST(? AS bigint))) v (version, body, checksum)
WHERE v.version IS NOT NULL

-- name: Seal (version, revision, until, seal, revision, authority, plan, revision)
-- A checksum holds the revision above its own 32 bits. One statement can both seal
-- and clear, because both halves see the rows as they were before the statement.
WITH sealed AS (
    INSERT INTO pep_sealed (authority, plan, version, section, revision, until, seal, checksum, answers)
    SELECT a.authority, a.plan, CAST(? AS bigint), a.section, CAST(? AS bigint), CAST(? AS bigint), CAST(? AS bigint),
        (a.checksum & 4294967295) | (CAST(? AS bigint) << 32), a.answers
    FROM pep_answers a
    WHERE a.authority = ? AND a.plan = ? AND a.answers IS NOT NULL AND a.revision = (
        SELECT max(b.revision) FROM pep_answers b
        WHERE b.authority = a.authority AND b.plan = a.plan AND b.section = a.section AND b.revision <= ?
    )
    RETURNING authority, plan, section, revision
)
INSERT INTO pep_answers (authority, plan, section, revision, answers, checksum)
SELECT authority, plan, section, revision, NULL, 0 FROM sealed
ON CONFLICT (authority, plan, section, revision) DO UPDATE SET answers = NULL, checksum = 0;

-- name: Destroy (authority, on, limit)
DELETE FROM pep_sealed WHERE (authority, plan, version, section) IN (
    SELECT authority, plan, version, section FROM pep_sealed
    WHERE authority = ? AND until <= ?
    ORDER BY until, plan, version, section LIMIT ? FOR UPDATE
)
RETURNING plan, version, section, revision, until;

-- name: InsertKeyFirst ({settings}, authority, key, digest, plan, version, events, entered)
WITH settings AS (
    {settings}
), entered AS (
    INSERT INTO pep_command (authority, key, digest, plan, version, events, entered)
    SELECT CAST(? AS text), CAST(? AS bytea), CAST(? AS bytea), CAST(? AS uuid), CAST(? AS bigint), CAST(? AS bytea), CAST(? AS bigint)
    FROM settings WHERE bound <> ''
    ON CONFLICT (authority, key) DO NOTHING
    RETURNING key
)
SELECT s.*, EXISTS (SELECT FROM entered) FROM settings s;

-- name: Repeated (authority, key)
-- If a command's commit was cut off while it waited for a standby, the standby may not
-- have it yet. Locking the row writes to the log after that commit, so whoever repeats
-- the command waits, when committing, until a standby has both.
SELECT digest, plan, version, events FROM pep_command
WHERE authority = ? AND key = ?
FOR UPDATE;

-- name: Waiting (authority, now, at, version, id, limit)
-- Waiting passes over the messages that another claim is taking.
SELECT {message} FROM pep_outbox
WHERE authority = ? AND state = 1 AND free <= ? AND (at, version, id) > (?, ?, ?)
ORDER BY at, version, id LIMIT ? FOR UPDATE SKIP LOCKED;

-- name: Earlier (authority, plan, version, at, part, id, limit)
-- A message that another claim is taking counts as never free, because the messages
-- after it must not be given before it. For a message that this claim locks, the
-- values at the time of the lock are used.
SELECT m.id, m.plan, m.version, m.part, m.kind, m.verb, m.child, m.establishment, m.contributor, m.day, m.at,
    coalesce(l.attempts, m.attempts), coalesce(l.free, 9223372036854775807)
FROM (
    SELECT * FROM pep_outbox
    WHERE authority = ? AND state = 1 AND plan = ? AND (version, at, part, id) <= (?, ?, ?, ?)
    ORDER BY version, at, part, id LIMIT ?
) m LEFT JOIN LATERAL (
    SELECT attempts, free FROM pep_outbox
    WHERE (authority, plan, version, at, part, id) = (m.authority, m.plan, m.version, m.at, m.part, m.id) AND state = 1
    FOR UPDATE SKIP LOCKED
) l ON true
ORDER BY m.version, m.at, m.part, m.id;

-- name: Contributors (authority, establishment, after, limit)
SELECT {contributor} FROM pep_contributor
WHERE authority = ? AND establishment = ? AND id > ?
ORDER BY id LIMIT ?;

-- name: Named (name, authority, after, limit)
-- The index holds only the beginning of the name, because a name may be longer than
-- an index entry can be.
SELECT {establishment}
FROM pep_establishment CROSS JOIN (SELECT CAST(? AS bytea) AS wanted) w
WHERE substr(name, 1, 100) = substr(wanted, 1, 100) AND name = wanted AND authority = ? AND id > ?
ORDER BY id LIMIT ?;
