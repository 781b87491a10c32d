//! Letters that another version of the reader has read: which they are, and what is written when they have been read anew. A letter
//! stays as it came, every octet of it; what was found in it changes, in lists and in the search index. What it has told others when
//! it came, of a letter that was sent or of its mailing list, is not told again.

use std::collections::BTreeMap;

use rusqlite::params;
use waxwing_model::{Change, EmailId};

use crate::bodies::{octets, place_from};
use crate::column::json_of;
use crate::error::Doing;
use crate::packs::Place;
use crate::{BodyFacts, Proof, Reading, StoreError, Writing};

/// The setting that says by which version all letters were read, and, while that is not so yet, from which letter on: `2 1044` means
/// that those before 1044 are still to be looked at, `2 1044 again` that of the others some could not be read.
const READ_ANEW: &str = "letters.read_anew";

/// A letter as it stands in the store, to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    pub email: EmailId,
    /// Every octet of it, or as much as is here.
    pub raw: Vec<u8>,
    /// Its parts that are on the server alone, by section, with about their octets.
    pub absent: BTreeMap<String, u32>,
    /// `None`: it is here in part.
    proof: Option<Proof>,
}

/// A letter that was read anew, and what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reread {
    pub stored: Stored,
    pub facts: BodyFacts,
}

/// How far all letters have been read by one version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadAnew {
    Done,
    /// Those before this one are left, and of the others maybe some that could not be read just then: all are looked through once
    /// more for them.
    Before {
        email: EmailId,
        again: bool,
    },
}

impl ReadAnew {
    /// None was looked at yet.
    pub const NOTHING: Self = Self::Before {
        email: EmailId(i64::MAX),
        again: false,
    };

    /// Of this version.
    fn read(setting: Option<&str>, version: u32) -> Self {
        let mut words = setting.unwrap_or_default().split_ascii_whitespace();
        let noted = words.next().and_then(|word| word.parse::<u32>().ok());
        match words.next() {
            // It was another version, or nobody noted any.
            _ if noted != Some(version) => Self::NOTHING,
            None => Self::Done,
            Some(before) => Self::Before {
                email: EmailId(before.parse().unwrap_or(i64::MAX)),
                again: words.next().is_some(),
            },
        }
    }

    fn write(self, version: u32) -> String {
        match self {
            Self::Done => version.to_string(),
            Self::Before { email, again: false } => format!("{version} {email}"),
            Self::Before { email, again: true } => format!("{version} {email} again"),
        }
    }
}

impl Reading<'_> {
    /// Letters that an older version than this one has read, and that were not looked at yet, newest first.
    pub fn read_by_older(&self, version: u32, limit: u32) -> Result<Vec<EmailId>, StoreError> {
        let ReadAnew::Before { email: before, .. } = self.read_anew(version)? else {
            return Ok(Vec::new());
        };
        self.all(
            "looking for letters to read anew",
            "SELECT email_id FROM body WHERE email_id < ?1 AND read_by < ?2
             UNION ALL SELECT email_id FROM partial_body WHERE email_id < ?1 AND read_by < ?2
             ORDER BY email_id DESC LIMIT ?3",
            params![before.0, version, limit],
            |row| row.get(0).map(EmailId),
        )
    }

    /// How far this version has read all letters, as it was noted.
    pub fn read_anew(&self, version: u32) -> Result<ReadAnew, StoreError> {
        let setting = self.setting(READ_ANEW)?;
        Ok(ReadAnew::read(setting.as_deref(), version))
    }

    /// Whether what was found in letters is known of all of them, or of no use any more, and so is how far that is: there is nothing to
    /// write.
    pub fn has_rereadings(
        &self,
        version: u32,
        letters: &[Reread],
        so_far: ReadAnew,
    ) -> Result<bool, StoreError> {
        if self.read_anew(version)? != so_far {
            return Ok(false);
        }
        for Reread { stored, facts } in letters {
            let waits = self.number(
                "looking whether a letter was read anew",
                "SELECT EXISTS (SELECT 1 FROM body WHERE email_id = ?1 AND read_by < ?2)
                   OR EXISTS (SELECT 1 FROM partial_body WHERE email_id = ?1 AND read_by < ?2)",
                params![stored.email.0, facts.read_by],
            )?;
            if waits != 0 {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// A letter as it stands here. `None`: nothing of its text does, or it is damaged.
    pub fn stored(&self, email: EmailId) -> Result<Option<Stored>, StoreError> {
        if let Some(raw) = self.checked(email)? {
            return Ok(raw.map(|raw| Stored {
                proof: Some(Proof::of(&raw)),
                absent: BTreeMap::new(),
                email,
                raw,
            }));
        }
        let partial = self.partial_body(email)?;
        Ok(partial.map(|partial| Stored {
            email,
            raw: partial.skeleton,
            absent: partial.absent,
            proof: None,
        }))
    }
}

impl Writing<'_> {
    /// Writes what was found in letters that were read anew, where they are still what they were, and how far that is.
    pub fn put_rereadings(
        &mut self,
        version: u32,
        letters: &[Reread],
        so_far: ReadAnew,
    ) -> Result<(), StoreError> {
        for letter in letters {
            match letter.stored.proof {
                Some(proof) => self.put_rereading(letter, &proof)?,
                None => self.put_partial_rereading(letter)?,
            }
        }
        self.put_setting(READ_ANEW, &so_far.write(version))
    }

    /// Copies stand where the letter stands, and go on doing so.
    fn put_rereading(&mut self, letter: &Reread, proof: &Proof) -> Result<(), StoreError> {
        let doing = "keeping what was found in a letter";
        let Reread { stored, facts } = letter;
        let kept: Option<(Place, i64, i64)> = self.one(
            doing,
            "SELECT pack, start, size, text_size FROM body WHERE email_id = ?1 AND sha256 = ?2 AND read_by < ?3",
            params![stored.email.0, proof.octets(), facts.read_by],
            |row| Ok((place_from(row, 0)?, row.get(2)?, row.get(3)?)),
        )?;
        let Some((place, size, text_size)) = kept else {
            return Ok(());
        };
        let emails: Vec<EmailId> = self.all(
            doing,
            "SELECT email_id FROM body WHERE pack = ?1 AND start = ?2",
            params![place.pack, place.start],
            |row| row.get(0).map(EmailId),
        )?;
        let record = facts.record();
        let is_new = match self.text_at(place, size, text_size) {
            Ok(known) => known != record,
            // Where it cannot be read it is written anew, with the letter, and keeps no other from being written.
            Err(StoreError::Io { .. }) => true,
            Err(error) => return Err(error),
        };
        if is_new {
            // The record stands behind the letter, so that one does not go without the other.
            let to = self.packs().append(&stored.raw, &record)?;
            self.run(
                doing,
                "UPDATE body SET pack = ?3, start = ?4, text_size = ?5, read_by = ?6 WHERE pack = ?1 AND start = ?2",
                params![
                    place.pack,
                    place.start,
                    to.pack,
                    to.start,
                    octets(record.len()),
                    facts.read_by
                ],
            )?;
        } else {
            self.run(
                doing,
                "UPDATE body SET read_by = ?3 WHERE pack = ?1 AND start = ?2",
                params![place.pack, place.start, facts.read_by],
            )?;
        }
        for email in emails {
            self.tell_rereading(email, facts, &record, is_new)?;
        }
        Ok(())
    }

    fn put_partial_rereading(&mut self, letter: &Reread) -> Result<(), StoreError> {
        let doing = "keeping what was found in a letter";
        let Reread { stored, facts } = letter;
        let kept: Option<String> = self.one(
            doing,
            "SELECT text FROM partial_body WHERE email_id = ?1 AND read_by < ?2",
            params![stored.email.0, facts.read_by],
            |row| row.get(0),
        )?;
        let Some(kept) = kept else {
            return Ok(());
        };
        let record = facts.record();
        let is_new = kept != record;
        if is_new {
            self.run(
                doing,
                "UPDATE partial_body SET text = ?2, read_by = ?3 WHERE email_id = ?1",
                params![stored.email.0, record, facts.read_by],
            )?;
        } else {
            self.run(
                doing,
                "UPDATE partial_body SET read_by = ?2 WHERE email_id = ?1",
                params![stored.email.0, facts.read_by],
            )?;
        }
        self.tell_rereading(stored.email, facts, &record, is_new)
    }

    /// Tells lists of a letter in which something else was found, and the index of its record and its sender if one is another.
    fn tell_rereading(
        &mut self,
        email: EmailId,
        facts: &BodyFacts,
        record: &str,
        is_new: bool,
    ) -> Result<(), StoreError> {
        let doing = "keeping what was found in a letter";
        let changed = self.run(
            doing,
            "UPDATE email SET has_attachment = ?2, preview = ?3
             WHERE id = ?1 AND (has_attachment <> ?2 OR preview <> ?3)",
            params![email.0, facts.has_attachment, facts.preview],
        )?;
        if changed > 0 {
            self.touched.emails.push(email);
            self.note(Change::Emails { emails: vec![email] });
        }
        let sent_anew = self.run(
            doing,
            "UPDATE email SET sent_by = ?2 WHERE id = ?1 AND sent_by IS NOT ?2",
            params![email.0, json_of(facts.sent_by.as_ref()).doing(doing)?],
        )?;
        if self.listed_files(email)? != facts.listed {
            self.list_files(email, facts.listed.as_deref())?;
        }
        if is_new || sent_anew > 0 {
            self.index_again(email, record);
            self.note(Change::Searches);
        }
        Ok(())
    }
}
