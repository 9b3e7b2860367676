-- What the masters of a customer say. Money in yen; rates and multipliers in hundredths: of a percent (100 is 1 %), of one (100 is x1).
ALTER TABLE label ADD COLUMN visible BIGINT NOT NULL DEFAULT 1;
ALTER TABLE label ADD COLUMN version BIGINT NOT NULL DEFAULT 1;

-- point_rate 0: the shop's own. is_default: new customers join it. A shop without one is given one when it is opened.
ALTER TABLE customer_group ADD COLUMN point_rate BIGINT NOT NULL DEFAULT 0;
ALTER TABLE customer_group ADD COLUMN is_default BIGINT NOT NULL DEFAULT 0;
ALTER TABLE customer_group ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
UPDATE customer_group SET is_default = 1 WHERE name = '一般';
CREATE UNIQUE INDEX customer_group_is_default_unique ON customer_group (is_default) WHERE is_default = 1;

-- The higher the position, the higher the level. match: 'all' or 'any' of the two minimums; NULL asks for nothing, of look_back_months all time.
ALTER TABLE member_level ADD COLUMN minimum_total BIGINT;
ALTER TABLE member_level ADD COLUMN minimum_count BIGINT;
ALTER TABLE member_level ADD COLUMN match TEXT NOT NULL DEFAULT 'all';
ALTER TABLE member_level ADD COLUMN look_back_months BIGINT;
ALTER TABLE member_level ADD COLUMN point_multiplier BIGINT NOT NULL DEFAULT 100;
ALTER TABLE member_level ADD COLUMN discount BIGINT NOT NULL DEFAULT 0;
ALTER TABLE member_level ADD COLUMN color TEXT NOT NULL DEFAULT '';
ALTER TABLE member_level ADD COLUMN version BIGINT NOT NULL DEFAULT 1;

-- discount in percent; barred_payments: one method a line, sorted.
ALTER TABLE special_type ADD COLUMN code TEXT NOT NULL DEFAULT '';
ALTER TABLE special_type ADD COLUMN discount BIGINT NOT NULL DEFAULT 0;
ALTER TABLE special_type ADD COLUMN barred_payments TEXT NOT NULL DEFAULT '';
ALTER TABLE special_type ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
UPDATE special_type SET code = 'T' || id;
CREATE UNIQUE INDEX special_type_code_unique ON special_type (code) WHERE code <> '';

ALTER TABLE block_reason ADD COLUMN action TEXT NOT NULL DEFAULT 'alert';
ALTER TABLE block_reason ADD COLUMN retired BIGINT NOT NULL DEFAULT 0;
ALTER TABLE block_reason ADD COLUMN version BIGINT NOT NULL DEFAULT 1;

ALTER TABLE occupation ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE customer_type ADD COLUMN version BIGINT NOT NULL DEFAULT 1;

-- How many hold one, and whether anybody does when it goes.
CREATE INDEX customer_level ON customer (level_id, deleted_at) WHERE level_id IS NOT NULL;
CREATE INDEX customer_special_type ON customer (special_type_id, deleted_at) WHERE special_type_id IS NOT NULL;
CREATE INDEX customer_occupation ON customer (occupation_id, deleted_at) WHERE occupation_id IS NOT NULL;
CREATE INDEX customer_customer_type ON customer (customer_type_id, deleted_at) WHERE customer_type_id IS NOT NULL;
