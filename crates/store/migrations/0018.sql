-- What the person has answered to invitations: once for a meeting, and once for each single day of one that repeats and is
-- answered apart.
CREATE TABLE meeting_answer (
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  uid TEXT NOT NULL, -- by which calendars name the meeting
  instance TEXT NOT NULL, -- the single day, as calendars write it; empty: the meeting
  sequence INTEGER NOT NULL, -- the version of the invitation that was answered
  answer TEXT NOT NULL CHECK (answer IN ('accept', 'tentative', 'decline')),
  summary TEXT NOT NULL,
  starts_at INTEGER, -- NULL: not known, or whole days
  ends_at INTEGER,
  answered_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, uid, instance)
) STRICT, WITHOUT ROWID;
CREATE INDEX meeting_answer_time ON meeting_answer (starts_at) WHERE starts_at IS NOT NULL AND answer <> 'decline';
