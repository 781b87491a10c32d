-- What begins alike is gathered behind the scenes, of volumes whose words are listed.
CREATE TABLE beginning (
  volume_id INTEGER NOT NULL REFERENCES volume (id) ON DELETE CASCADE,
  beginning TEXT NOT NULL, -- as the index folds it; the empty one has all letters of the volume
  letters BLOB NOT NULL, -- of the empty one their ids, like `word.volumes`; of others which of those, as a list or as bits
  PRIMARY KEY (volume_id, beginning)
) STRICT, WITHOUT ROWID;

CREATE TABLE gathered_volume (
  volume_id INTEGER PRIMARY KEY REFERENCES volume (id) ON DELETE CASCADE,
  up_to TEXT -- beginnings up to this word are gathered; NULL: all of them
) STRICT;
