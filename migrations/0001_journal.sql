-- The journal: who did what, and what it changed. Values and salts of a change are set to NULL when the person is erased; its digest and
-- the chain over the digests stay.
CREATE TABLE operation (
    id @id@,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    staff_id BIGINT,
    token_id BIGINT,
    actor TEXT NOT NULL,
    ip TEXT NOT NULL,
    screen TEXT NOT NULL,
    reason TEXT NOT NULL,
    job_id BIGINT,
    undoes BIGINT,
    change_count BIGINT NOT NULL
);
CREATE INDEX operation_undoes ON operation (undoes);
CREATE INDEX operation_staff ON operation (staff_id, id);

CREATE TABLE change (
    id @id@,
    operation_id BIGINT NOT NULL REFERENCES operation (id),
    table_name TEXT NOT NULL,
    row_id BIGINT NOT NULL,
    customer_id BIGINT,
    act TEXT NOT NULL,
    digest @blob@ NOT NULL,
    salt @blob@,
    old_values TEXT,
    new_values TEXT
);
CREATE INDEX change_operation ON change (operation_id, id);
CREATE INDEX change_customer ON change (customer_id, operation_id);
CREATE INDEX change_row ON change (table_name, row_id, id);

-- One entry per transaction; hash = BLAKE2b over the previous hash, the operation and the digests of its changes.
CREATE TABLE journal_entry (
    id @id@,
    operation_id BIGINT NOT NULL REFERENCES operation (id),
    at BIGINT NOT NULL,
    first_change BIGINT NOT NULL,
    last_change BIGINT NOT NULL,
    hash @blob@ NOT NULL
);

-- One row: the end of the chain, so that cutting the newest entries off shows.
CREATE TABLE journal_head (
    id BIGINT PRIMARY KEY,
    hash @blob@ NOT NULL
);

CREATE TABLE setting (
    id @id@,
    name TEXT NOT NULL,
    content TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX setting_name_unique ON setting (name);
