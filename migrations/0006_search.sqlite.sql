-- The text index: one document of tokens per customer (src/search/tokens.hpp), rowid = customer. Two tables, because nearly every search
-- wants the living alone. Contentless and without column sizes: the shadows stand in the customer's row.
CREATE VIRTUAL TABLE customer_text_live USING fts5(tokens, content = '', columnsize = 0, tokenize = 'ascii');
CREATE VIRTUAL TABLE customer_text_deleted USING fts5(tokens, content = '', columnsize = 0, tokenize = 'ascii');
-- What verify reads.
CREATE VIRTUAL TABLE customer_text_live_terms USING fts5vocab(customer_text_live, instance);
CREATE VIRTUAL TABLE customer_text_deleted_terms USING fts5vocab(customer_text_deleted, instance);

-- Covers the facts people ask for most: counting reads this and not the wide rows.
CREATE INDEX customer_facts ON customer (deleted_at, status, prefecture, purchase_total, purchase_count, last_purchase_at, created_at,
    registered_at, points, level_id, sex, birth_date, newsletter, direct_mail, blocked);
-- For sorting, and email, phone and number for exact look-up too.
CREATE INDEX customer_kana ON customer (kana_sort, family_name, given_name);
CREATE INDEX customer_email ON customer (email);
CREATE INDEX customer_phone ON customer (phone);
CREATE INDEX customer_number_text ON customer (number_text);
CREATE INDEX customer_created_at ON customer (created_at);
CREATE INDEX customer_purchase_total ON customer (purchase_total);
CREATE INDEX customer_last_purchase_at ON customer (last_purchase_at);
