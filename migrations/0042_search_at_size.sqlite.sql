-- What is asked alone of a birth date, from those who have one; birthdays without it.
DROP INDEX customer_birthday;
CREATE INDEX customer_birthday ON customer (birthday, deleted_at);
CREATE INDEX customer_birth_date ON customer (birth_date, deleted_at) WHERE birth_date IS NOT NULL;

-- Ticks before amounts: SQLite reads a row of an index up to the column it wants, and an amount is longer than a tick.
DROP INDEX customer_facts;
CREATE INDEX customer_facts ON customer (deleted_at, status, prefecture, sex, level_id, newsletter, direct_mail, cleaned, outbound_call,
    blocked, order_count, points, purchase_count, purchase_total, birth_date, last_purchase_at, created_at, registered_at);

-- The documents go: other tokens than before stand in them (customer_text_stale).
INSERT INTO customer_text_live (customer_text_live) VALUES ('delete-all');
INSERT INTO customer_text_deleted (customer_text_deleted) VALUES ('delete-all');
