-- Letters of one second stand in the order of the numbers that the server gave them: `arrival` is the UID, or 4294967296,
-- which is more than any (RFC 9051, section 2.3.1.1), where there is none yet. A first synchronisation brings the newest
-- first, so our own ids do not tell.
DROP TRIGGER membership_removed;
DROP TRIGGER membership_marked;
DROP TRIGGER membership_joined;
DROP TRIGGER conversation_added;
DROP TRIGGER conversation_marked;
DROP TRIGGER conversation_removed;
DROP INDEX membership_newest;
DROP INDEX membership_unread;
DROP INDEX membership_starred;
DROP INDEX conversation_newest;
DROP INDEX conversation_unread;
ALTER TABLE membership RENAME TO membership_before;
ALTER TABLE conversation RENAME TO conversation_before;

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
INSERT INTO membership (email_id, mailbox_id, thread_id, received_at, arrival, unread, starred)
  SELECT email_id, mailbox_id, thread_id, received_at,
    coalesce((SELECT max(uid) FROM location
      WHERE location.email_id = membership_before.email_id AND location.mailbox_id = membership_before.mailbox_id),
      4294967296),
    unread, starred
  FROM membership_before ORDER BY email_id, mailbox_id;
DROP TABLE membership_before;
CREATE INDEX membership_newest ON membership (mailbox_id, received_at, arrival, email_id);
CREATE INDEX membership_unread ON membership (mailbox_id, received_at, arrival, email_id) WHERE unread = 1;
CREATE INDEX membership_starred ON membership (received_at, arrival, email_id, thread_id, unread) WHERE starred = 1;

-- One row for each conversation that a mailbox shows: what a page of the list is read from.
-- It is derived from `membership`: by `memberships.rs` for rows that are added, a thousand at once if need be, and by the
-- triggers below for all others. (CROSS JOIN tells the planner to
-- begin with the few letters of a conversation rather than with the many of a mailbox.)
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
INSERT INTO conversation (mailbox_id, thread_id, latest_at, latest_arrival, total, unread, starred)
  SELECT mailbox_id, thread_id, latest_at,
    coalesce((SELECT max(membership.arrival) FROM email
      CROSS JOIN membership ON membership.email_id = email.id
        AND membership.mailbox_id = conversation_before.mailbox_id
      WHERE email.thread_id = conversation_before.thread_id
        AND membership.received_at = conversation_before.latest_at), 4294967296),
    total, unread, starred
  FROM conversation_before ORDER BY mailbox_id, thread_id;
DROP TABLE conversation_before;
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

CREATE TRIGGER conversation_added AFTER INSERT ON conversation BEGIN
  UPDATE mailbox SET conversations = conversations + 1,
    unread_conversations = unread_conversations + (new.unread > 0)
  WHERE id = new.mailbox_id;
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
