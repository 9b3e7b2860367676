-- What was done, by kind: of all, and of one person's.
CREATE INDEX operation_kind ON operation (kind, id);
CREATE INDEX operation_staff_kind ON operation (staff_id, kind, id);
