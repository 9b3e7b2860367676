-- A setting of FTS5, no row: segments of one size are merged by eights instead of fours. Imports write a segment per transaction, and every
-- merge writes its words again; a search looks into a few segments more until a larger merge has taken them in.
INSERT INTO customer_text_live (customer_text_live, rank) VALUES ('automerge', 8);
INSERT INTO customer_text_deleted (customer_text_deleted, rank) VALUES ('automerge', 8);
