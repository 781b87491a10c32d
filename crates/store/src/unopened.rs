//! The table `unopened`: letters in whose files there is text that the search index has not been given. Files are read
//! behind the scenes, after the letter itself can be found: what is in them comes from strangers and takes its time. The
//! text is not kept; it is read again when the index is built again.

use rusqlite::params;
use waxwing_model::{Change, EmailId};

use crate::search::{Former, Record, Rest};
use crate::{BodyFacts, Reading, StoreError, Writing};

/// The setting that holds the letters whose files are being opened.
const OPENING: &str = "opening_files";

/// What was found in a letter's files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Papers {
    /// What was found beside them, for letters that came before it was looked for.
    pub facts: BodyFacts,
    pub text: String,
}

impl Reading<'_> {
    /// Whether there are such letters.
    pub fn has_search_waiting(&self) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM unindexed) OR EXISTS (SELECT 1 FROM unopened)";
        Ok(self.number("looking what is to be indexed", sql, [])? != 0)
    }

    /// Letters that the index is still to be given, and those whose files are still to be read for it.
    pub fn search_waiting(&self) -> Result<(u32, u32), StoreError> {
        let doing = "counting what is to be indexed";
        let count = |sql| {
            self.number(doing, sql, [])
                .map(|number| u32::try_from(number).unwrap_or(u32::MAX))
        };
        Ok((
            count("SELECT count(*) FROM unindexed")?,
            count("SELECT count(*) FROM unopened")?,
        ))
    }

    /// All letters, whether the index has them or not. Each of them is looked at.
    pub fn letters(&self) -> Result<u32, StoreError> {
        let number = self.number("counting letters", "SELECT count(*) FROM email", [])?;
        Ok(u32::try_from(number).unwrap_or(u32::MAX))
    }

    /// Letters whose files are to be read, the last that came first.
    pub fn unopened(&self, limit: u32) -> Result<Vec<EmailId>, StoreError> {
        self.all(
            "looking for files to index",
            "SELECT email_id FROM unopened ORDER BY email_id DESC LIMIT ?1",
            [limit],
            |row| row.get(0).map(EmailId),
        )
    }
}

impl Writing<'_> {
    /// Notes that the files of some letters are about to be opened. Whoever finds the note when the program starts knows what
    /// may have ended it: one letter alone is one that was tried by itself, and who tries the first time and has no other notes
    /// it twice.
    pub fn begin_papers(&mut self, emails: &[EmailId]) -> Result<(), StoreError> {
        let ids: Vec<String> = emails.iter().map(|email| email.0.to_string()).collect();
        self.put_setting(OPENING, &ids.join(" "))
    }

    /// The letters whose files were being opened when the program ended. Where it was one, it is struck: its files are not
    /// tried again. Of several it is not known which one it was; each has to be tried by itself.
    pub fn begun_papers(&mut self) -> Result<Vec<EmailId>, StoreError> {
        let noted = self.setting(OPENING)?.unwrap_or_default();
        let begun: Vec<EmailId> = noted
            .split_ascii_whitespace()
            .filter_map(|id| id.parse().ok())
            .map(EmailId)
            .collect();
        if let [email] = begun.as_slice() {
            self.put_papers(*email, None)?;
            let waits = "SELECT EXISTS (SELECT 1 FROM unindexed WHERE email_id = ?1)";
            // They were opened before its line was written, which would be done again.
            if self.number("looking whether a letter is indexed", waits, [email.0])? != 0
                && let Some(record) = self.text(*email)?
            {
                self.line_up(*email, Former::Older, &record, Some(Papers::default()));
            }
        }
        if begun.len() <= 1 {
            self.end_papers()?;
        }
        Ok(begun)
    }

    /// Takes the note back: the files were opened, and what was in them is written.
    pub fn end_papers(&mut self) -> Result<(), StoreError> {
        if self.setting(OPENING)?.is_some() {
            self.remove_setting(OPENING)?;
        }
        Ok(())
    }

    /// Has the text of a letter's files found too. `None`: they cannot be read now, and are not tried again.
    pub fn put_papers(&mut self, email: EmailId, papers: Option<&Papers>) -> Result<(), StoreError> {
        let waited = self.run(
            "indexing files",
            "DELETE FROM unopened WHERE email_id = ?1",
            [email.0],
        )?;
        let (Some(papers), 1..) = (papers, waited) else {
            return Ok(());
        };
        let Some(record) = self.text(email)? else {
            return Ok(());
        };
        // There is nothing to be found by that the letter is not found by already.
        if papers.text.trim().is_empty() && Record::read(&record).rest != Rest::Untold {
            return Ok(());
        }
        // It is found by them from now on.
        self.note(Change::Searches);
        self.line_up(email, Former::Older, &record, Some(papers.clone()));
        Ok(())
    }

    /// Of a letter of the time before it is told at once whether it has files, so that those without are not read again.
    pub(crate) fn leave_unopened(&self, email: EmailId, rest: Rest) -> Result<(), StoreError> {
        self.run(
            "leaving files to be indexed",
            "INSERT INTO unopened (email_id)
             SELECT id FROM email WHERE id = ?1 AND has_body = 1 AND (has_attachment = 1 OR ?2)
             ON CONFLICT DO NOTHING",
            params![email.0, rest == Rest::Files],
        )?;
        Ok(())
    }
}
