-- Mailboxes that the server does not list among the subscribed ones (RFC 9051, section 6.3.7). All others are subscribed.
CREATE TABLE unsubscribed (
  mailbox_id INTEGER PRIMARY KEY REFERENCES mailbox (id) ON DELETE CASCADE
) STRICT;
