-- Outbox and メール配信履歴 in one: a row is made in the transaction of its cause, and stays as the record of what was sent.
-- A secret within a body (a one-time link) stands in `secrets`, sealed, until the mail has been sent.
CREATE TABLE mail_message (
    id @id@,
    customer_id BIGINT,
    message_id TEXT NOT NULL,
    template TEXT NOT NULL,
    language TEXT NOT NULL,
    to_address TEXT NOT NULL,
    to_name TEXT NOT NULL,
    from_address TEXT NOT NULL,
    from_name TEXT NOT NULL,
    reply_to TEXT NOT NULL,
    subject TEXT NOT NULL,
    body_text TEXT NOT NULL,
    body_html TEXT,
    secrets @blob@,
    status TEXT NOT NULL,
    cause TEXT NOT NULL,
    answer TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    next_attempt BIGINT NOT NULL,
    actor TEXT NOT NULL,
    retried_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    sent_at BIGINT,
    lease_owner TEXT NOT NULL,
    lease_until BIGINT NOT NULL,
    fence BIGINT NOT NULL
);
CREATE INDEX mail_message_customer ON mail_message (customer_id, id) WHERE customer_id IS NOT NULL;
CREATE INDEX mail_message_status ON mail_message (status, id);
CREATE INDEX mail_message_due ON mail_message (next_attempt, id) WHERE status = 'queued';

-- The mail server: its sealed password, and since when it does not answer. One row, id 1.
CREATE TABLE mail_peer (
    id BIGINT PRIMARY KEY,
    password @blob@,
    failures BIGINT NOT NULL,
    down_since BIGINT,
    retry_at BIGINT NOT NULL,
    answer TEXT NOT NULL
);

-- Edited texts of the system's templates; the shipped ones stand in the program, under the same ids. '' and NULL: as shipped.
CREATE TABLE mail_template (
    id BIGINT PRIMARY KEY,
    subject TEXT NOT NULL,
    body_text TEXT NOT NULL,
    body_html TEXT,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
