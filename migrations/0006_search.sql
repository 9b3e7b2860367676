-- Searches kept so that a page's URL can carry an id instead of what was searched for.
CREATE TABLE stored_search (
    id @id@,
    search TEXT NOT NULL,
    staff_id BIGINT NOT NULL,
    content TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX stored_search_search_unique ON stored_search (search);
CREATE INDEX stored_search_used_at ON stored_search (used_at);
