//! What becomes of packs as a whole: going on where the last run ended, moving letters out of those that are mostly
//! empty, and removing those that are empty altogether.

use std::collections::HashMap;
use std::time::Duration;

use rusqlite::params;
use waxwing_model::EmailId;

use crate::bodies::{octets, place_from};
use crate::packs::Place;
use crate::{Reading, Store, StoreError, Writing};

/// Octets of letters that are moved in one transaction, at about the most.
const AT_ONCE: usize = 16 << 20;

/// How often room is asked for behind those who read, and how long the pause is.
const TRIES: u32 = 40;
const BETWEEN_TRIES: Duration = Duration::from_millis(50);

/// A letter that is moved, with the octets of its bytes and of its text.
type Moved = (EmailId, Place, i64, i64);

impl Store {
    /// Goes on appending where rows end. Bodies that were not on the disk yet when the power went are forgotten where
    /// a server has them, so that they come again.
    pub(crate) fn resume_packs(&self) -> Result<(), StoreError> {
        let last = self.read(|reading| reading.end_of_bodies())?;
        let cut = self.packs().resume(last)?;
        // Neither is worth not opening the store: bytes are looked at when they are read, and packs when room is wanted.
        if let (Some(last), Some(there)) = (last, cut) {
            let there = i64::try_from(there).unwrap_or(i64::MAX);
            let _ = self.write(|writing| writing.forget_bodies_behind(last.pack, there));
        }
        let _ = self.remove_empty_packs();
        Ok(())
    }

    /// Moves letters out of packs of which half is empty, or more, and removes what is empty then. Says whether there
    /// was any.
    pub(crate) fn give_back_packs(&self) -> Result<bool, StoreError> {
        // They are room for what is to be moved.
        let emptied = self.remove_empty_packs()?;
        let used = self.read(|reading| reading.octets_by_pack())?;
        let mut wanting = Vec::new();
        for (pack, size) in self.packs().all()? {
            let used = used.get(&pack).copied().unwrap_or(0);
            if u64::try_from(used).is_ok_and(|used| used.saturating_mul(2) < size) {
                wanting.push(pack);
            }
        }
        if wanting.is_empty() {
            return Ok(emptied);
        }
        {
            let _writer = self.hold_writer()?;
            self.packs().turn_over();
        }
        let mut any = emptied;
        for pack in wanting {
            let mut after = None;
            while let Some(moved) = self.write(|writing| writing.move_bodies_out_of(pack, after))? {
                after = Some(moved);
            }
            any |= self.remove_empty_packs()?;
        }
        Ok(any)
    }

    /// Behind somebody who reads for long they stay for the next time.
    fn remove_empty_packs(&self) -> Result<bool, StoreError> {
        for _ in 0..TRIES {
            if let Some(any) = self.try_to_remove_empty_packs()? {
                return Ok(any);
            }
            std::thread::sleep(BETWEEN_TRIES);
        }
        Ok(false)
    }

    /// Which are empty is looked at anew each time: the writer is free in between.
    fn try_to_remove_empty_packs(&self) -> Result<Option<bool>, StoreError> {
        let there = self.packs().all()?;
        let _writer = self.hold_writer()?;
        let empty = self.read(|reading| {
            let mut empty = Vec::new();
            for (pack, _) in there {
                if !reading.uses_pack(pack)? {
                    empty.push(pack);
                }
            }
            Ok(empty)
        })?;
        if empty.is_empty() {
            return Ok(Some(false));
        }
        self.packs().remove(&empty)
    }
}

impl Reading<'_> {
    /// Whether what rows point to is there. Whether it is the right thing is looked at when it is read.
    pub(crate) fn check_packs(&self) -> Result<(), StoreError> {
        let ends: Vec<(i64, i64)> = self.all(
            "checking the store",
            "SELECT pack, max(start + size + text_size) FROM body GROUP BY pack",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        // After the rows: packs grow meanwhile.
        let there: HashMap<i64, u64> = self.packs().all()?.into_iter().collect();
        for (pack, end) in ends {
            let size = there.get(&pack).copied().unwrap_or(0);
            if u64::try_from(end).is_ok_and(|end| end > size) {
                return Err(StoreError::Damaged(format!(
                    "pack {pack} has {size} octets, and letters up to octet {end}"
                )));
            }
        }
        Ok(())
    }

    fn octets_by_pack(&self) -> Result<HashMap<i64, i64>, StoreError> {
        let found = self.all(
            "looking how full packs are",
            "SELECT pack, sum(size + text_size + 1) FROM (SELECT DISTINCT pack, start, size, text_size FROM body)
             GROUP BY pack",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        Ok(found.into_iter().collect())
    }

    fn uses_pack(&self, pack: i64) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM body WHERE pack = ?1)";
        Ok(self.number("looking whether a pack is empty", sql, [pack])? != 0)
    }
}

impl Writing<'_> {
    /// Bodies that end behind this octet are not here after all.
    fn forget_bodies_behind(&mut self, pack: i64, end: i64) -> Result<(), StoreError> {
        let lost: Vec<EmailId> = self.all(
            "looking for letters that did not reach the disk",
            "SELECT email_id FROM body WHERE pack = ?1 AND start + size + text_size > ?2
             AND (EXISTS (SELECT 1 FROM location WHERE location.email_id = body.email_id)
               OR EXISTS (SELECT 1 FROM uidl JOIN email ON email.id = uidl.email_id
                 WHERE uidl.email_id = body.email_id AND email.account_id = uidl.account_id))",
            [pack, end],
            |row| row.get(0).map(EmailId),
        )?;
        lost.into_iter().try_for_each(|email| self.forget_body(email))
    }

    /// Moves some letters of a pack, those behind this place, to where letters are appended. Gives the last one's
    /// place; `None` when there is none left. What is not what it was stays where it is.
    fn move_bodies_out_of(&mut self, pack: i64, after: Option<Place>) -> Result<Option<Place>, StoreError> {
        let doing = "moving letters out of a pack";
        let mut last = after.map_or(-1, |place| place.start);
        let mut size_moved = 0;
        let mut moved = None;
        while size_moved < AT_ONCE {
            let sql = "SELECT email_id, pack, start, size, text_size FROM body
                       WHERE pack = ?1 AND start > ?2 ORDER BY start LIMIT 1";
            let next: Option<Moved> = self.one(doing, sql, [pack, last], |row| {
                Ok((
                    EmailId(row.get(0)?),
                    place_from(row, 1)?,
                    row.get(3)?,
                    row.get(4)?,
                ))
            })?;
            let Some((email, place, size, text_size)) = next else {
                break;
            };
            last = place.start;
            moved = Some(place);
            if let Some(raw) = self.checked(email)?.flatten() {
                let text = self.text_at(place, size, text_size)?;
                size_moved += raw.len() + text.len();
                let to = self.packs().append(&raw, &text)?;
                // Copies point to the same bytes, and go on doing so.
                self.run(
                    doing,
                    "UPDATE body SET pack = ?3, start = ?4, text_size = ?5 WHERE pack = ?1 AND start = ?2",
                    params![pack, place.start, to.pack, to.start, octets(text.len())],
                )?;
            }
        }
        Ok(moved)
    }

    /// The step from version 7 to version 8: bytes and texts that stood in the store itself.
    pub(crate) fn move_bodies_into_packs(&mut self) -> Result<(), StoreError> {
        let doing = "moving letters out of the store";
        let mut last = i64::MIN;
        loop {
            let sql = "SELECT email_id, sha256, text, raw FROM body_before WHERE email_id > ?1
                       ORDER BY email_id LIMIT 1";
            let next: Option<(i64, Vec<u8>, String, Vec<u8>)> = self.one(doing, sql, [last], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })?;
            let Some((email, sha256, text, raw)) = next else {
                break;
            };
            last = email;
            let place = self.packs().append(&raw, &text)?;
            self.run(
                doing,
                "INSERT INTO body (email_id, size, sha256, text_size, pack, start) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    email,
                    octets(raw.len()),
                    sha256,
                    octets(text.len()),
                    place.pack,
                    place.start
                ],
            )?;
        }
        self.run(doing, "DROP TABLE body_before", [])?;
        Ok(())
    }
}
