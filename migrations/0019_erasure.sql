-- When the personal data of a customer was erased (個人情報抹消); the row stays for the totals.
ALTER TABLE customer ADD COLUMN erased_at BIGINT;
