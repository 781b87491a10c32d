-- The search index in volumes, and with more to be found. It is built again behind the scenes.
DROP TABLE search;
CREATE VIRTUAL TABLE search USING fts5 (
  subject, sender, recipients, copies, body, files, kinds, list, papers,
  content = '', contentless_delete = 1, detail = full,
  tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
);

CREATE TABLE volume (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- in the name of its table
  since INTEGER NOT NULL UNIQUE, -- letters from this moment on are written here, until the next volume begins
  newest INTEGER NOT NULL -- no letter in it is newer, also none that waits to be moved
) STRICT;
INSERT INTO volume (id, since, newest) VALUES (1, -9223372036854775808, 9223372036854775807);

DROP TABLE unindexed;
CREATE TABLE unindexed (
  email_id INTEGER PRIMARY KEY REFERENCES email (id) ON DELETE CASCADE,
  volume INTEGER, -- in which volume an older line of the letter stands; NULL: there is none
  whole INTEGER NOT NULL -- whether its body is here
) STRICT;
CREATE INDEX unindexed_whole ON unindexed (email_id) WHERE whole = 1;
CREATE INDEX unindexed_volume ON unindexed (volume) WHERE volume IS NOT NULL;
INSERT INTO unindexed (email_id, volume, whole) SELECT id, NULL, has_body FROM email;

CREATE TABLE unopened (
  email_id INTEGER PRIMARY KEY REFERENCES email (id) ON DELETE CASCADE
) STRICT;

-- Whether a letter has files is asked of many at once.
CREATE INDEX email_attachment ON email (id) WHERE has_attachment = 1;
