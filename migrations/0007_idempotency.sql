-- Answers to requests that bore an Idempotency-Key, sealed, kept 7 days: the same request again gets the same answer and no second effect.
CREATE TABLE idempotency (
    id @id@,
    scope TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    answer @blob@ NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX idempotency_scope_unique ON idempotency (scope);
CREATE INDEX idempotency_created_at ON idempotency (created_at);
