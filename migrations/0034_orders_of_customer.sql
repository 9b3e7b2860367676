-- The newest orders of a customer are read in their order, without a look at all the others, and his totals still without a look at the
-- wide rows.
DROP INDEX orders_customer;
CREATE INDEX orders_customer ON orders (customer_id, ordered_at, id, payment_status, total);
