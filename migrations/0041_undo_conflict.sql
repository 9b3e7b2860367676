-- What the undo of a long operation left as it is, because it had been changed since: a row a value. `field` is '' for a whole row.
CREATE TABLE undo_conflict (
    id @id@,
    job_id BIGINT NOT NULL,
    change_id BIGINT NOT NULL,
    field TEXT NOT NULL
);
CREATE INDEX undo_conflict_job ON undo_conflict (job_id, id);
