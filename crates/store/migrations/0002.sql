-- What is needed to know whether a mailbox is in step without listing it, to find letters again whose numbers
-- were lost, and to audit each mailbox now and then.

CREATE TABLE deleted_message (
  mailbox_id INTEGER NOT NULL REFERENCES mailbox (id) ON DELETE CASCADE,
  uid INTEGER NOT NULL,
  PRIMARY KEY (mailbox_id, uid)
) STRICT, WITHOUT ROWID;

CREATE TABLE displaced (
  mailbox_id INTEGER NOT NULL REFERENCES mailbox (id) ON DELETE CASCADE,
  email_id INTEGER NOT NULL REFERENCES email (id) ON DELETE CASCADE,
  PRIMARY KEY (mailbox_id, email_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX displaced_email ON displaced (email_id);

CREATE TABLE audit (
  mailbox_id INTEGER PRIMARY KEY REFERENCES mailbox (id) ON DELETE CASCADE,
  audited_at INTEGER NOT NULL
) STRICT;
