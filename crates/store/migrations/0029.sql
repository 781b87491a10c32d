-- By which version of the reader a letter was read, so that those of an older one are read anew (`rereading.rs`). Not known of
-- letters of the time before: 0. No row is written for that.
ALTER TABLE body ADD COLUMN read_by INTEGER NOT NULL DEFAULT 0;
ALTER TABLE partial_body ADD COLUMN read_by INTEGER NOT NULL DEFAULT 0;
