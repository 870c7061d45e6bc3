-- +goose Up
-- Ids are UUIDs; an id that is not set is zero. Text that may hold any character,
-- even NUL, is bytea in UTF-8. Days are numbers such as 20260615; a day that is not
-- set is 0. Terms are the year and the season, such as 20261. Instants are
-- microseconds since 1970 in UTC.

CREATE TABLE pep_schema (
    one           bigint PRIMARY KEY CHECK (one = 1),
    version       bigint NOT NULL
);

INSERT INTO pep_schema (one, version) VALUES (1, 1);

-- +goose StatementBegin
CREATE FUNCTION pep_schema_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a schema has a version' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
-- +goose StatementEnd

CREATE TRIGGER pep_schema_not_deleted BEFORE DELETE ON pep_schema
    FOR EACH ROW EXECUTE FUNCTION pep_schema_kept();
CREATE TRIGGER pep_schema_not_truncated BEFORE TRUNCATE ON pep_schema
    FOR EACH STATEMENT EXECUTE FUNCTION pep_schema_kept();

-- The state of each plan: body is a pep.Snapshot as JSON, outline is the part that
-- reports need, and searches use the other columns.
CREATE TABLE pep_plan (
    authority     text COLLATE "C" NOT NULL CHECK (authority <> ''),
    id            uuid NOT NULL,
    version       bigint NOT NULL CHECK (version > 0),
    child         uuid NOT NULL,
    establishment uuid NOT NULL,
    contributor   uuid NOT NULL,
    stage         bigint NOT NULL CHECK (stage BETWEEN 1 AND 8),
    term          bigint NOT NULL CHECK (term BETWEEN 11 AND 99993 AND term % 10 BETWEEN 1 AND 3),
    meeting       bigint NOT NULL CHECK (meeting BETWEEN 10101 AND 99991231 AND meeting % 100 BETWEEN 1 AND 31),
    due           bigint NOT NULL CHECK (due = 0 OR due BETWEEN 10101 AND 99991231),
    grade         bigint NOT NULL CHECK (grade BETWEEN 0 AND 3),
    outline       text NOT NULL,
    body          text NOT NULL,
    checksum      bigint NOT NULL,
    PRIMARY KEY (authority, id),
    CHECK (stage <> 2 OR due > 0),
    CHECK (stage <> 6 OR grade <> 1)
);

-- START-2: a child has at most one open plan.
CREATE UNIQUE INDEX pep_plan_open ON pep_plan (authority, child) WHERE stage BETWEEN 1 AND 5;
CREATE INDEX pep_plan_meeting ON pep_plan (authority, meeting, id);
CREATE INDEX pep_plan_child ON pep_plan (authority, child, meeting, id) INCLUDE (outline);
CREATE INDEX pep_plan_establishment ON pep_plan (authority, establishment, meeting, id);
CREATE INDEX pep_plan_contributor ON pep_plan (authority, contributor, meeting, id)
    WHERE contributor <> '00000000-0000-0000-0000-000000000000';
CREATE INDEX pep_plan_stage ON pep_plan (authority, stage, meeting, id);
CREATE INDEX pep_plan_term ON pep_plan (authority, term, meeting, id);
CREATE INDEX pep_plan_due ON pep_plan (authority, due) WHERE due > 0;

-- The history of each plan: body is a pep.Event as JSON.
CREATE TABLE pep_event (
    authority     text COLLATE "C" NOT NULL,
    plan          uuid NOT NULL,
    version       bigint NOT NULL CHECK (version > 0),
    body          text NOT NULL,
    checksum      bigint NOT NULL,
    PRIMARY KEY (authority, plan, version),
    FOREIGN KEY (authority, plan) REFERENCES pep_plan (authority, id)
);

-- +goose StatementBegin
CREATE FUNCTION pep_event_numbered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.version <> 1 + coalesce((SELECT max(version) FROM pep_event WHERE authority = NEW.authority AND plan = NEW.plan), 0) THEN
        RAISE EXCEPTION 'history is numbered without a gap' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
-- +goose StatementEnd

CREATE TRIGGER pep_event_in_order BEFORE INSERT ON pep_event
    FOR EACH ROW EXECUTE FUNCTION pep_event_numbered();

-- +goose StatementBegin
CREATE FUNCTION pep_event_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'history cannot be changed' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
-- +goose StatementEnd

CREATE TRIGGER pep_event_not_changed BEFORE UPDATE OR DELETE ON pep_event
    FOR EACH ROW EXECUTE FUNCTION pep_event_kept();
CREATE TRIGGER pep_event_not_truncated BEFORE TRUNCATE ON pep_event
    FOR EACH STATEMENT EXECUTE FUNCTION pep_event_kept();

-- The answers of each section as last saved at each revision, as JSON. They are NULL
-- if they were cleared or are all empty.
CREATE TABLE pep_answers (
    authority     text COLLATE "C" NOT NULL,
    plan          uuid NOT NULL,
    section       bigint NOT NULL CHECK (section BETWEEN 1 AND 8),
    revision      bigint NOT NULL CHECK (revision > 0),
    answers       text,
    checksum      bigint NOT NULL,
    PRIMARY KEY (authority, plan, section, revision),
    FOREIGN KEY (authority, plan) REFERENCES pep_plan (authority, id)
);

-- The reason, comment, feedback or file name that belongs to an event.
CREATE TABLE pep_text (
    authority     text COLLATE "C" NOT NULL,
    checksum bigint NOT NULL,
    event         uuid NOT NULL,
    plan          uuid NOT NULL,
    text          bytea NOT NULL,
    PRIMARY KEY (authority, event),
    FOREIGN KEY (authority, plan) REFERENCES pep_plan (authority, id)
);

CREATE INDEX pep_text_plan ON pep_text (authority, plan);

-- Sealed copies of what retracts cleared, until they are destroyed.
CREATE TABLE pep_sealed (
    authority     text COLLATE "C" NOT NULL,
    plan          uuid NOT NULL,
    version       bigint NOT NULL CHECK (version > 0),
    section       bigint NOT NULL CHECK (section BETWEEN 1 AND 8),
    revision      bigint NOT NULL CHECK (revision > 0),
    until         bigint NOT NULL CHECK (until BETWEEN 10101 AND 99991231),
    answers       text NOT NULL,
    checksum      bigint NOT NULL,
    seal          bigint NOT NULL, -- the checksum of version, revision and until
    PRIMARY KEY (authority, plan, version, section),
    FOREIGN KEY (authority, plan) REFERENCES pep_plan (authority, id)
);

CREATE INDEX pep_sealed_until ON pep_sealed (authority, until);

-- The keys of commands, so that a command given twice is carried out once. Keys stay
-- until they are pruned.
CREATE TABLE pep_command (
    authority     text COLLATE "C" NOT NULL CHECK (authority <> ''),
    key           bytea NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
    digest        bytea NOT NULL CHECK (length(digest) = 32),
    plan          uuid NOT NULL,
    version       bigint NOT NULL CHECK (version >= 0),
    events        bytea NOT NULL CHECK (length(events) % 16 = 0), -- one id after another
    entered       bigint NOT NULL,
    PRIMARY KEY (authority, key)
);

CREATE INDEX pep_command_entered ON pep_command (authority, entered);

-- The queue of messages. A delivered message stays until it is pruned, so that it is
-- not posted again. An alert stays with the social worker until it is acknowledged,
-- whatever became of the message.
CREATE TABLE pep_outbox (
    authority     text COLLATE "C" NOT NULL CHECK (authority <> ''),
    id            uuid NOT NULL,
    plan          uuid NOT NULL,
    version       bigint NOT NULL,
    part          bigint NOT NULL, -- the message's position in its event
    kind          bytea NOT NULL,
    verb          text COLLATE "C" NOT NULL, -- empty for a reminder
    child         uuid NOT NULL,
    establishment uuid NOT NULL,
    contributor   uuid NOT NULL,
    day           bigint NOT NULL,
    at            bigint NOT NULL,
    attempts      bigint NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    free          bigint NOT NULL DEFAULT -9223372036854775808, -- no claim gives the message before this instant
    given         bigint NOT NULL DEFAULT 0 CHECK (given BETWEEN 0 AND 1), -- 1 if the message was claimed and has not been released since
    state         bigint NOT NULL DEFAULT 1 CHECK (state BETWEEN 1 AND 3), -- waiting, delivered, set aside
    alert         bigint NOT NULL CHECK (alert BETWEEN 0 AND 2), -- not an alert, not acknowledged, acknowledged
    acknowledged_by uuid CHECK (acknowledged_by <> '00000000-0000-0000-0000-000000000000'),
    acknowledged_at bigint,
    PRIMARY KEY (authority, id),
    CHECK ((alert = 2) = (acknowledged_by IS NOT NULL) AND (alert = 2) = (acknowledged_at IS NOT NULL))
);

CREATE INDEX pep_outbox_waiting ON pep_outbox (authority, at, version, id) WHERE state = 1;
CREATE INDEX pep_outbox_plan ON pep_outbox (authority, plan, version, at, part, id) WHERE state = 1;
CREATE INDEX pep_outbox_aside ON pep_outbox (authority, at, version, id) WHERE state = 3;
CREATE INDEX pep_outbox_delivered ON pep_outbox (authority, at) WHERE state = 2 AND alert <> 1;
CREATE INDEX pep_outbox_alert ON pep_outbox (authority, child, plan, version, part, id) WHERE alert = 1;

-- The register. A child's body holds consent, recorded year, care and education.
CREATE TABLE pep_child (
    authority     text COLLATE "C" NOT NULL CHECK (authority <> ''),
    id            uuid NOT NULL,
    born          bigint NOT NULL CHECK (born BETWEEN 10101 AND 99991231),
    su_number     bytea NOT NULL,
    name          bytea NOT NULL,
    upn           bytea NOT NULL,
    worker        uuid NOT NULL,
    adviser       uuid NOT NULL,
    body          text NOT NULL,
    checksum      bigint NOT NULL,
    PRIMARY KEY (authority, id)
);

CREATE INDEX pep_child_born ON pep_child (authority, born, id);
CREATE INDEX pep_child_worker ON pep_child (authority, worker, id);
CREATE INDEX pep_child_adviser ON pep_child (authority, adviser, id);

CREATE TABLE pep_establishment (
    authority     text COLLATE "C" NOT NULL CHECK (authority <> ''),
    id            uuid NOT NULL,
    name          bytea NOT NULL,
    post_code     bytea NOT NULL,
    status        bigint NOT NULL CHECK (status BETWEEN 1 AND 2),
    type          bigint NOT NULL CHECK (type BETWEEN 0 AND 255),
    special       bigint NOT NULL CHECK (special BETWEEN 0 AND 1),
    dfe_number    bytea NOT NULL,
    urn           bytea NOT NULL,
    finance       bigint NOT NULL CHECK (finance BETWEEN 0 AND 1),
    checksum      bigint NOT NULL,
    PRIMARY KEY (authority, id)
);

-- A name may be longer than an index entry can be.
CREATE INDEX pep_establishment_name ON pep_establishment (authority, substr(name, 1, 100), id);

CREATE TABLE pep_contributor (
    authority     text COLLATE "C" NOT NULL CHECK (authority <> ''),
    id            uuid NOT NULL,
    establishment uuid NOT NULL,
    name          bytea NOT NULL,
    email         bytea NOT NULL,
    active        bigint NOT NULL CHECK (active BETWEEN 0 AND 1),
    actioned      bigint NOT NULL,
    checksum      bigint NOT NULL,
    PRIMARY KEY (authority, id)
);

CREATE INDEX pep_contributor_establishment ON pep_contributor (authority, establishment, id);

-- Ledgers. Their rows are entered once and are never updated or deleted.

-- Case notes.
CREATE TABLE pep_note (
    authority     text COLLATE "C" NOT NULL CHECK (authority <> ''),
    id            uuid NOT NULL CHECK (id <> '00000000-0000-0000-0000-000000000000'),
    child         uuid NOT NULL CHECK (child <> '00000000-0000-0000-0000-000000000000'),
    person        uuid NOT NULL CHECK (person <> '00000000-0000-0000-0000-000000000000'), -- who wrote it
    at            bigint NOT NULL,
    text          bytea NOT NULL CHECK (text <> ''),
    PRIMARY KEY (authority, id)
);

CREATE INDEX pep_note_child ON pep_note (authority, child, at, id);

-- Requests to the service desk. A request to reopen, delete or restore a plan must
-- say which plan, and why (FINAL-4). body holds the agency, and the name and address
-- of an account, as JSON. The reply is added later, once.
CREATE TABLE pep_request (
    authority     text COLLATE "C" NOT NULL CHECK (authority <> ''),
    id            uuid NOT NULL CHECK (id <> '00000000-0000-0000-0000-000000000000'),
    kind          text COLLATE "C" NOT NULL CHECK (kind <> ''),
    person        uuid NOT NULL CHECK (person <> '00000000-0000-0000-0000-000000000000'), -- who asks
    at            bigint NOT NULL,
    establishment uuid NOT NULL,
    contributor   uuid NOT NULL,
    child         uuid NOT NULL,
    su_number     bytea NOT NULL,
    meeting       bigint NOT NULL CHECK (meeting = 0 OR meeting BETWEEN 10101 AND 99991231),
    description   bytea NOT NULL,
    body          text NOT NULL,
    replied_by    uuid CHECK (replied_by <> '00000000-0000-0000-0000-000000000000'),
    replied_at    bigint,
    reply         bytea,
    PRIMARY KEY (authority, id),
    CHECK (kind NOT IN ('reopen_plan', 'delete_plan', 'restore_plan')
        OR child <> '00000000-0000-0000-0000-000000000000' AND su_number <> '' AND meeting > 0 AND description <> ''),
    CHECK ((replied_at IS NULL) = (replied_by IS NULL) AND (replied_at IS NULL) = (reply IS NULL))
);

CREATE INDEX pep_request_at ON pep_request (authority, at, id);
CREATE INDEX pep_request_open ON pep_request (authority, at, id) WHERE replied_at IS NULL;
CREATE INDEX pep_request_child ON pep_request (authority, child, at, id);
CREATE INDEX pep_request_establishment ON pep_request (authority, establishment, at, id);

-- What was paid. PAY-3: a child is paid for once in a term.
CREATE TABLE pep_payment (
    authority     text COLLATE "C" NOT NULL CHECK (authority <> ''),
    child         uuid NOT NULL CHECK (child <> '00000000-0000-0000-0000-000000000000'),
    term          bigint NOT NULL CHECK (term BETWEEN 11 AND 99993 AND term % 10 BETWEEN 1 AND 3),
    establishment uuid NOT NULL CHECK (establishment <> '00000000-0000-0000-0000-000000000000'),
    pence         bigint NOT NULL CHECK (pence > 0),
    paid_on       bigint NOT NULL CHECK (paid_on BETWEEN 10101 AND 99991231),
    plan          uuid NOT NULL CHECK (plan <> '00000000-0000-0000-0000-000000000000'),
    version       bigint NOT NULL CHECK (version > 0), -- the plan's version when it was paid
    reason        text COLLATE "C" NOT NULL CHECK (reason IN ('payable', 'paid_by_head')),
    PRIMARY KEY (authority, term, child)
);

CREATE INDEX pep_payment_child ON pep_payment (authority, child, term);
CREATE INDEX pep_payment_establishment ON pep_payment (authority, establishment, term, child);

-- What the head of the virtual school decided on payments (PAY-11), numbered in the
-- order in which the decisions were made.
CREATE TABLE pep_decision (
    authority     text COLLATE "C" NOT NULL CHECK (authority <> ''),
    number        bigint NOT NULL CHECK (number > 0),
    plan          uuid NOT NULL CHECK (plan <> '00000000-0000-0000-0000-000000000000'),
    day           bigint NOT NULL CHECK (day BETWEEN 10101 AND 99991231),
    held          bigint NOT NULL CHECK (held BETWEEN 0 AND 1),
    pence         bigint NOT NULL CHECK (pence >= 0), -- 0 means the rate of the policy
    person        uuid NOT NULL,
    reason        bytea NOT NULL CHECK (reason <> ''),
    PRIMARY KEY (authority, number),
    CHECK (held = 0 OR pence = 0)
);

CREATE INDEX pep_decision_day ON pep_decision (authority, day, number);
CREATE INDEX pep_decision_plan ON pep_decision (authority, plan, day, number);

-- The audit trail. A denial must say how it ended.
CREATE TABLE pep_audit (
    authority     text COLLATE "C" NOT NULL CHECK (authority <> ''),
    id            uuid NOT NULL CHECK (id <> '00000000-0000-0000-0000-000000000000'),
    person        uuid NOT NULL CHECK (person <> '00000000-0000-0000-0000-000000000000'), -- who acted
    behalf        uuid NOT NULL, -- on whose behalf
    role          text COLLATE "C" NOT NULL CHECK (role <> ''),
    at            bigint NOT NULL,
    what          text COLLATE "C" NOT NULL CHECK (what IN ('action', 'reading', 'export', 'denial')),
    name          text COLLATE "C" NOT NULL CHECK (name ~ '^[a-z0-9_]{1,64}$'),
    plan          uuid NOT NULL,
    child         uuid NOT NULL,
    kind          text COLLATE "C" NOT NULL CHECK (kind ~ '^[a-z0-9_]{0,64}$'),
    rule          text COLLATE "C" NOT NULL,
    PRIMARY KEY (authority, id),
    CHECK (what <> 'denial' OR kind <> '')
);

CREATE INDEX pep_audit_at ON pep_audit (authority, at, id);
CREATE INDEX pep_audit_child ON pep_audit (authority, child, at, id);
CREATE INDEX pep_audit_plan ON pep_audit (authority, plan, at, id);
CREATE INDEX pep_audit_person ON pep_audit (authority, person, at, id);
CREATE INDEX pep_audit_behalf ON pep_audit (authority, behalf, at, id);

-- +goose StatementBegin
CREATE FUNCTION pep_entry_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was entered cannot be changed' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
-- +goose StatementEnd

CREATE TRIGGER pep_note_not_changed BEFORE UPDATE OR DELETE ON pep_note
    FOR EACH ROW EXECUTE FUNCTION pep_entry_kept();
CREATE TRIGGER pep_note_not_truncated BEFORE TRUNCATE ON pep_note
    FOR EACH STATEMENT EXECUTE FUNCTION pep_entry_kept();

-- +goose StatementBegin
CREATE FUNCTION pep_request_answered() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    asked pep_request := NEW;
BEGIN
    asked.replied_by := OLD.replied_by;
    asked.replied_at := OLD.replied_at;
    asked.reply := OLD.reply;
    IF OLD.replied_at IS NULL AND NEW.replied_at IS NOT NULL AND asked IS NOT DISTINCT FROM OLD THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'requests cannot be changed, but for a reply' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
-- +goose StatementEnd

CREATE TRIGGER pep_request_not_changed BEFORE UPDATE ON pep_request
    FOR EACH ROW EXECUTE FUNCTION pep_request_answered();
CREATE TRIGGER pep_request_not_deleted BEFORE DELETE ON pep_request
    FOR EACH ROW EXECUTE FUNCTION pep_entry_kept();
CREATE TRIGGER pep_request_not_truncated BEFORE TRUNCATE ON pep_request
    FOR EACH STATEMENT EXECUTE FUNCTION pep_entry_kept();

CREATE TRIGGER pep_payment_not_changed BEFORE UPDATE OR DELETE ON pep_payment
    FOR EACH ROW EXECUTE FUNCTION pep_entry_kept();
CREATE TRIGGER pep_payment_not_truncated BEFORE TRUNCATE ON pep_payment
    FOR EACH STATEMENT EXECUTE FUNCTION pep_entry_kept();

CREATE TRIGGER pep_decision_not_changed BEFORE UPDATE OR DELETE ON pep_decision
    FOR EACH ROW EXECUTE FUNCTION pep_entry_kept();
CREATE TRIGGER pep_decision_not_truncated BEFORE TRUNCATE ON pep_decision
    FOR EACH STATEMENT EXECUTE FUNCTION pep_entry_kept();

CREATE TRIGGER pep_audit_not_changed BEFORE UPDATE OR DELETE ON pep_audit
    FOR EACH ROW EXECUTE FUNCTION pep_entry_kept();
CREATE TRIGGER pep_audit_not_truncated BEFORE TRUNCATE ON pep_audit
    FOR EACH STATEMENT EXECUTE FUNCTION pep_entry_kept();
