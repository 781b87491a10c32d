-- As whom a person writes. The first of an account is the usual one.
CREATE TABLE identity (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  email TEXT NOT NULL,
  name TEXT NOT NULL,
  reply_to TEXT,
  signature TEXT NOT NULL, -- HTML
  outgoing TEXT -- ServerSettings as JSON; NULL: the account's
) STRICT;
CREATE INDEX identity_account ON identity (account_id, id);

-- What is wished of a letter on its way out, and what is known of it, beyond what each letter has. A letter without a row
-- has nothing of that.
CREATE TABLE submission_wish (
  submission_id INTEGER PRIMARY KEY REFERENCES submission (id) ON DELETE CASCADE,
  identity_id INTEGER REFERENCES identity (id) ON DELETE SET NULL,
  notices INTEGER NOT NULL DEFAULT 0,
  encryption INTEGER NOT NULL DEFAULT 0,
  hold_until INTEGER, -- the moment that the person chose
  holder TEXT CHECK (holder IN ('here', 'server')), -- who keeps it until then; NULL: no server was asked yet
  searched INTEGER NOT NULL DEFAULT 0, -- Sent was searched for it in vain
  copy_tries INTEGER NOT NULL DEFAULT 0, -- how often its copy was begun to be filed
  copy_after INTEGER -- when the next try is due; NULL: at once
) STRICT;
CREATE INDEX submission_wish_identity ON submission_wish (identity_id) WHERE identity_id IS NOT NULL;

-- Letters that others to the same people must not overtake.
CREATE INDEX submission_ahead ON submission (account_id, id) WHERE state IN ('sending', 'failed');

-- Whether an account's server files copies of sent letters by itself, as far as is known, and the last copy of ours that
-- has still to be looked after: if a second one stands beside it, the server does.
CREATE TABLE copy_habit (
  account_id INTEGER PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  files_itself INTEGER, -- NULL: not known
  message_id TEXT, -- of the copy to look after
  uid_validity INTEGER,
  uid INTEGER,
  filed_at INTEGER
) STRICT;

-- What servers and readers have reported of letters that were sent: one row for each recipient that a report names. The
-- letter itself may be anywhere, or gone.
CREATE TABLE delivery_report (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  message_id TEXT NOT NULL, -- of the letter that was sent
  email_id INTEGER NOT NULL REFERENCES email (id) ON DELETE CASCADE, -- the report
  recipient TEXT NOT NULL,
  fate TEXT NOT NULL CHECK (fate IN ('failed', 'delayed', 'delivered', 'relayed', 'read')),
  words TEXT NOT NULL,
  UNIQUE (email_id, recipient)
) STRICT;
CREATE INDEX delivery_report_letter ON delivery_report (account_id, message_id);

INSERT INTO identity (account_id, email, name, signature) SELECT id, email, name, '' FROM account ORDER BY id;
