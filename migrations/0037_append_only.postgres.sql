-- What was written stays (SECURITY D3, L2): the journal and the ledger of points are only added to, whoever asks. Of an operation its
-- count of changes grows; erasing a person takes values, salts and reasons away and puts nothing in their place.
CREATE FUNCTION refuse_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;

CREATE TRIGGER operation_kept BEFORE DELETE ON operation FOR EACH ROW EXECUTE FUNCTION refuse_append_only();
CREATE TRIGGER operation_unchanged BEFORE UPDATE OF id, at, kind, staff_id, token_id, actor, ip, screen, job_id, undoes ON operation
    FOR EACH ROW EXECUTE FUNCTION refuse_append_only();
CREATE TRIGGER operation_only_grows BEFORE UPDATE OF reason, change_count ON operation
    FOR EACH ROW WHEN ((NEW.reason <> OLD.reason AND NEW.reason <> '') OR NEW.change_count < OLD.change_count)
    EXECUTE FUNCTION refuse_append_only();

CREATE TRIGGER change_kept BEFORE DELETE ON change FOR EACH ROW EXECUTE FUNCTION refuse_append_only();
CREATE TRIGGER change_unchanged BEFORE UPDATE OF id, operation_id, table_name, row_id, customer_id, act, digest ON change
    FOR EACH ROW EXECUTE FUNCTION refuse_append_only();
CREATE TRIGGER change_only_erased BEFORE UPDATE OF salt, old_values, new_values ON change
    FOR EACH ROW WHEN (NEW.salt IS NOT NULL OR NEW.old_values IS NOT NULL OR NEW.new_values IS NOT NULL)
    EXECUTE FUNCTION refuse_append_only();

CREATE TRIGGER journal_entry_kept BEFORE DELETE ON journal_entry FOR EACH ROW EXECUTE FUNCTION refuse_append_only();
CREATE TRIGGER journal_entry_unchanged BEFORE UPDATE ON journal_entry FOR EACH ROW EXECUTE FUNCTION refuse_append_only();

CREATE TRIGGER point_entry_kept BEFORE DELETE ON point_entry FOR EACH ROW EXECUTE FUNCTION refuse_append_only();
CREATE TRIGGER point_entry_unchanged BEFORE UPDATE OF id, customer_id, at, kind, point_kind_id, delta, balance_after, expires_at,
    order_number, reverses ON point_entry
    FOR EACH ROW EXECUTE FUNCTION refuse_append_only();
CREATE TRIGGER point_entry_only_erased BEFORE UPDATE OF reason, reason_text ON point_entry
    FOR EACH ROW WHEN (NEW.reason <> '' AND NEW.reason <> OLD.reason)
    EXECUTE FUNCTION refuse_append_only();
