-- What a row of an import leaves to the rows behind it: the name by which a file without ids and numbers would find the customer it makes, and
-- the mail address that it takes from a customer who had it.
ALTER TABLE import_row ADD COLUMN name_hash BIGINT;
ALTER TABLE import_row ADD COLUMN freed_hash BIGINT;
