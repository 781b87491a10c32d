-- What is known of a letter's sender and of its list, and what the letter would have told.

-- What became of the seals (DKIM) of letters that were opened, so that DNS is asked once, or again where it was silent.
CREATE TABLE seal (
  email_id INTEGER NOT NULL REFERENCES email (id) ON DELETE CASCADE,
  place INTEGER NOT NULL, -- among the letter's seals; -1: that they were looked at
  domain TEXT NOT NULL,
  covers TEXT NOT NULL, -- the fields that it covers, as JSON
  loose TEXT NOT NULL, -- the fields that it leaves open although what is shown depends on them, as JSON
  state TEXT NOT NULL,
  tries INTEGER NOT NULL, -- how often DNS was asked
  asked_at INTEGER, -- the last time
  PRIMARY KEY (email_id, place)
) STRICT, WITHOUT ROWID;

-- Who would have been told that a letter was opened. Only letters that were opened are known.
CREATE TABLE tracker (
  email_id INTEGER NOT NULL REFERENCES email (id) ON DELETE CASCADE,
  host TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('pixel', 'counter', 'personal', 'link')),
  service TEXT, -- who is behind the host, where that is known
  amount INTEGER NOT NULL,
  PRIMARY KEY (email_id, host, kind)
) STRICT, WITHOUT ROWID;

-- Mailing lists and newsletters, and what became of leaving them.
CREATE TABLE subscription (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  list TEXT NOT NULL, -- its List-Id, or its sender's address
  name TEXT NOT NULL,
  left_at INTEGER, -- when the person asked to be let go
  left_by TEXT CHECK (left_by IN ('click', 'mail', 'page')),
  UNIQUE (account_id, list)
) STRICT;

-- Which letters came by which of them.
CREATE TABLE subscription_letter (
  email_id INTEGER PRIMARY KEY REFERENCES email (id) ON DELETE CASCADE,
  subscription_id INTEGER NOT NULL REFERENCES subscription (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX subscription_letter_list ON subscription_letter (subscription_id);

-- Letters from before this was known are looked through later, from the newest one down.
INSERT INTO setting (name, value) SELECT 'lists.to_look_through', coalesce(max(id), 0) FROM email;
