-- Sizes are looked up where they are large: an entry for each letter, among all others by its size, cost a twentieth of what it
-- takes to add a letter, and for sizes that many letters have it led no search.
DROP INDEX email_size;
CREATE INDEX email_size ON email (size, received_at) WHERE size > 100000;
