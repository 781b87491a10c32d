//! The table `unindexed`: letters whose line in the search index is still to be written. A synchronisation that brings
//! thousands of headers and then their bodies would otherwise write each line twice, and FTS5 pays for the first one
//! at each merge. How they are made and written stands in `search/ready.rs`.

use std::ops::RangeInclusive;

use rusqlite::params;
use waxwing_model::EmailId;

use crate::search::Former;
use crate::{Reading, StoreError, Writing};

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
        self.has_many_unindexed(which, 1)
    }

    /// Whether so many such letters are.
    pub fn has_many_unindexed(&self, which: Unindexed, count: u32) -> Result<bool, StoreError> {
        let sql = match which {
            Unindexed::Whole => "SELECT EXISTS (SELECT 1 FROM unindexed WHERE whole = 1 LIMIT 1 OFFSET ?1)",
            Unindexed::All => "SELECT EXISTS (SELECT 1 FROM unindexed LIMIT 1 OFFSET ?1)",
        };
        let found = self.number("looking for letters to index", sql, [count.saturating_sub(1)])?;
        Ok(found != 0)
    }
}

impl Writing<'_> {
    /// Writes the lines of some letters that wait, of `limit` at the most. Gives how many it were.
    pub fn index_waiting(&mut self, which: Unindexed, limit: u32) -> Result<u32, StoreError> {
        let ready = self.ready_lines(which, limit)?;
        self.write_ready(ready)
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
            Former::Older => {
                // Bodies that come for headers which still wait.
                let waited = self.run(
                    doing,
                    "UPDATE unindexed SET whole = (SELECT has_body FROM email WHERE id = email_id)
                     WHERE email_id BETWEEN ?1 AND ?2",
                    [first, last],
                )?;
                if i64::try_from(waited).is_ok_and(|waited| waited > last - first) {
                    return Ok(());
                }
                self.volumes()?
            }
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
