-- Whether pictures that are one reader's alone were loaded, so that their sender was told; and senders found by their address.
ALTER TABLE tracker ADD COLUMN loaded INTEGER NOT NULL DEFAULT 0 CHECK (loaded IN (0, 1));
CREATE INDEX email_sender ON email (json_extract(from_addresses, '$[0].email') COLLATE NOCASE, received_at);
