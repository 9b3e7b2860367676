-- 顧客メモ. alert: shown above the record whenever it is opened, until somebody takes it away. *_text are derived for searching.
CREATE TABLE memo (
    id @id@,
    customer_id BIGINT NOT NULL REFERENCES customer (id),
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    pinned BIGINT NOT NULL,
    alert BIGINT NOT NULL,
    created_by BIGINT,
    created_at BIGINT NOT NULL,
    updated_by BIGINT,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    title_text TEXT NOT NULL,
    body_text TEXT NOT NULL
);
CREATE INDEX memo_customer ON memo (customer_id, pinned, id);
CREATE INDEX memo_customer_time ON memo (customer_id, created_at, id);
CREATE INDEX memo_author ON memo (created_by, id);
CREATE INDEX memo_alert ON memo (id) WHERE alert = 1;
