-- Masters a customer refers to. Later features add columns to them.
CREATE TABLE label (id @id@, name TEXT NOT NULL, color TEXT NOT NULL, position BIGINT NOT NULL);
CREATE TABLE customer_group (id @id@, name TEXT NOT NULL, position BIGINT NOT NULL);
CREATE TABLE member_level (id @id@, name TEXT NOT NULL, position BIGINT NOT NULL);
CREATE TABLE special_type (id @id@, name TEXT NOT NULL, position BIGINT NOT NULL);
CREATE TABLE block_reason (id @id@, name TEXT NOT NULL, position BIGINT NOT NULL);
CREATE TABLE occupation (id @id@, name TEXT NOT NULL, position BIGINT NOT NULL);
CREATE TABLE customer_type (id @id@, name TEXT NOT NULL, position BIGINT NOT NULL);
CREATE UNIQUE INDEX label_name_unique ON label (name);
CREATE UNIQUE INDEX customer_group_name_unique ON customer_group (name);
CREATE UNIQUE INDEX member_level_name_unique ON member_level (name);
CREATE UNIQUE INDEX special_type_name_unique ON special_type (name);
CREATE UNIQUE INDEX block_reason_name_unique ON block_reason (name);
CREATE UNIQUE INDEX occupation_name_unique ON occupation (name);
CREATE UNIQUE INDEX customer_type_name_unique ON customer_type (name);

-- Sets (labels, customer_groups, block_reasons) are ",3,17," in ascending order: one row is the whole truth of a customer, one version, one
-- change. customer_set is derived from them for fast look-up.
CREATE TABLE customer (
    id @id@,
    number TEXT NOT NULL,
    member_id TEXT NOT NULL,
    status TEXT NOT NULL,
    no_login BIGINT NOT NULL,
    suspected_duplicate BIGINT NOT NULL,
    family_name TEXT NOT NULL,
    given_name TEXT NOT NULL,
    family_kana TEXT NOT NULL,
    given_kana TEXT NOT NULL,
    email TEXT NOT NULL,
    email2 TEXT NOT NULL,
    phone TEXT NOT NULL,
    fax TEXT NOT NULL,
    postal_code TEXT NOT NULL,
    prefecture BIGINT,
    city TEXT NOT NULL,
    street TEXT NOT NULL,
    building TEXT NOT NULL,
    company TEXT NOT NULL,
    department TEXT NOT NULL,
    sex TEXT NOT NULL,
    birth_date TEXT,
    occupation_id BIGINT REFERENCES occupation (id),
    customer_type_id BIGINT REFERENCES customer_type (id),
    device TEXT NOT NULL,
    labels TEXT NOT NULL,
    customer_groups TEXT NOT NULL,
    level_id BIGINT REFERENCES member_level (id),
    level_fixed BIGINT NOT NULL,
    special_type_id BIGINT REFERENCES special_type (id),
    newsletter BIGINT NOT NULL,
    direct_mail BIGINT NOT NULL,
    cleaned BIGINT NOT NULL,
    outbound_call BIGINT NOT NULL,
    blocked BIGINT NOT NULL,
    block_reasons TEXT NOT NULL,
    alert TEXT NOT NULL,
    points BIGINT NOT NULL,
    points_expire_at BIGINT,
    purchase_total BIGINT NOT NULL,
    purchase_count BIGINT NOT NULL,
    first_purchase_at BIGINT,
    last_purchase_at BIGINT,
    memo TEXT NOT NULL,
    registered_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    withdrawn_at BIGINT,
    deleted_at BIGINT,
    delete_cause TEXT NOT NULL,
    merged_into BIGINT,
    last_login_at BIGINT,
    login_count BIGINT NOT NULL,
    version BIGINT NOT NULL,
    -- Derived from the columns above.
    mail_key TEXT,
    kana_sort TEXT NOT NULL,
    number_text TEXT NOT NULL,
    member_id_text TEXT NOT NULL,
    family_name_text TEXT NOT NULL,
    given_name_text TEXT NOT NULL,
    family_kana_text TEXT NOT NULL,
    given_kana_text TEXT NOT NULL,
    city_text TEXT NOT NULL,
    street_text TEXT NOT NULL,
    building_text TEXT NOT NULL,
    company_text TEXT NOT NULL,
    department_text TEXT NOT NULL,
    memo_text TEXT NOT NULL,
    alert_text TEXT NOT NULL
);
CREATE UNIQUE INDEX customer_number_unique ON customer (number);
CREATE UNIQUE INDEX customer_mail_key_unique ON customer (mail_key);

-- kind: label, group, block_reason
CREATE TABLE customer_set (
    kind TEXT NOT NULL,
    member_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    PRIMARY KEY (kind, member_id, customer_id)
);
CREATE INDEX customer_set_customer ON customer_set (customer_id);

CREATE TABLE customer_address (
    id @id@,
    customer_id BIGINT NOT NULL REFERENCES customer (id),
    label TEXT NOT NULL,
    is_default BIGINT NOT NULL,
    family_name TEXT NOT NULL,
    given_name TEXT NOT NULL,
    family_kana TEXT NOT NULL,
    given_kana TEXT NOT NULL,
    company TEXT NOT NULL,
    department TEXT NOT NULL,
    postal_code TEXT NOT NULL,
    prefecture BIGINT,
    city TEXT NOT NULL,
    street TEXT NOT NULL,
    building TEXT NOT NULL,
    phone TEXT NOT NULL,
    fax TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX customer_address_customer ON customer_address (customer_id, id);
