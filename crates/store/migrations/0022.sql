-- How many letters a server has still to let go of is counted as the journal is written.

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

-- An account gets its row with its first one.
INSERT INTO letters_to_destroy (account_id, letters)
  SELECT account_id, sum(iif(state IN ('queued', 'attempting'), json_array_length(operation, '$.emails'), 0))
  FROM operation WHERE substr(operation, 1, 17) = '{"kind":"destroy"' GROUP BY account_id;
