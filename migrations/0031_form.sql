-- Fields of the shop's own (フリーフォーム). options: JSON [{"code","label_ja","label_en","removed"}]. label_key: the label as long as the
-- field is in use, so that no two columns of a list or file are called the same; NULL when retired.
CREATE TABLE form_field (
    id @id@,
    key TEXT NOT NULL,
    label_ja TEXT NOT NULL,
    label_en TEXT NOT NULL,
    type TEXT NOT NULL,
    required BIGINT NOT NULL,
    position BIGINT NOT NULL,
    max_length BIGINT,
    minimum BIGINT,
    maximum BIGINT,
    options TEXT NOT NULL,
    on_list BIGINT NOT NULL,
    on_csv BIGINT NOT NULL,
    retired BIGINT NOT NULL,
    label_key TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX form_field_key_unique ON form_field (key);
CREATE UNIQUE INDEX form_field_label_key_unique ON form_field (label_key);

-- What a customer answered: {"key": value}, "" for nothing.
ALTER TABLE customer ADD COLUMN answers TEXT NOT NULL DEFAULT '';
