-- Letters whose line in the search index is still to be written: many that came at once are indexed behind the scenes.
CREATE TABLE unindexed (
  email_id INTEGER PRIMARY KEY REFERENCES email (id) ON DELETE CASCADE,
  has_line INTEGER NOT NULL, -- whether the index has an older line for the letter
  whole INTEGER NOT NULL -- whether its body is here
) STRICT;
CREATE INDEX unindexed_whole ON unindexed (email_id) WHERE whole = 1;
