-- Members of staff. Secrets lie in tables of their own, which the journal does not see.
CREATE TABLE staff (
    id @id@,
    login TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    disabled BIGINT NOT NULL,
    password_set_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    last_login_at BIGINT,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX staff_login_unique ON staff (login);

CREATE TABLE staff_password (
    id BIGINT PRIMARY KEY REFERENCES staff (id),
    hash TEXT NOT NULL
);

CREATE TABLE staff_preference (
    id BIGINT PRIMARY KEY REFERENCES staff (id),
    content TEXT NOT NULL
);

CREATE TABLE staff_session (
    id @id@,
    secret_digest @blob@ NOT NULL,
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    created_at BIGINT NOT NULL,
    last_used_at BIGINT NOT NULL,
    fresh_at BIGINT NOT NULL,
    ip TEXT NOT NULL,
    user_agent TEXT NOT NULL
);
CREATE UNIQUE INDEX staff_session_secret_digest_unique ON staff_session (secret_digest);
CREATE INDEX staff_session_staff ON staff_session (staff_id, id);

-- One-time links: to set up the shop (staff_id is NULL) and to set a password.
CREATE TABLE staff_link (
    id @id@,
    secret_digest @blob@ NOT NULL,
    staff_id BIGINT REFERENCES staff (id),
    expires_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX staff_link_secret_digest_unique ON staff_link (secret_digest);

-- Failed sign-ins of the last minutes, for the growing delay. account: digest of what was typed as login.
CREATE TABLE staff_failure (
    id @id@,
    account @blob@ NOT NULL,
    ip TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX staff_failure_account ON staff_failure (account, ip, at);

-- What an account was used for or what was done to it besides changes of its row. staff_id is NULL where nobody knows who it was.
CREATE TABLE staff_event (
    id @id@,
    staff_id BIGINT,
    event TEXT NOT NULL,
    user_agent TEXT NOT NULL
);

-- scopes: names of rights, ",customer.read,order.read,"; NULL narrows nothing.
CREATE TABLE api_token (
    id @id@,
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    name TEXT NOT NULL,
    scopes TEXT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    last_used_at BIGINT
);
CREATE TABLE api_token_secret (
    id BIGINT PRIMARY KEY,
    secret_digest @blob@ NOT NULL
);
CREATE UNIQUE INDEX api_token_secret_secret_digest_unique ON api_token_secret (secret_digest);
