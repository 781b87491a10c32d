//! The rows of a message list, put together from the letters they stand for. Which rows a list has is `listing`'s.

use std::collections::HashSet;

use rusqlite::Row as SqlRow;
use waxwing_model::{
    AccountId, Address, EmailId, Keyword, Keywords, ListingGrouping, MailboxId, Row, ThreadId, Timestamp,
};

use crate::column::from_json;
use crate::listing::{Group, Key};
use crate::{Reading, StoreError};

const DOING: &str = "reading the rows of a list";

/// What a row needs of a letter, and no more: the long columns of `email` are not read.
const LETTER: &str = "SELECT email.id, email.account_id, email.thread_id, email.received_at, email.keywords,
    email.has_attachment, email.subject, email.preview, email.size,
    EXISTS (SELECT 1 FROM muted_thread WHERE muted_thread.thread_id = email.thread_id)";

/// Whose names a row shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum People {
    Senders,
    /// In Sent and Drafts, where the sender is always oneself.
    Recipients,
}

struct Letter {
    email: EmailId,
    account: AccountId,
    thread: ThreadId,
    received_at: Timestamp,
    keywords: Keywords,
    has_attachment: bool,
    subject: String,
    preview: String,
    size: u32,
    muted: bool,
    people: Vec<Address>,
}

impl Reading<'_> {
    /// The rows for these keys, in their order.
    pub(crate) fn rows_in_mailboxes(
        &self,
        keys: &[Key],
        grouping: ListingGrouping,
    ) -> Result<Vec<Row>, StoreError> {
        let mut rows = Vec::with_capacity(keys.len());
        let mut known: Option<(MailboxId, People)> = None;
        for key in keys {
            let people = match known {
                Some((mailbox, people)) if mailbox == key.mailbox => people,
                _ => self.people_in(key.mailbox)?,
            };
            known = Some((key.mailbox, people));
            let letters = match grouping {
                ListingGrouping::Messages => self.letter(EmailId(key.id), people)?.into_iter().collect(),
                ListingGrouping::Conversations => {
                    // CROSS JOIN: the few letters of a conversation first, not the many of a mailbox.
                    let sql = format!(
                        "{LETTER}, {} FROM email
                         CROSS JOIN membership ON membership.email_id = email.id AND membership.mailbox_id = ?2
                         WHERE email.thread_id = ?1 ORDER BY email.received_at DESC, membership.arrival DESC, email.id DESC",
                        columns(people)
                    );
                    self.all(DOING, &sql, [key.id, key.mailbox.0], |row| {
                        letter_from(row, people)
                    })?
                }
            };
            rows.extend(row_of(letters, vec![key.mailbox]));
        }
        Ok(rows)
    }

    /// The rows for gathered letters, in their order.
    pub(crate) fn rows_of_groups(&self, groups: &[&Group]) -> Result<Vec<Row>, StoreError> {
        let mut rows = Vec::with_capacity(groups.len());
        for group in groups {
            let mut letters = Vec::with_capacity(group.emails.len());
            let mut mailboxes = Vec::new();
            for &email in &group.emails {
                let shown_by = self.shown_by(email)?;
                letters.extend(self.letter(email, people_of(&shown_by))?);
                for (mailbox, _) in shown_by {
                    if !mailboxes.contains(&mailbox) {
                        mailboxes.push(mailbox);
                    }
                }
            }
            rows.extend(row_of(letters, mailboxes));
        }
        Ok(rows)
    }

    fn letter(&self, email: EmailId, people: People) -> Result<Option<Letter>, StoreError> {
        let sql = format!("{LETTER}, {} FROM email WHERE id = ?1", columns(people));
        self.one(DOING, &sql, [email.0], |row| letter_from(row, people))
    }

    pub(crate) fn people_in(&self, mailbox: MailboxId) -> Result<People, StoreError> {
        let sql = "SELECT role IN ('sent', 'drafts') FROM mailbox WHERE id = ?1";
        let is_own: Option<bool> = self.one(DOING, sql, [mailbox.0], |row| row.get(0))?.flatten();
        Ok(if is_own == Some(true) {
            People::Recipients
        } else {
            People::Senders
        })
    }

    /// The folders that show a letter, and whether what stands in each is one's own.
    fn shown_by(&self, email: EmailId) -> Result<Vec<(MailboxId, bool)>, StoreError> {
        let sql = "SELECT mailbox.id, coalesce(mailbox.role IN ('sent', 'drafts'), 0)
                   FROM membership JOIN mailbox ON mailbox.id = membership.mailbox_id
                   WHERE membership.email_id = ?1 ORDER BY mailbox.id";
        self.all(DOING, sql, [email.0], |row| {
            Ok((MailboxId(row.get(0)?), row.get(1)?))
        })
    }
}

/// Whom a letter is about that was gathered from anywhere: what one has written oneself is about whom it goes to.
fn people_of(shown_by: &[(MailboxId, bool)]) -> People {
    if shown_by.iter().any(|(_, is_own)| *is_own) {
        People::Recipients
    } else {
        People::Senders
    }
}

pub(crate) fn columns(people: People) -> &'static str {
    match people {
        People::Senders => "email.from_addresses",
        People::Recipients => "email.to_addresses, email.cc_addresses, email.bcc_addresses",
    }
}

fn letter_from(row: &SqlRow<'_>, people: People) -> rusqlite::Result<Letter> {
    let mut addresses: Vec<Address> = from_json(row, 10)?;
    if people == People::Recipients && addresses.is_empty() {
        addresses = from_json(row, 11)?;
        addresses.extend(from_json::<Vec<Address>>(row, 12)?);
    }
    Ok(Letter {
        email: EmailId(row.get(0)?),
        account: AccountId(row.get(1)?),
        thread: ThreadId(row.get(2)?),
        received_at: row.get(3)?,
        keywords: from_json(row, 4)?,
        has_attachment: row.get(5)?,
        subject: row.get(6)?,
        preview: row.get(7)?,
        size: row.get(8)?,
        muted: row.get(9)?,
        people: addresses,
    })
}

/// One row for letters that are given newest first, and the folders that show them.
fn row_of(letters: Vec<Letter>, mailboxes: Vec<MailboxId>) -> Option<Row> {
    let mut people = Vec::new();
    let mut seen = HashSet::new();
    for address in letters.iter().rev().flat_map(|letter| &letter.people) {
        if !address.display().is_empty() && seen.insert(address.email.to_lowercase()) {
            people.push(address.display().into_owned());
        }
    }
    let emails = letters.iter().map(|letter| letter.email).collect();
    let unread = letters.iter().any(|letter| !letter.keywords.has(Keyword::SEEN));
    let starred = letters.iter().any(|letter| letter.keywords.has(Keyword::FLAGGED));
    let has_attachment = letters.iter().any(|letter| letter.has_attachment);
    let size = letters
        .iter()
        .fold(0_u32, |sum, letter| sum.saturating_add(letter.size));
    let newest = letters.into_iter().next()?;
    Some(Row {
        thread: newest.thread,
        email: newest.email,
        account: newest.account,
        emails,
        mailboxes,
        people,
        avatar: newest
            .people
            .first()
            .map(|address| address.email.clone())
            .unwrap_or_default(),
        size,
        subject: newest.subject,
        preview: newest.preview,
        received_at: newest.received_at,
        unread,
        starred,
        answered: newest.keywords.has(Keyword::ANSWERED),
        has_attachment,
        muted: newest.muted,
    })
}
