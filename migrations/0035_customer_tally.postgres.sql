-- How many customers there are, kept in the transactions that change it: to count a million takes PostgreSQL a look at a million entries.
-- The number is the sum over the slots. A transaction writes the slot of its own connection, so that those that run at once do not wait
-- for each other. deleted: 0 the living, 1 the deleted.
CREATE TABLE customer_tally (
    slot BIGINT NOT NULL,
    deleted BIGINT NOT NULL,
    customers BIGINT NOT NULL,
    PRIMARY KEY (slot, deleted)
);
INSERT INTO customer_tally (slot, deleted, customers)
    SELECT 0, CASE WHEN deleted_at IS NULL THEN 0 ELSE 1 END, count(*) FROM customer GROUP BY 2;
