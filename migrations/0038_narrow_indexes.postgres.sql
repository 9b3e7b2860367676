-- Conditions of the record that read the wide rows before: クリーニング済 stands among the facts; who has any label or group is read in the
-- order of customers; a birth date from those who have one; points in their order.
DROP INDEX customer_facts;
CREATE INDEX customer_facts ON customer (deleted_at, status, prefecture, purchase_total, purchase_count, last_purchase_at, created_at,
    registered_at, points, level_id, sex, birth_date, newsletter, direct_mail, blocked, order_count, cleaned, id);
DROP INDEX customer_birthday;
CREATE INDEX customer_birthday ON customer (birthday COLLATE "C", deleted_at, birth_date, id);
CREATE INDEX customer_points ON customer (points, id);
DROP INDEX customer_set_customer;
CREATE INDEX customer_set_customer ON customer_set (customer_id, kind, member_id);
