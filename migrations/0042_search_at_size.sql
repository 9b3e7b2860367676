-- How many customers there are of each kind, by what is ticked of them (src/search/tally.hpp), kept in the transactions that change it. The
-- number of a kind is the sum over its slots: on PostgreSQL a transaction writes the slot of its own connection. deleted: 0 the living,
-- 1 the deleted; labels and customer_groups: '' for none.
DROP TABLE IF EXISTS customer_tally;
CREATE TABLE customer_tally (
    slot BIGINT NOT NULL,
    deleted BIGINT NOT NULL,
    status TEXT NOT NULL,
    sex TEXT NOT NULL,
    newsletter BIGINT NOT NULL,
    direct_mail BIGINT NOT NULL,
    cleaned BIGINT NOT NULL,
    outbound_call BIGINT NOT NULL,
    blocked BIGINT NOT NULL,
    labels TEXT NOT NULL,
    customer_groups TEXT NOT NULL,
    customers BIGINT NOT NULL,
    PRIMARY KEY (slot, deleted, status, sex, newsletter, direct_mail, cleaned, outbound_call, blocked, labels, customer_groups)
);

-- Has a row while the text index holds tokens of an older program: the next one to start makes it anew, and the tally with it.
CREATE TABLE customer_text_stale (since BIGINT NOT NULL);
INSERT INTO customer_text_stale (since) SELECT 42 WHERE EXISTS (SELECT 1 FROM customer);

-- Who is rarely looked for among all: entries for those alone.
CREATE INDEX customer_blocked ON customer (deleted_at) WHERE blocked = 1;
CREATE INDEX customer_cleaned ON customer (deleted_at) WHERE cleaned = 1;
CREATE INDEX customer_without_orders ON customer (deleted_at) WHERE order_count = 0;

-- Ways to pay, channels and statuses of orders are few; who has ordered so is read in the order of customers.
CREATE INDEX orders_payment_method ON orders (payment_method, customer_id, ordered_at);
CREATE INDEX orders_channel ON orders (channel, customer_id, ordered_at);
CREATE INDEX orders_status ON orders (status, customer_id, ordered_at);
