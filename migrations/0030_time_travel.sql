-- Which transaction was the last one at a moment, and when the change of a row was made: the record as it stood then.
CREATE INDEX journal_entry_at ON journal_entry (at, id);
CREATE INDEX journal_entry_first_change ON journal_entry (first_change);
