//! The table `file`: what is shown of each file of a letter, written together with the letter's text, so that no letter is opened
//! for it. Which files stand in a list, and in which order, is `file_lists`'; the files themselves are in the letters.

use std::collections::HashSet;

use rusqlite::{Row, params};
use waxwing_model::EmailId;

use crate::bodies::octets;
use crate::column::json;
use crate::error::Doing;
use crate::{Reading, StoreError, Writing};

/// What is known of a file without opening its letter. What its words mean is its writer's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListedFile {
    /// The way to it in its letter.
    pub part: String,
    pub name: String,
    pub media_type: String,
    /// In which its sender says that it is.
    pub charset: Option<String>,
    /// Octets, decoded.
    pub size: u32,
    /// Whether its octets are on this computer.
    pub here: bool,
    /// Files of one kind stand together.
    pub kind: u8,
    /// How a window shows it.
    pub shows: String,
    /// Why it is not opened without a question.
    pub dangers: String,
}

/// Which file: of which letter, and which of its files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FilePlace {
    pub email: EmailId,
    pub place: u32,
}

/// Letters that were looked at in vain.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passed {
    pub each: HashSet<EmailId>,
    /// And all from one to another.
    pub between: Option<(EmailId, EmailId)>,
}

impl Passed {
    /// From which to which all were. The first is behind the last where none are.
    fn span(&self) -> (i64, i64) {
        match self.between {
            Some((first, last)) => (first.0, last.0),
            None => (0, -1),
        }
    }
}

impl Reading<'_> {
    /// A file as it is listed. `None`: it went.
    pub fn file_at(&self, at: FilePlace) -> Result<Option<ListedFile>, StoreError> {
        self.one(
            "reading what is known of a file",
            "SELECT part, name, media_type, charset, size, here, kind, shows, dangers FROM file
             WHERE email_id = ?1 AND place = ?2",
            params![at.email.0, at.place],
            file_from,
        )
    }

    /// All files of a letter, as they are listed. `None`: they are still to be written down.
    pub(crate) fn listed_files(&self, email: EmailId) -> Result<Option<Vec<ListedFile>>, StoreError> {
        let doing = "reading what is known of the files of a letter";
        let waits = "SELECT EXISTS (SELECT 1 FROM unlisted WHERE email_id = ?1)";
        if self.number(doing, waits, [email.0])? != 0 {
            return Ok(None);
        }
        let files = self.all(
            doing,
            "SELECT part, name, media_type, charset, size, here, kind, shows, dangers FROM file
             WHERE email_id = ?1 ORDER BY place",
            [email.0],
            file_from,
        )?;
        Ok(Some(files))
    }

    /// Letters whose files are still to be written down, without these, the last that came first.
    pub fn unlisted(&self, but: &Passed, limit: u32) -> Result<Vec<EmailId>, StoreError> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let (first, last) = but.span();
        let mut found = self.unlisted_between((last, i64::MAX), but, limit)?;
        if found.len() < limit && first <= last {
            found.extend(self.unlisted_between((i64::MIN, first), but, limit - found.len())?);
        }
        Ok(found)
    }

    /// Those that came behind one and before the other.
    fn unlisted_between(
        &self,
        (behind, before): (i64, i64),
        but: &Passed,
        limit: usize,
    ) -> Result<Vec<EmailId>, StoreError> {
        // No more than these can be in the way.
        let most = i64::try_from(limit.saturating_add(but.each.len())).unwrap_or(i64::MAX);
        let mut found: Vec<EmailId> = self.all(
            "looking for letters whose files are not listed",
            "SELECT email_id FROM unlisted WHERE email_id > ?1 AND email_id < ?2 ORDER BY email_id DESC LIMIT ?3",
            [behind, before, most],
            |row| row.get(0).map(EmailId),
        )?;
        found.retain(|email| !but.each.contains(email));
        found.truncate(limit);
        Ok(found)
    }

    /// How many they are, without these.
    pub fn unlisted_count(&self, but: &Passed) -> Result<u32, StoreError> {
        let doing = "counting letters whose files are not listed";
        let (first, last) = but.span();
        let all = self.number(
            doing,
            "SELECT count(*) FROM unlisted WHERE NOT email_id BETWEEN ?1 AND ?2",
            [first, last],
        )?;
        let each: Vec<EmailId> = but.each.iter().copied().collect();
        let passed = self.number(
            doing,
            "SELECT count(*) FROM json_each(?1) AS passed CROSS JOIN unlisted ON unlisted.email_id = passed.value
             WHERE NOT email_id BETWEEN ?2 AND ?3",
            params![json(&each).doing(doing)?, first, last],
        )?;
        Ok(u32::try_from(all - passed).unwrap_or(u32::MAX))
    }

    /// Which of these letters have files.
    pub(crate) fn with_files(
        &self,
        letters: impl Iterator<Item = EmailId>,
    ) -> Result<HashSet<EmailId>, StoreError> {
        let mut found = HashSet::new();
        let sql = "SELECT EXISTS (SELECT 1 FROM email WHERE id = ?1 AND has_attachment = 1)";
        for letter in letters {
            if self.number("looking for letters with files", sql, [letter.0])? != 0 {
                found.insert(letter);
            }
        }
        Ok(found)
    }
}

impl Writing<'_> {
    /// Writes down the files of a letter, in the place of those that stood there. `None`: they are not known, and are looked for behind
    /// the scenes where the letter has any.
    pub fn list_files(&self, email: EmailId, files: Option<&[ListedFile]>) -> Result<(), StoreError> {
        let doing = "listing the files of a letter";
        self.unlist_files(email)?;
        let Some(files) = files else {
            self.run(
                doing,
                "INSERT INTO unlisted (email_id) SELECT id FROM email WHERE id = ?1 AND has_attachment = 1",
                [email.0],
            )?;
            return Ok(());
        };
        for (place, file) in files.iter().enumerate() {
            self.run(
                doing,
                "INSERT INTO file (email_id, place, part, name, media_type, charset, size, here, kind, shows, dangers)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                params![
                    email.0,
                    octets(place),
                    file.part,
                    file.name,
                    file.media_type,
                    file.charset,
                    file.size,
                    file.here,
                    file.kind,
                    file.shows,
                    file.dangers
                ],
            )?;
        }
        Ok(())
    }

    /// The same for one whose files are looked for behind the scenes, if they still are. Its text may have gone from here meanwhile.
    pub fn list_waiting_files(&self, email: EmailId, files: &[ListedFile]) -> Result<(), StoreError> {
        let doing = "listing the files of a letter";
        let waits = "SELECT EXISTS (SELECT 1 FROM unlisted WHERE email_id = ?1)";
        match self.number(doing, waits, [email.0])? {
            0 => return Ok(()),
            _ => self.list_files(email, Some(files))?,
        }
        self.run(
            doing,
            "UPDATE file SET here = 0 WHERE email_id = ?1
               AND NOT EXISTS (SELECT 1 FROM body WHERE email_id = ?1)
               AND NOT EXISTS (SELECT 1 FROM partial_body WHERE email_id = ?1)",
            [email.0],
        )?;
        Ok(())
    }

    /// Lists the files of one letter as another's too.
    pub(crate) fn copy_files(&self, from: EmailId, to: EmailId) -> Result<(), StoreError> {
        let doing = "listing the files of a copy";
        self.unlist_files(to)?;
        for sql in [
            "INSERT INTO file (email_id, place, part, name, media_type, charset, size, here, kind, shows, dangers)
             SELECT ?2, place, part, name, media_type, charset, size, here, kind, shows, dangers FROM file
             WHERE email_id = ?1",
            "INSERT INTO unlisted (email_id) SELECT ?2 FROM unlisted WHERE email_id = ?1",
        ] {
            self.run(doing, sql, [from.0, to.0])?;
        }
        Ok(())
    }

    /// The text of a letter goes from here. What is known of its files stays: they come again with it.
    pub(crate) fn files_leave(&self, email: EmailId) -> Result<(), StoreError> {
        self.run(
            "noting that files are on the server alone",
            "UPDATE file SET here = 0 WHERE email_id = ?1",
            [email.0],
        )?;
        Ok(())
    }

    fn unlist_files(&self, email: EmailId) -> Result<(), StoreError> {
        for sql in [
            "DELETE FROM file WHERE email_id = ?1",
            "DELETE FROM unlisted WHERE email_id = ?1",
        ] {
            self.run("listing the files of a letter anew", sql, [email.0])?;
        }
        Ok(())
    }
}

fn file_from(row: &Row<'_>) -> rusqlite::Result<ListedFile> {
    Ok(ListedFile {
        part: row.get(0)?,
        name: row.get(1)?,
        media_type: row.get(2)?,
        charset: row.get(3)?,
        size: row.get(4)?,
        here: row.get(5)?,
        kind: row.get(6)?,
        shows: row.get(7)?,
        dangers: row.get(8)?,
    })
}
