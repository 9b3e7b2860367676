-- What an import does with each row of its file: the plan of a dry run, the resume point of the applying, the answer afterwards.
-- Deleted with the files of the job.
CREATE TABLE import_row (
    id @id@,
    job_id BIGINT NOT NULL,
    line BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    record_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    mail_hash BIGINT,
    label TEXT NOT NULL,
    payload TEXT NOT NULL,
    errors TEXT NOT NULL
);
CREATE UNIQUE INDEX import_row_line_unique ON import_row (job_id, line);
CREATE INDEX import_row_errors ON import_row (job_id, line) WHERE outcome = 'error';

-- How the columns of files with a certain header were mapped the last time.
CREATE TABLE import_mapping (
    id @id@,
    kind TEXT NOT NULL,
    signature TEXT NOT NULL,
    columns TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX import_mapping_signature_unique ON import_mapping (kind, signature);

-- Files of other shops name their customers by what is 会員ID here.
CREATE INDEX customer_member_id ON customer (member_id) WHERE member_id <> '';
