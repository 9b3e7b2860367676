-- Orders as they came in. The address is a copy: editing the customer never changes an order already made.
CREATE TABLE orders (
    id @id@,
    number TEXT NOT NULL,
    number_text TEXT NOT NULL,
    customer_id BIGINT REFERENCES customer (id),
    ordered_at BIGINT NOT NULL,
    status TEXT NOT NULL,
    payment_status TEXT NOT NULL,
    payment_method TEXT NOT NULL,
    channel TEXT NOT NULL,
    total BIGINT NOT NULL,
    tax BIGINT NOT NULL,
    shipping_fee BIGINT NOT NULL,
    discount BIGINT NOT NULL,
    ship_name TEXT NOT NULL,
    ship_postal_code TEXT NOT NULL,
    ship_prefecture BIGINT,
    ship_address TEXT NOT NULL,
    ship_phone TEXT NOT NULL,
    tracking_number TEXT NOT NULL,
    shipped_at BIGINT,
    note TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX orders_number_unique ON orders (number);
CREATE INDEX orders_number_text ON orders (number_text);
-- Covers the totals of a customer: no look at the wide rows.
CREATE INDEX orders_customer ON orders (customer_id, payment_status, ordered_at, total);

CREATE TABLE order_line (
    id @id@,
    order_id BIGINT NOT NULL REFERENCES orders (id),
    customer_id BIGINT,
    position BIGINT NOT NULL,
    product_number TEXT NOT NULL,
    product_name TEXT NOT NULL,
    unit_price BIGINT NOT NULL,
    quantity BIGINT NOT NULL
);
CREATE INDEX order_line_order ON order_line (order_id, position);
