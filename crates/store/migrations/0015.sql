-- Large bytes on their way out, each in a file of its own beside the store that is named after the row. Their owner's own
-- row holds nothing in their place. A file without a row is nobody's, and is removed.
CREATE TABLE parcel (
  id INTEGER PRIMARY KEY, -- the file's number
  size INTEGER NOT NULL, -- octets
  sha256 BLOB NOT NULL,
  attachment_id INTEGER UNIQUE REFERENCES draft_attachment (id) ON DELETE CASCADE,
  submission_id INTEGER UNIQUE REFERENCES submission (id) ON DELETE CASCADE,
  CHECK ((attachment_id IS NULL) <> (submission_id IS NULL))
) STRICT;

-- Copies of sent letters that we have filed and that have still to be looked after: if a second one stands beside one of
-- them, the server files copies by itself.
CREATE TABLE own_copy (
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  message_id TEXT NOT NULL,
  uid_validity INTEGER NOT NULL,
  uid INTEGER NOT NULL,
  filed_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, uid_validity, uid)
) STRICT, WITHOUT ROWID;

INSERT INTO own_copy (account_id, message_id, uid_validity, uid, filed_at)
  SELECT account_id, message_id, uid_validity, uid, filed_at FROM copy_habit
  WHERE message_id IS NOT NULL AND uid_validity IS NOT NULL AND uid IS NOT NULL AND filed_at IS NOT NULL;

ALTER TABLE copy_habit RENAME TO copy_habit_before;
-- Whether an account's server files copies of sent letters by itself, as far as is known.
CREATE TABLE copy_habit (
  account_id INTEGER PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  files_itself INTEGER -- NULL: not known
) STRICT;
INSERT INTO copy_habit SELECT account_id, files_itself FROM copy_habit_before;
DROP TABLE copy_habit_before;
