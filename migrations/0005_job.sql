-- Durable long work. `state` is the resume point; lease and fence keep two servers from running one job.
CREATE TABLE job (
    id @id@,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    stopping TEXT NOT NULL,
    cancel_requested BIGINT NOT NULL,
    parameters TEXT NOT NULL,
    state TEXT NOT NULL,
    summary TEXT NOT NULL,
    problem TEXT NOT NULL,
    done BIGINT NOT NULL,
    total BIGINT NOT NULL,
    ok BIGINT NOT NULL,
    ng BIGINT NOT NULL,
    skipped BIGINT NOT NULL,
    staff_id BIGINT,
    token_id BIGINT,
    actor TEXT NOT NULL,
    ip TEXT NOT NULL,
    rights TEXT NOT NULL,
    operation_id BIGINT,
    created_at BIGINT NOT NULL,
    started_at BIGINT,
    finished_at BIGINT,
    lease_owner TEXT NOT NULL,
    lease_until BIGINT NOT NULL,
    fence BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    not_before BIGINT NOT NULL
);
CREATE INDEX job_open ON job (not_before) WHERE status IN ('queued', 'running');

-- Uploads and results, sealed under the master key in chunks of 1 MiB, deleted at expiry.
CREATE TABLE stored_file (
    id @id@,
    token TEXT NOT NULL,
    job_id BIGINT,
    purpose TEXT NOT NULL,
    name TEXT NOT NULL,
    content_type TEXT NOT NULL,
    staff_id BIGINT,
    size BIGINT NOT NULL,
    digest @blob@ NOT NULL,
    complete BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX stored_file_token_unique ON stored_file (token);
CREATE INDEX stored_file_job ON stored_file (job_id);
CREATE INDEX stored_file_expires ON stored_file (expires_at);

CREATE TABLE file_chunk (
    id @id@,
    file_id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    content @blob@ NOT NULL
);
CREATE UNIQUE INDEX file_chunk_file_id_unique ON file_chunk (file_id, position);
