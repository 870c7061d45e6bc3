-- schema ()
SELECT version FROM pep_schema;

-- unfit (version, least synchronous)
UPDATE pep_schema SET version = version WHERE version <> ? OR (SELECT synchronous FROM pragma_synchronous) < ?;

-- writing ()
SELECT v.version, s.synchronous FROM pep_schema v, pragma_synchronous s;

-- erasing ()
SELECT d.secure_delete, j.journal_mode FROM pragma_secure_delete d, pragma_journal_mode j;

-- begin ()
BEGIN;

-- plan (authority, id)
SELECT body FROM pep_plan WHERE authority = ? AND id = ?;

-- version (authority, id)
SELECT version FROM pep_plan WHERE authority = ? AND id = ?;

-- insert plan (authority, id, version, child, establishment, stage, term, meeting, due, grade, body)
INSERT INTO pep_plan (authority,id,version,child,establishment,stage,term,meeting,due,grade,body) VALUES (?,?,?,?,?,?,?,?,?,?,?);

-- update plan (version, establishment, stage, term, meeting, due, grade, body, authority, id, stored)
UPDATE pep_plan SET version = ?, establishment = ?, stage = ?, term = ?, meeting = ?, due = ?, grade = ?, body = ? WHERE authority = ? AND id = ? AND version = ?;

-- touch plan (version, body, authority, id, stored)
UPDATE pep_plan SET version = ?, body = ? WHERE authority = ? AND id = ? AND version = ?;

-- list by meeting (authority, after meeting, after id, meeting to, stages, term from, term to, due from, due to, grade from, limit)
SELECT meeting, id, body FROM pep_plan INDEXED BY pep_plan_meeting WHERE authority = ? AND (meeting, id) > (?, ?) AND meeting < ? AND (? >> stage) & 1 = 1 AND term >= ? AND term <= ? AND due >= ? AND due < ? AND grade >= ? ORDER BY meeting, id LIMIT ?;

-- list by child (authority, group, after meeting, after id, meeting to, stages, term from, term to, due from, due to, grade from, limit)
SELECT meeting, id, body FROM pep_plan INDEXED BY pep_plan_child WHERE authority = ? AND child = ? AND (meeting, id) > (?, ?) AND meeting < ? AND (? >> stage) & 1 = 1 AND term >= ? AND term <= ? AND due >= ? AND due < ? AND grade >= ? ORDER BY meeting, id LIMIT ?;

-- list by children (authority, group, after meeting, after id, meeting to, stages, term from, term to, due from, due to, grade from, limit)
SELECT meeting, id, body FROM pep_plan INDEXED BY pep_plan_child WHERE authority = ? AND child IN (SELECT unhex(value) FROM json_each(?)) AND (meeting, id) > (?, ?) AND meeting < ? AND (? >> stage) & 1 = 1 AND term >= ? AND term <= ? AND due >= ? AND due < ? AND grade >= ? ORDER BY meeting, id LIMIT ?;

-- list by establishment (authority, group, after meeting, after id, meeting to, stages, term from, term to, due from, due to, grade from, limit)
SELECT meeting, id, body FROM pep_plan INDEXED BY pep_plan_establishment WHERE authority = ? AND establishment = ? AND (meeting, id) > (?, ?) AND meeting < ? AND (? >> stage) & 1 = 1 AND term >= ? AND term <= ? AND due >= ? AND due < ? AND grade >= ? ORDER BY meeting, id LIMIT ?;

-- list by stage (authority, group, after meeting, after id, meeting to, stages, term from, term to, due from, due to, grade from, limit)
SELECT meeting, id, body FROM pep_plan INDEXED BY pep_plan_stage WHERE authority = ? AND stage = ? AND (meeting, id) > (?, ?) AND meeting < ? AND (? >> stage) & 1 = 1 AND term >= ? AND term <= ? AND due >= ? AND due < ? AND grade >= ? ORDER BY meeting, id LIMIT ?;

-- list by term (authority, group, after meeting, after id, meeting to, stages, term from, term to, due from, due to, grade from, limit)
SELECT meeting, id, body FROM pep_plan INDEXED BY pep_plan_term WHERE authority = ? AND term = ? AND (meeting, id) > (?, ?) AND meeting < ? AND (? >> stage) & 1 = 1 AND term >= ? AND term <= ? AND due >= ? AND due < ? AND grade >= ? ORDER BY meeting, id LIMIT ?;

-- list by due (authority, after meeting, after id, meeting to, stages, term from, term to, due from, due to, grade from, limit)
SELECT meeting, id, body FROM pep_plan INDEXED BY pep_plan_due WHERE authority = ? AND (meeting, id) > (?, ?) AND meeting < ? AND (? >> stage) & 1 = 1 AND term >= ? AND term <= ? AND due >= ? AND due < ? AND grade >= ? AND due > 0 ORDER BY meeting, id LIMIT ?;

-- history (authority, plan, after, limit)
SELECT version, body FROM pep_event WHERE authority = ? AND plan = ? AND version > ? ORDER BY version LIMIT ?;

-- insert event (authority, plan, version, body)
INSERT INTO pep_event (authority,plan,version,body) VALUES (?,?,?,?);

-- answers (authority, plan, section, revision)
SELECT answers FROM pep_answers WHERE authority = ? AND plan = ? AND section = ? AND revision <= ? ORDER BY revision DESC LIMIT 1;

-- put answers (authority, plan, section, revision, answers)
INSERT INTO pep_answers (authority,plan,section,revision,answers) VALUES (?,?,?,?,?) ON CONFLICT (authority, plan, section, revision) DO UPDATE SET answers = excluded.answers;

-- text (authority, event)
SELECT text FROM pep_text WHERE authority = ? AND event = ?;

-- insert text (authority, plan, event, text)
INSERT INTO pep_text (authority,plan,event,text) VALUES (?,?,?,?);

-- seal (version, revision, until, authority, plan, revision)
INSERT INTO pep_sealed (authority,plan,version,section,revision,until,answers) SELECT a.authority, a.plan, ?, a.section, ?, ?, a.answers FROM pep_answers a WHERE a.authority = ? AND a.plan = ? AND a.answers IS NOT NULL AND a.revision = (SELECT max(b.revision) FROM pep_answers b WHERE b.authority = a.authority AND b.plan = a.plan AND b.section = a.section AND b.revision <= ?);

-- clear (authority, plan, version)
INSERT INTO pep_answers (authority,plan,section,revision,answers) SELECT authority, plan, section, revision, NULL FROM pep_sealed WHERE authority = ? AND plan = ? AND version = ? ON CONFLICT (authority, plan, section, revision) DO UPDATE SET answers = NULL;

-- sealed (authority, plan, version, section, limit)
SELECT version, section, revision, until, answers FROM pep_sealed WHERE authority = ? AND plan = ? AND (version, section) > (?, ?) ORDER BY version, section LIMIT ?;

-- destroy (authority, on, limit)
DELETE FROM pep_sealed WHERE rowid IN (SELECT rowid FROM pep_sealed WHERE authority = ? AND until <= ? ORDER BY until LIMIT ?);

-- outcome (authority, key)
SELECT digest, plan, version, events FROM pep_command WHERE authority = ? AND key = ?;

-- repeated (authority, key)
SELECT digest, plan, version, events FROM pep_command WHERE authority = ? AND key = ?;

-- insert key (authority, key, digest, plan, version, events)
INSERT INTO pep_command (authority,key,digest,plan,version,events) VALUES (?,?,?,?,?,?) ON CONFLICT (authority, key) DO NOTHING;

-- record (plan, version, events, authority, key)
UPDATE pep_command SET plan = ?, version = ?, events = ? WHERE authority = ? AND key = ?;

-- post (authority, plan, id, version, kind, day, at, attempts, free, given, state)
INSERT INTO pep_outbox (authority,plan,id,version,kind,day,at,attempts,free,given,state) VALUES (?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (authority, id) DO NOTHING;

-- waiting (authority, now, at, version, id, limit)
SELECT id, plan, version, kind, day, at, attempts, free FROM pep_outbox WHERE authority = ? AND state = 1 AND free <= ? AND (at, version, id) > (?, ?, ?) ORDER BY at, version, id LIMIT ?;

-- earlier (authority, plan, version, at, id, limit)
SELECT id, plan, version, kind, day, at, attempts, free FROM pep_outbox WHERE authority = ? AND state = 1 AND plan = ? AND (version, at, id) <= (?, ?, ?) ORDER BY version, at, id LIMIT ?;

-- lease (until, authority, id)
UPDATE pep_outbox SET free = ?, given = 1, attempts = attempts + 1 WHERE authority = ? AND id = ?;

-- delivered (authority, id)
UPDATE pep_outbox SET state = 2 WHERE authority = ? AND id = ? AND state = 1;

-- release (until, untried, authority, id)
UPDATE pep_outbox SET free = ?, given = 0, attempts = attempts - given * ? WHERE authority = ? AND id = ? AND state = 1;

-- set aside (authority, id)
UPDATE pep_outbox SET state = 3 WHERE authority = ? AND id = ? AND state = 1;

-- set asides (authority, at, version, id, limit)
SELECT id, plan, version, kind, day, at, attempts, free FROM pep_outbox WHERE authority = ? AND state = 3 AND (at, version, id) > (?, ?, ?) ORDER BY at, version, id LIMIT ?;

-- requeue (free, authority, id)
UPDATE pep_outbox SET state = 1, free = ?, given = 0, attempts = 0 WHERE authority = ? AND id = ? AND state = 3;

-- child (authority, id)
SELECT id, born, su_number, name, upn, body FROM pep_child WHERE authority = ? AND id = ?;

-- children (authority, after, from, to, limit)
SELECT id, born, su_number, name, upn, body FROM pep_child WHERE authority = ? AND id > ? AND born >= ? AND born < ? ORDER BY id LIMIT ?;

-- put child (authority, id, born, su_number, name, upn, body)
INSERT INTO pep_child (authority,id,born,su_number,name,upn,body) VALUES (?,?,?,?,?,?,?) ON CONFLICT (authority, id) DO UPDATE SET born = excluded.born, su_number = excluded.su_number, name = excluded.name, upn = excluded.upn, body = excluded.body;

-- establishment (authority, id)
SELECT name, post_code, status, type, special, dfe_number, urn, finance FROM pep_establishment WHERE authority = ? AND id = ?;

-- put establishment (authority, id, name, post_code, status, type, special, dfe_number, urn, finance)
INSERT INTO pep_establishment (authority,id,name,post_code,status,type,special,dfe_number,urn,finance) VALUES (?,?,?,?,?,?,?,?,?,?) ON CONFLICT (authority, id) DO UPDATE SET name = excluded.name, post_code = excluded.post_code, status = excluded.status, type = excluded.type, special = excluded.special, dfe_number = excluded.dfe_number, urn = excluded.urn, finance = excluded.finance;

-- contributor (authority, id)
SELECT id, establishment, name, email, active, actioned FROM pep_contributor WHERE authority = ? AND id = ?;

-- contributors (authority, establishment, after, limit)
SELECT id, establishment, name, email, active, actioned FROM pep_contributor INDEXED BY pep_contributor_establishment WHERE authority = ? AND establishment = ? AND id > ? ORDER BY id LIMIT ?;

-- put contributor (authority, id, establishment, name, email, active, actioned)
INSERT INTO pep_contributor (authority,id,establishment,name,email,active,actioned) VALUES (?,?,?,?,?,?,?) ON CONFLICT (authority, id) DO UPDATE SET establishment = excluded.establishment, name = excluded.name, email = excluded.email, active = excluded.active, actioned = excluded.actioned;

-- add note (authority, at, id, child, person, text)
INSERT INTO pep_note (authority,at,id,child,person,text) VALUES (?,?,?,?,?,?) ON CONFLICT DO NOTHING;

-- notes (authority, group, after at, after id, through, limit)
SELECT at, id, child, person, text FROM pep_note INDEXED BY pep_note_child WHERE authority = ? AND child = ? AND (at, id) > (?, ?) AND at <= ? ORDER BY at, id LIMIT ?;

-- add request (authority, at, id, kind, person, establishment, contributor, child, meeting, description)
INSERT INTO pep_request (authority,at,id,kind,person,establishment,contributor,child,meeting,description) VALUES (?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING;

-- requests (authority, after at, after id, through, limit)
SELECT at, id, kind, person, establishment, contributor, child, meeting, description FROM pep_request WHERE authority = ? AND (at, id) > (?, ?) AND at <= ? ORDER BY at, id LIMIT ?;

-- requests of child (authority, group, after at, after id, through, limit)
SELECT at, id, kind, person, establishment, contributor, child, meeting, description FROM pep_request INDEXED BY pep_request_child WHERE authority = ? AND child = ? AND (at, id) > (?, ?) AND at <= ? ORDER BY at, id LIMIT ?;

-- requests of children (authority, group, after at, after id, through, limit)
SELECT at, id, kind, person, establishment, contributor, child, meeting, description FROM pep_request INDEXED BY pep_request_child WHERE authority = ? AND child IN (SELECT unhex(value) FROM json_each(?)) AND (at, id) > (?, ?) AND at <= ? ORDER BY at, id LIMIT ?;

-- requests of establishment (authority, group, after at, after id, through, limit)
SELECT at, id, kind, person, establishment, contributor, child, meeting, description FROM pep_request INDEXED BY pep_request_establishment WHERE authority = ? AND establishment = ? AND (at, id) > (?, ?) AND at <= ? ORDER BY at, id LIMIT ?;

-- pay (authority, term, child, establishment, pence, paid_on, plan, version, reason)
INSERT INTO pep_payment (authority,term,child,establishment,pence,paid_on,plan,version,reason) VALUES (?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING;

-- paid (authority, after term, after child, through, limit)
SELECT term, child, establishment, pence, paid_on, plan, version, reason FROM pep_payment WHERE authority = ? AND (term, child) > (?, ?) AND term <= ? ORDER BY term, child LIMIT ?;

-- paid of child (authority, group, after term, after child, through, limit)
SELECT term, child, establishment, pence, paid_on, plan, version, reason FROM pep_payment INDEXED BY pep_payment_child WHERE authority = ? AND child = ? AND (term, child) > (?, ?) AND term <= ? ORDER BY term, child LIMIT ?;

-- paid of children (authority, group, after term, after child, through, limit)
SELECT term, child, establishment, pence, paid_on, plan, version, reason FROM pep_payment INDEXED BY pep_payment_child WHERE authority = ? AND child IN (SELECT unhex(value) FROM json_each(?)) AND (term, child) > (?, ?) AND term <= ? ORDER BY term, child LIMIT ?;

-- paid of establishment (authority, group, after term, after child, through, limit)
SELECT term, child, establishment, pence, paid_on, plan, version, reason FROM pep_payment INDEXED BY pep_payment_establishment WHERE authority = ? AND establishment = ? AND (term, child) > (?, ?) AND term <= ? ORDER BY term, child LIMIT ?;

-- audit (authority, at, id, person, behalf, role, what, name, plan, child, kind, rule)
INSERT INTO pep_audit (authority,at,id,person,behalf,role,what,name,plan,child,kind,rule) VALUES (?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING;

-- entries (authority, after at, after id, through, limit)
SELECT at, id, person, behalf, role, what, name, plan, child, kind, rule FROM pep_audit WHERE authority = ? AND (at, id) > (?, ?) AND at <= ? ORDER BY at, id LIMIT ?;

-- entries of child (authority, group, after at, after id, through, limit)
SELECT at, id, person, behalf, role, what, name, plan, child, kind, rule FROM pep_audit INDEXED BY pep_audit_child WHERE authority = ? AND child = ? AND (at, id) > (?, ?) AND at <= ? ORDER BY at, id LIMIT ?;

-- entries of children (authority, group, after at, after id, through, limit)
SELECT at, id, person, behalf, role, what, name, plan, child, kind, rule FROM pep_audit INDEXED BY pep_audit_child WHERE authority = ? AND child IN (SELECT unhex(value) FROM json_each(?)) AND (at, id) > (?, ?) AND at <= ? ORDER BY at, id LIMIT ?;

-- entries of plan (authority, group, after at, after id, through, limit)
SELECT at, id, person, behalf, role, what, name, plan, child, kind, rule FROM pep_audit INDEXED BY pep_audit_plan WHERE authority = ? AND plan = ? AND (at, id) > (?, ?) AND at <= ? ORDER BY at, id LIMIT ?;

-- entries of person (authority, group, after at, after id, through, authority, group, after at, after id, through, limit)
SELECT at, id, person, behalf, role, what, name, plan, child, kind, rule FROM pep_audit INDEXED BY pep_audit_person WHERE authority = ? AND person = ? AND (at, id) > (?, ?) AND at <= ? UNION ALL SELECT at, id, person, behalf, role, what, name, plan, child, kind, rule FROM pep_audit INDEXED BY pep_audit_behalf WHERE authority = ? AND behalf = ? AND (at, id) > (?, ?) AND at <= ? AND behalf <> person ORDER BY at, id LIMIT ?;

