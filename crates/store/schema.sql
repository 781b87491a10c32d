-- The whole schema of the store as it stands after every migration. A test compares the two.
-- All tables are STRICT. Moments are milliseconds since 1970-01-01T00:00:00Z. Truth values are 0 or 1.
-- Ids that leave the store are AUTOINCREMENT, so that none is ever given to a second thing.

-- Who one is. Passwords stand sealed in `secret`, never here.
CREATE TABLE account (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  email TEXT NOT NULL,
  name TEXT NOT NULL,
  protocol TEXT NOT NULL CHECK (protocol IN ('imap', 'pop3', 'local')),
  incoming TEXT, -- ServerSettings as JSON; NULL for a local account
  outgoing TEXT, -- likewise
  retention TEXT NOT NULL, -- Retention as JSON
  extra_ca TEXT, -- PEM
  demo INTEGER NOT NULL,
  colour INTEGER NOT NULL
) STRICT;

-- Sealed bytes that only the vault can open.
CREATE TABLE secret (
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  purpose TEXT NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (account_id, purpose)
) STRICT, WITHOUT ROWID;

-- How much of an account's mail this computer keeps. An account without a row keeps everything.
CREATE TABLE keeping (
  account_id INTEGER PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  keep TEXT NOT NULL, -- Keep as JSON
  large INTEGER, -- megabytes; of a larger letter the text alone is fetched by itself. NULL: none is too large
  paused INTEGER NOT NULL DEFAULT 0 -- nothing is fetched by itself
) STRICT;

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

-- Certificates that the person takes although nobody vouches for them, each at one host and one port.
CREATE TABLE certificate_exception (
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  host TEXT NOT NULL,
  port INTEGER NOT NULL,
  exception TEXT NOT NULL, -- CertificateException as JSON
  PRIMARY KEY (account_id, host, port)
) STRICT, WITHOUT ROWID;

-- How the account's server keeps a letter that is in several mailboxes: what an action means depends on it, offline too.
CREATE TABLE filing (
  account_id INTEGER PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  filing TEXT NOT NULL CHECK (filing IN ('folders', 'copies', 'labels')) -- Filing
) STRICT;

-- What the person chose, one row a choice.
CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Folders as they are shown. The four counts are kept with `membership` and `conversation` and never counted at read.
CREATE TABLE mailbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  parent_id INTEGER REFERENCES mailbox (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  role TEXT,
  selectable INTEGER NOT NULL,
  total INTEGER NOT NULL DEFAULT 0, -- letters
  unread INTEGER NOT NULL DEFAULT 0, -- letters without $seen
  conversations INTEGER NOT NULL DEFAULT 0,
  unread_conversations INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX mailbox_account ON mailbox (account_id);
CREATE INDEX mailbox_parent ON mailbox (parent_id);

-- The server's side of a mailbox, and how far the synchronisation has come. One row for each mailbox.
CREATE TABLE remote_mailbox (
  mailbox_id INTEGER PRIMARY KEY REFERENCES mailbox (id) ON DELETE CASCADE,
  path TEXT, -- as the server writes it; NULL while it is not created there, and for local ones
  delimiter TEXT,
  uid_validity INTEGER,
  uid_next INTEGER, -- every UID below it is known, or is in the backfill
  highest_modseq INTEGER,
  backfill_below INTEGER -- UIDs below it are still to be fetched; NULL is not started, 1 is complete
) STRICT;

-- What the server calls a mailbox, whatever its name is, where it calls it anything.
CREATE TABLE mailbox_identity (
  mailbox_id INTEGER PRIMARY KEY REFERENCES mailbox (id) ON DELETE CASCADE,
  identity TEXT NOT NULL -- MAILBOXID (RFC 8474)
) STRICT;

-- Mailboxes that the server does not list among the subscribed ones (RFC 9051, section 6.3.7). All others are subscribed.
CREATE TABLE unsubscribed (
  mailbox_id INTEGER PRIMARY KEY REFERENCES mailbox (id) ON DELETE CASCADE
) STRICT;

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

-- When an account's server was last asked how full it is.
CREATE TABLE room_asked (
  account_id INTEGER PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  asked_at INTEGER NOT NULL
) STRICT;

-- A conversation across the account. It has no facts of its own: it is what letters and references point at.
CREATE TABLE thread (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE
) STRICT;

-- Each Message-ID a conversation has named, whether or not that letter is here: a late parent finds its children.
CREATE TABLE thread_reference (
  account_id INTEGER NOT NULL,
  message_id TEXT NOT NULL,
  thread_id INTEGER NOT NULL REFERENCES thread (id) ON DELETE CASCADE,
  PRIMARY KEY (account_id, message_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX thread_reference_thread ON thread_reference (thread_id);

-- What the server calls a conversation, where it knows any.
CREATE TABLE thread_identity (
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  identity TEXT NOT NULL, -- THREADID (RFC 8474) or X-GM-THRID; a conversation may have several
  thread_id INTEGER NOT NULL REFERENCES thread (id) ON DELETE CASCADE,
  PRIMARY KEY (account_id, identity)
) STRICT, WITHOUT ROWID;
CREATE INDEX thread_identity_thread ON thread_identity (thread_id);

-- What the person has said of conversations by hand, so that it holds whatever becomes of the rows: a letter that is
-- fetched again has another id and the same name.
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

-- A letter's envelope and state. The columns that lists read stand first, the long ones last.
CREATE TABLE email (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  thread_id INTEGER NOT NULL REFERENCES thread (id),
  received_at INTEGER NOT NULL,
  sent_at INTEGER,
  size INTEGER NOT NULL,
  has_body INTEGER NOT NULL DEFAULT 0,
  has_attachment INTEGER NOT NULL,
  keywords TEXT NOT NULL, -- JSON, sorted
  message_id TEXT,
  subject TEXT NOT NULL,
  preview TEXT NOT NULL,
  from_addresses TEXT NOT NULL, -- JSON, as are the four below
  to_addresses TEXT NOT NULL,
  cc_addresses TEXT NOT NULL,
  bcc_addresses TEXT NOT NULL,
  reply_to_addresses TEXT NOT NULL,
  in_reply_to TEXT NOT NULL, -- JSON
  reference_ids TEXT NOT NULL -- JSON
, sent_by TEXT) STRICT;
CREATE INDEX email_thread ON email (thread_id);
CREATE INDEX email_bodiless ON email (account_id, received_at) WHERE has_body = 0;
CREATE INDEX email_attached ON email (received_at) WHERE has_attachment = 1;
CREATE INDEX email_size ON email (size, received_at) WHERE size > 100000;
CREATE INDEX email_large ON email (account_id, received_at) WHERE has_body = 0 AND size > 1000000;

-- Letters by their keywords, so that a search for one reads no others. $seen and $flagged stand in `membership`.
CREATE TABLE tagged (
  keyword TEXT NOT NULL,
  received_at INTEGER NOT NULL, -- the letter's, which settles the order
  email_id INTEGER NOT NULL REFERENCES email (id) ON DELETE CASCADE,
  PRIMARY KEY (keyword, received_at, email_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tagged_email ON tagged (email_id);

-- Letters that name no others. An answer among them finds by its subject what it answers.
CREATE TABLE bare_subject (
  email_id INTEGER PRIMARY KEY REFERENCES email (id) ON DELETE CASCADE,
  subject INTEGER NOT NULL, -- a digest of the account and the base subject (RFC 5256, section 2.1); odd for answers
  received_at INTEGER NOT NULL
) STRICT;
CREATE INDEX bare_subject_found ON bare_subject (subject, received_at);

-- What the server calls a letter, in whatever mailboxes it has it, so that it is one letter here.
CREATE TABLE email_identity (
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  identity TEXT NOT NULL, -- EMAILID (RFC 8474) or X-GM-MSGID
  email_id INTEGER NOT NULL UNIQUE REFERENCES email (id) ON DELETE CASCADE,
  PRIMARY KEY (account_id, identity)
) STRICT, WITHOUT ROWID;

-- Where a letter is SHOWN. What lists sort and filter by is repeated here, so that an index alone answers.
CREATE TABLE membership (
  email_id INTEGER NOT NULL REFERENCES email (id) ON DELETE CASCADE,
  mailbox_id INTEGER NOT NULL REFERENCES mailbox (id) ON DELETE CASCADE,
  thread_id INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  arrival INTEGER NOT NULL, -- its number on the server, which settles the order within a second; 4294967296: none yet
  unread INTEGER NOT NULL,
  starred INTEGER NOT NULL,
  PRIMARY KEY (email_id, mailbox_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX membership_newest ON membership (mailbox_id, received_at, arrival, email_id);
CREATE INDEX membership_unread ON membership (mailbox_id, received_at, arrival, email_id) WHERE unread = 1;
CREATE INDEX membership_starred ON membership (received_at, arrival, email_id, thread_id, unread) WHERE starred = 1;

-- Where the SERVER has a letter, as last known. It is apart from `membership`, so that a queued move and the
-- synchronisation do not fight.
CREATE TABLE location (
  mailbox_id INTEGER NOT NULL REFERENCES mailbox (id) ON DELETE CASCADE,
  uid INTEGER NOT NULL,
  email_id INTEGER NOT NULL REFERENCES email (id) ON DELETE CASCADE,
  PRIMARY KEY (mailbox_id, uid)
) STRICT, WITHOUT ROWID;
CREATE INDEX location_email ON location (email_id);

-- Keywords of a message that differ from its letter's: copies of one letter each have their own on the server.
CREATE TABLE copy_keywords (
  mailbox_id INTEGER NOT NULL,
  uid INTEGER NOT NULL,
  keywords TEXT NOT NULL, -- JSON, sorted
  PRIMARY KEY (mailbox_id, uid),
  FOREIGN KEY (mailbox_id, uid) REFERENCES location (mailbox_id, uid) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Messages that the server counts and nobody is shown, since they are marked \Deleted (RFC 8621, section 4.1.1).
-- With them the number of messages that are known of a mailbox can be compared with the server's.
CREATE TABLE deleted_message (
  mailbox_id INTEGER NOT NULL REFERENCES mailbox (id) ON DELETE CASCADE,
  uid INTEGER NOT NULL,
  PRIMARY KEY (mailbox_id, uid)
) STRICT, WITHOUT ROWID;

-- Letters that had a number in a mailbox before its UIDVALIDITY changed, and are still to be found in it again.
CREATE TABLE displaced (
  mailbox_id INTEGER NOT NULL REFERENCES mailbox (id) ON DELETE CASCADE,
  email_id INTEGER NOT NULL REFERENCES email (id) ON DELETE CASCADE,
  PRIMARY KEY (mailbox_id, email_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX displaced_email ON displaced (email_id);

-- When a mailbox was last compared with the server, message by message.
CREATE TABLE audit (
  mailbox_id INTEGER PRIMARY KEY REFERENCES mailbox (id) ON DELETE CASCADE,
  audited_at INTEGER NOT NULL
) STRICT;

-- One row for each conversation that a mailbox shows: what a page of the list is read from.
-- It is derived from `membership`: by `memberships.rs` for rows that are added, a thousand at once if need be, and by the
-- triggers below for all others. Whoever adds a row here counts it in `mailbox`: a trigger for that would cost most of the
-- adding. (CROSS JOIN tells the planner to begin with the few letters of a conversation rather than with the many of a mailbox.)
CREATE TABLE conversation (
  mailbox_id INTEGER NOT NULL REFERENCES mailbox (id) ON DELETE CASCADE,
  thread_id INTEGER NOT NULL,
  latest_at INTEGER NOT NULL,
  latest_arrival INTEGER NOT NULL, -- of its letters of that moment the last one's
  total INTEGER NOT NULL,
  unread INTEGER NOT NULL,
  starred INTEGER NOT NULL,
  PRIMARY KEY (mailbox_id, thread_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX conversation_newest ON conversation (mailbox_id, latest_at, latest_arrival, thread_id);
CREATE INDEX conversation_unread ON conversation (mailbox_id, latest_at, latest_arrival, thread_id) WHERE unread > 0;

CREATE TRIGGER membership_removed AFTER DELETE ON membership BEGIN
  DELETE FROM conversation WHERE mailbox_id = old.mailbox_id AND thread_id = old.thread_id AND total <= 1;
  UPDATE conversation SET
    total = total - 1,
    unread = unread - old.unread,
    starred = starred - old.starred
  WHERE mailbox_id = old.mailbox_id AND thread_id = old.thread_id;
  UPDATE conversation SET
    latest_at = coalesce((
      SELECT max(membership.received_at) FROM email
      CROSS JOIN membership ON membership.email_id = email.id AND membership.mailbox_id = old.mailbox_id
      WHERE email.thread_id = old.thread_id), latest_at),
    latest_arrival = coalesce((
      SELECT membership.arrival FROM email
      CROSS JOIN membership ON membership.email_id = email.id AND membership.mailbox_id = old.mailbox_id
      WHERE email.thread_id = old.thread_id
      ORDER BY membership.received_at DESC, membership.arrival DESC LIMIT 1), latest_arrival)
  WHERE mailbox_id = old.mailbox_id AND thread_id = old.thread_id
    AND (latest_at, latest_arrival) <= (old.received_at, old.arrival);
  UPDATE mailbox SET total = total - 1, unread = unread - old.unread WHERE id = old.mailbox_id;
END;

CREATE TRIGGER membership_marked AFTER UPDATE OF unread, starred ON membership
WHEN old.unread <> new.unread OR old.starred <> new.starred BEGIN
  UPDATE conversation SET unread = unread + new.unread - old.unread, starred = starred + new.starred - old.starred
  WHERE mailbox_id = new.mailbox_id AND thread_id = new.thread_id;
  UPDATE mailbox SET unread = unread + new.unread - old.unread
  WHERE id = new.mailbox_id AND old.unread <> new.unread;
END;

-- The server has numbered a letter that was shown already.
CREATE TRIGGER membership_numbered AFTER UPDATE OF arrival ON membership WHEN old.arrival <> new.arrival BEGIN
  UPDATE conversation SET latest_arrival = coalesce((
    SELECT max(membership.arrival) FROM email
    CROSS JOIN membership ON membership.email_id = email.id AND membership.mailbox_id = new.mailbox_id
    WHERE email.thread_id = new.thread_id AND membership.received_at = new.received_at), latest_arrival)
  WHERE mailbox_id = new.mailbox_id AND thread_id = new.thread_id AND latest_at = new.received_at;
END;

-- Two conversations became one. The letters that leave are all of the old one, so its newest is not looked for.
CREATE TRIGGER membership_joined AFTER UPDATE OF thread_id ON membership
WHEN old.thread_id <> new.thread_id BEGIN
  DELETE FROM conversation WHERE mailbox_id = old.mailbox_id AND thread_id = old.thread_id AND total <= 1;
  UPDATE conversation SET total = total - 1, unread = unread - old.unread, starred = starred - old.starred
  WHERE mailbox_id = old.mailbox_id AND thread_id = old.thread_id;
  UPDATE mailbox SET conversations = conversations + 1,
    unread_conversations = unread_conversations + (new.unread > 0)
  WHERE id = new.mailbox_id AND NOT EXISTS (
    SELECT 1 FROM conversation WHERE mailbox_id = new.mailbox_id AND thread_id = new.thread_id);
  INSERT INTO conversation (mailbox_id, thread_id, latest_at, latest_arrival, total, unread, starred)
  VALUES (new.mailbox_id, new.thread_id, new.received_at, new.arrival, 1, new.unread, new.starred)
  ON CONFLICT (mailbox_id, thread_id) DO UPDATE SET
    latest_arrival = CASE WHEN (latest_at, latest_arrival) < (excluded.latest_at, excluded.latest_arrival)
      THEN excluded.latest_arrival ELSE latest_arrival END,
    latest_at = max(latest_at, excluded.latest_at),
    total = total + 1,
    unread = unread + excluded.unread,
    starred = starred + excluded.starred;
END;

CREATE TRIGGER conversation_marked AFTER UPDATE OF unread ON conversation
WHEN (old.unread > 0) <> (new.unread > 0) BEGIN
  UPDATE mailbox SET unread_conversations = unread_conversations + (new.unread > 0) - (old.unread > 0)
  WHERE id = new.mailbox_id;
END;

CREATE TRIGGER conversation_removed AFTER DELETE ON conversation BEGIN
  UPDATE mailbox SET conversations = conversations - 1,
    unread_conversations = unread_conversations - (old.unread > 0)
  WHERE id = old.mailbox_id;
END;

-- Where every byte of a letter stands: in which pack (a file beside the store), from which octet on, and with what
-- proves that they are all there. What the search index was given stands right behind them as text, so that the index
-- can be built again without parsing. Two letters may point to the same bytes. `read_by`: the version of the reader that has
-- found it; 0: not known. One of an older version is read anew.
CREATE TABLE body (
  email_id INTEGER PRIMARY KEY REFERENCES email (id) ON DELETE CASCADE,
  size INTEGER NOT NULL,
  sha256 BLOB NOT NULL,
  text_size INTEGER NOT NULL,
  pack INTEGER NOT NULL,
  start INTEGER NOT NULL
, read_by INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX body_place ON body (pack, start);

-- A letter that is too large to be kept whole, as far as it is here: a letter that is built as it is and holds the bodies
-- that have come. It is apart from `body`, so that it is never taken for the letter, and goes when that comes. `read_by` is as there.
CREATE TABLE partial_body (
  email_id INTEGER PRIMARY KEY REFERENCES email (id) ON DELETE CASCADE,
  skeleton BLOB NOT NULL,
  absent TEXT NOT NULL, -- the sections that are on the server alone, with their octets, as JSON
  text TEXT NOT NULL -- what the search index was given
, read_by INTEGER NOT NULL DEFAULT 0) STRICT;

-- The files of each letter whose text is here, as they stand in it: what the browser of files shows of each without opening letters.
CREATE TABLE file (
  email_id INTEGER NOT NULL REFERENCES email (id) ON DELETE CASCADE,
  place INTEGER NOT NULL, -- among the files of its letter
  part TEXT NOT NULL, -- the way to it in the letter
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  charset TEXT, -- in which its sender says that it is
  size INTEGER NOT NULL, -- octets, decoded
  here INTEGER NOT NULL, -- else it comes from the server when it is opened
  kind INTEGER NOT NULL, -- files of one kind stand together
  shows TEXT NOT NULL, -- how a window shows it, as a word
  dangers TEXT NOT NULL, -- why it is not opened without a question, as words
  PRIMARY KEY (email_id, place)
) STRICT, WITHOUT ROWID;

-- Letters with files that are still to be written there: those that came before there was that table.
CREATE TABLE unlisted (
  email_id INTEGER PRIMARY KEY REFERENCES email (id) ON DELETE CASCADE
) STRICT;

-- The search index. Its rowid is the email's id. It keeps no text of its own (contentless). Chinese, Japanese,
-- Korean, Thai and their neighbours arrive here cut into overlapping pairs; marks are parts of words. This is its first
-- volume; others are made like it as they are needed, and called `search_2` and so on. The body stands first: a place in the first
-- column is written without the column's number (docs/adr/0071).
CREATE VIRTUAL TABLE search USING fts5 (
  body, subject, sender, recipients, copies, files, kinds, list, papers,
  content = '', contentless_delete = 1, detail = full,
  tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
);

-- The volumes of the index, each with the letters of a span of time. There is always one that begins with the beginning of
-- time, and one that ends with its end.
CREATE TABLE volume (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- in the name of its table
  since INTEGER NOT NULL UNIQUE, -- letters from this moment on are written here, until the next volume begins
  newest INTEGER NOT NULL -- no letter in it is newer, also none that waits to be moved
) STRICT;

-- In which volumes a word stands, of those to which nothing is added any more, so that a search asks no others and knows how words go
-- on. It may say too much and never too little.
CREATE TABLE word (
  word TEXT PRIMARY KEY, -- as the index folds it; the beginning of a long one
  volumes BLOB NOT NULL -- their ids, ascending: of each how much more it is than the one before, seven bits an octet
) STRICT, WITHOUT ROWID;

-- Volumes whose words are listed there. A volume without a row is still to be begun with, as is one that was written to.
CREATE TABLE listed_volume (
  volume_id INTEGER PRIMARY KEY REFERENCES volume (id) ON DELETE CASCADE,
  up_to TEXT -- words up to this one are listed; NULL: all of them
) STRICT;

-- Which letters of such a volume have a word that begins so, of beginnings with which many words go on in many letters. Letters that
-- have gone since may stand here. Counts only where `gathered_volume` says that all of it is there.
CREATE TABLE beginning (
  volume_id INTEGER NOT NULL REFERENCES volume (id) ON DELETE CASCADE,
  beginning TEXT NOT NULL, -- as the index folds it; the empty one has all letters of the volume
  letters BLOB NOT NULL, -- of the empty one their ids, like `word.volumes`; of others which of those, as a list or as bits
  PRIMARY KEY (volume_id, beginning)
) STRICT, WITHOUT ROWID;

-- Volumes whose beginnings are gathered there. One without a row is still to be begun with.
CREATE TABLE gathered_volume (
  volume_id INTEGER PRIMARY KEY REFERENCES volume (id) ON DELETE CASCADE,
  up_to TEXT -- beginnings up to this word are gathered; NULL: all of them
) STRICT;

-- Letters whose line in the search index is still to be written: many that came at once are indexed behind the scenes.
CREATE TABLE unindexed (
  email_id INTEGER PRIMARY KEY REFERENCES email (id) ON DELETE CASCADE,
  volume INTEGER, -- in which volume an older line of the letter stands; NULL: there is none
  whole INTEGER NOT NULL -- whether its body is here
) STRICT;
CREATE INDEX unindexed_whole ON unindexed (email_id) WHERE whole = 1;
CREATE INDEX unindexed_volume ON unindexed (volume) WHERE volume IS NOT NULL;

-- Letters in whose files there is text that the index has not been given.
CREATE TABLE unopened (
  email_id INTEGER PRIMARY KEY REFERENCES email (id) ON DELETE CASCADE
) STRICT;

-- Searches that are kept, as folders.
CREATE TABLE saved_search (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  position INTEGER NOT NULL -- among the others
) STRICT;

-- One thing the person did. It may be several operations, and is undone as one.
CREATE TABLE action (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  created_at INTEGER NOT NULL
) STRICT;

-- The journal: each operation was applied to the cache in the transaction that wrote its row.
CREATE TABLE operation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  action_id INTEGER NOT NULL REFERENCES action (id),
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  operation TEXT NOT NULL, -- Operation as JSON
  inverse TEXT NOT NULL, -- a list of them
  state TEXT NOT NULL CHECK (state IN ('queued', 'attempting', 'done', 'refused', 'undone')),
  attempts INTEGER NOT NULL DEFAULT 0,
  retry_at INTEGER NOT NULL,
  reason TEXT,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX operation_action ON operation (action_id);
CREATE INDEX operation_open ON operation (account_id, id) WHERE state IN ('queued', 'attempting');

-- How many letters of an account were deleted here for good, while its server has them still. Kept by the triggers below: a folder is
-- emptied in many portions, and before each of them it is told how many are left.
CREATE TABLE letters_to_destroy (
  account_id INTEGER PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  letters INTEGER NOT NULL
) STRICT;

CREATE TRIGGER destruction_written AFTER INSERT ON operation
WHEN substr(new.operation, 1, 17) = '{"kind":"destroy"' BEGIN
  INSERT INTO letters_to_destroy (account_id, letters)
    VALUES (new.account_id,
      iif(new.state IN ('queued', 'attempting'), json_array_length(new.operation, '$.emails'), 0))
    ON CONFLICT (account_id) DO UPDATE SET letters = letters + excluded.letters;
END;

-- What is closed, or taken back in part, is left no more.
CREATE TRIGGER destruction_changed AFTER UPDATE OF operation, state ON operation
WHEN substr(new.operation, 1, 17) = '{"kind":"destroy"' BEGIN
  UPDATE letters_to_destroy SET letters = letters
      - iif(old.state IN ('queued', 'attempting'), json_array_length(old.operation, '$.emails'), 0)
      + iif(new.state IN ('queued', 'attempting'), json_array_length(new.operation, '$.emails'), 0)
    WHERE account_id = new.account_id;
END;

CREATE TRIGGER destruction_removed AFTER DELETE ON operation
WHEN old.state IN ('queued', 'attempting') AND substr(old.operation, 1, 17) = '{"kind":"destroy"' BEGIN
  UPDATE letters_to_destroy SET letters = letters - json_array_length(old.operation, '$.emails')
    WHERE account_id = old.account_id;
END;

-- Which letters an open operation still has to change on the server. Rows go when the operation is closed.
-- A letter may be gone before its operation is (it was destroyed), so there is no foreign key to it.
CREATE TABLE operation_email (
  email_id INTEGER NOT NULL,
  operation_id INTEGER NOT NULL REFERENCES operation (id) ON DELETE CASCADE,
  keywords INTEGER NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (email_id, operation_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX operation_email_operation ON operation_email (operation_id);

-- What the target of a move or a copy was like before the first try: whatever a try that was cut off has put there has
-- this UID or a higher one, so that the next try finds it instead of putting it there twice.
CREATE TABLE first_try (
  operation_id INTEGER NOT NULL REFERENCES operation (id) ON DELETE CASCADE,
  source_id INTEGER NOT NULL, -- the mailbox that the messages come from; 0 where their bytes come from here
  target_id INTEGER NOT NULL, -- the mailbox that they go into
  copy_id INTEGER, -- the letter that is put there, where it is one
  uid_validity INTEGER NOT NULL,
  uid_next INTEGER NOT NULL,
  PRIMARY KEY (operation_id, source_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX first_try_copy ON first_try (copy_id) WHERE copy_id IS NOT NULL;

-- A letter on its way out. Letters it answers may be gone, so there is no foreign key to them.
CREATE TABLE submission (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  message_id TEXT NOT NULL,
  subject TEXT NOT NULL,
  recipients TEXT NOT NULL, -- JSON
  envelope TEXT NOT NULL, -- JSON
  answers TEXT, -- DraftOrigin as JSON
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'failed', 'unknown')),
  words TEXT, -- the server's, once it has said any
  permanent INTEGER NOT NULL DEFAULT 0,
  copy_filed INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  send_at INTEGER NOT NULL,
  raw BLOB NOT NULL
) STRICT;
CREATE INDEX submission_account ON submission (account_id, send_at);

-- A letter being written. One that waits in the outbox is held by its submission: it is not among the drafts,
-- and comes back with its attachments when the person takes the letter back.
CREATE TABLE draft (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  content TEXT NOT NULL, -- DraftContent as JSON
  origin TEXT, -- DraftOrigin as JSON
  in_reply_to TEXT NOT NULL, -- JSON
  reference_ids TEXT NOT NULL, -- JSON
  updated_at INTEGER NOT NULL,
  held_by INTEGER REFERENCES submission (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX draft_held ON draft (held_by) WHERE held_by IS NOT NULL;

-- Files that hang on a draft.
CREATE TABLE draft_attachment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  draft_id INTEGER NOT NULL REFERENCES draft (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  content_id TEXT,
  size INTEGER NOT NULL,
  data BLOB NOT NULL
) STRICT;
CREATE INDEX draft_attachment_draft ON draft_attachment (draft_id);

-- As which letter a draft stands in a folder, and which version of it that is. A draft without a row stands in none.
CREATE TABLE filed_draft (
  draft_id INTEGER PRIMARY KEY REFERENCES draft (id) ON DELETE CASCADE,
  email_id INTEGER REFERENCES email (id) ON DELETE SET NULL, -- NULL: it stands there no more
  version INTEGER NOT NULL, -- the draft's updated_at
  arrived INTEGER NOT NULL -- the server has had it, or there is none that could
) STRICT;
CREATE INDEX filed_draft_email ON filed_draft (email_id);

-- What POP3 servers call their messages (RFC 1939, section 7), so that none is fetched twice.
CREATE TABLE uidl (
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  uidl TEXT NOT NULL,
  email_id INTEGER, -- NULL when it was never stored here, or is gone from here
  deleted INTEGER NOT NULL DEFAULT 0, -- it stood here and the person deleted it
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, uidl)
) STRICT, WITHOUT ROWID;
CREATE INDEX uidl_email ON uidl (email_id) WHERE email_id IS NOT NULL;

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

CREATE TRIGGER email_removed AFTER DELETE ON email BEGIN
  UPDATE uidl SET email_id = NULL, deleted = 1 WHERE email_id = old.id;
END;

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

-- Whether an account's server files copies of sent letters by itself, as far as is known.
CREATE TABLE copy_habit (
  account_id INTEGER PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  files_itself INTEGER -- NULL: not known
) STRICT;

-- Copies of sent letters that we have filed and that have still to be looked after: if a second one stands beside one of
-- them, the server files copies by itself.
CREATE TABLE own_copy (
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  message_id TEXT NOT NULL,
  uid_validity INTEGER NOT NULL,
  uid INTEGER NOT NULL,
  filed_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, uid_validity, uid)
) STRICT, WITHOUT ROWID;

-- Large bytes on their way out, each in a file of its own beside the store that is named after the row. Their owner's own
-- row holds nothing in their place. A file without a row is nobody's, and is removed.
CREATE TABLE parcel (
  id INTEGER PRIMARY KEY, -- the file's number
  size INTEGER NOT NULL, -- octets
  sha256 BLOB NOT NULL,
  attachment_id INTEGER UNIQUE REFERENCES draft_attachment (id) ON DELETE CASCADE,
  submission_id INTEGER UNIQUE REFERENCES submission (id) ON DELETE CASCADE,
  CHECK ((attachment_id IS NULL) <> (submission_id IS NULL))
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

-- What the person has answered to invitations: once for a meeting, and once for each single day of one that repeats and is
-- answered apart.
-- `calendar`: which version it is and when it takes place each time, as a calendar file (RFC 5545); empty: once. `starts_at` is also
-- NULL where it was called off or leaves one free; `ends_at` is that of the last time, and NULL beside a start where there is none.
CREATE TABLE meeting_answer (
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  uid TEXT NOT NULL, -- by which calendars name the meeting
  instance TEXT NOT NULL, -- the single day, as calendars write it; empty: the meeting
  sequence INTEGER NOT NULL, -- the version of the invitation that was answered
  answer TEXT NOT NULL CHECK (answer IN ('accept', 'tentative', 'decline')),
  summary TEXT NOT NULL,
  starts_at INTEGER, -- NULL: not known, or whole days
  ends_at INTEGER,
  answered_at INTEGER NOT NULL, calendar TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (account_id, uid, instance)
) STRICT, WITHOUT ROWID;
CREATE INDEX meeting_answer_time ON meeting_answer (starts_at) WHERE starts_at IS NOT NULL AND answer <> 'decline';

-- What became of the seals (DKIM) of letters that were opened, so that DNS is asked once.
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

-- Who would have been told that a letter was opened; `loaded`: its picture was asked for, and its host has answered, so it was told.
-- Only letters that were opened are known.
CREATE TABLE tracker (
  email_id INTEGER NOT NULL REFERENCES email (id) ON DELETE CASCADE,
  host TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('pixel', 'counter', 'personal', 'link')),
  service TEXT, -- who is behind the host, where that is known
  amount INTEGER NOT NULL, loaded INTEGER NOT NULL DEFAULT 0 CHECK (loaded IN (0, 1)),
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
