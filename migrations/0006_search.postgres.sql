-- The text index: one document of tokens per customer (src/search/tokens.hpp). The index is over the documents as text, so that a row
-- holds them once.
CREATE TABLE customer_text_search (
    customer_id BIGINT PRIMARY KEY,
    tokens TEXT NOT NULL
);
CREATE INDEX customer_text_search_tokens ON customer_text_search USING gin ((tokens::tsvector));

CREATE INDEX customer_facts ON customer (deleted_at, status, prefecture, purchase_total, purchase_count, last_purchase_at, created_at,
    registered_at, points, level_id, sex, birth_date, newsletter, direct_mail, blocked, id);
-- Bytewise, as SQLite compares.
CREATE INDEX customer_kana ON customer (kana_sort COLLATE "C", family_name COLLATE "C", given_name COLLATE "C", id);
CREATE INDEX customer_email ON customer (email COLLATE "C", id);
CREATE INDEX customer_phone ON customer (phone COLLATE "C", id);
CREATE INDEX customer_number_text ON customer (number_text COLLATE "C", id);
CREATE INDEX customer_created_at ON customer (created_at, id);
CREATE INDEX customer_purchase_total ON customer (purchase_total, id);
CREATE INDEX customer_last_purchase_at ON customer (last_purchase_at, id);
CREATE INDEX orders_number_prefix ON orders (number_text COLLATE "C");
