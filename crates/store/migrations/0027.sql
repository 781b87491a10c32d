-- Conversations that a mailbox begins to show are counted by whoever adds them (`memberships.rs`, and the trigger below): a
-- statement that fires triggers keeps copies of all pages that it changes.
DROP TRIGGER conversation_added;

DROP TRIGGER membership_joined;
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
