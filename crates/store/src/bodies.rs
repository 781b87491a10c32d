//! The table `body`: where every byte of a letter stands, and the proof that they are all there. Parsing is not done
//! here; whoever brings the bytes also brings what was found in them.

use rusqlite::{Row, params};
use sha2::{Digest, Sha256};
use waxwing_model::{AccountId, Address, Change, EmailId, Keeping, MailboxId, Timestamp};

use crate::column::{from_json, from_json_of, json_of};
use crate::delivery_reports::FoundReport;
use crate::error::Doing;
use crate::files::ListedFile;
use crate::packs::Place;
use crate::search::{FileFact, Former, Indexed, Line};
use crate::{ListFact, Reading, StoreError, Writing};

/// A letter whose body is to be fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingBody {
    pub email: EmailId,
    /// Octets, as the server says.
    pub size: u32,
    /// Where the server has it, and under which number.
    pub place: Option<(MailboxId, u32)>,
}

/// What proves that the bytes of a letter are all there and are the right ones (SHA-256).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proof([u8; 32]);

impl Proof {
    pub fn of(raw: &[u8]) -> Self {
        Self(Sha256::digest(raw).into())
    }

    pub(crate) fn octets(&self) -> &[u8] {
        &self.0
    }
}

/// What was found in a letter when its bytes were parsed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BodyFacts {
    /// By which version of the reader. 0: by one of the time before they were told apart.
    pub read_by: u32,
    /// The first words, for lists.
    pub preview: String,
    pub has_attachment: bool,
    /// Who sent it, where that is none of those who wrote it: its row may be of the time before that was kept.
    pub sent_by: Option<Address>,
    /// The readable text, for the search index.
    pub text: String,
    /// What the mailing list is called that it came by, likewise.
    pub list: String,
    /// The list that it came by, where it says so.
    pub mailing_list: Option<ListFact>,
    /// The files that hang on it, likewise.
    pub files: Vec<FileFact>,
    /// Its files as they are listed. `None`: they were not looked for yet.
    pub listed: Option<Vec<ListedFile>>,
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

    /// The first octets of a letter, so many at the most. They are not proved, since the proof is of all of them: for what may be wrong.
    /// Octets that are not there any more are [`StoreError::Damaged`].
    pub fn beginning(&self, email: EmailId, octets: u32) -> Result<Option<Vec<u8>>, StoreError> {
        let Some((_, beginning)) = self.octets_of(email, |size| size.min(i64::from(octets)))? else {
            return Ok(None);
        };
        let damaged = || StoreError::Damaged(format!("letter {email} has lost its bytes"));
        beginning.ok_or_else(damaged).map(Some)
    }

    /// How many octets a letter has that is here whole.
    pub fn body_size(&self, email: EmailId) -> Result<Option<i64>, StoreError> {
        Ok(self.kept(email)?.map(|kept| kept.size))
    }

    /// Whether the bytes of a letter are here and are those that were put here.
    pub fn verify_body(&self, email: EmailId) -> Result<bool, StoreError> {
        Ok(matches!(self.checked(email)?, Some(Some(_))))
    }

    /// Whether a server has the letter, as far as is known.
    pub fn may_come_again(&self, email: EmailId) -> Result<bool, StoreError> {
        let found = self.number(
            "looking whether a letter can come again",
            "SELECT EXISTS (SELECT 1 FROM location WHERE email_id = ?1)
               OR EXISTS (SELECT 1 FROM uidl JOIN email ON email.id = email_id
                 WHERE email_id = ?1 AND email.account_id = uidl.account_id)",
            [email.0],
        )?;
        Ok(found != 0)
    }

    /// Letters that are to be kept whole and of which only the header fields are here, newest first, with their places: one
    /// that has several comes several times, one after the other.
    pub fn bodies_to_fetch(
        &self,
        account: AccountId,
        keeping: &Keeping,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<MissingBody>, StoreError> {
        let Some(since) = keeping.since(now) else {
            return Ok(Vec::new());
        };
        self.all(
            "looking for letters without a body",
            "SELECT missing.id, missing.size, location.mailbox_id, location.uid FROM
               (SELECT id, size, received_at FROM email
                WHERE account_id = ?1 AND has_body = 0 AND received_at >= ?2 AND size <= ?3
                ORDER BY received_at DESC, id DESC LIMIT ?4) AS missing
             LEFT JOIN location ON location.email_id = missing.id
             ORDER BY missing.received_at DESC, missing.id DESC, location.mailbox_id, location.uid",
            params![account.0, since, keeping.largest(), limit],
            |row| {
                let mailbox: Option<i64> = row.get(2)?;
                let uid: Option<u32> = row.get(3)?;
                Ok(MissingBody {
                    email: EmailId(row.get(0)?),
                    size: row.get(1)?,
                    place: mailbox.map(MailboxId).zip(uid),
                })
            },
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
    pub(crate) fn checked(&self, email: EmailId) -> Result<Option<Option<Vec<u8>>>, StoreError> {
        let Some((kept, raw)) = self.octets_of(email, |size| size)? else {
            return Ok(None);
        };
        Ok(Some(
            raw.filter(|raw| Proof::of(raw).octets() == kept.sha256.as_slice()),
        ))
    }

    /// The first octets of a letter, with its row: so many as are wanted of as many as it has.
    fn octets_of(&self, email: EmailId, wanted: impl Fn(i64) -> i64) -> Result<Option<Found>, StoreError> {
        let look = |reading: &Reading<'_>| {
            let Some(kept) = reading.kept(email)? else {
                return Ok(None);
            };
            let octets = reading.packs().read(kept.place, wanted(kept.size))?;
            Ok(Some((kept, octets)))
        };
        match look(self)? {
            // Another program may have moved it: what is true now says where to. One that is deleted meanwhile is not here.
            lost @ Some((_, None)) => Ok(self.afresh(look)?.unwrap_or(lost)),
            found => Ok(found),
        }
    }

    pub(crate) fn kept(&self, email: EmailId) -> Result<Option<Kept>, StoreError> {
        self.one(
            "reading a letter's body",
            "SELECT pack, start, size, text_size, sha256 FROM body WHERE email_id = ?1",
            [email.0],
            |row| {
                Ok(Kept {
                    place: place_from(row, 0)?,
                    size: row.get(2)?,
                    text_size: row.get(3)?,
                    sha256: row.get(4)?,
                })
            },
        )
    }

    /// Behind which octet of which pack no row points, a line end behind the last letter.
    pub(crate) fn end_of_bodies(&self) -> Result<Option<Place>, StoreError> {
        self.one(
            "looking where letters end",
            "SELECT pack, start + size + text_size + 1 FROM body ORDER BY pack DESC, start DESC LIMIT 1",
            [],
            |row| place_from(row, 0),
        )
    }
}

/// A row of the table.
pub(crate) struct Kept {
    pub place: Place,
    pub size: i64,
    pub text_size: i64,
    sha256: Vec<u8>,
}

/// A row with octets that it points to. `None`: they are not there.
type Found = (Kept, Option<Vec<u8>>);

pub(crate) fn octets(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Two columns, the pack and where in it.
pub(crate) fn place_from(row: &Row<'_>, column: usize) -> rusqlite::Result<Place> {
    Ok(Place {
        pack: row.get(column)?,
        start: row.get(column + 1)?,
    })
}

impl Writing<'_> {
    /// Keeps the bytes of a letter, whole, in the place of any it had.
    pub fn put_body(&mut self, email: EmailId, raw: &[u8], facts: &BodyFacts) -> Result<(), StoreError> {
        self.put_proved_body(email, raw, &Proof::of(raw), facts)
    }

    /// The same for bytes whose proof is at hand, so that nobody waits for its making to write.
    pub fn put_proved_body(
        &mut self,
        email: EmailId,
        raw: &[u8],
        proof: &Proof,
        facts: &BodyFacts,
    ) -> Result<(), StoreError> {
        let doing = "keeping a letter's body";
        // The server's word for the size is not always true, so the one that counts is ours.
        self.change(
            "letter",
            email.0,
            doing,
            "UPDATE email SET size = ?2, has_body = 1, has_attachment = ?3, preview = ?4, sent_by = ?5 WHERE id = ?1",
            params![
                email.0,
                u32::try_from(raw.len()).unwrap_or(u32::MAX),
                facts.has_attachment,
                facts.preview,
                json_of(facts.sent_by.as_ref()).doing(doing)?
            ],
        )?;
        let record = facts.record();
        let place = self.packs().append(raw, &record)?;
        self.run(
            doing,
            "INSERT INTO body (email_id, size, sha256, text_size, pack, start, read_by)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (email_id) DO UPDATE SET size = excluded.size, sha256 = excluded.sha256,
               text_size = excluded.text_size, pack = excluded.pack, start = excluded.start,
               read_by = excluded.read_by",
            params![
                email.0,
                octets(raw.len()),
                proof.octets(),
                octets(record.len()),
                place.pack,
                place.start,
                facts.read_by
            ],
        )?;
        self.forget_partial_body(email)?;
        self.list_files(email, facts.listed.as_deref())?;
        self.index_again(email, &record);
        if let Some(report) = &facts.report {
            self.put_report(email, report)?;
        }
        if let Some(list) = &facts.mailing_list {
            self.put_list(email, list)?;
        }
        self.touched.emails.push(email);
        self.note(Change::Emails { emails: vec![email] });
        Ok(())
    }

    /// Gives a letter the bytes of another, with all that was found in them. `false`: that one has none.
    pub fn copy_body(&mut self, from: EmailId, to: EmailId) -> Result<bool, StoreError> {
        let doing = "copying a letter's body";
        let Some(text) = self.text(from)? else {
            return Ok(false);
        };
        self.change(
            "letter",
            to.0,
            doing,
            "UPDATE email SET (size, has_body, has_attachment, preview, sent_by) =
               (SELECT size, has_body, has_attachment, preview, sent_by FROM email WHERE id = ?2) WHERE id = ?1",
            [to.0, from.0],
        )?;
        self.run(
            doing,
            "INSERT INTO body (email_id, size, sha256, text_size, pack, start, read_by)
             SELECT ?1, size, sha256, text_size, pack, start, read_by FROM body WHERE email_id = ?2
             ON CONFLICT (email_id) DO UPDATE SET size = excluded.size, sha256 = excluded.sha256,
               text_size = excluded.text_size, pack = excluded.pack, start = excluded.start,
               read_by = excluded.read_by",
            [to.0, from.0],
        )?;
        self.forget_partial_body(to)?;
        self.copy_list(from, to)?;
        self.copy_files(from, to)?;
        self.index_again(to, &text);
        self.touched.emails.push(to);
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
        self.files_leave(email)?;
        self.index_again(email, "");
        self.note(Change::Emails { emails: vec![email] });
        Ok(())
    }

    /// Writes a letter's line in the search index anew, with this record of its body.
    pub(crate) fn index_again(&mut self, email: EmailId, record: &str) {
        self.line_up(email, Former::Older, record, None);
    }
}

impl Reading<'_> {
    /// A letter's line as it is to stand in the search index.
    pub(crate) fn line_of(&self, email: EmailId, record: &str) -> Result<Line, StoreError> {
        let sql =
            "SELECT subject, from_addresses, to_addresses, cc_addresses, bcc_addresses, reply_to_addresses, sent_by
                   FROM email WHERE id = ?1";
        let (subject, [from, to, cc, bcc, reply_to], sent_by): (String, [Vec<Address>; 5], Option<Address>) =
            self.one("indexing a letter", sql, [email.0], |row| {
                let people = [
                    from_json(row, 1)?,
                    from_json(row, 2)?,
                    from_json(row, 3)?,
                    from_json(row, 4)?,
                    from_json(row, 5)?,
                ];
                Ok((row.get(0)?, people, from_json_of(row, 6)?))
            })?
            .ok_or(StoreError::NoSuch {
                what: "letter",
                id: email.0,
            })?;
        Ok(Line::of(&Indexed {
            subject: &subject,
            from: &from,
            reply_to: &reply_to,
            sent_by: sent_by.as_ref(),
            to: &to,
            cc: &cc,
            bcc: &bcc,
            record,
        }))
    }
}
