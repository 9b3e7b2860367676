-- The ledger of points: rows are only ever added. A row is taken back by one of the opposite sign that names it in `reverses`.
-- balance_after: what the customer had then; with the row before it a chain that can be checked.
-- expires_at: last moment (23:59:59.999 in Japan) of the points the row brought; of a row that moved the date of the whole balance,
-- that date; of a row of 失効, the date they had. NULL: none.
CREATE TABLE point_kind (
    id @id@,
    name TEXT NOT NULL,
    position BIGINT NOT NULL,
    kind TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX point_kind_name_unique ON point_kind (name);

CREATE TABLE point_entry (
    id @id@,
    customer_id BIGINT NOT NULL REFERENCES customer (id),
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    point_kind_id BIGINT REFERENCES point_kind (id),
    delta BIGINT NOT NULL,
    balance_after BIGINT NOT NULL,
    expires_at BIGINT,
    order_number TEXT NOT NULL,
    reason TEXT NOT NULL,
    reason_text TEXT NOT NULL,
    reverses BIGINT REFERENCES point_entry (id)
);
CREATE INDEX point_entry_customer ON point_entry (customer_id, at, id);
CREATE UNIQUE INDEX point_entry_reverses ON point_entry (reverses) WHERE reverses IS NOT NULL;

-- What is left of what a row brought; below zero: a debt that comes first when points come in. remaining = granted - what point_use took.
CREATE TABLE point_lot (
    id @id@,
    customer_id BIGINT NOT NULL,
    entry_id BIGINT NOT NULL REFERENCES point_entry (id),
    granted BIGINT NOT NULL,
    remaining BIGINT NOT NULL,
    expires_at BIGINT
);
CREATE INDEX point_lot_entry ON point_lot (entry_id);
CREATE INDEX point_lot_live ON point_lot (customer_id, expires_at, remaining) WHERE remaining <> 0;
CREATE INDEX point_lot_due ON point_lot (expires_at, customer_id) WHERE remaining > 0 AND expires_at IS NOT NULL;

-- What a row took from lots that were there (negative: gave back to, or paid of a debt).
CREATE TABLE point_use (
    id @id@,
    entry_id BIGINT NOT NULL REFERENCES point_entry (id),
    lot_id BIGINT NOT NULL REFERENCES point_lot (id),
    amount BIGINT NOT NULL
);
CREATE UNIQUE INDEX point_use_unique ON point_use (entry_id, lot_id);

-- What runs once: the row decides which of several servers does it.
CREATE TABLE point_run (
    name TEXT PRIMARY KEY,
    at BIGINT NOT NULL
);
