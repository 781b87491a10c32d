-- As which letter a draft stands in a folder, and which version of it that is. A draft without a row stands in none.
CREATE TABLE filed_draft (
  draft_id INTEGER PRIMARY KEY REFERENCES draft (id) ON DELETE CASCADE,
  email_id INTEGER REFERENCES email (id) ON DELETE SET NULL, -- NULL: it stands there no more
  version INTEGER NOT NULL, -- the draft's updated_at
  arrived INTEGER NOT NULL -- the server has had it, or there is none that could
) STRICT;
CREATE INDEX filed_draft_email ON filed_draft (email_id);
