//! The table `setting`: what the person chose, as text. What a name means is for others to know.

use rusqlite::params;

use crate::{Reading, StoreError, Writing};

impl Reading<'_> {
    pub fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        self.one(
            "reading a setting",
            "SELECT value FROM setting WHERE name = ?1",
            [name],
            |row| row.get(0),
        )
    }

    /// What stands behind this beginning, of all settings that have it.
    pub fn settings_under(&self, beginning: &str) -> Result<Vec<String>, StoreError> {
        self.all(
            "reading settings",
            "SELECT substr(name, length(?1) + 1) FROM setting WHERE substr(name, 1, length(?1)) = ?1 ORDER BY name",
            [beginning],
            |row| row.get(0),
        )
    }
}

impl Writing<'_> {
    pub fn put_setting(&mut self, name: &str, value: &str) -> Result<(), StoreError> {
        self.run(
            "keeping a setting",
            "INSERT INTO setting (name, value) VALUES (?1, ?2)
             ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            params![name, value],
        )?;
        Ok(())
    }

    pub fn remove_setting(&mut self, name: &str) -> Result<(), StoreError> {
        self.run(
            "removing a setting",
            "DELETE FROM setting WHERE name = ?1",
            [name],
        )?;
        Ok(())
    }
}
