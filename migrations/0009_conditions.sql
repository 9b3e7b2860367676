-- What conditions ask of orders, kept where they can be read quickly. All of it but the subscription number is derived.
ALTER TABLE orders ADD COLUMN subscription_number TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN subscription_number_text TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN tracking_number_text TEXT NOT NULL DEFAULT '';
UPDATE orders SET tracking_number_text = lower(tracking_number) WHERE tracking_number > '';

-- Of products and other terms a shop has few: conditions compare these and look for their ids. Terms stay when their last order goes.
CREATE TABLE order_product (id @id@, product_number TEXT NOT NULL, product_name TEXT NOT NULL);
CREATE UNIQUE INDEX order_product_unique ON order_product (product_number, product_name);
CREATE TABLE order_term (kind TEXT NOT NULL, term TEXT NOT NULL, PRIMARY KEY (kind, term));
INSERT INTO order_product (product_number, product_name) SELECT DISTINCT product_number, product_name FROM order_line;
INSERT INTO order_term (kind, term) SELECT DISTINCT 'status', status FROM orders;
INSERT INTO order_term (kind, term) SELECT DISTINCT 'payment_method', payment_method FROM orders;
INSERT INTO order_term (kind, term) SELECT DISTINCT 'channel', channel FROM orders;

ALTER TABLE order_line ADD COLUMN product_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE order_line ADD COLUMN ordered_at BIGINT NOT NULL DEFAULT 0;
UPDATE order_line SET
    product_id = (SELECT p.id FROM order_product p
        WHERE p.product_number = order_line.product_number AND p.product_name = order_line.product_name),
    ordered_at = (SELECT o.ordered_at FROM orders o WHERE o.id = order_line.order_id);
-- By product, then customer: who bought it is read in order, and whether one customer did is one look.
CREATE INDEX order_line_product ON order_line (product_id, customer_id, ordered_at, order_id);

-- "MM-DD", empty when there is no birth date; and how many orders there are of any kind.
ALTER TABLE customer ADD COLUMN birthday TEXT NOT NULL DEFAULT '';
ALTER TABLE customer ADD COLUMN order_count BIGINT NOT NULL DEFAULT 0;
UPDATE customer SET birthday = substr(birth_date, 6) WHERE birth_date IS NOT NULL;
UPDATE customer SET order_count = (SELECT count(*) FROM orders o WHERE o.customer_id = customer.id)
    WHERE id IN (SELECT customer_id FROM orders);
DROP INDEX customer_facts;
