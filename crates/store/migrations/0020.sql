-- What the person has said of conversations by hand, and by what letters find each other that nothing else joins.
CREATE TABLE conversation_wish (
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  name TEXT NOT NULL, -- the letter's Message-ID; its looks, where it has none
  apart INTEGER NOT NULL, -- it began another conversation than that of what it answers
  bond INTEGER, -- letters of one bond are one conversation, whatever they answer
  muted INTEGER NOT NULL, -- nobody wants to hear of what comes to it
  PRIMARY KEY (account_id, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX conversation_wish_bond ON conversation_wish (account_id, bond, apart) WHERE bond IS NOT NULL;
CREATE INDEX conversation_wish_apart ON conversation_wish (account_id, bond) WHERE apart = 1;

-- Conversations of which nobody wants to hear. It follows from `conversation_wish`.
CREATE TABLE muted_thread (
  thread_id INTEGER PRIMARY KEY REFERENCES thread (id) ON DELETE CASCADE
) STRICT;

-- Letters that name no others. An answer among them finds by its subject what it answers.
CREATE TABLE bare_subject (
  email_id INTEGER PRIMARY KEY REFERENCES email (id) ON DELETE CASCADE,
  subject INTEGER NOT NULL, -- a digest of the account and the base subject (RFC 5256, section 2.1); odd for answers
  received_at INTEGER NOT NULL
) STRICT;
CREATE INDEX bare_subject_found ON bare_subject (subject, received_at);
