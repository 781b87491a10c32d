//! The table `seal`: what became of a letter's seals when they were looked at. What a seal is, and what its state means, is
//! not known here.

use rusqlite::params;
use waxwing_model::{EmailId, Timestamp};

use crate::column::{from_json, json};
use crate::error::Doing;
use crate::{Reading, StoreError, Writing};

/// One seal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeptSeal {
    pub domain: String,
    pub covers: Vec<String>,
    pub loose: Vec<String>,
    pub state: String,
    /// How often its key was asked for, and when the last time.
    pub tries: u32,
    pub asked_at: Option<Timestamp>,
}

/// Stands beside the seals and says that they were looked at.
const LOOKED_AT: i64 = -1;

impl Reading<'_> {
    /// `None`: nobody has looked yet.
    pub fn seals(&self, email: EmailId) -> Result<Option<Vec<KeptSeal>>, StoreError> {
        let found: Vec<(i64, KeptSeal)> = self.all(
            "reading a letter's seals",
            "SELECT place, domain, covers, loose, state, tries, asked_at FROM seal WHERE email_id = ?1 ORDER BY place",
            [email.0],
            |row| {
                let seal = KeptSeal {
                    domain: row.get(1)?,
                    covers: from_json(row, 2)?,
                    loose: from_json(row, 3)?,
                    state: row.get(4)?,
                    tries: row.get(5)?,
                    asked_at: row.get(6)?,
                };
                Ok((row.get(0)?, seal))
            },
        )?;
        let looked_at = found.iter().any(|(place, _)| *place == LOOKED_AT);
        let seals = found.into_iter().filter(|(place, _)| *place != LOOKED_AT);
        Ok(looked_at.then(|| seals.map(|(_, seal)| seal).collect()))
    }
}

impl Writing<'_> {
    /// Keeps them in the place of those that were kept.
    pub fn put_seals(&mut self, email: EmailId, seals: &[KeptSeal]) -> Result<(), StoreError> {
        let doing = "keeping a letter's seals";
        self.run(doing, "DELETE FROM seal WHERE email_id = ?1", [email.0])?;
        let sql = "INSERT INTO seal (email_id, place, domain, covers, loose, state, tries, asked_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let none = None::<Timestamp>;
        self.run(
            doing,
            sql,
            params![email.0, LOOKED_AT, "", "[]", "[]", "", 0, none],
        )?;
        for (place, seal) in (0_i64..).zip(seals) {
            let covers = json(&seal.covers).doing(doing)?;
            let loose = json(&seal.loose).doing(doing)?;
            self.run(
                doing,
                sql,
                params![
                    email.0,
                    place,
                    seal.domain,
                    covers,
                    loose,
                    seal.state,
                    seal.tries,
                    seal.asked_at
                ],
            )?;
        }
        Ok(())
    }
}
