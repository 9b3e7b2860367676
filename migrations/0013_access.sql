-- The log of readings: who saw whose data. It holds ids and counts, never values of persons.
CREATE TABLE access_entry (
    id @id@,
    at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    times BIGINT NOT NULL,
    kind TEXT NOT NULL,
    fields BIGINT NOT NULL,
    customer_count BIGINT NOT NULL,
    customer_id BIGINT,
    page_ids @blob@,
    staff_id BIGINT,
    token_id BIGINT,
    actor TEXT NOT NULL,
    session TEXT NOT NULL,
    ip TEXT NOT NULL,
    screen TEXT NOT NULL,
    search_id BIGINT,
    job_id BIGINT,
    digest TEXT NOT NULL
);
CREATE INDEX access_entry_at ON access_entry (at, id);
CREATE INDEX access_entry_staff ON access_entry (staff_id, id);
CREATE INDEX access_entry_kind ON access_entry (kind, id);
CREATE INDEX access_entry_customer ON access_entry (customer_id, id) WHERE customer_id IS NOT NULL;
-- Pages that access_shown does not have yet.
CREATE INDEX access_entry_page ON access_entry (id) WHERE page_ids IS NOT NULL;

-- What was searched or exported, sealed: condition, text, columns. One row for many pages of one search.
CREATE TABLE access_search (
    id @id@,
    content @blob@ NOT NULL,
    created_at BIGINT NOT NULL
);

-- How far access_shown has come: one row.
CREATE TABLE access_index (
    id @id@,
    indexed_up_to BIGINT NOT NULL
);
