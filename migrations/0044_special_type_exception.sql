-- What the barred payments of a special member type do not concern (利用不可決済除外設定): while payment_exception is 1, purchases of
-- excepted_products alone (their numbers, one a line, sorted). category: the shop's own words, to tell types apart.
ALTER TABLE special_type ADD COLUMN payment_exception BIGINT NOT NULL DEFAULT 0;
ALTER TABLE special_type ADD COLUMN excepted_products TEXT NOT NULL DEFAULT '';
ALTER TABLE special_type ADD COLUMN category TEXT NOT NULL DEFAULT '';
