-- +goose Up
-- Ids are the 16 bytes of a UUID; an id that is not set is zero. Days are numbers such
-- as 20260615; a day that is not set is 0. Terms are the year and the season, such as
-- 20261. Instants are microseconds since 1970 in UTC.

CREATE TABLE pep_schema (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    version INTEGER NOT NULL
) STRICT;

INSERT INTO pep_schema (one, version) VALUES (1, 1);

-- +goose StatementBegin
CREATE TRIGGER pep_schema_not_deleted BEFORE DELETE ON pep_schema
BEGIN
    SELECT RAISE(ABORT, 'a schema has a version');
END;
-- +goose StatementEnd

-- The state of each plan: body is a pep.Snapshot as JSON, outline is the part that
-- reports need, and searches use the other columns.
CREATE TABLE pep_plan (
    authority     TEXT    NOT NULL CHECK (authority <> ''),
    id            BLOB    NOT NULL CHECK (length(id) = 16),
    version       INTEGER NOT NULL CHECK (version > 0),
    child         BLOB    NOT NULL CHECK (length(child) = 16),
    establishment BLOB    NOT NULL CHECK (length(establishment) = 16),
    contributor   BLOB    NOT NULL CHECK (length(contributor) = 16),
    stage         INTEGER NOT NULL CHECK (stage BETWEEN 1 AND 8),
    term          INTEGER NOT NULL CHECK (term BETWEEN 11 AND 99993 AND term % 10 BETWEEN 1 AND 3),
    meeting       INTEGER NOT NULL CHECK (meeting BETWEEN 10101 AND 99991231 AND meeting % 100 BETWEEN 1 AND 31),
    due           INTEGER NOT NULL CHECK (due = 0 OR due BETWEEN 10101 AND 99991231),
    grade         INTEGER NOT NULL CHECK (grade BETWEEN 0 AND 3),
    outline       TEXT    NOT NULL,
    body          TEXT    NOT NULL,
    checksum      INTEGER NOT NULL,
    PRIMARY KEY (authority, id),
    CHECK (stage <> 2 OR due > 0),
    CHECK (stage <> 6 OR grade <> 1)
) STRICT;

-- START-2: a child has at most one open plan.
CREATE UNIQUE INDEX pep_plan_open ON pep_plan (authority, child) WHERE stage BETWEEN 1 AND 5;
CREATE INDEX pep_plan_meeting ON pep_plan (authority, meeting, id);
CREATE INDEX pep_plan_child ON pep_plan (authority, child, meeting, id, outline);
CREATE INDEX pep_plan_establishment ON pep_plan (authority, establishment, meeting, id);
CREATE INDEX pep_plan_contributor ON pep_plan (authority, contributor, meeting, id) WHERE contributor <> zeroblob(16);
CREATE INDEX pep_plan_stage ON pep_plan (authority, stage, meeting, id);
CREATE INDEX pep_plan_term ON pep_plan (authority, term, meeting, id);
CREATE INDEX pep_plan_due ON pep_plan (authority, due) WHERE due > 0;

-- The history of each plan: body is a pep.Event as JSON. REPLACE deletes rows without
-- calling a trigger. Because the table has no rowid, REPLACE can find a row only by its
-- primary key.
CREATE TABLE pep_event (
    authority TEXT    NOT NULL,
    plan      BLOB    NOT NULL,
    version   INTEGER NOT NULL CHECK (version > 0),
    body      TEXT    NOT NULL,
    checksum  INTEGER NOT NULL,
    PRIMARY KEY (authority, plan, version),
    FOREIGN KEY (authority, plan) REFERENCES pep_plan (authority, id)
) STRICT, WITHOUT ROWID;

-- +goose StatementBegin
CREATE TRIGGER pep_event_in_order BEFORE INSERT ON pep_event
WHEN NEW.version <> 1 + coalesce((SELECT max(version) FROM pep_event WHERE authority = NEW.authority AND plan = NEW.plan), 0)
BEGIN
    SELECT RAISE(ABORT, 'history is numbered without a gap');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER pep_event_not_updated BEFORE UPDATE ON pep_event
BEGIN
    SELECT RAISE(ABORT, 'history cannot be changed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER pep_event_not_deleted BEFORE DELETE ON pep_event
BEGIN
    SELECT RAISE(ABORT, 'history cannot be deleted');
END;
-- +goose StatementEnd

-- The answers of each section as last saved at each revision, as JSON. They are NULL
-- if they were cleared or are all empty.
CREATE TABLE pep_answers (
    authority TEXT    NOT NULL,
    plan      BLOB    NOT NULL,
    section   INTEGER NOT NULL CHECK (section BETWEEN 1 AND 8),
    revision  INTEGER NOT NULL CHECK (revision > 0),
    answers   TEXT,
    checksum  INTEGER NOT NULL,
    PRIMARY KEY (authority, plan, section, revision),
    FOREIGN KEY (authority, plan) REFERENCES pep_plan (authority, id)
) STRICT;

-- The reason, comment, feedback or file name that belongs to an event.
CREATE TABLE pep_text (
    authority TEXT NOT NULL,
    event     BLOB NOT NULL CHECK (length(event) = 16),
    plan      BLOB NOT NULL,
    text      TEXT NOT NULL,
    checksum  INTEGER NOT NULL,
    PRIMARY KEY (authority, event),
    FOREIGN KEY (authority, plan) REFERENCES pep_plan (authority, id)
) STRICT;

CREATE INDEX pep_text_plan ON pep_text (authority, plan);

-- Sealed copies of what retracts cleared, until they are destroyed.
CREATE TABLE pep_sealed (
    authority TEXT    NOT NULL,
    plan      BLOB    NOT NULL,
    version   INTEGER NOT NULL CHECK (version > 0),
    section   INTEGER NOT NULL CHECK (section BETWEEN 1 AND 8),
    revision  INTEGER NOT NULL CHECK (revision > 0),
    until     INTEGER NOT NULL CHECK (until BETWEEN 10101 AND 99991231),
    answers   TEXT    NOT NULL,
    checksum  INTEGER NOT NULL,
    seal      INTEGER NOT NULL, -- the checksum of version, revision and until
    PRIMARY KEY (authority, plan, version, section),
    FOREIGN KEY (authority, plan) REFERENCES pep_plan (authority, id)
) STRICT;

CREATE INDEX pep_sealed_until ON pep_sealed (authority, until);

-- The keys of commands, so that a command given twice is carried out once. Keys stay
-- until they are pruned.
CREATE TABLE pep_command (
    authority TEXT    NOT NULL CHECK (authority <> ''),
    key       BLOB    NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
    digest    BLOB    NOT NULL CHECK (length(digest) = 32),
    plan      BLOB    NOT NULL CHECK (length(plan) = 16),
    version   INTEGER NOT NULL CHECK (version >= 0),
    events    BLOB    NOT NULL CHECK (length(events) % 16 = 0), -- one id after another
    entered   INTEGER NOT NULL,
    PRIMARY KEY (authority, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX pep_command_entered ON pep_command (authority, entered);

-- The queue of messages. A delivered message stays until it is pruned, so that it is
-- not posted again. An alert stays with the social worker until it is acknowledged,
-- whatever became of the message.
CREATE TABLE pep_outbox (
    authority     TEXT    NOT NULL CHECK (authority <> ''),
    id            BLOB    NOT NULL CHECK (length(id) = 16),
    plan          BLOB    NOT NULL CHECK (length(plan) = 16),
    version       INTEGER NOT NULL,
    part          INTEGER NOT NULL, -- the message's position in its event
    kind          TEXT    NOT NULL,
    verb          TEXT    NOT NULL, -- empty for a reminder
    child         BLOB    NOT NULL CHECK (length(child) = 16),
    establishment BLOB    NOT NULL CHECK (length(establishment) = 16),
    contributor   BLOB    NOT NULL CHECK (length(contributor) = 16),
    day           INTEGER NOT NULL,
    at            INTEGER NOT NULL,
    attempts      INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    free          INTEGER NOT NULL DEFAULT -9223372036854775808, -- no claim gives the message before this instant
    given         INTEGER NOT NULL DEFAULT 0 CHECK (given BETWEEN 0 AND 1), -- 1 if the message was claimed and has not been released since
    state         INTEGER NOT NULL DEFAULT 1 CHECK (state BETWEEN 1 AND 3), -- waiting, delivered, set aside
    alert         INTEGER NOT NULL CHECK (alert BETWEEN 0 AND 2), -- not an alert, not acknowledged, acknowledged
    acknowledged_by BLOB CHECK (length(acknowledged_by) = 16 AND acknowledged_by <> zeroblob(16)),
    acknowledged_at INTEGER,
    PRIMARY KEY (authority, id),
    CHECK ((alert = 2) = (acknowledged_by IS NOT NULL) AND (alert = 2) = (acknowledged_at IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX pep_outbox_waiting ON pep_outbox (authority, at, version, id) WHERE state = 1;
CREATE INDEX pep_outbox_plan ON pep_outbox (authority, plan, version, at, part, id) WHERE state = 1;
CREATE INDEX pep_outbox_aside ON pep_outbox (authority, at, version, id) WHERE state = 3;
CREATE INDEX pep_outbox_delivered ON pep_outbox (authority, at) WHERE state = 2 AND alert <> 1;
CREATE INDEX pep_outbox_alert ON pep_outbox (authority, child, plan, version, part, id) WHERE alert = 1;

-- The register. A child's body holds consent, recorded year, care and education.
CREATE TABLE pep_child (
    authority TEXT    NOT NULL CHECK (authority <> ''),
    id        BLOB    NOT NULL CHECK (length(id) = 16),
    born      INTEGER NOT NULL CHECK (born BETWEEN 10101 AND 99991231),
    su_number TEXT    NOT NULL,
    name      TEXT    NOT NULL,
    upn       TEXT    NOT NULL,
    worker    BLOB    NOT NULL CHECK (length(worker) = 16),
    adviser   BLOB    NOT NULL CHECK (length(adviser) = 16),
    body      TEXT    NOT NULL,
    checksum  INTEGER NOT NULL,
    PRIMARY KEY (authority, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX pep_child_born ON pep_child (authority, born, id);
CREATE INDEX pep_child_worker ON pep_child (authority, worker, id);
CREATE INDEX pep_child_adviser ON pep_child (authority, adviser, id);

CREATE TABLE pep_establishment (
    authority  TEXT    NOT NULL CHECK (authority <> ''),
    id         BLOB    NOT NULL CHECK (length(id) = 16),
    name       TEXT    NOT NULL,
    post_code  TEXT    NOT NULL,
    status     INTEGER NOT NULL CHECK (status BETWEEN 1 AND 2),
    type       INTEGER NOT NULL CHECK (type BETWEEN 0 AND 255),
    special    INTEGER NOT NULL CHECK (special BETWEEN 0 AND 1),
    dfe_number TEXT    NOT NULL,
    urn        TEXT    NOT NULL,
    finance    INTEGER NOT NULL CHECK (finance BETWEEN 0 AND 1),
    checksum   INTEGER NOT NULL,
    PRIMARY KEY (authority, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX pep_establishment_name ON pep_establishment (authority, name, id);

CREATE TABLE pep_contributor (
    authority     TEXT    NOT NULL CHECK (authority <> ''),
    id            BLOB    NOT NULL CHECK (length(id) = 16),
    establishment BLOB    NOT NULL CHECK (length(establishment) = 16),
    name          TEXT    NOT NULL,
    email         TEXT    NOT NULL,
    active        INTEGER NOT NULL CHECK (active BETWEEN 0 AND 1),
    actioned      INTEGER NOT NULL,
    checksum      INTEGER NOT NULL,
    PRIMARY KEY (authority, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX pep_contributor_establishment ON pep_contributor (authority, establishment, id);

-- Ledgers. Their rows are entered once and are never updated, deleted or replaced: a
-- trigger ignores a new row whose key is taken.

-- Case notes.
CREATE TABLE pep_note (
    authority TEXT    NOT NULL CHECK (authority <> ''),
    id        BLOB    NOT NULL CHECK (length(id) = 16 AND id <> zeroblob(16)),
    child     BLOB    NOT NULL CHECK (length(child) = 16 AND child <> zeroblob(16)),
    person    BLOB    NOT NULL CHECK (length(person) = 16 AND person <> zeroblob(16)), -- who wrote it
    at        INTEGER NOT NULL,
    text      TEXT    NOT NULL CHECK (text <> ''),
    PRIMARY KEY (authority, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX pep_note_child ON pep_note (authority, child, at, id);

-- Requests to the service desk. A request to reopen, delete or restore a plan must
-- say which plan, and why (FINAL-4). body holds the agency, and the name and address
-- of an account, as JSON. The reply is added later, once.
CREATE TABLE pep_request (
    authority     TEXT    NOT NULL CHECK (authority <> ''),
    id            BLOB    NOT NULL CHECK (length(id) = 16 AND id <> zeroblob(16)),
    kind          TEXT    NOT NULL CHECK (kind <> ''),
    person        BLOB    NOT NULL CHECK (length(person) = 16 AND person <> zeroblob(16)), -- who asks
    at            INTEGER NOT NULL,
    establishment BLOB    NOT NULL CHECK (length(establishment) = 16),
    contributor   BLOB    NOT NULL CHECK (length(contributor) = 16),
    child         BLOB    NOT NULL CHECK (length(child) = 16),
    su_number     TEXT    NOT NULL,
    meeting       INTEGER NOT NULL CHECK (meeting = 0 OR meeting BETWEEN 10101 AND 99991231),
    description   TEXT    NOT NULL,
    body          TEXT    NOT NULL,
    replied_by    BLOB    CHECK (length(replied_by) = 16 AND replied_by <> zeroblob(16)),
    replied_at    INTEGER,
    reply         TEXT,
    PRIMARY KEY (authority, id),
    CHECK (kind NOT IN ('reopen_plan', 'delete_plan', 'restore_plan')
        OR child <> zeroblob(16) AND su_number <> '' AND meeting > 0 AND description <> ''),
    CHECK ((replied_at IS NULL) = (replied_by IS NULL) AND (replied_at IS NULL) = (reply IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX pep_request_at ON pep_request (authority, at, id);
CREATE INDEX pep_request_open ON pep_request (authority, at, id) WHERE replied_at IS NULL;
CREATE INDEX pep_request_child ON pep_request (authority, child, at, id);
CREATE INDEX pep_request_establishment ON pep_request (authority, establishment, at, id);

-- What was paid. PAY-3: a child is paid for once in a term.
CREATE TABLE pep_payment (
    authority     TEXT    NOT NULL CHECK (authority <> ''),
    child         BLOB    NOT NULL CHECK (length(child) = 16 AND child <> zeroblob(16)),
    term          INTEGER NOT NULL CHECK (term BETWEEN 11 AND 99993 AND term % 10 BETWEEN 1 AND 3),
    establishment BLOB    NOT NULL CHECK (length(establishment) = 16 AND establishment <> zeroblob(16)),
    pence         INTEGER NOT NULL CHECK (pence > 0),
    paid_on       INTEGER NOT NULL CHECK (paid_on BETWEEN 10101 AND 99991231),
    plan          BLOB    NOT NULL CHECK (length(plan) = 16 AND plan <> zeroblob(16)),
    version       INTEGER NOT NULL CHECK (version > 0), -- the plan's version when it was paid
    reason        TEXT    NOT NULL CHECK (reason IN ('payable', 'paid_by_head')),
    PRIMARY KEY (authority, term, child)
) STRICT, WITHOUT ROWID;

CREATE INDEX pep_payment_child ON pep_payment (authority, child, term);
CREATE INDEX pep_payment_establishment ON pep_payment (authority, establishment, term, child);

-- What the head of the virtual school decided on payments (PAY-11), numbered in the
-- order in which the decisions were made.
CREATE TABLE pep_decision (
    authority TEXT    NOT NULL CHECK (authority <> ''),
    number    INTEGER NOT NULL CHECK (number > 0),
    plan      BLOB    NOT NULL CHECK (length(plan) = 16 AND plan <> zeroblob(16)),
    day       INTEGER NOT NULL CHECK (day BETWEEN 10101 AND 99991231),
    held      INTEGER NOT NULL CHECK (held BETWEEN 0 AND 1),
    pence     INTEGER NOT NULL CHECK (pence >= 0), -- 0 means the rate of the policy
    person    BLOB    NOT NULL CHECK (length(person) = 16),
    reason    TEXT    NOT NULL CHECK (reason <> ''),
    PRIMARY KEY (authority, number),
    CHECK (held = 0 OR pence = 0)
) STRICT, WITHOUT ROWID;

CREATE INDEX pep_decision_day ON pep_decision (authority, day, number);
CREATE INDEX pep_decision_plan ON pep_decision (authority, plan, day, number);

-- The audit trail. A denial must say how it ended.
CREATE TABLE pep_audit (
    authority TEXT    NOT NULL CHECK (authority <> ''),
    id        BLOB    NOT NULL CHECK (length(id) = 16 AND id <> zeroblob(16)),
    person    BLOB    NOT NULL CHECK (length(person) = 16 AND person <> zeroblob(16)), -- who acted
    behalf    BLOB    NOT NULL CHECK (length(behalf) = 16), -- on whose behalf
    role      TEXT    NOT NULL CHECK (role <> ''),
    at        INTEGER NOT NULL,
    what      TEXT    NOT NULL CHECK (what IN ('action', 'reading', 'export', 'denial')),
    name      TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 64 AND name NOT GLOB '*[^a-z0-9_]*'),
    plan      BLOB    NOT NULL CHECK (length(plan) = 16),
    child     BLOB    NOT NULL CHECK (length(child) = 16),
    kind      TEXT    NOT NULL CHECK (length(kind) <= 64 AND kind NOT GLOB '*[^a-z0-9_]*'),
    rule      TEXT    NOT NULL,
    PRIMARY KEY (authority, id),
    CHECK (what <> 'denial' OR kind <> '')
) STRICT, WITHOUT ROWID;

CREATE INDEX pep_audit_at ON pep_audit (authority, at, id);
CREATE INDEX pep_audit_child ON pep_audit (authority, child, at, id);
CREATE INDEX pep_audit_plan ON pep_audit (authority, plan, at, id);
CREATE INDEX pep_audit_person ON pep_audit (authority, person, at, id);
CREATE INDEX pep_audit_behalf ON pep_audit (authority, behalf, at, id);

-- +goose StatementBegin
CREATE TRIGGER pep_note_stays BEFORE INSERT ON pep_note
WHEN EXISTS (SELECT 1 FROM pep_note WHERE authority = NEW.authority AND id = NEW.id)
BEGIN
    SELECT RAISE(IGNORE);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER pep_note_not_updated BEFORE UPDATE ON pep_note
BEGIN
    SELECT RAISE(ABORT, 'notes cannot be changed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER pep_note_not_deleted BEFORE DELETE ON pep_note
BEGIN
    SELECT RAISE(ABORT, 'notes cannot be deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER pep_request_stays BEFORE INSERT ON pep_request
WHEN EXISTS (SELECT 1 FROM pep_request WHERE authority = NEW.authority AND id = NEW.id)
BEGIN
    SELECT RAISE(IGNORE);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER pep_request_not_updated BEFORE UPDATE ON pep_request
WHEN OLD.replied_at IS NOT NULL OR NEW.replied_at IS NULL
    OR (OLD.authority, OLD.id, OLD.kind, OLD.person, OLD.at, OLD.establishment, OLD.contributor, OLD.child, OLD.su_number, OLD.meeting, OLD.description, OLD.body)
    IS NOT (NEW.authority, NEW.id, NEW.kind, NEW.person, NEW.at, NEW.establishment, NEW.contributor, NEW.child, NEW.su_number, NEW.meeting, NEW.description, NEW.body)
BEGIN
    SELECT RAISE(ABORT, 'requests cannot be changed, but for a reply');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER pep_request_not_deleted BEFORE DELETE ON pep_request
BEGIN
    SELECT RAISE(ABORT, 'requests cannot be deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER pep_payment_stays BEFORE INSERT ON pep_payment
WHEN EXISTS (SELECT 1 FROM pep_payment WHERE authority = NEW.authority AND term = NEW.term AND child = NEW.child)
BEGIN
    SELECT RAISE(IGNORE);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER pep_payment_not_updated BEFORE UPDATE ON pep_payment
BEGIN
    SELECT RAISE(ABORT, 'payments cannot be changed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER pep_payment_not_deleted BEFORE DELETE ON pep_payment
BEGIN
    SELECT RAISE(ABORT, 'payments cannot be deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER pep_decision_stays BEFORE INSERT ON pep_decision
WHEN EXISTS (SELECT 1 FROM pep_decision WHERE authority = NEW.authority AND number = NEW.number)
BEGIN
    SELECT RAISE(IGNORE);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER pep_decision_not_updated BEFORE UPDATE ON pep_decision
BEGIN
    SELECT RAISE(ABORT, 'decisions cannot be changed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER pep_decision_not_deleted BEFORE DELETE ON pep_decision
BEGIN
    SELECT RAISE(ABORT, 'decisions cannot be deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER pep_audit_stays BEFORE INSERT ON pep_audit
WHEN EXISTS (SELECT 1 FROM pep_audit WHERE authority = NEW.authority AND id = NEW.id)
BEGIN
    SELECT RAISE(IGNORE);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER pep_audit_not_updated BEFORE UPDATE ON pep_audit
BEGIN
    SELECT RAISE(ABORT, 'the audit trail cannot be changed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER pep_audit_not_deleted BEFORE DELETE ON pep_audit
BEGIN
    SELECT RAISE(ABORT, 'the audit trail cannot be deleted');
END;
-- +goose StatementEnd
