-- The statements that SQLite and PostgreSQL share. See sqlite.sql and
-- postgres.sql for those that differ, and list.go for the lists.
--
-- The header of a statement gives its name, which is a constant in id.go, and
-- the names of its parameters in the order of the placeholders. Comments are
-- not sent to the database.

-- name: Schema ()
SELECT version FROM pep_schema;

-- Plans and what belongs to them.

-- name: Plan (authority, id)
SELECT body, checksum FROM pep_plan WHERE authority = ? AND id = ?;

-- name: Version (authority, id)
SELECT version FROM pep_plan WHERE authority = ? AND id = ?;

-- name: History (authority, plan, after, limit)
SELECT version, body, checksum FROM pep_event
WHERE authority = ? AND plan = ? AND version > ?
ORDER BY version LIMIT ?;

-- name: Answers (authority, plan, section, revision)
SELECT revision, answers, checksum FROM pep_answers
WHERE authority = ? AND plan = ? AND section = ? AND revision <= ?
ORDER BY revision DESC LIMIT 1;

-- name: Text (authority, event)
SELECT plan, text, checksum FROM pep_text WHERE authority = ? AND event = ?;

-- name: Sealed (authority, plan, version, section, limit)
SELECT version, section, revision, until, answers, checksum, seal FROM pep_sealed
WHERE authority = ? AND plan = ? AND (version, section) > (?, ?)
ORDER BY version, section LIMIT ?;

-- name: Unseal (authority, plan, version)
-- Unseal restores the answers of the sections that were sealed at a version.
INSERT INTO pep_answers (authority, plan, section, revision, answers, checksum)
SELECT authority, plan, section, revision, answers, checksum FROM pep_sealed
WHERE authority = ? AND plan = ? AND version = ?
ON CONFLICT (authority, plan, section, revision) DO UPDATE SET answers = excluded.answers, checksum = excluded.checksum;

-- name: Unsealed (authority, plan, version)
DELETE FROM pep_sealed WHERE authority = ? AND plan = ? AND version = ?;

-- Keys of commands.

-- name: Outcome (authority, key)
SELECT digest, plan, version, events FROM pep_command
WHERE authority = ? AND key = ?;

-- name: InsertKey (authority, key, digest, plan, version, events, entered)
INSERT INTO pep_command (authority, key, digest, plan, version, events, entered)
VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (authority, key) DO NOTHING;

-- name: Record (plan, version, events, authority, key)
UPDATE pep_command SET plan = ?, version = ?, events = ?
WHERE authority = ? AND key = ?;

-- name: PruneKeys (authority, entered, limit)
DELETE FROM pep_command WHERE (authority, key) IN (
    SELECT authority, key FROM pep_command
    WHERE authority = ? AND entered < ?
    ORDER BY entered LIMIT ?
);

-- Messages. State 1 is waiting, 2 is delivered, 3 is set aside.

-- name: Post (authority, plan, id, version, part, kind, verb, child, establishment, contributor, day, at, alert)
INSERT INTO pep_outbox (authority, plan, id, version, part, kind, verb, child, establishment, contributor, day, at, alert)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (authority, id) DO NOTHING;

-- name: Lease (until, authority, id)
UPDATE pep_outbox SET free = ?, given = 1, attempts = attempts + 1
WHERE authority = ? AND id = ?;

-- name: Delivered (authority, id)
UPDATE pep_outbox SET state = 2
WHERE authority = ? AND id = ? AND state = 1;

-- name: Release (until, untried, authority, id)
UPDATE pep_outbox SET free = ?, given = 0, attempts = attempts - given * ?
WHERE authority = ? AND id = ? AND state = 1;

-- name: SetAside (authority, id)
UPDATE pep_outbox SET state = 3
WHERE authority = ? AND id = ? AND state = 1;

-- name: PruneMessages (authority, at, day, limit)
DELETE FROM pep_outbox WHERE (authority, id) IN (
    SELECT authority, id FROM pep_outbox
    WHERE authority = ? AND state = 2 AND alert <> 1 AND at < ? AND day < ?
    ORDER BY at LIMIT ?
);

-- part: message ()
id, plan, version, part, kind, verb, child, establishment, contributor, day, at, attempts, free

-- name: SetAsides (authority, at, version, id, limit)
SELECT {message} FROM pep_outbox
WHERE authority = ? AND state = 3 AND (at, version, id) > (?, ?, ?)
ORDER BY at, version, id LIMIT ?;

-- name: Leased (authority, now, at, version, id, limit)
SELECT {message} FROM pep_outbox
WHERE authority = ? AND state = 1 AND free > ? AND (at, version, id) > (?, ?, ?)
ORDER BY at, version, id LIMIT ?;

-- name: Requeue (free, authority, id)
UPDATE pep_outbox SET state = 1, free = ?, given = 0, attempts = 0
WHERE authority = ? AND id = ? AND state = 3;

-- Alerts. alert is 0 if the message is not an alert, 1 if it is not acknowledged,
-- and 2 if it is acknowledged.

-- name: Acknowledge (acknowledged_by, acknowledged_at, authority, id)
UPDATE pep_outbox SET alert = 2, acknowledged_by = ?, acknowledged_at = ?
WHERE authority = ? AND id = ? AND alert = 1;

-- name: Alerting (authority, id)
SELECT alert FROM pep_outbox WHERE authority = ? AND id = ?;

-- The register.

-- part: child ()
id, born, su_number, name, upn, worker, adviser, body, checksum

-- name: Child (authority, id)
SELECT {child} FROM pep_child
WHERE authority = ? AND id = ?;

-- name: Children (authority, after, from, to, limit)
SELECT {child} FROM pep_child
WHERE authority = ? AND id > ? AND born >= ? AND born < ?
ORDER BY id LIMIT ?;

-- name: PutChild (authority, id, born, su_number, name, upn, worker, adviser, body, checksum)
INSERT INTO pep_child (authority, id, born, su_number, name, upn, worker, adviser, body, checksum)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (authority, id) DO UPDATE SET
    born = excluded.born, su_number = excluded.su_number, name = excluded.name,
    upn = excluded.upn, worker = excluded.worker, adviser = excluded.adviser, body = excluded.body,
    checksum = excluded.checksum;

-- part: establishment ()
id, name, post_code, status, type, special, dfe_number, urn, finance, checksum

-- name: Establishment (authority, id)
SELECT {establishment} FROM pep_establishment
WHERE authority = ? AND id = ?;

-- name: PutEstablishment (authority, id, name, post_code, status, type, special, dfe_number, urn, finance, checksum)
INSERT INTO pep_establishment (authority, id, name, post_code, status, type, special, dfe_number, urn, finance, checksum)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (authority, id) DO UPDATE SET
    name = excluded.name, post_code = excluded.post_code, status = excluded.status, type = excluded.type,
    special = excluded.special, dfe_number = excluded.dfe_number, urn = excluded.urn, finance = excluded.finance,
    checksum = excluded.checksum;

-- part: contributor ()
id, establishment, name, email, active, actioned, checksum

-- name: Contributor (authority, id)
SELECT {contributor} FROM pep_contributor
WHERE authority = ? AND id = ?;

-- name: PutContributor (authority, id, establishment, name, email, active, actioned, checksum)
INSERT INTO pep_contributor (authority, id, establishment, name, email, active, actioned, checksum)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (authority, id) DO UPDATE SET
    establishment = excluded.establishment, name = excluded.name, email = excluded.email,
    active = excluded.active, actioned = excluded.actioned, checksum = excluded.checksum;

-- Ledgers. If the key of a row is taken, the statement changes nothing.

-- name: AddNote (authority, at, id, child, person, text)
INSERT INTO pep_note (authority, at, id, child, person, text)
VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING;

-- name: AddRequest (authority, at, id, kind, person, establishment, contributor, child, su_number, meeting, description, body)
INSERT INTO pep_request (authority, at, id, kind, person, establishment, contributor, child, su_number, meeting, description, body)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING;

-- part: request ()
kind, person, establishment, contributor, child, su_number, meeting, description, body, replied_by, replied_at, reply

-- name: Request (authority, id)
SELECT at, id, {request} FROM pep_request WHERE authority = ? AND id = ?;

-- name: AnswerRequest (replied_by, replied_at, reply, authority, id)
UPDATE pep_request SET replied_by = ?, replied_at = ?, reply = ?
WHERE authority = ? AND id = ? AND replied_at IS NULL;

-- name: Pay (authority, term, child, establishment, pence, paid_on, plan, version, reason)
INSERT INTO pep_payment (authority, term, child, establishment, pence, paid_on, plan, version, reason)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING;

-- name: Decide (authority, authority, plan, day, held, pence, person, reason)
-- If two decisions are made at once, one of them finds its number taken and changes
-- nothing.
INSERT INTO pep_decision (number, authority, plan, day, held, pence, person, reason)
VALUES ((SELECT coalesce(max(number), 0) + 1 FROM pep_decision WHERE authority = ?), ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING;

-- name: Audit (authority, at, id, person, behalf, role, what, name, plan, child, kind, rule)
INSERT INTO pep_audit (authority, at, id, person, behalf, role, what, name, plan, child, kind, rule)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING;
