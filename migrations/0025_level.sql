-- Whom a judging of levels (判定) would move, and from where to where: the plan of a dry run, the resume point of the applying, the answer
-- afterwards. total and purchases: what decided, over the period of the level that is reached (of the level held, where none is).
CREATE TABLE level_move (
    id @id@,
    job_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    from_level BIGINT,
    to_level BIGINT,
    total BIGINT NOT NULL,
    purchases BIGINT NOT NULL,
    outcome TEXT NOT NULL
);
CREATE UNIQUE INDEX level_move_customer_unique ON level_move (job_id, customer_id);

-- A 判定日 that has been seen to: the row decides which of several servers starts the job.
CREATE TABLE level_run (
    day TEXT PRIMARY KEY,
    at BIGINT NOT NULL
);

-- Who is on the block list and looks like somebody else (DOMAIN 2.7): two of name, postal code and phone.
CREATE INDEX customer_blocked_phone ON customer (phone, postal_code) WHERE blocked = 1;
CREATE INDEX customer_blocked_name ON customer (family_name_text, given_name_text) WHERE blocked = 1;
