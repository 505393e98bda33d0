-- A shard's results may be stored some windows behind what it has computed, so that they are of more windows and fewer rows.
ALTER TABLE shard ADD COLUMN results_window bigint NOT NULL DEFAULT 0;

UPDATE shard SET results_window = done_window;
