//! What of the index is not as it should be: found in snapshots, some letters or lines at a time, and put right where it still is so.
//! What is looked at when stands in `comparing.rs`, what makes no sense at all in `mending.rs`.

use std::collections::HashSet;

use rusqlite::params;
use waxwing_model::{EmailId, Timestamp};

use super::volumes::{self, Volume};
use crate::{Durability, Reading, Store, StoreError, Writing};

/// Differences that are put right in one transaction.
pub(super) const AT_ONCE: usize = 200;
/// Letters, or lines of a volume, that are held against the others in one snapshot.
pub(super) const LETTERS: i64 = if cfg!(test) { 150 } else { 20_000 };

/// What was put right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Repairs {
    /// Letters that had no line.
    pub missing: u32,
    /// Lines of letters that are gone.
    pub astray: u32,
    /// Lines that stood in the wrong volume.
    pub misplaced: u32,
    /// Volumes that made no sense, whose letters are all indexed again.
    pub damaged: u32,
}

/// Lines of a volume that should not stand there, of some that were looked at.
pub(super) struct OutOfPlace {
    /// The last that was looked at.
    pub last: i64,
    /// Of no letter.
    pub astray: Vec<i64>,
    /// Of letters for which another volume is.
    pub misplaced: Vec<i64>,
}

impl Repairs {
    /// What was put right by both.
    pub fn and(self, other: Self) -> Self {
        Self {
            missing: self.missing.saturating_add(other.missing),
            astray: self.astray.saturating_add(other.astray),
            misplaced: self.misplaced.saturating_add(other.misplaced),
            damaged: self.damaged.saturating_add(other.damaged),
        }
    }
}

impl Store {
    /// Has letters written that have no line and wait for none, of some that may be so. Gives how many it were.
    pub(super) fn leave_all_missing(&self, letters: &[i64]) -> Result<u32, StoreError> {
        let mut left = 0;
        for some in letters.chunks(AT_ONCE) {
            left += self.write_with(Durability::Soon, |writing| writing.leave_missing(some))?;
        }
        Ok(left)
    }
}

impl Reading<'_> {
    /// What of some lines of a volume, behind this one, should not stand there. `None`: there are no others.
    pub(super) fn out_of_place(&self, volume: i64, behind: i64) -> Result<Option<OutOfPlace>, StoreError> {
        let doing = "comparing the search index with the letters";
        // It may have gone since, or another have been cut off it.
        let Some((since, until)) = span(&self.volumes()?, volume) else {
            return Ok(None);
        };
        let table = volumes::table(volume);
        let last: Option<i64> = self
            .one(
                doing,
                &format!(
                    "SELECT max(id) FROM (SELECT id FROM {table}_docsize WHERE id > ?1 ORDER BY id LIMIT ?2)"
                ),
                [behind, LETTERS],
                |row| row.get(0),
            )?
            .flatten();
        let Some(last) = last else {
            return Ok(None);
        };
        let astray = self.all(
            doing,
            &format!(
                "SELECT id FROM {table}_docsize WHERE id > ?1 AND id <= ?2 AND id NOT IN (SELECT id FROM email)"
            ),
            [behind, last],
            |row| row.get(0),
        )?;
        let misplaced = self.all(
            doing,
            &format!(
                "SELECT email.id FROM {table}_docsize AS line CROSS JOIN email ON email.id = line.id
                 WHERE line.id > ?3 AND line.id <= ?4 AND NOT received_at BETWEEN ?1 AND ?2
                   AND email.id NOT IN (SELECT email_id FROM unindexed)"
            ),
            [since, until, behind, last],
            |row| row.get(0),
        )?;
        Ok(Some(OutOfPlace {
            last,
            astray,
            misplaced,
        }))
    }

    /// Which of some letters have no line and wait for none, and up to which letter was looked. `None`: there are no others.
    pub(super) fn without_line(&self, after: i64) -> Result<Option<(i64, Vec<i64>)>, StoreError> {
        let doing = "comparing the search index with the letters";
        let letters: Vec<i64> = self.all(
            doing,
            "SELECT id FROM email WHERE id > ?1 ORDER BY id LIMIT ?2",
            [after, LETTERS],
            |row| row.get(0),
        )?;
        let Some(last) = letters.last().copied() else {
            return Ok(None);
        };
        let mut has_line: HashSet<i64> = HashSet::new();
        for table in self.volumes()?.iter().map(|volume| volumes::table(volume.id)) {
            has_line.extend(self.all(
                doing,
                &format!("SELECT id FROM {table}_docsize WHERE id > ?1 AND id <= ?2"),
                [after, last],
                |row| row.get::<_, i64>(0),
            )?);
        }
        has_line.extend(self.all(
            doing,
            "SELECT email_id FROM unindexed WHERE email_id > ?1 AND email_id <= ?2",
            [after, last],
            |row| row.get::<_, i64>(0),
        )?);
        let missing = letters.into_iter().filter(|id| !has_line.contains(id)).collect();
        Ok(Some((last, missing)))
    }
}

impl Writing<'_> {
    pub(super) fn take_out_astray(&mut self, volume: i64, lines: &[i64]) -> Result<u32, StoreError> {
        if span(&self.volumes()?, volume).is_none() {
            return Ok(0);
        }
        let sql = format!(
            "DELETE FROM {} WHERE rowid = ?1 AND NOT EXISTS (SELECT 1 FROM email WHERE id = ?1)",
            volumes::table(volume)
        );
        let mut taken = 0;
        for line in lines {
            let rows = self.run("taking out a line of no letter", &sql, [line])?;
            taken += u32::from(rows > 0);
        }
        Ok(taken)
    }

    pub(super) fn leave_misplaced(&mut self, volume: i64, letters: &[i64]) -> Result<u32, StoreError> {
        let Some((since, until)) = span(&self.volumes()?, volume) else {
            return Ok(0);
        };
        let sql = format!(
            "INSERT INTO unindexed (email_id, volume, whole)
             SELECT email.id, ?2, has_body FROM {}_docsize AS line JOIN email ON email.id = line.id
             WHERE line.id = ?1 AND NOT received_at BETWEEN ?3 AND ?4
             ON CONFLICT (email_id) DO NOTHING",
            volumes::table(volume)
        );
        let mut left = 0;
        for letter in letters {
            let rows = self.run(
                "leaving letters to be indexed",
                &sql,
                params![letter, volume, since, until],
            )?;
            left += u32::from(rows > 0);
        }
        Ok(left)
    }

    fn leave_missing(&mut self, letters: &[i64]) -> Result<u32, StoreError> {
        let mut left = 0;
        for &letter in letters {
            let Some(volume) = self.volume_of_being(EmailId(letter))? else {
                continue;
            };
            let sql = format!(
                "INSERT INTO unindexed (email_id, volume, whole)
                 SELECT id, NULL, has_body FROM email
                 WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM {}_docsize WHERE id = ?1)
                 ON CONFLICT (email_id) DO NOTHING",
                volumes::table(volume)
            );
            let rows = self.run("leaving letters to be indexed", &sql, [letter])?;
            left += u32::from(rows > 0);
        }
        Ok(left)
    }

    /// In which volume a letter's line stands, if the letter is still there.
    fn volume_of_being(&self, email: EmailId) -> Result<Option<i64>, StoreError> {
        let there = self.number(
            "looking whether a letter is there",
            "SELECT EXISTS (SELECT 1 FROM email WHERE id = ?1)",
            [email.0],
        )?;
        match there {
            0 => Ok(None),
            _ => Ok(self.volumes_of([email])?.first().copied()),
        }
    }
}

/// From when to when the letters of a volume are, both included.
pub(super) fn span(volumes: &[Volume], volume: i64) -> Option<(Timestamp, Timestamp)> {
    let place = volumes.iter().position(|one| one.id == volume)?;
    let until = match place.checked_sub(1) {
        Some(before) => volumes.get(before)?.since.saturating_sub(1),
        None => Timestamp::MAX,
    };
    Some((volumes.get(place)?.since, until))
}
