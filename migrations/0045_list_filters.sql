-- What the lists of operations and jobs are narrowed by.
CREATE INDEX operation_at ON operation (at, id);
CREATE INDEX job_kind ON job (kind, id);
CREATE INDEX job_status ON job (status, id);
CREATE INDEX job_staff ON job (staff_id, id);
