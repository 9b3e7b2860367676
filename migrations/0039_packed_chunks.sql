-- Chunks are packed (base/packed.hpp) before they are sealed; those from before are as they were.
ALTER TABLE file_chunk ADD COLUMN packed BIGINT NOT NULL DEFAULT 0;
