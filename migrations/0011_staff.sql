-- Reading, mail and second factor of a member; whoever was deleted keeps the row, so that histories keep the name.
ALTER TABLE staff ADD COLUMN kana TEXT NOT NULL DEFAULT '';
ALTER TABLE staff ADD COLUMN email TEXT NOT NULL DEFAULT '';
ALTER TABLE staff ADD COLUMN totp_set_at BIGINT;
ALTER TABLE staff ADD COLUMN deleted_at BIGINT;

-- Roles of the shop's own; those as shipped stand in code. staff.role is the name of a shipped role or an id of these.
-- rights: names, ",customer.read,order.read,". points_ceiling: NULL is none.
CREATE TABLE staff_role (
    id @id@,
    name TEXT NOT NULL,
    rights TEXT NOT NULL,
    points_ceiling BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX staff_role_name_unique ON staff_role (name);
CREATE INDEX staff_role_of ON staff (role);

-- One-time passwords (RFC 6238). seed: sealed; NULL until a code of pending_seed was shown. last_step: no code of it or before works again.
CREATE TABLE staff_totp (
    id BIGINT PRIMARY KEY REFERENCES staff (id),
    seed @blob@,
    pending_seed @blob@,
    last_step BIGINT NOT NULL
);
CREATE TABLE staff_recovery_code (
    id @id@,
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    code_digest @blob@ NOT NULL
);
CREATE INDEX staff_recovery_code_staff ON staff_recovery_code (staff_id);

-- From where a person has signed in: the first time from elsewhere is told.
CREATE TABLE staff_place (
    id @id@,
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    ip TEXT NOT NULL,
    last_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX staff_place_unique ON staff_place (staff_id, ip);
