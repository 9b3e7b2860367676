CREATE INDEX customer_facts ON customer (deleted_at, status, prefecture, purchase_total, purchase_count, last_purchase_at, created_at,
    registered_at, points, level_id, sex, birth_date, newsletter, direct_mail, blocked, order_count);
CREATE INDEX customer_birthday ON customer (birthday, deleted_at);
CREATE INDEX orders_tracking ON orders (tracking_number_text) WHERE tracking_number_text > '';
CREATE INDEX orders_subscription ON orders (subscription_number_text) WHERE subscription_number_text > '';
