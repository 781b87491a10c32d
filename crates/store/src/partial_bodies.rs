//! The table `partial_body`: large letters as far as they are here. What stands in it is never given out as the letter:
//! for that there is `body`, and a letter that has one has no line here.

use std::collections::BTreeMap;

use rusqlite::params;
use waxwing_model::{AccountId, Change, EmailId, Keeping, Timestamp};

use crate::bodies::BodyFacts;
use crate::column::{from_json, json, json_of};
use crate::error::Doing;
use crate::{Reading, StoreError, Writing};

/// A letter without some of its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartialBody {
    /// A letter that is built as the whole one is, and holds the bodies that are here.
    pub skeleton: Vec<u8>,
    /// The parts whose bodies are on the server, by section, with about as many octets as they have when decoded.
    pub absent: BTreeMap<String, u32>,
}

impl Reading<'_> {
    pub fn partial_body(&self, email: EmailId) -> Result<Option<PartialBody>, StoreError> {
        self.one(
            "reading a part of a letter",
            "SELECT skeleton, absent FROM partial_body WHERE email_id = ?1",
            [email.0],
            |row| {
                Ok(PartialBody {
                    skeleton: row.get(0)?,
                    absent: from_json(row, 1)?,
                })
            },
        )
    }

    /// Whether only a part of a large letter is here.
    pub(crate) fn is_in_part(&self, email: EmailId) -> Result<bool, StoreError> {
        let found = self.number(
            "looking whether a letter is here in part",
            "SELECT EXISTS (SELECT 1 FROM partial_body WHERE email_id = ?1)",
            [email.0],
        )?;
        Ok(found != 0)
    }

    /// Letters that are too large to be kept whole and of which not even the text is here, newest first.
    pub fn parts_missing(
        &self,
        account: AccountId,
        keeping: &Keeping,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<EmailId>, StoreError> {
        let Some(since) = keeping.since(now) else {
            return Ok(Vec::new());
        };
        // The first comparison is the index's, the second the person's.
        self.all(
            "looking for large letters without their text",
            "SELECT id FROM email
             WHERE account_id = ?1 AND has_body = 0 AND size > 1000000 AND received_at >= ?2 AND size > ?3
               AND NOT EXISTS (SELECT 1 FROM partial_body WHERE partial_body.email_id = email.id)
             ORDER BY received_at DESC, id DESC LIMIT ?4",
            params![account.0, since, keeping.largest(), limit],
            |row| row.get(0).map(EmailId),
        )
    }
}

impl Writing<'_> {
    /// Keeps what has come of a letter, in the place of what had come before. Its size stays what the server says.
    pub fn put_partial_body(
        &mut self,
        email: EmailId,
        partial: &PartialBody,
        facts: &BodyFacts,
    ) -> Result<(), StoreError> {
        let doing = "keeping a part of a letter";
        self.change(
            "letter",
            email.0,
            doing,
            "UPDATE email SET has_attachment = ?2, preview = ?3, sent_by = ?4 WHERE id = ?1 AND has_body = 0",
            params![
                email.0,
                facts.has_attachment,
                facts.preview,
                json_of(facts.sent_by.as_ref()).doing(doing)?
            ],
        )?;
        let record = facts.record();
        self.run(
            doing,
            "INSERT INTO partial_body (email_id, skeleton, absent, text, read_by) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (email_id) DO UPDATE SET skeleton = excluded.skeleton, absent = excluded.absent,
               text = excluded.text, read_by = excluded.read_by",
            params![
                email.0,
                partial.skeleton,
                json(&partial.absent).doing(doing)?,
                record,
                facts.read_by
            ],
        )?;
        self.list_files(email, facts.listed.as_deref())?;
        self.index_again(email, &record);
        self.touched.emails.push(email);
        self.note(Change::Emails { emails: vec![email] });
        Ok(())
    }

    pub(crate) fn forget_partial_body(&mut self, email: EmailId) -> Result<(), StoreError> {
        self.run(
            "forgetting a part of a letter",
            "DELETE FROM partial_body WHERE email_id = ?1",
            [email.0],
        )?;
        Ok(())
    }
}
