//! The table `saved_search`: searches that are kept, in the order in which the person has them.

use rusqlite::params;
use waxwing_model::Change;

use crate::{Reading, StoreError, Writing};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedSearch {
    pub id: i64,
    pub name: String,
    pub query: String,
}

impl Reading<'_> {
    pub fn saved_searches(&self) -> Result<Vec<SavedSearch>, StoreError> {
        self.all(
            "reading the searches that are kept",
            "SELECT id, name, query FROM saved_search ORDER BY position, id",
            [],
            |row| {
                Ok(SavedSearch {
                    id: row.get(0)?,
                    name: row.get(1)?,
                    query: row.get(2)?,
                })
            },
        )
    }
}

impl Writing<'_> {
    /// Keeps a search behind the others.
    pub fn insert_saved_search(&mut self, name: &str, query: &str) -> Result<i64, StoreError> {
        let id = self.insert(
            "keeping a search",
            "INSERT INTO saved_search (name, query, position)
             VALUES (?1, ?2, (SELECT coalesce(max(position), 0) + 1 FROM saved_search))",
            [name, query],
        )?;
        self.note(Change::Searches);
        Ok(id)
    }

    pub fn update_saved_search(&mut self, search: &SavedSearch) -> Result<(), StoreError> {
        self.change(
            "search",
            search.id,
            "changing a search that is kept",
            "UPDATE saved_search SET name = ?2, query = ?3 WHERE id = ?1",
            params![search.id, search.name, search.query],
        )?;
        self.note(Change::Searches);
        Ok(())
    }

    pub fn remove_saved_search(&mut self, id: i64) -> Result<(), StoreError> {
        self.change(
            "search",
            id,
            "removing a search that is kept",
            "DELETE FROM saved_search WHERE id = ?1",
            [id],
        )?;
        self.note(Change::Searches);
        Ok(())
    }

    /// Puts them in this order. Those that are not named stand behind.
    pub fn order_saved_searches(&mut self, order: &[i64]) -> Result<(), StoreError> {
        let doing = "ordering the searches that are kept";
        self.run(
            doing,
            "UPDATE saved_search SET position = position + ?1",
            [1_000_000],
        )?;
        for (position, id) in (1_i64..).zip(order) {
            self.run(
                doing,
                "UPDATE saved_search SET position = ?2 WHERE id = ?1",
                [*id, position],
            )?;
        }
        self.note(Change::Searches);
        Ok(())
    }
}
