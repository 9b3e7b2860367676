-- Derived from access_entry.page_ids: on which pages of results a customer stood. By stretches of entries, so that what is written at one time lies together.
CREATE TABLE access_shown (
    stretch BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    entry_id BIGINT NOT NULL,
    PRIMARY KEY (stretch, customer_id, entry_id)
) WITHOUT ROWID;
