//! The index compared with the letters, and put right where the two differ. It should never be needed: the index is written
//! in the transactions that change the letters. A disk that has lost pages may need it.

use rusqlite::params;
use waxwing_model::Timestamp;

use super::volumes;
use crate::{StoreError, Writing};

/// What was put right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Repairs {
    /// Letters that had no line.
    pub missing: u32,
    /// Lines of letters that are gone.
    pub astray: u32,
    /// Lines that stood in the wrong volume.
    pub misplaced: u32,
}

impl Writing<'_> {
    /// Leaves to be indexed whatever is not in the index as it should be, and takes out of it what is no letter.
    pub fn repair_search(&mut self) -> Result<Repairs, StoreError> {
        let doing = "comparing the search index with the letters";
        self.settle_lines()?;
        let count = |rows: usize| u32::try_from(rows).unwrap_or(u32::MAX);
        let volumes = self.volumes()?;
        let mut repairs = Repairs::default();
        let mut until = Timestamp::MAX;
        for volume in &volumes {
            let table = volumes::table(volume.id);
            let astray = self.run(
                doing,
                &format!(
                    "DELETE FROM {table} WHERE rowid IN
                       (SELECT id FROM {table}_docsize WHERE id NOT IN (SELECT id FROM email))"
                ),
                [],
            )?;
            let misplaced = self.run(
                doing,
                &format!(
                    "INSERT INTO unindexed (email_id, volume, whole)
                     SELECT email.id, ?1, has_body FROM {table}_docsize AS line JOIN email ON email.id = line.id
                     WHERE NOT (received_at >= ?2 AND (received_at < ?3 OR ?4))
                     ON CONFLICT (email_id) DO NOTHING"
                ),
                params![volume.id, volume.since, until, until == Timestamp::MAX],
            )?;
            repairs.astray += count(astray);
            repairs.misplaced += count(misplaced);
            until = volume.since;
        }
        let lines: Vec<String> = volumes
            .iter()
            .map(|volume| format!("SELECT id FROM {}_docsize", volumes::table(volume.id)))
            .collect();
        let missing = self.run(
            doing,
            &format!(
                "INSERT INTO unindexed (email_id, volume, whole)
                 SELECT id, NULL, has_body FROM email WHERE id NOT IN ({})
                 ON CONFLICT (email_id) DO NOTHING",
                lines.join(" UNION ALL ")
            ),
            [],
        )?;
        repairs.missing = count(missing);
        Ok(repairs)
    }
}
