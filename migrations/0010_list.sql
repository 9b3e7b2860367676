-- Lists of customers that staff paste or combine. The files are tokens of stored_file, '' where there is nothing to tell.
CREATE TABLE customer_list (
    id @id@,
    list TEXT NOT NULL,
    staff_id BIGINT NOT NULL,
    state TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    found BIGINT NOT NULL,
    not_found BIGINT NOT NULL,
    duplicates BIGINT NOT NULL,
    deleted BIGINT NOT NULL,
    merged BIGINT NOT NULL,
    not_found_file TEXT NOT NULL,
    duplicates_file TEXT NOT NULL,
    deleted_file TEXT NOT NULL,
    merged_file TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX customer_list_list_unique ON customer_list (list);
CREATE INDEX customer_list_staff ON customer_list (staff_id, id);
CREATE INDEX customer_list_used_at ON customer_list (used_at);
