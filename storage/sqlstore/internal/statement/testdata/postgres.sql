-- schema ()
SELECT version FROM pep_schema;

-- writing (wait)
SELECT version, current_setting('transaction_read_only') AS only, current_setting('synchronous_commit') AS commits, current_setting('synchronous_standby_names') AS standbys, set_config('lock_timeout', coalesce(CAST($1 AS text), current_setting('lock_timeout')), true) AS bound FROM pep_schema;

-- erasing ()
SELECT current_setting('server_encoding');

-- plan (authority, id)
SELECT body FROM pep_plan WHERE authority = $1 AND id = $2;

-- lock plan (authority, id)
SELECT body FROM pep_plan WHERE authority = $1 AND id = $2 FOR UPDATE;

-- lock plan first (wait, authority, id)
SELECT s.*, p.body IS NOT NULL, p.body FROM (SELECT version, current_setting('transaction_read_only') AS only, current_setting('synchronous_commit') AS commits, current_setting('synchronous_standby_names') AS standbys, set_config('lock_timeout', coalesce(CAST($1 AS text), current_setting('lock_timeout')), true) AS bound FROM pep_schema) AS s LEFT JOIN LATERAL (SELECT body FROM pep_plan WHERE authority = $2 AND id = $3 AND s.bound <> '' FOR UPDATE) p ON true;

-- version (authority, id)
SELECT version FROM pep_plan WHERE authority = $1 AND id = $2;

-- save new (authority, id, version, child, establishment, stage, term, meeting, due, grade, body, section, revision, answers, event, text, id, version, kind, day, at, attempts, free, given, state, recorded plan, recorded version, recorded events, recorded key, version, body)
WITH saved AS (INSERT INTO pep_plan (authority,id,version,child,establishment,stage,term,meeting,due,grade,body) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11) ON CONFLICT DO NOTHING RETURNING authority, id), answered AS (INSERT INTO pep_answers (authority,plan,section,revision,answers) SELECT s.authority, s.id, v.section, v.revision, v.answers FROM saved s CROSS JOIN (VALUES (CAST($12 AS bigint), CAST($13 AS bigint), CAST($14 AS text))) v (section, revision, answers) WHERE v.section IS NOT NULL ON CONFLICT (authority, plan, section, revision) DO UPDATE SET answers = excluded.answers), said AS (INSERT INTO pep_text (authority,plan,event,text) SELECT s.authority, s.id, v.event, v.text FROM saved s CROSS JOIN (VALUES (CAST($15 AS uuid), CAST($16 AS bytea))) v (event, text) WHERE v.event IS NOT NULL), posted AS (INSERT INTO pep_outbox (authority,plan,id,version,kind,day,at,attempts,free,given,state) SELECT s.authority, s.id, v.id, v.version, v.kind, v.day, v.at, v.attempts, v.free, v.given, v.state FROM saved s CROSS JOIN (VALUES (CAST($17 AS uuid), CAST($18 AS bigint), CAST($19 AS bytea), CAST($20 AS bigint), CAST($21 AS bigint), CAST($22 AS bigint), CAST($23 AS bigint), CAST($24 AS bigint), CAST($25 AS bigint))) v (id, version, kind, day, at, attempts, free, given, state) WHERE v.id IS NOT NULL ON CONFLICT (authority, id) DO NOTHING), recorded AS (UPDATE pep_command c SET plan = v.plan, version = v.version, events = v.events FROM saved s CROSS JOIN (VALUES (CAST($26 AS uuid), CAST($27 AS bigint), CAST($28 AS bytea), CAST($29 AS bytea))) v (plan, version, events, key) WHERE c.authority = s.authority AND c.key = v.key) INSERT INTO pep_event (authority,plan,version,body) SELECT s.authority, s.id, v.version, v.body FROM saved s CROSS JOIN (VALUES (CAST($30 AS bigint), CAST($31 AS text))) v (version, body) WHERE v.version IS NOT NULL;

-- save step (version, establishment, stage, term, meeting, due, grade, body, authority, id, stored, section, revision, answers, event, text, id, version, kind, day, at, attempts, free, given, state, recorded plan, recorded version, recorded events, recorded key, version, body)
WITH saved AS (UPDATE pep_plan SET version = $1, establishment = $2, stage = $3, term = $4, meeting = $5, due = $6, grade = $7, body = $8 WHERE authority = $9 AND id = $10 AND version = $11 RETURNING authority, id), answered AS (INSERT INTO pep_answers (authority,plan,section,revision,answers) SELECT s.authority, s.id, v.section, v.revision, v.answers FROM saved s CROSS JOIN (VALUES (CAST($12 AS bigint), CAST($13 AS bigint), CAST($14 AS text))) v (section, revision, answers) WHERE v.section IS NOT NULL ON CONFLICT (authority, plan, section, revision) DO UPDATE SET answers = excluded.answers), said AS (INSERT INTO pep_text (authority,plan,event,text) SELECT s.authority, s.id, v.event, v.text FROM saved s CROSS JOIN (VALUES (CAST($15 AS uuid), CAST($16 AS bytea))) v (event, text) WHERE v.event IS NOT NULL), posted AS (INSERT INTO pep_outbox (authority,plan,id,version,kind,day,at,attempts,free,given,state) SELECT s.authority, s.id, v.id, v.version, v.kind, v.day, v.at, v.attempts, v.free, v.given, v.state FROM saved s CROSS JOIN (VALUES (CAST($17 AS uuid), CAST($18 AS bigint), CAST($19 AS bytea), CAST($20 AS bigint), CAST($21 AS bigint), CAST($22 AS bigint), CAST($23 AS bigint), CAST($24 AS bigint), CAST($25 AS bigint))) v (id, version, kind, day, at, attempts, free, given, state) WHERE v.id IS NOT NULL ON CONFLICT (authority, id) DO NOTHING), recorded AS (UPDATE pep_command c SET plan = v.plan, version = v.version, events = v.events FROM saved s CROSS JOIN (VALUES (CAST($26 AS uuid), CAST($27 AS bigint), CAST($28 AS bytea), CAST($29 AS bytea))) v (plan, version, events, key) WHERE c.authority = s.authority AND c.key = v.key) INSERT INTO pep_event (authority,plan,version,body) SELECT s.authority, s.id, v.version, v.body FROM saved s CROSS JOIN (VALUES (CAST($30 AS bigint), CAST($31 AS text))) v (version, body) WHERE v.version IS NOT NULL;

-- list by meeting (authority, after meeting, after id, meeting to, stages, term from, term to, due from, due to, grade from, limit)
SELECT meeting, id, body FROM pep_plan WHERE authority = $1 AND (meeting, id) > ($2, $3) AND meeting < $4 AND (CAST($5 AS bigint) >> CAST(stage AS integer)) & 1 = 1 AND term >= $6 AND term <= $7 AND due >= $8 AND due < $9 AND grade >= $10 ORDER BY meeting, id LIMIT $11;

-- list by child (authority, group, after meeting, after id, meeting to, stages, term from, term to, due from, due to, grade from, limit)
SELECT meeting, id, body FROM pep_plan WHERE authority = $1 AND child = $2 AND (meeting, id) > ($3, $4) AND meeting < $5 AND (CAST($6 AS bigint) >> CAST(stage AS integer)) & 1 = 1 AND term >= $7 AND term <= $8 AND due >= $9 AND due < $10 AND grade >= $11 ORDER BY meeting, id LIMIT $12;

-- list by children (authority, group, after meeting, after id, meeting to, stages, term from, term to, due from, due to, grade from, limit)
SELECT meeting, id, body FROM pep_plan WHERE authority = $1 AND child = ANY (CAST($2 AS uuid[])) AND (meeting, id) > ($3, $4) AND meeting < $5 AND (CAST($6 AS bigint) >> CAST(stage AS integer)) & 1 = 1 AND term >= $7 AND term <= $8 AND due >= $9 AND due < $10 AND grade >= $11 ORDER BY meeting, id LIMIT $12;

-- list by establishment (authority, group, after meeting, after id, meeting to, stages, term from, term to, due from, due to, grade from, limit)
SELECT meeting, id, body FROM pep_plan WHERE authority = $1 AND establishment = $2 AND (meeting, id) > ($3, $4) AND meeting < $5 AND (CAST($6 AS bigint) >> CAST(stage AS integer)) & 1 = 1 AND term >= $7 AND term <= $8 AND due >= $9 AND due < $10 AND grade >= $11 ORDER BY meeting, id LIMIT $12;

-- list by stage (authority, group, after meeting, after id, meeting to, stages, term from, term to, due from, due to, grade from, limit)
SELECT meeting, id, body FROM pep_plan WHERE authority = $1 AND stage = $2 AND (meeting, id) > ($3, $4) AND meeting < $5 AND (CAST($6 AS bigint) >> CAST(stage AS integer)) & 1 = 1 AND term >= $7 AND term <= $8 AND due >= $9 AND due < $10 AND grade >= $11 ORDER BY meeting, id LIMIT $12;

-- list by term (authority, group, after meeting, after id, meeting to, stages, term from, term to, due from, due to, grade from, limit)
SELECT meeting, id, body FROM pep_plan WHERE authority = $1 AND term = $2 AND (meeting, id) > ($3, $4) AND meeting < $5 AND (CAST($6 AS bigint) >> CAST(stage AS integer)) & 1 = 1 AND term >= $7 AND term <= $8 AND due >= $9 AND due < $10 AND grade >= $11 ORDER BY meeting, id LIMIT $12;

-- list by due (authority, after meeting, after id, meeting to, stages, term from, term to, due from, due to, grade from, limit)
SELECT meeting, id, body FROM pep_plan WHERE authority = $1 AND (meeting, id) > ($2, $3) AND meeting < $4 AND (CAST($5 AS bigint) >> CAST(stage AS integer)) & 1 = 1 AND term >= $6 AND term <= $7 AND due >= $8 AND due < $9 AND grade >= $10 AND due > 0 ORDER BY meeting, id LIMIT $11;

-- history (authority, plan, after, limit)
SELECT version, body FROM pep_event WHERE authority = $1 AND plan = $2 AND version > $3 ORDER BY version LIMIT $4;

-- answers (authority, plan, section, revision)
SELECT answers FROM pep_answers WHERE authority = $1 AND plan = $2 AND section = $3 AND revision <= $4 ORDER BY revision DESC LIMIT 1;

-- text (authority, event)
SELECT text FROM pep_text WHERE authority = $1 AND event = $2;

-- seal (version, revision, until, authority, plan, revision)
WITH sealed AS (INSERT INTO pep_sealed (authority,plan,version,section,revision,until,answers) SELECT a.authority, a.plan, CAST($1 AS bigint), a.section, CAST($2 AS bigint), CAST($3 AS bigint), a.answers FROM pep_answers a WHERE a.authority = $4 AND a.plan = $5 AND a.answers IS NOT NULL AND a.revision = (SELECT max(b.revision) FROM pep_answers b WHERE b.authority = a.authority AND b.plan = a.plan AND b.section = a.section AND b.revision <= $6) RETURNING authority, plan, section, revision) INSERT INTO pep_answers (authority,plan,section,revision,answers) SELECT authority, plan, section, revision, NULL FROM sealed ON CONFLICT (authority, plan, section, revision) DO UPDATE SET answers = NULL;

-- sealed (authority, plan, version, section, limit)
SELECT version, section, revision, until, answers FROM pep_sealed WHERE authority = $1 AND plan = $2 AND (version, section) > ($3, $4) ORDER BY version, section LIMIT $5;

-- destroy (authority, on, limit)
DELETE FROM pep_sealed WHERE (authority, plan, version, section) IN (SELECT authority, plan, version, section FROM pep_sealed WHERE authority = $1 AND until <= $2 ORDER BY until, plan, version, section LIMIT $3 FOR UPDATE);

-- outcome (authority, key)
SELECT digest, plan, version, events FROM pep_command WHERE authority = $1 AND key = $2;

-- repeated (authority, key)
SELECT digest, plan, version, events FROM pep_command WHERE authority = $1 AND key = $2 FOR UPDATE;

-- insert key (authority, key, digest, plan, version, events)
INSERT INTO pep_command (authority,key,digest,plan,version,events) VALUES ($1,$2,$3,$4,$5,$6) ON CONFLICT (authority, key) DO NOTHING;

-- insert key first (wait, authority, key, digest, plan, version, events)
WITH settings AS (SELECT version, current_setting('transaction_read_only') AS only, current_setting('synchronous_commit') AS commits, current_setting('synchronous_standby_names') AS standbys, set_config('lock_timeout', coalesce(CAST($1 AS text), current_setting('lock_timeout')), true) AS bound FROM pep_schema), entered AS (INSERT INTO pep_command (authority,key,digest,plan,version,events) SELECT CAST($2 AS text), CAST($3 AS bytea), CAST($4 AS bytea), CAST($5 AS uuid), CAST($6 AS bigint), CAST($7 AS bytea) FROM settings WHERE bound <> '' ON CONFLICT (authority, key) DO NOTHING RETURNING key) SELECT s.*, EXISTS (SELECT FROM entered) FROM settings s;

-- record (plan, version, events, authority, key)
UPDATE pep_command SET plan = $1, version = $2, events = $3 WHERE authority = $4 AND key = $5;

-- post (authority, plan, id, version, kind, day, at, attempts, free, given, state)
INSERT INTO pep_outbox (authority,plan,id,version,kind,day,at,attempts,free,given,state) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11) ON CONFLICT (authority, id) DO NOTHING;

-- waiting (authority, now, at, version, id, limit)
SELECT id, plan, version, kind, day, at, attempts, free FROM pep_outbox WHERE authority = $1 AND state = 1 AND free <= $2 AND (at, version, id) > ($3, $4, $5) ORDER BY at, version, id LIMIT $6 FOR UPDATE SKIP LOCKED;

-- earlier (authority, plan, version, at, id, limit, authority, plan, version, at, id, limit)
SELECT m.id, m.plan, m.version, m.kind, m.day, m.at, coalesce(l.attempts, m.attempts), coalesce(l.free, 9223372036854775807) FROM pep_outbox m LEFT JOIN (SELECT o.id, o.attempts, o.free FROM pep_outbox o WHERE o.authority = $1 AND o.state = 1 AND o.plan = $2 AND (o.version, o.at, o.id) <= ($3, $4, $5) ORDER BY o.version, o.at, o.id LIMIT $6 FOR UPDATE SKIP LOCKED) l ON l.id = m.id WHERE m.authority = $7 AND m.state = 1 AND m.plan = $8 AND (m.version, m.at, m.id) <= ($9, $10, $11) ORDER BY m.version, m.at, m.id LIMIT $12;

-- lease (until, authority, id)
UPDATE pep_outbox SET free = $1, given = 1, attempts = attempts + 1 WHERE authority = $2 AND id = $3;

-- delivered (authority, id)
UPDATE pep_outbox SET state = 2 WHERE authority = $1 AND id = $2 AND state = 1;

-- release (until, untried, authority, id)
UPDATE pep_outbox SET free = $1, given = 0, attempts = attempts - given * $2 WHERE authority = $3 AND id = $4 AND state = 1;

-- set aside (authority, id)
UPDATE pep_outbox SET state = 3 WHERE authority = $1 AND id = $2 AND state = 1;

-- set asides (authority, at, version, id, limit)
SELECT id, plan, version, kind, day, at, attempts, free FROM pep_outbox WHERE authority = $1 AND state = 3 AND (at, version, id) > ($2, $3, $4) ORDER BY at, version, id LIMIT $5;

-- requeue (free, authority, id)
UPDATE pep_outbox SET state = 1, free = $1, given = 0, attempts = 0 WHERE authority = $2 AND id = $3 AND state = 3;

-- child (authority, id)
SELECT id, born, su_number, name, upn, body FROM pep_child WHERE authority = $1 AND id = $2;

-- children (authority, after, from, to, limit)
SELECT id, born, su_number, name, upn, body FROM pep_child WHERE authority = $1 AND id > $2 AND born >= $3 AND born < $4 ORDER BY id LIMIT $5;

-- put child (authority, id, born, su_number, name, upn, body)
INSERT INTO pep_child (authority,id,born,su_number,name,upn,body) VALUES ($1,$2,$3,$4,$5,$6,$7) ON CONFLICT (authority, id) DO UPDATE SET born = excluded.born, su_number = excluded.su_number, name = excluded.name, upn = excluded.upn, body = excluded.body;

-- establishment (authority, id)
SELECT name, post_code, status, type, special, dfe_number, urn, finance FROM pep_establishment WHERE authority = $1 AND id = $2;

-- put establishment (authority, id, name, post_code, status, type, special, dfe_number, urn, finance)
INSERT INTO pep_establishment (authority,id,name,post_code,status,type,special,dfe_number,urn,finance) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10) ON CONFLICT (authority, id) DO UPDATE SET name = excluded.name, post_code = excluded.post_code, status = excluded.status, type = excluded.type, special = excluded.special, dfe_number = excluded.dfe_number, urn = excluded.urn, finance = excluded.finance;

-- contributor (authority, id)
SELECT id, establishment, name, email, active, actioned FROM pep_contributor WHERE authority = $1 AND id = $2;

-- contributors (authority, establishment, after, limit)
SELECT id, establishment, name, email, active, actioned FROM pep_contributor WHERE authority = $1 AND establishment = $2 AND id > $3 ORDER BY id LIMIT $4;

-- put contributor (authority, id, establishment, name, email, active, actioned)
INSERT INTO pep_contributor (authority,id,establishment,name,email,active,actioned) VALUES ($1,$2,$3,$4,$5,$6,$7) ON CONFLICT (authority, id) DO UPDATE SET establishment = excluded.establishment, name = excluded.name, email = excluded.email, active = excluded.active, actioned = excluded.actioned;

-- add note (authority, at, id, child, person, text)
INSERT INTO pep_note (authority,at,id,child,person,text) VALUES ($1,$2,$3,$4,$5,$6) ON CONFLICT DO NOTHING;

-- notes (authority, group, after at, after id, through, limit)
SELECT at, id, child, person, text FROM pep_note WHERE authority = $1 AND child = $2 AND (at, id) > ($3, $4) AND at <= $5 ORDER BY at, id LIMIT $6;

-- add request (authority, at, id, kind, person, establishment, contributor, child, meeting, description)
INSERT INTO pep_request (authority,at,id,kind,person,establishment,contributor,child,meeting,description) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10) ON CONFLICT DO NOTHING;

-- requests (authority, after at, after id, through, limit)
SELECT at, id, kind, person, establishment, contributor, child, meeting, description FROM pep_request WHERE authority = $1 AND (at, id) > ($2, $3) AND at <= $4 ORDER BY at, id LIMIT $5;

-- requests of child (authority, group, after at, after id, through, limit)
SELECT at, id, kind, person, establishment, contributor, child, meeting, description FROM pep_request WHERE authority = $1 AND child = $2 AND (at, id) > ($3, $4) AND at <= $5 ORDER BY at, id LIMIT $6;

-- requests of children (authority, group, after at, after id, through, limit)
SELECT at, id, kind, person, establishment, contributor, child, meeting, description FROM pep_request WHERE authority = $1 AND child = ANY (CAST($2 AS uuid[])) AND (at, id) > ($3, $4) AND at <= $5 ORDER BY at, id LIMIT $6;

-- requests of establishment (authority, group, after at, after id, through, limit)
SELECT at, id, kind, person, establishment, contributor, child, meeting, description FROM pep_request WHERE authority = $1 AND establishment = $2 AND (at, id) > ($3, $4) AND at <= $5 ORDER BY at, id LIMIT $6;

-- pay (authority, term, child, establishment, pence, paid_on, plan, version, reason)
INSERT INTO pep_payment (authority,term,child,establishment,pence,paid_on,plan,version,reason) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9) ON CONFLICT DO NOTHING;

-- paid (authority, after term, after child, through, limit)
SELECT term, child, establishment, pence, paid_on, plan, version, reason FROM pep_payment WHERE authority = $1 AND (term, child) > ($2, $3) AND term <= $4 ORDER BY term, child LIMIT $5;

-- paid of child (authority, group, after term, after child, through, limit)
SELECT term, child, establishment, pence, paid_on, plan, version, reason FROM pep_payment WHERE authority = $1 AND child = $2 AND (term, child) > ($3, $4) AND term <= $5 ORDER BY term, child LIMIT $6;

-- paid of children (authority, group, after term, after child, through, limit)
SELECT term, child, establishment, pence, paid_on, plan, version, reason FROM pep_payment WHERE authority = $1 AND child = ANY (CAST($2 AS uuid[])) AND (term, child) > ($3, $4) AND term <= $5 ORDER BY term, child LIMIT $6;

-- paid of establishment (authority, group, after term, after child, through, limit)
SELECT term, child, establishment, pence, paid_on, plan, version, reason FROM pep_payment WHERE authority = $1 AND establishment = $2 AND (term, child) > ($3, $4) AND term <= $5 ORDER BY term, child LIMIT $6;

-- audit (authority, at, id, person, behalf, role, what, name, plan, child, kind, rule)
INSERT INTO pep_audit (authority,at,id,person,behalf,role,what,name,plan,child,kind,rule) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12) ON CONFLICT DO NOTHING;

-- entries (authority, after at, after id, through, limit)
SELECT at, id, person, behalf, role, what, name, plan, child, kind, rule FROM pep_audit WHERE authority = $1 AND (at, id) > ($2, $3) AND at <= $4 ORDER BY at, id LIMIT $5;

-- entries of child (authority, group, after at, after id, through, limit)
SELECT at, id, person, behalf, role, what, name, plan, child, kind, rule FROM pep_audit WHERE authority = $1 AND child = $2 AND (at, id) > ($3, $4) AND at <= $5 ORDER BY at, id LIMIT $6;

-- entries of children (authority, group, after at, after id, through, limit)
SELECT at, id, person, behalf, role, what, name, plan, child, kind, rule FROM pep_audit WHERE authority = $1 AND child = ANY (CAST($2 AS uuid[])) AND (at, id) > ($3, $4) AND at <= $5 ORDER BY at, id LIMIT $6;

-- entries of plan (authority, group, after at, after id, through, limit)
SELECT at, id, person, behalf, role, what, name, plan, child, kind, rule FROM pep_audit WHERE authority = $1 AND plan = $2 AND (at, id) > ($3, $4) AND at <= $5 ORDER BY at, id LIMIT $6;

-- entries of person (authority, group, after at, after id, through, authority, group, after at, after id, through, limit)
SELECT at, id, person, behalf, role, what, name, plan, child, kind, rule FROM pep_audit WHERE authority = $1 AND person = $2 AND (at, id) > ($3, $4) AND at <= $5 UNION ALL SELECT at, id, person, behalf, role, what, name, plan, child, kind, rule FROM pep_audit WHERE authority = $6 AND behalf = $7 AND (at, id) > ($8, $9) AND at <= $10 AND behalf <> person ORDER BY at, id LIMIT $11;

