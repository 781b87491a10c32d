-- Whether pictures that are one reader's alone were loaded, so that their sender was told.
ALTER TABLE tracker ADD COLUMN loaded INTEGER NOT NULL DEFAULT 0 CHECK (loaded IN (0, 1));
