-- name: Alerts (authority, group)
SELECT id, plan, version, part, kind, verb, child, establishment, contributor, day, at, attempts, free FROM pep_outbox INDEXED BY pep_outbox_alert WHERE authority = ? AND child IN (SELECT unhex(value) FROM json_each('[' || trim(?, '{}') || ']')) AND alert = 1 ORDER BY child, plan, version, part, id;

-- name: Caseload (authority, group, after, authority, group, after, limit)
SELECT id, born, su_number, name, upn, worker, adviser, body, checksum FROM pep_child INDEXED BY pep_child_worker WHERE authority = ? AND worker = ? AND id > ? UNION ALL SELECT id, born, su_number, name, upn, worker, adviser, body, checksum FROM pep_child INDEXED BY pep_child_adviser WHERE authority = ? AND adviser = ? AND id > ? AND adviser <> worker ORDER BY id LIMIT ?;

-- name: ChildrenOf (authority, group)
SELECT id, born, su_number, name, upn, worker, adviser, body, checksum FROM pep_child WHERE authority = ? AND id IN (SELECT unhex(value) FROM json_each('[' || trim(?, '{}') || ']'));

-- name: ContributorsAt (authority, group)
SELECT id, establishment, name, email, active, actioned, checksum FROM pep_contributor INDEXED BY pep_contributor_establishment WHERE authority = ? AND establishment IN (SELECT unhex(value) FROM json_each('[' || trim(?, '{}') || ']'));

-- name: Decisions (authority, after day, after number, limit)
SELECT day, number, plan, held, pence, person, reason FROM pep_decision INDEXED BY pep_decision_day WHERE authority = ? AND (day, number) > (?, ?) ORDER BY day, number LIMIT ?;

-- name: DecisionsOf (authority, group)
SELECT day, number, plan, held, pence, person, reason FROM pep_decision INDEXED BY pep_decision_plan WHERE authority = ? AND plan IN (SELECT unhex(value) FROM json_each('[' || trim(?, '{}') || ']')) ORDER BY day, number;

-- name: Entries (authority, after at, after id, through, limit)
SELECT at, id, person, behalf, role, what, name, plan, child, kind, rule FROM pep_audit WHERE authority = ? AND (at, id) > (?, ?) AND at <= ? ORDER BY at, id LIMIT ?;

-- name: EntriesOfChild (authority, group, after at, after id, through, limit)
SELECT at, id, person, behalf, role, what, name, plan, child, kind, rule FROM pep_audit INDEXED BY pep_audit_child WHERE authority = ? AND child = ? AND (at, id) > (?, ?) AND at <= ? ORDER BY at, id LIMIT ?;

-- name: EntriesOfChildren (authority, group, after at, after id, through, limit)
SELECT at, id, person, behalf, role, what, name, plan, child, kind, rule FROM pep_audit INDEXED BY pep_audit_child WHERE authority = ? AND child IN (SELECT unhex(value) FROM json_each('[' || trim(?, '{}') || ']')) AND (at, id) > (?, ?) AND at <= ? ORDER BY at, id LIMIT ?;

-- name: EntriesOfPerson (authority, group, after at, after id, through, authority, group, after at, after id, through, limit)
SELECT at, id, person, behalf, role, what, name, plan, child, kind, rule FROM pep_audit INDEXED BY pep_audit_person WHERE authority = ? AND person = ? AND (at, id) > (?, ?) AND at <= ? UNION ALL SELECT at, id, person, behalf, role, what, name, plan, child, kind, rule FROM pep_audit INDEXED BY pep_audit_behalf WHERE authority = ? AND behalf = ? AND (at, id) > (?, ?) AND at <= ? AND behalf <> person ORDER BY at, id LIMIT ?;

-- name: EntriesOfPlan (authority, group, after at, after id, through, limit)
SELECT at, id, person, behalf, role, what, name, plan, child, kind, rule FROM pep_audit INDEXED BY pep_audit_plan WHERE authority = ? AND plan = ? AND (at, id) > (?, ?) AND at <= ? ORDER BY at, id LIMIT ?;

-- name: EstablishmentsOf (authority, group)
SELECT id, name, post_code, status, type, special, dfe_number, urn, finance, checksum FROM pep_establishment WHERE authority = ? AND id IN (SELECT unhex(value) FROM json_each('[' || trim(?, '{}') || ']'));

-- name: ListByChild (authority, group, after meeting, after id, meeting to, stages, term from, term to, due from, due to, contributor from, contributor to, grade from, limit)
SELECT meeting, id, body, checksum FROM pep_plan INDEXED BY pep_plan_child WHERE authority = ? AND child = ? AND (meeting, id) > (?, ?) AND meeting < ? AND (? >> stage) & 1 = 1 AND term >= ? AND term <= ? AND due >= ? AND due < ? AND contributor >= ? AND contributor <= ? AND grade >= ? ORDER BY meeting, id LIMIT ?;

-- name: ListByChildren (authority, group, after meeting, after id, meeting to, stages, term from, term to, due from, due to, contributor from, contributor to, grade from, limit)
SELECT meeting, id, body, checksum FROM pep_plan INDEXED BY pep_plan_child WHERE authority = ? AND child IN (SELECT unhex(value) FROM json_each('[' || trim(?, '{}') || ']')) AND (meeting, id) > (?, ?) AND meeting < ? AND (? >> stage) & 1 = 1 AND term >= ? AND term <= ? AND due >= ? AND due < ? AND contributor >= ? AND contributor <= ? AND grade >= ? ORDER BY meeting, id LIMIT ?;

-- name: ListByContributor (authority, group, after meeting, after id, meeting to, stages, term from, term to, due from, due to, contributor from, contributor to, grade from, limit)
SELECT meeting, id, body, checksum FROM pep_plan INDEXED BY pep_plan_contributor WHERE authority = ? AND contributor = ? AND (meeting, id) > (?, ?) AND meeting < ? AND (? >> stage) & 1 = 1 AND term >= ? AND term <= ? AND due >= ? AND due < ? AND contributor >= ? AND contributor <= ? AND grade >= ? AND contributor <> zeroblob(16) ORDER BY meeting, id LIMIT ?;

-- name: ListByDue (authority, after meeting, after id, meeting to, stages, term from, term to, due from, due to, contributor from, contributor to, grade from, limit)
SELECT meeting, id, body, checksum FROM pep_plan INDEXED BY pep_plan_due WHERE authority = ? AND (meeting, id) > (?, ?) AND meeting < ? AND (? >> stage) & 1 = 1 AND term >= ? AND term <= ? AND due >= ? AND due < ? AND contributor >= ? AND contributor <= ? AND grade >= ? AND due > 0 ORDER BY meeting, id LIMIT ?;

-- name: ListByEstablishment (authority, group, after meeting, after id, meeting to, stages, term from, term to, due from, due to, contributor from, contributor to, grade from, limit)
SELECT meeting, id, body, checksum FROM pep_plan INDEXED BY pep_plan_establishment WHERE authority = ? AND establishment = ? AND (meeting, id) > (?, ?) AND meeting < ? AND (? >> stage) & 1 = 1 AND term >= ? AND term <= ? AND due >= ? AND due < ? AND contributor >= ? AND contributor <= ? AND grade >= ? ORDER BY meeting, id LIMIT ?;

-- name: ListByMeeting (authority, after meeting, after id, meeting to, stages, term from, term to, due from, due to, contributor from, contributor to, grade from, limit)
SELECT meeting, id, body, checksum FROM pep_plan INDEXED BY pep_plan_meeting WHERE authority = ? AND (meeting, id) > (?, ?) AND meeting < ? AND (? >> stage) & 1 = 1 AND term >= ? AND term <= ? AND due >= ? AND due < ? AND contributor >= ? AND contributor <= ? AND grade >= ? ORDER BY meeting, id LIMIT ?;

-- name: ListByStage (authority, group, after meeting, after id, meeting to, stages, term from, term to, due from, due to, contributor from, contributor to, grade from, limit)
SELECT meeting, id, body, checksum FROM pep_plan INDEXED BY pep_plan_stage WHERE authority = ? AND stage = ? AND (meeting, id) > (?, ?) AND meeting < ? AND (? >> stage) & 1 = 1 AND term >= ? AND term <= ? AND due >= ? AND due < ? AND contributor >= ? AND contributor <= ? AND grade >= ? ORDER BY meeting, id LIMIT ?;

-- name: ListByTerm (authority, group, after meeting, after id, meeting to, stages, term from, term to, due from, due to, contributor from, contributor to, grade from, limit)
SELECT meeting, id, body, checksum FROM pep_plan INDEXED BY pep_plan_term WHERE authority = ? AND term = ? AND (meeting, id) > (?, ?) AND meeting < ? AND (? >> stage) & 1 = 1 AND term >= ? AND term <= ? AND due >= ? AND due < ? AND contributor >= ? AND contributor <= ? AND grade >= ? ORDER BY meeting, id LIMIT ?;

-- name: Notes (authority, group, after at, after id, through, limit)
SELECT at, id, child, person, text FROM pep_note INDEXED BY pep_note_child WHERE authority = ? AND child = ? AND (at, id) > (?, ?) AND at <= ? ORDER BY at, id LIMIT ?;

-- name: Open (authority, after at, after id, through, limit)
SELECT at, id, kind, person, establishment, contributor, child, su_number, meeting, description, body, replied_by, replied_at, reply FROM pep_request INDEXED BY pep_request_open WHERE authority = ? AND (at, id) > (?, ?) AND at <= ? AND replied_at IS NULL ORDER BY at, id LIMIT ?;

-- name: OpenOfChild (authority, group, after at, after id, through, limit)
SELECT at, id, kind, person, establishment, contributor, child, su_number, meeting, description, body, replied_by, replied_at, reply FROM pep_request INDEXED BY pep_request_child WHERE authority = ? AND child = ? AND (at, id) > (?, ?) AND at <= ? AND replied_at IS NULL ORDER BY at, id LIMIT ?;

-- name: OpenOfChildren (authority, group, after at, after id, through, limit)
SELECT at, id, kind, person, establishment, contributor, child, su_number, meeting, description, body, replied_by, replied_at, reply FROM pep_request INDEXED BY pep_request_child WHERE authority = ? AND child IN (SELECT unhex(value) FROM json_each('[' || trim(?, '{}') || ']')) AND (at, id) > (?, ?) AND at <= ? AND replied_at IS NULL ORDER BY at, id LIMIT ?;

-- name: OpenOfEstablishment (authority, group, after at, after id, through, limit)
SELECT at, id, kind, person, establishment, contributor, child, su_number, meeting, description, body, replied_by, replied_at, reply FROM pep_request INDEXED BY pep_request_establishment WHERE authority = ? AND establishment = ? AND (at, id) > (?, ?) AND at <= ? AND replied_at IS NULL ORDER BY at, id LIMIT ?;

-- name: Outlines (authority, group)
SELECT child, group_concat(outline, '') FROM pep_plan INDEXED BY pep_plan_child WHERE authority = ? AND child IN (SELECT unhex(value) FROM json_each('[' || trim(?, '{}') || ']')) GROUP BY child;

-- name: Paid (authority, after term, after child, through, limit)
SELECT term, child, establishment, pence, paid_on, plan, version, reason FROM pep_payment WHERE authority = ? AND (term, child) > (?, ?) AND term <= ? ORDER BY term, child LIMIT ?;

-- name: PaidOfChild (authority, group, after term, after child, through, limit)
SELECT term, child, establishment, pence, paid_on, plan, version, reason FROM pep_payment INDEXED BY pep_payment_child WHERE authority = ? AND child = ? AND (term, child) > (?, ?) AND term <= ? ORDER BY term, child LIMIT ?;

-- name: PaidOfChildren (authority, group, after term, after child, through, limit)
SELECT term, child, establishment, pence, paid_on, plan, version, reason FROM pep_payment INDEXED BY pep_payment_child WHERE authority = ? AND child IN (SELECT unhex(value) FROM json_each('[' || trim(?, '{}') || ']')) AND (term, child) > (?, ?) AND term <= ? ORDER BY term, child LIMIT ?;

-- name: PaidOfEstablishment (authority, group, after term, after child, through, limit)
SELECT term, child, establishment, pence, paid_on, plan, version, reason FROM pep_payment INDEXED BY pep_payment_establishment WHERE authority = ? AND establishment = ? AND (term, child) > (?, ?) AND term <= ? ORDER BY term, child LIMIT ?;

-- name: Requests (authority, after at, after id, through, limit)
SELECT at, id, kind, person, establishment, contributor, child, su_number, meeting, description, body, replied_by, replied_at, reply FROM pep_request WHERE authority = ? AND (at, id) > (?, ?) AND at <= ? ORDER BY at, id LIMIT ?;

-- name: RequestsOfChild (authority, group, after at, after id, through, limit)
SELECT at, id, kind, person, establishment, contributor, child, su_number, meeting, description, body, replied_by, replied_at, reply FROM pep_request INDEXED BY pep_request_child WHERE authority = ? AND child = ? AND (at, id) > (?, ?) AND at <= ? ORDER BY at, id LIMIT ?;

-- name: RequestsOfChildren (authority, group, after at, after id, through, limit)
SELECT at, id, kind, person, establishment, contributor, child, su_number, meeting, description, body, replied_by, replied_at, reply FROM pep_request INDEXED BY pep_request_child WHERE authority = ? AND child IN (SELECT unhex(value) FROM json_each('[' || trim(?, '{}') || ']')) AND (at, id) > (?, ?) AND at <= ? ORDER BY at, id LIMIT ?;

-- name: RequestsOfEstablishment (authority, group, after at, after id, through, limit)
SELECT at, id, kind, person, establishment, contributor, child, su_number, meeting, description, body, replied_by, replied_at, reply FROM pep_request INDEXED BY pep_request_establishment WHERE authority = ? AND establishment = ? AND (at, id) > (?, ?) AND at <= ? ORDER BY at, id LIMIT ?;

