-- What messages of a maildrop look like. By it a message is recognised where its name is not enough: the server has no
-- names, gives one to several messages or to another one later, or has given all of them new names.
CREATE TABLE maildrop_message (
  account_id INTEGER NOT NULL,
  uidl TEXT NOT NULL,
  size INTEGER NOT NULL, -- in octets, as the server says
  head BLOB NOT NULL, -- SHA-256 of what stays the same of its header
  content BLOB, -- likewise of all of it; NULL where only its header was seen
  leaving INTEGER NOT NULL DEFAULT 0, -- the server was asked to remove it and has not confirmed it
  gone_at INTEGER, -- since when the server does not list it
  PRIMARY KEY (account_id, uidl),
  FOREIGN KEY (account_id, uidl) REFERENCES uidl (account_id, uidl) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
