-- What the browser of files shows of each file, so that no letter is opened for it. The files of letters that are here already are
-- written behind the scenes.
CREATE TABLE file (
  email_id INTEGER NOT NULL REFERENCES email (id) ON DELETE CASCADE,
  place INTEGER NOT NULL, -- among the files of its letter
  part TEXT NOT NULL, -- the way to it in the letter
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  charset TEXT, -- in which its sender says that it is
  size INTEGER NOT NULL, -- octets, decoded
  here INTEGER NOT NULL, -- else it comes from the server when it is opened
  kind INTEGER NOT NULL, -- files of one kind stand together
  shows TEXT NOT NULL, -- how a window shows it, as a word
  dangers TEXT NOT NULL, -- why it is not opened without a question, as words
  PRIMARY KEY (email_id, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE unlisted (
  email_id INTEGER PRIMARY KEY REFERENCES email (id) ON DELETE CASCADE
) STRICT;
INSERT INTO unlisted (email_id) SELECT id FROM email WHERE has_attachment = 1;
