-- The search index in volumes, and with more to be found. It is built again behind the scenes.
DROP TABLE search;
CREATE VIRTUAL TABLE search USING fts5 (
  subject, sender, recipients, copies, body, files, kinds, list, papers,
  content = '', contentless_delete = 1, detail = full,
  tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
);

CREATE TABLE volume (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  since INTEGER NOT NULL UNIQUE,
  newest INTEGER NOT NULL
) STRICT;
INSERT INTO volume (id, since, newest) VALUES (1, -9223372036854775808, 9223372036854775807);

DROP TABLE unindexed;
CREATE TABLE unindexed (
  email_id INTEGER PRIMARY KEY REFERENCES email (id) ON DELETE CASCADE,
  volume INTEGER,
  whole INTEGER NOT NULL
) STRICT;
CREATE INDEX unindexed_whole ON unindexed (email_id) WHERE whole = 1;
CREATE INDEX unindexed_volume ON unindexed (volume) WHERE volume IS NOT NULL;
INSERT INTO unindexed (email_id, volume, whole) SELECT id, NULL, has_body FROM email;

CREATE TABLE unopened (
  email_id INTEGER PRIMARY KEY REFERENCES email (id) ON DELETE CASCADE
) STRICT;
