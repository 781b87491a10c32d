-- The bytes of letters leave the store for packs beside it (see `packs.rs`). `body_before` goes when they have.
ALTER TABLE body RENAME TO body_before;

-- Where every byte of a letter stands: in which pack (a file beside the store), from which octet on, and with what
-- proves that they are all there. What the search index was given stands right behind them as text, so that the index
-- can be built again without parsing. Two letters may point to the same bytes.
CREATE TABLE body (
  email_id INTEGER PRIMARY KEY REFERENCES email (id) ON DELETE CASCADE,
  size INTEGER NOT NULL,
  sha256 BLOB NOT NULL,
  text_size INTEGER NOT NULL,
  pack INTEGER NOT NULL,
  start INTEGER NOT NULL
) STRICT;
CREATE INDEX body_place ON body (pack, start);

-- Letters that a mailbox shows from now on are counted by `memberships.rs`: a thousand at a time at once, where a trigger
-- would keep a copy of each page for each row.
DROP TRIGGER membership_added;

-- Letters are found by their Message-ID by way of `thread_reference`, which names it too.
DROP INDEX email_message_id;

-- When an account's server was last asked how full it is.
CREATE TABLE room_asked (
  account_id INTEGER PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  asked_at INTEGER NOT NULL
) STRICT;

-- The index gathers more before it writes, and merges eight pieces at a time rather than four: half of the time of indexing
-- was merging.
INSERT INTO search (search, rank) VALUES ('hashsize', 4194304);
INSERT INTO search (search, rank) VALUES ('automerge', 8);
