-- The body is the first column of the index, which makes it smaller (docs/adr/0071). It is built again behind the scenes; the tables of
-- all its volumes were dropped right before this, whatever had happened to them.
CREATE VIRTUAL TABLE search USING fts5 (
  body, subject, sender, recipients, copies, files, kinds, list, papers,
  content = '', contentless_delete = 1, detail = full,
  tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
);
DELETE FROM gathered_volume;
DELETE FROM beginning;
DELETE FROM listed_volume;
DELETE FROM word;
DELETE FROM unopened;
DELETE FROM unindexed;
DELETE FROM volume WHERE id <> 1;
UPDATE volume SET since = -9223372036854775808, newest = 9223372036854775807;
INSERT INTO unindexed (email_id, volume, whole) SELECT id, NULL, has_body FROM email;
