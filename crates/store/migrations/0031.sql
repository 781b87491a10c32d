-- When a meeting takes place each time, by whom, and in which version: until now its first time alone was known.
ALTER TABLE meeting_answer ADD COLUMN calendar TEXT NOT NULL DEFAULT '';
