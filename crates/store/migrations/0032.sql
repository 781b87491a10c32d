-- Who sent a letter, where that is none of those who wrote it (RFC 5322, section 3.6.2). Letters that are here already are read anew
-- behind the scenes (docs/adr/0062).
ALTER TABLE email ADD COLUMN sent_by TEXT;
