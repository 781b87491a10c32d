//! The table `file`: what is shown of each file of a letter, written together with the letter's text, so that no letter is opened
//! for it. Which files stand in a list, and in which order, is `file_lists`'; the files themselves are in the letters.

use std::collections::HashSet;

use rusqlite::params;
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

impl Reading<'_> {
    /// A file as it is listed. `None`: it went.
    pub fn file_at(&self, at: FilePlace) -> Result<Option<ListedFile>, StoreError> {
        self.one(
            "reading what is known of a file",
            "SELECT part, name, media_type, charset, size, here, kind, shows, dangers FROM file
             WHERE email_id = ?1 AND place = ?2",
            params![at.email.0, at.place],
            |row| {
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
            },
        )
    }

    /// Letters whose files are still to be written down, without these, the last that came first.
    pub fn unlisted(&self, but: &[EmailId], limit: u32) -> Result<Vec<EmailId>, StoreError> {
        let doing = "looking for letters whose files are not listed";
        self.all(
            doing,
            "SELECT email_id FROM unlisted WHERE email_id NOT IN (SELECT value FROM json_each(?1))
             ORDER BY email_id DESC LIMIT ?2",
            params![json(but).doing(doing)?, limit],
            |row| row.get(0).map(EmailId),
        )
    }

    /// How many they are, without these.
    pub fn unlisted_count(&self, but: &[EmailId]) -> Result<u32, StoreError> {
        let doing = "counting letters whose files are not listed";
        let sql = "SELECT count(*) FROM unlisted WHERE email_id NOT IN (SELECT value FROM json_each(?1))";
        let count = self.number(doing, sql, [json(but).doing(doing)?])?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
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
