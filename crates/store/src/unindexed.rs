//! The table `unindexed`: letters whose line in the search index is still to be written. A synchronisation that brings
//! thousands of headers and then their bodies would otherwise write each line twice, and FTS5 pays for the first one
//! at each merge.

use std::ops::RangeInclusive;

use rusqlite::params;
use waxwing_model::{Address, Change, EmailId};

use crate::bodies::place_from;
use crate::column::from_json;
use crate::packs::Place;
use crate::search::{Former, Indexed, Line};
use crate::{Reading, StoreError, Writing};

/// Octets of text that are indexed in one transaction, at about the most.
const OCTETS: usize = 4 << 20;

/// Which letters are worth a line now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unindexed {
    /// Those that are here whole.
    Whole,
    /// Also those whose body has not come.
    All,
}

impl Reading<'_> {
    /// Whether any such letter is still to be indexed.
    pub fn has_unindexed(&self, which: Unindexed) -> Result<bool, StoreError> {
        let sql = match which {
            Unindexed::Whole => "SELECT EXISTS (SELECT 1 FROM unindexed WHERE whole = 1)",
            Unindexed::All => "SELECT EXISTS (SELECT 1 FROM unindexed)",
        };
        Ok(self.number("looking for letters to index", sql, [])? != 0)
    }
}

impl Writing<'_> {
    /// Writes the lines of some letters that wait, of `limit` at the most. Gives how many it were.
    pub fn index_waiting(&mut self, which: Unindexed, limit: u32) -> Result<u32, StoreError> {
        let doing = "indexing letters";
        type Waiting = (
            EmailId,
            Option<i64>,
            String,
            [Vec<Address>; 4],
            Option<(Place, i64, i64)>,
            String,
        );
        let condition = match which {
            Unindexed::Whole => "whole = 1 AND",
            Unindexed::All => "",
        };
        let sql = format!(
            "SELECT email.id, volume, subject, from_addresses, to_addresses, cc_addresses, bcc_addresses,
               body.email_id IS NOT NULL, body.pack, body.start, body.size, body.text_size, coalesce(partial_body.text, '')
             FROM unindexed CROSS JOIN email ON email.id = unindexed.email_id
             LEFT JOIN body ON body.email_id = email.id
             LEFT JOIN partial_body ON partial_body.email_id = email.id
             WHERE {condition} unindexed.email_id > ?1 ORDER BY unindexed.email_id LIMIT 1"
        );
        let mut octets = 0;
        let mut lines = Vec::new();
        let mut after = 0;
        while octets < OCTETS && u32::try_from(lines.len()).is_ok_and(|count| count < limit) {
            let next: Option<Waiting> = self.one(doing, &sql, [after], |row| {
                let people = [
                    from_json(row, 3)?,
                    from_json(row, 4)?,
                    from_json(row, 5)?,
                    from_json(row, 6)?,
                ];
                let whole = match row.get(7)? {
                    true => Some((place_from(row, 8)?, row.get(10)?, row.get(11)?)),
                    false => None,
                };
                Ok((
                    EmailId(row.get(0)?),
                    row.get(1)?,
                    row.get(2)?,
                    people,
                    whole,
                    row.get(12)?,
                ))
            })?;
            let Some((email, volume, subject, [from, to, cc, bcc], whole, part)) = next else {
                break;
            };
            let record = match whole {
                Some((place, size, text_size)) => self.text_at(place, size, text_size)?,
                None => part,
            };
            after = email.0;
            if let Some(volume) = volume {
                self.remove_line(email, volume)?;
            }
            let line = Line::of(&Indexed {
                subject: &subject,
                from: &from,
                to: &to,
                cc: &cc,
                bcc: &bcc,
                record: &record,
            });
            octets += record.len();
            lines.push((email, line));
        }
        for (email, _) in &lines {
            self.run(doing, "DELETE FROM unindexed WHERE email_id = ?1", [email.0])?;
        }
        for volume in self.write_lines(&lines)? {
            self.cut_if_full(volume)?;
        }
        self.settle_volumes()?;
        if !lines.is_empty() {
            // They are found from now on.
            self.note(Change::Searches);
        }
        Ok(u32::try_from(lines.len()).unwrap_or(u32::MAX))
    }

    /// Has the line of a letter written later.
    pub(crate) fn leave_unindexed(
        &self,
        emails: RangeInclusive<EmailId>,
        former: Former,
    ) -> Result<(), StoreError> {
        // One that waits already knows best whether there is an older line, and where.
        let doing = "leaving letters to be indexed";
        let then = "ON CONFLICT (email_id) DO UPDATE SET whole = excluded.whole";
        let (first, last) = (emails.start().0, emails.end().0);
        let volumes = match former {
            Former::None => Vec::new(),
            Former::Older => self.volumes()?,
        };
        if let [] | [_] = volumes.as_slice() {
            let sql = format!(
                "INSERT INTO unindexed (email_id, volume, whole)
                 SELECT id, ?3, has_body FROM email WHERE id BETWEEN ?1 AND ?2 {then}"
            );
            self.run(
                doing,
                &sql,
                params![first, last, volumes.first().map(|one| one.id)],
            )?;
            return Ok(());
        }
        let sql = format!(
            "INSERT INTO unindexed (email_id, volume, whole)
             SELECT id, ?2, has_body FROM email WHERE id = ?1 {then}"
        );
        let mut volumes = self.volumes_of((first..=last).map(EmailId))?.into_iter();
        self.each::<_, _, Vec<usize>>(doing, &sql, first..=last, |statement, id| {
            statement.execute(params![id, volumes.next()])
        })?;
        Ok(())
    }

    /// In which volume the line of a letter stands that had one or waits for one. It does not wait any more.
    pub(crate) fn former_volume(&self, email: EmailId) -> Result<Option<i64>, StoreError> {
        let doing = "looking whether a letter is indexed";
        let sql = "SELECT volume FROM unindexed WHERE email_id = ?1";
        let Some(volume) = self.one(doing, sql, [email.0], |row| row.get(0))? else {
            return Ok(self.volumes_of([email])?.first().copied());
        };
        self.run(doing, "DELETE FROM unindexed WHERE email_id = ?1", [email.0])?;
        Ok(volume)
    }
}
