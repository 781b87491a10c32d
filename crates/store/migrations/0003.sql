-- What the target of a move or a copy was like before the first try: whatever a try that was cut off has put there has
-- this UID or a higher one, so that the next try finds it instead of putting it there twice.
CREATE TABLE first_try (
  operation_id INTEGER NOT NULL REFERENCES operation (id) ON DELETE CASCADE,
  source_id INTEGER NOT NULL, -- the mailbox that the messages come from; 0 where their bytes come from here
  target_id INTEGER NOT NULL, -- the mailbox that they go into
  copy_id INTEGER, -- the letter that is put there, where it is one
  uid_validity INTEGER NOT NULL,
  uid_next INTEGER NOT NULL,
  PRIMARY KEY (operation_id, source_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX first_try_copy ON first_try (copy_id) WHERE copy_id IS NOT NULL;
