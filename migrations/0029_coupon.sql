-- クーポン. Days are the shop's, "YYYY-MM-DD", both included; '' leaves that end open. products: numbers of products, one a line, sorted; '' is any.
-- granted_count (grants that stand) and used_count (uses that were not cancelled) are derived.
CREATE TABLE coupon (
    id @id@,
    name TEXT NOT NULL,
    code TEXT NOT NULL,
    discount TEXT NOT NULL,
    value BIGINT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    uses_per_customer BIGINT,
    minimum_amount BIGINT NOT NULL,
    products TEXT NOT NULL,
    customer_limited BIGINT NOT NULL,
    enabled BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    name_text TEXT NOT NULL,
    granted_count BIGINT NOT NULL,
    used_count BIGINT NOT NULL
);
CREATE UNIQUE INDEX coupon_code_unique ON coupon (code);

-- 顧客限定クーポン: who may use it. times: how often at most, NULL as the coupon says. used_count is derived.
CREATE TABLE coupon_grant (
    id @id@,
    coupon_id BIGINT NOT NULL REFERENCES coupon (id),
    customer_id BIGINT NOT NULL REFERENCES customer (id),
    granted_at BIGINT NOT NULL,
    granted_by TEXT NOT NULL,
    usable_from TEXT NOT NULL,
    usable_to TEXT NOT NULL,
    times BIGINT,
    revoked_at BIGINT,
    revoked_by TEXT NOT NULL,
    version BIGINT NOT NULL,
    used_count BIGINT NOT NULL
);
CREATE UNIQUE INDEX coupon_grant_coupon_id_unique ON coupon_grant (coupon_id, customer_id) WHERE revoked_at IS NULL;
CREATE INDEX coupon_grant_coupon ON coupon_grant (coupon_id, customer_id);
CREATE INDEX coupon_grant_customer ON coupon_grant (customer_id, granted_at, id);

-- クーポン履歴: one row per order it was used in. A cancelled one (キャンセル) gives the use back and leaves the order as it is.
CREATE TABLE coupon_use (
    id @id@,
    coupon_id BIGINT NOT NULL REFERENCES coupon (id),
    grant_id BIGINT REFERENCES coupon_grant (id),
    customer_id BIGINT NOT NULL REFERENCES customer (id),
    order_number TEXT NOT NULL,
    used_at BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    cancelled_at BIGINT,
    cancelled_by TEXT NOT NULL
);
CREATE UNIQUE INDEX coupon_use_coupon_id_unique ON coupon_use (coupon_id, order_number) WHERE cancelled_at IS NULL;
CREATE INDEX coupon_use_coupon ON coupon_use (coupon_id, customer_id);
CREATE INDEX coupon_use_customer ON coupon_use (customer_id, used_at, id);
CREATE INDEX coupon_use_grant ON coupon_use (grant_id) WHERE grant_id IS NOT NULL;
