//! The table `body`: every byte of a letter, and the proof that they are all there. Parsing is not done here;
//! whoever brings the bytes also brings what was found in them.

use rusqlite::{OptionalExtension, params};
use sha2::{Digest, Sha256};
use waxwing_model::{AccountId, Address, Change, EmailId, Keeping, Timestamp};

use crate::column::from_json;
use crate::delivery_reports::FoundReport;
use crate::error::Doing;
use crate::search::{Former, Indexed};
use crate::{Reading, StoreError, Writing};

/// What was found in a letter when its bytes were parsed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BodyFacts {
    /// The first words, for lists.
    pub preview: String,
    pub has_attachment: bool,
    /// The readable text, for the search index.
    pub text: String,
    /// What it says of a letter that was sent, where it is a report.
    pub report: Option<FoundReport>,
}

impl Reading<'_> {
    /// Every byte of a letter. Bytes that are not those that were put here are [`StoreError::Damaged`].
    pub fn raw(&self, email: EmailId) -> Result<Option<Vec<u8>>, StoreError> {
        match self.checked(email)? {
            None => Ok(None),
            Some(Some(raw)) => Ok(Some(raw)),
            Some(None) => Err(StoreError::Damaged(format!(
                "the bytes of letter {email} are not those it had"
            ))),
        }
    }

    /// Whether the bytes of a letter are here and are those that were put here.
    pub fn verify_body(&self, email: EmailId) -> Result<bool, StoreError> {
        Ok(matches!(self.checked(email)?, Some(Some(_))))
    }

    /// Letters that are to be kept whole and of which only the header fields are here, newest first.
    pub fn bodies_missing(
        &self,
        account: AccountId,
        keeping: &Keeping,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<EmailId>, StoreError> {
        let Some(since) = keeping.since(now) else {
            return Ok(Vec::new());
        };
        self.all(
            "looking for letters without a body",
            "SELECT id FROM email WHERE account_id = ?1 AND has_body = 0 AND received_at >= ?2 AND size <= ?3
             ORDER BY received_at DESC, id DESC LIMIT ?4",
            params![account.0, since, keeping.largest(), limit],
            |row| row.get(0).map(EmailId),
        )
    }

    /// How many of them there are.
    pub fn bodies_missing_count(
        &self,
        account: AccountId,
        keeping: &Keeping,
        now: Timestamp,
    ) -> Result<u32, StoreError> {
        let Some(since) = keeping.since(now) else {
            return Ok(0);
        };
        let found = self.number(
            "counting letters without a body",
            "SELECT count(*) FROM email WHERE account_id = ?1 AND has_body = 0 AND received_at >= ?2 AND size <= ?3",
            params![account.0, since, keeping.largest()],
        )?;
        Ok(u32::try_from(found).unwrap_or(u32::MAX))
    }

    /// `None` when there is no body, `Some(None)` when it is not what it was.
    fn checked(&self, email: EmailId) -> Result<Option<Option<Vec<u8>>>, StoreError> {
        let doing = "reading a letter's body";
        let mut statement = self
            .connection()
            .prepare_cached("SELECT size, sha256, raw FROM body WHERE email_id = ?1")
            .doing(doing)?;
        statement
            .query_row([email.0], |row| {
                let size: i64 = row.get(0)?;
                let sha256 = row.get_ref(1)?.as_blob()?.to_owned();
                let raw: Vec<u8> = row.get(2)?;
                let same = i64::try_from(raw.len()) == Ok(size)
                    && Sha256::digest(&raw).as_slice() == sha256.as_slice();
                Ok(same.then_some(raw))
            })
            .optional()
            .doing(doing)
    }
}

impl Writing<'_> {
    /// Keeps the bytes of a letter, whole, in the place of any it had.
    pub fn put_body(&mut self, email: EmailId, raw: &[u8], facts: &BodyFacts) -> Result<(), StoreError> {
        let doing = "keeping a letter's body";
        // The server's word for the size is not always true, so the one that counts is ours.
        self.change(
            "letter",
            email.0,
            doing,
            "UPDATE email SET size = ?2, has_body = 1, has_attachment = ?3, preview = ?4 WHERE id = ?1",
            params![
                email.0,
                u32::try_from(raw.len()).unwrap_or(u32::MAX),
                facts.has_attachment,
                facts.preview
            ],
        )?;
        self.run(
            doing,
            "INSERT INTO body (email_id, size, sha256, text, raw) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (email_id) DO UPDATE SET
               size = excluded.size, sha256 = excluded.sha256, text = excluded.text, raw = excluded.raw",
            params![
                email.0,
                i64::try_from(raw.len()).unwrap_or(i64::MAX),
                Sha256::digest(raw).as_slice(),
                facts.text,
                raw
            ],
        )?;
        self.forget_partial_body(email)?;
        self.index_again(email, &facts.text)?;
        if let Some(report) = &facts.report {
            self.put_report(email, report)?;
        }
        self.note(Change::Emails { emails: vec![email] });
        Ok(())
    }

    /// Gives a letter the bytes of another, with all that was found in them. `false`: that one has none.
    pub fn copy_body(&mut self, from: EmailId, to: EmailId) -> Result<bool, StoreError> {
        let doing = "copying a letter's body";
        let sql = "SELECT text FROM body WHERE email_id = ?1";
        let Some(text) = self.one(doing, sql, [from.0], |row| row.get::<_, String>(0))? else {
            return Ok(false);
        };
        self.change(
            "letter",
            to.0,
            doing,
            "UPDATE email SET (size, has_body, has_attachment, preview) =
               (SELECT size, has_body, has_attachment, preview FROM email WHERE id = ?2) WHERE id = ?1",
            [to.0, from.0],
        )?;
        self.run(
            doing,
            "INSERT INTO body (email_id, size, sha256, text, raw)
             SELECT ?1, size, sha256, text, raw FROM body WHERE email_id = ?2
             ON CONFLICT (email_id) DO UPDATE SET
               size = excluded.size, sha256 = excluded.sha256, text = excluded.text, raw = excluded.raw",
            [to.0, from.0],
        )?;
        self.forget_partial_body(to)?;
        self.index_again(to, &text)?;
        self.note(Change::Emails { emails: vec![to] });
        Ok(true)
    }

    /// Forgets the bytes of a letter that can be fetched again, because they are not what they were.
    pub fn forget_body(&mut self, email: EmailId) -> Result<(), StoreError> {
        let doing = "forgetting a letter's body";
        self.change(
            "letter",
            email.0,
            doing,
            "UPDATE email SET has_body = 0, preview = '' WHERE id = ?1",
            [email.0],
        )?;
        self.run(doing, "DELETE FROM body WHERE email_id = ?1", [email.0])?;
        self.index_again(email, "")?;
        self.note(Change::Emails { emails: vec![email] });
        Ok(())
    }

    /// Writes a letter's line in the search index anew, with this text of its body.
    pub(crate) fn index_again(&mut self, email: EmailId, body: &str) -> Result<(), StoreError> {
        type Lists = (String, Vec<Address>, Vec<Address>, Vec<Address>, Vec<Address>);
        let sql = "SELECT subject, from_addresses, to_addresses, cc_addresses, bcc_addresses
                   FROM email WHERE id = ?1";
        let (subject, from, to, cc, bcc): Lists = self
            .one("indexing a letter", sql, [email.0], |row| {
                Ok((
                    row.get(0)?,
                    from_json(row, 1)?,
                    from_json(row, 2)?,
                    from_json(row, 3)?,
                    from_json(row, 4)?,
                ))
            })?
            .ok_or(StoreError::NoSuch {
                what: "letter",
                id: email.0,
            })?;
        self.index(
            email,
            &Indexed {
                subject: &subject,
                from: &from,
                recipients: &[&to, &cc, &bcc],
                body,
            },
            Former::Older,
        );
        Ok(())
    }
}
