-- 同意の記録: one row each time a customer's newsletter, direct_mail, outbound_call or cleaned was set. Rows are only added; superseded_at says
-- when a later row of the same customer and kind took over. Kept three years from then.
CREATE TABLE consent (
    id @id@,
    customer_id BIGINT NOT NULL,
    what TEXT NOT NULL,
    value BIGINT NOT NULL,
    at BIGINT NOT NULL,
    how TEXT NOT NULL,
    ground TEXT NOT NULL,
    ip TEXT NOT NULL,
    actor TEXT NOT NULL,
    superseded_at BIGINT
);
CREATE INDEX consent_customer ON consent (customer_id, id);
CREATE INDEX consent_customer_time ON consent (customer_id, at, id);
CREATE INDEX consent_current ON consent (customer_id, what) WHERE superseded_at IS NULL;
CREATE INDEX consent_superseded ON consent (superseded_at) WHERE superseded_at IS NOT NULL;

-- A bounce names an address, which may be either of the two.
CREATE INDEX customer_email2 ON customer (email2) WHERE email2 > '';
