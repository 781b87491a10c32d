-- What a server calls its letters, conversations and mailboxes, so that a letter which it keeps in several mailboxes
-- is one letter here.
CREATE TABLE filing (
  account_id INTEGER PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  filing TEXT NOT NULL CHECK (filing IN ('folders', 'copies', 'labels')) -- Filing
) STRICT;

CREATE TABLE email_identity (
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  identity TEXT NOT NULL, -- EMAILID (RFC 8474) or X-GM-MSGID
  email_id INTEGER NOT NULL UNIQUE REFERENCES email (id) ON DELETE CASCADE,
  PRIMARY KEY (account_id, identity)
) STRICT, WITHOUT ROWID;

CREATE TABLE thread_identity (
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  identity TEXT NOT NULL, -- THREADID (RFC 8474) or X-GM-THRID; a conversation may have several
  thread_id INTEGER NOT NULL REFERENCES thread (id) ON DELETE CASCADE,
  PRIMARY KEY (account_id, identity)
) STRICT, WITHOUT ROWID;
CREATE INDEX thread_identity_thread ON thread_identity (thread_id);

CREATE TABLE mailbox_identity (
  mailbox_id INTEGER PRIMARY KEY REFERENCES mailbox (id) ON DELETE CASCADE,
  identity TEXT NOT NULL -- MAILBOXID (RFC 8474)
) STRICT;

-- Keywords of a message that differ from its letter's: copies of one letter each have their own on the server.
CREATE TABLE copy_keywords (
  mailbox_id INTEGER NOT NULL,
  uid INTEGER NOT NULL,
  keywords TEXT NOT NULL, -- JSON, sorted
  PRIMARY KEY (mailbox_id, uid),
  FOREIGN KEY (mailbox_id, uid) REFERENCES location (mailbox_id, uid) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
