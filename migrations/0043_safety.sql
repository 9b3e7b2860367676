-- The language of the mails that the system sends to a member: ja, en; '' is the shop's.
ALTER TABLE staff ADD COLUMN mail_language TEXT NOT NULL DEFAULT '';

-- Who took unusually many rows out on a day (access/unusual.hpp): one row a person and day, kept as long as the log it sums up.
-- entry_id: the reading with which it became unusual. day: of the shop. seen_*: who has taken note.
CREATE TABLE access_alert (
    id @id@,
    staff_id BIGINT NOT NULL,
    day TEXT NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    entry_id BIGINT NOT NULL,
    taken BIGINT NOT NULL,
    usual BIGINT NOT NULL,
    earlier_days BIGINT NOT NULL,
    seen_at BIGINT,
    seen_by TEXT NOT NULL
);
CREATE UNIQUE INDEX access_alert_unique ON access_alert (staff_id, day);
CREATE INDEX access_alert_entry ON access_alert (entry_id);
