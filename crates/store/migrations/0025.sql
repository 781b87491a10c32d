-- What a search asks of letters beside their words is read from indexes of its own, in the order of time.

-- Letters by their keywords. $seen and $flagged stand in `membership`.
CREATE TABLE tagged (
  keyword TEXT NOT NULL,
  received_at INTEGER NOT NULL, -- the letter's, which settles the order
  email_id INTEGER NOT NULL REFERENCES email (id) ON DELETE CASCADE,
  PRIMARY KEY (keyword, received_at, email_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tagged_email ON tagged (email_id);

INSERT INTO tagged (keyword, received_at, email_id)
SELECT DISTINCT json_each.value, email.received_at, email.id FROM email CROSS JOIN json_each(email.keywords)
WHERE email.keywords NOT IN ('[]', '["$seen"]') AND json_each.value NOT IN ('$seen', '$flagged');

DROP INDEX email_attachment;
CREATE INDEX email_attached ON email (received_at) WHERE has_attachment = 1;
CREATE INDEX email_size ON email (size, received_at);

-- In which volumes of the search index a word stands, of volumes to which nothing is added any more: the others need not be asked.
CREATE TABLE word (
  word TEXT PRIMARY KEY, -- as the index folds it; the beginning of a long one
  volumes BLOB NOT NULL -- their ids, ascending: of each how much more it is than the one before, seven bits an octet
) STRICT, WITHOUT ROWID;

CREATE TABLE listed_volume (
  volume_id INTEGER PRIMARY KEY REFERENCES volume (id) ON DELETE CASCADE,
  up_to TEXT -- words up to this one are listed; NULL: all of them
) STRICT;
