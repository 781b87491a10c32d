-- How full an account is on its server, and how large its mailboxes are there, as the server said last. In bytes.
CREATE TABLE quota (
  account_id INTEGER PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  used INTEGER NOT NULL,
  allowed INTEGER NOT NULL
) STRICT;

CREATE TABLE mailbox_size (
  mailbox_id INTEGER PRIMARY KEY REFERENCES mailbox (id) ON DELETE CASCADE,
  size INTEGER NOT NULL
) STRICT;
