-- How much of an account's mail this computer keeps. An account without a row keeps everything.
CREATE TABLE keeping (
  account_id INTEGER PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  keep TEXT NOT NULL, -- Keep as JSON
  large INTEGER, -- megabytes; of a larger letter the text alone is fetched by itself. NULL: none is too large
  paused INTEGER NOT NULL DEFAULT 0 -- nothing is fetched by itself
) STRICT;

-- A letter that is too large to be kept whole, as far as it is here: a letter that is built as it is and holds the bodies
-- that have come. It is apart from `body`, so that it is never taken for the letter, and goes when that comes.
CREATE TABLE partial_body (
  email_id INTEGER PRIMARY KEY REFERENCES email (id) ON DELETE CASCADE,
  skeleton BLOB NOT NULL,
  absent TEXT NOT NULL, -- the sections that are on the server alone, with their octets, as JSON
  text TEXT NOT NULL -- what the search index was given
) STRICT;

-- Where those are looked for. No limit of the person's is lower.
CREATE INDEX email_large ON email (account_id, received_at) WHERE has_body = 0 AND size > 1000000;
