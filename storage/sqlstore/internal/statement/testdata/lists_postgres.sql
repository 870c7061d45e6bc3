-- name: Alerts (authority, group)
SELECT id, plan, version, part, kind, verb, child, establishment, contributor, day, at, attempts, free FROM pep_outbox WHERE authority = $1 AND child = ANY (CAST($2 AS uuid[])) AND alert = 1 ORDER BY child, plan, version, part, id;

-- name: Caseload (authority, group, after, authority, group, after, limit)
SELECT id, born, su_number, name, upn, worker, adviser, body, checksum FROM pep_child WHERE authority = $1 AND worker = $2 AND id > $3 UNION ALL SELECT id, born, su_number, name, upn, worker, adviser, body, checksum FROM pep_child WHERE authority = $4 AND adviser = $5 AND id > $6 AND adviser <> worker ORDER BY id LIMIT $7;

-- name: ChildrenOf (authority, group)
SELECT id, born, su_number, name, upn, worker, adviser, body, checksum FROM pep_child WHERE authority = $1 AND id = ANY (CAST($2 AS uuid[]));

-- name: ContributorsAt (authority, group)
SELECT id, establishment, name, email, active, actioned, checksum FROM pep_contributor WHERE authority = $1 AND establishment = ANY (CAST($2 AS uuid[]));

-- name: Decisions (authority, after day, after number, limit)
SELECT day, number, plan, held, pence, person, reason FROM pep_decision WHERE authority = $1 AND (day, number) > ($2, $3) ORDER BY day, number LIMIT $4;

-- name: DecisionsOf (authority, group)
SELECT day, number, plan, held, pence, person, reason FROM pep_decision WHERE authority = $1 AND plan = ANY (CAST($2 AS uuid[])) ORDER BY day, number;

-- name: Entries (authority, after at, after id, through, limit)
SELECT at, id, person, behalf, role, what, name, plan, child, kind, rule FROM pep_audit WHERE authority = $1 AND (at, id) > ($2, $3) AND at <= $4 ORDER BY at, id LIMIT $5;

-- name: EntriesOfChild (authority, group, after at, after id, through, limit)
SELECT at, id, person, behalf, role, what, name, plan, child, kind, rule FROM pep_audit WHERE authority = $1 AND child = $2 AND (at, id) > ($3, $4) AND at <= $5 ORDER BY at, id LIMIT $6;

-- name: EntriesOfChildren (authority, group, after at, after id, through, limit)
SELECT at, id, person, behalf, role, what, name, plan, child, kind, rule FROM pep_audit WHERE authority = $1 AND child = ANY (CAST($2 AS uuid[])) AND (at, id) > ($3, $4) AND at <= $5 ORDER BY at, id LIMIT $6;

-- name: EntriesOfPerson (authority, group, after at, after id, through, authority, group, after at, after id, through, limit)
SELECT at, id, person, behalf, role, what, name, plan, child, kind, rule FROM pep_audit WHERE authority = $1 AND person = $2 AND (at, id) > ($3, $4) AND at <= $5 UNION ALL SELECT at, id, person, behalf, role, what, name, plan, child, kind, rule FROM pep_audit WHERE authority = $6 AND behalf = $7 AND (at, id) > ($8, $9) AND at <= $10 AND behalf <> person ORDER BY at, id LIMIT $11;

-- name: EntriesOfPlan (authority, group, after at, after id, through, limit)
SELECT at, id, person, behalf, role, what, name, plan, child, kind, rule FROM pep_audit WHERE authority = $1 AND plan = $2 AND (at, id) > ($3, $4) AND at <= $5 ORDER BY at, id LIMIT $6;

-- name: EstablishmentsOf (authority, group)
SELECT id, name, post_code, status, type, special, dfe_number, urn, finance, checksum FROM pep_establishment WHERE authority = $1 AND id = ANY (CAST($2 AS uuid[]));

-- name: ListByChild (authority, group, after meeting, after id, meeting to, stages, term from, term to, due from, due to, contributor from, contributor to, grade from, limit)
SELECT meeting, id, body, checksum FROM pep_plan WHERE authority = $1 AND child = $2 AND (meeting, id) > ($3, $4) AND meeting < $5 AND (CAST($6 AS bigint) >> CAST(stage AS integer)) & 1 = 1 AND term >= $7 AND term <= $8 AND due >= $9 AND due < $10 AND contributor >= $11 AND contributor <= $12 AND grade >= $13 ORDER BY meeting, id LIMIT $14;

-- name: ListByChildren (authority, group, after meeting, after id, meeting to, stages, term from, term to, due from, due to, contributor from, contributor to, grade from, limit)
SELECT meeting, id, body, checksum FROM pep_plan WHERE authority = $1 AND child = ANY (CAST($2 AS uuid[])) AND (meeting, id) > ($3, $4) AND meeting < $5 AND (CAST($6 AS bigint) >> CAST(stage AS integer)) & 1 = 1 AND term >= $7 AND term <= $8 AND due >= $9 AND due < $10 AND contributor >= $11 AND contributor <= $12 AND grade >= $13 ORDER BY meeting, id LIMIT $14;

-- name: ListByContributor (authority, group, after meeting, after id, meeting to, stages, term from, term to, due from, due to, contributor from, contributor to, grade from, limit)
SELECT meeting, id, body, checksum FROM pep_plan WHERE authority = $1 AND contributor = $2 AND (meeting, id) > ($3, $4) AND meeting < $5 AND (CAST($6 AS bigint) >> CAST(stage AS integer)) & 1 = 1 AND term >= $7 AND term <= $8 AND due >= $9 AND due < $10 AND contributor >= $11 AND contributor <= $12 AND grade >= $13 AND contributor <> '00000000-0000-0000-0000-000000000000' ORDER BY meeting, id LIMIT $14;

-- name: ListByDue (authority, after meeting, after id, meeting to, stages, term from, term to, due from, due to, contributor from, contributor to, grade from, limit)
SELECT meeting, id, body, checksum FROM pep_plan WHERE authority = $1 AND (meeting, id) > ($2, $3) AND meeting < $4 AND (CAST($5 AS bigint) >> CAST(stage AS integer)) & 1 = 1 AND term >= $6 AND term <= $7 AND due >= $8 AND due < $9 AND contributor >= $10 AND contributor <= $11 AND grade >= $12 AND due > 0 ORDER BY meeting, id LIMIT $13;

-- name: ListByEstablishment (authority, group, after meeting, after id, meeting to, stages, term from, term to, due from, due to, contributor from, contributor to, grade from, limit)
SELECT meeting, id, body, checksum FROM pep_plan WHERE authority = $1 AND establishment = $2 AND (meeting, id) > ($3, $4) AND meeting < $5 AND (CAST($6 AS bigint) >> CAST(stage AS integer)) & 1 = 1 AND term >= $7 AND term <= $8 AND due >= $9 AND due < $10 AND contributor >= $11 AND contributor <= $12 AND grade >= $13 ORDER BY meeting, id LIMIT $14;

-- name: ListByMeeting (authority, after meeting, after id, meeting to, stages, term from, term to, due from, due to, contributor from, contributor to, grade from, limit)
SELECT meeting, id, body, checksum FROM pep_plan WHERE authority = $1 AND (meeting, id) > ($2, $3) AND meeting < $4 AND (CAST($5 AS bigint) >> CAST(stage AS integer)) & 1 = 1 AND term >= $6 AND term <= $7 AND due >= $8 AND due < $9 AND contributor >= $10 AND contributor <= $11 AND grade >= $12 ORDER BY meeting, id LIMIT $13;

-- name: ListByStage (authority, group, after meeting, after id, meeting to, stages, term from, term to, due from, due to, contributor from, contributor to, grade from, limit)
SELECT meeting, id, body, checksum FROM pep_plan WHERE authority = $1 AND stage = $2 AND (meeting, id) > ($3, $4) AND meeting < $5 AND (CAST($6 AS bigint) >> CAST(stage AS integer)) & 1 = 1 AND term >= $7 AND term <= $8 AND due >= $9 AND due < $10 AND contributor >= $11 AND contributor <= $12 AND grade >= $13 ORDER BY meeting, id LIMIT $14;

-- name: ListByTerm (authority, group, after meeting, after id, meeting to, stages, term from, term to, due from, due to, contributor from, contributor to, grade from, limit)
SELECT meeting, id, body, checksum FROM pep_plan WHERE authority = $1 AND term = $2 AND (meeting, id) > ($3, $4) AND meeting < $5 AND (CAST($6 AS bigint) >> CAST(stage AS integer)) & 1 = 1 AND term >= $7 AND term <= $8 AND due >= $9 AND due < $10 AND contributor >= $11 AND contributor <= $12 AND grade >= $13 ORDER BY meeting, id LIMIT $14;

-- name: Notes (authority, group, after at, after id, through, limit)
SELECT at, id, child, person, text FROM pep_note WHERE authority = $1 AND child = $2 AND (at, id) > ($3, $4) AND at <= $5 ORDER BY at, id LIMIT $6;

-- name: Open (authority, after at, after id, through, limit)
SELECT at, id, kind, person, establishment, contributor, child, su_number, meeting, description, body, replied_by, replied_at, reply FROM pep_request WHERE authority = $1 AND (at, id) > ($2, $3) AND at <= $4 AND replied_at IS NULL ORDER BY at, id LIMIT $5;

-- name: OpenOfChild (authority, group, after at, after id, through, limit)
SELECT at, id, kind, person, establishment, contributor, child, su_number, meeting, description, body, replied_by, replied_at, reply FROM pep_request WHERE authority = $1 AND child = $2 AND (at, id) > ($3, $4) AND at <= $5 AND replied_at IS NULL ORDER BY at, id LIMIT $6;

-- name: OpenOfChildren (authority, group, after at, after id, through, limit)
SELECT at, id, kind, person, establishment, contributor, child, su_number, meeting, description, body, replied_by, replied_at, reply FROM pep_request WHERE authority = $1 AND child = ANY (CAST($2 AS uuid[])) AND (at, id) > ($3, $4) AND at <= $5 AND replied_at IS NULL ORDER BY at, id LIMIT $6;

-- name: OpenOfEstablishment (authority, group, after at, after id, through, limit)
SELECT at, id, kind, person, establishment, contributor, child, su_number, meeting, description, body, replied_by, replied_at, reply FROM pep_request WHERE authority = $1 AND establishment = $2 AND (at, id) > ($3, $4) AND at <= $5 AND replied_at IS NULL ORDER BY at, id LIMIT $6;

-- name: Outlines (authority, group)
SELECT child, string_agg(outline, '') FROM pep_plan WHERE authority = $1 AND child = ANY (CAST($2 AS uuid[])) GROUP BY child;

-- name: Paid (authority, after term, after child, through, limit)
SELECT term, child, establishment, pence, paid_on, plan, version, reason FROM pep_payment WHERE authority = $1 AND (term, child) > ($2, $3) AND term <= $4 ORDER BY term, child LIMIT $5;

-- name: PaidOfChild (authority, group, after term, after child, through, limit)
SELECT term, child, establishment, pence, paid_on, plan, version, reason FROM pep_payment WHERE authority = $1 AND child = $2 AND (term, child) > ($3, $4) AND term <= $5 ORDER BY term, child LIMIT $6;

-- name: PaidOfChildren (authority, group, after term, after child, through, limit)
SELECT term, child, establishment, pence, paid_on, plan, version, reason FROM pep_payment WHERE authority = $1 AND child = ANY (CAST($2 AS uuid[])) AND (term, child) > ($3, $4) AND term <= $5 ORDER BY term, child LIMIT $6;

-- name: PaidOfEstablishment (authority, group, after term, after child, through, limit)
SELECT term, child, establishment, pence, paid_on, plan, version, reason FROM pep_payment WHERE authority = $1 AND establishment = $2 AND (term, child) > ($3, $4) AND term <= $5 ORDER BY term, child LIMIT $6;

-- name: Requests (authority, after at, after id, through, limit)
SELECT at, id, kind, person, establishment, contributor, child, su_number, meeting, description, body, replied_by, replied_at, reply FROM pep_request WHERE authority = $1 AND (at, id) > ($2, $3) AND at <= $4 ORDER BY at, id LIMIT $5;

-- name: RequestsOfChild (authority, group, after at, after id, through, limit)
SELECT at, id, kind, person, establishment, contributor, child, su_number, meeting, description, body, replied_by, replied_at, reply FROM pep_request WHERE authority = $1 AND child = $2 AND (at, id) > ($3, $4) AND at <= $5 ORDER BY at, id LIMIT $6;

-- name: RequestsOfChildren (authority, group, after at, after id, through, limit)
SELECT at, id, kind, person, establishment, contributor, child, su_number, meeting, description, body, replied_by, replied_at, reply FROM pep_request WHERE authority = $1 AND child = ANY (CAST($2 AS uuid[])) AND (at, id) > ($3, $4) AND at <= $5 ORDER BY at, id LIMIT $6;

-- name: RequestsOfEstablishment (authority, group, after at, after id, through, limit)
SELECT at, id, kind, person, establishment, contributor, child, su_number, meeting, description, body, replied_by, replied_at, reply FROM pep_request WHERE authority = $1 AND establishment = $2 AND (at, id) > ($3, $4) AND at <= $5 ORDER BY at, id LIMIT $6;

