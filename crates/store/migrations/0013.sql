-- What the person wishes of an account beyond what each account has. One without a row is as it was added.
CREATE TABLE account_wish (
  account_id INTEGER PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  label TEXT NOT NULL DEFAULT '', -- what it is called; empty: its address
  position INTEGER, -- where it stands among the others; NULL: behind those that have one, in the order of their ids
  disabled INTEGER NOT NULL DEFAULT 0, -- it does not connect at all
  check_minutes INTEGER -- how often it is looked after where nobody tells of news; NULL: as usual
) STRICT;

-- Which folder the person has chosen for a role, whatever the server says of its folders.
CREATE TABLE chosen_role (
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  role TEXT NOT NULL,
  mailbox_id INTEGER NOT NULL REFERENCES mailbox (id) ON DELETE CASCADE,
  PRIMARY KEY (account_id, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX chosen_role_mailbox ON chosen_role (mailbox_id);
