//! The rows of a message list, put together from the letters they stand for. Which rows a list has is `listing`'s, and what a row
//! tells of letters in other folders is `whole`'s.

use rusqlite::Row as SqlRow;
use waxwing_model::{
    AccountId, Address, EmailId, Keyword, Keywords, Listing, ListingGrouping, ListingSource, MailboxId,
    OrderBy, Participant, Row, ThreadId, Timestamp,
};

use crate::column::from_json;
use crate::listing::{Group, Key};
use crate::whole::{Around, OwnLetter, Whole, Written, participants};
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
    /// Whom it is about, and how.
    people: Vec<Address>,
    kind: People,
}

impl Letter {
    fn of_row(&self) -> OwnLetter<'_> {
        OwnLetter {
            email: self.email,
            received_at: self.received_at,
            unread: self.is_unread(),
            draft: self.keywords.has(Keyword::DRAFT),
            from: (self.kind == People::Senders).then_some(self.people.as_slice()),
        }
    }

    fn is_unread(&self) -> bool {
        !self.keywords.has(Keyword::SEEN)
    }
}

impl Reading<'_> {
    /// The rows for these keys, in their order.
    pub(crate) fn rows_in_mailboxes(&self, keys: &[Key], listing: &Listing) -> Result<Vec<Row>, StoreError> {
        let mut rows = Vec::with_capacity(keys.len());
        let mut around = Around::default();
        let mut known: Option<(MailboxId, People)> = None;
        for key in keys {
            let people = match known {
                Some((mailbox, people)) if mailbox == key.mailbox => people,
                _ => self.people_in(key.mailbox)?,
            };
            known = Some((key.mailbox, people));
            let letters = match listing.grouping {
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
            rows.extend(self.row_of(&mut around, listing, letters, vec![key.mailbox])?);
        }
        Ok(rows)
    }

    /// The rows for gathered letters, in their order.
    pub(crate) fn rows_of_groups(
        &self,
        groups: &[&Group],
        listing: &Listing,
    ) -> Result<Vec<Row>, StoreError> {
        let mut rows = Vec::with_capacity(groups.len());
        let mut around = Around::default();
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
            rows.extend(self.row_of(&mut around, listing, letters, mailboxes)?);
        }
        Ok(rows)
    }

    /// One row for letters that are given newest first, and the folders that show them.
    fn row_of(
        &self,
        around: &mut Around,
        listing: &Listing,
        letters: Vec<Letter>,
        mailboxes: Vec<MailboxId>,
    ) -> Result<Option<Row>, StoreError> {
        let Some(newest) = letters.first() else {
            return Ok(None);
        };
        let whole = match listing.grouping {
            ListingGrouping::Messages => Whole::of_one(),
            ListingGrouping::Conversations => {
                let own: Vec<OwnLetter<'_>> = letters.iter().map(Letter::of_row).collect();
                self.whole(around, (newest.account, newest.thread), &own, mailboxes.len() > 1)?
            }
        };
        let people = self.people_of_row(around, listing, &letters, whole.writers)?;
        let emails = letters.iter().map(|letter| letter.email).collect();
        let unread = letters.iter().any(Letter::is_unread);
        let starred = letters.iter().any(|letter| letter.keywords.has(Keyword::FLAGGED));
        let has_attachment = letters.iter().any(|letter| letter.has_attachment);
        let size = letters
            .iter()
            .fold(0_u32, |sum, letter| sum.saturating_add(letter.size));
        Ok(letters.into_iter().next().map(|newest| Row {
            thread: newest.thread,
            email: newest.email,
            account: newest.account,
            emails,
            mailboxes,
            people,
            letters: whole.letters,
            more_letters: whole.more,
            avatar: newest
                .people
                .into_iter()
                .next()
                .unwrap_or_else(|| Address::new("", "")),
            size,
            subject: newest.subject,
            preview: newest.preview,
            received_at: newest.received_at,
            unread,
            starred,
            answered: newest.keywords.has(Keyword::ANSWERED),
            has_attachment,
            muted: newest.muted,
        }))
    }

    /// Whom a row names: those who wrote in the conversation, unless it is about those to whom its letters go.
    fn people_of_row(
        &self,
        around: &mut Around,
        listing: &Listing,
        letters: &[Letter],
        writers: Vec<Participant>,
    ) -> Result<Vec<Participant>, StoreError> {
        let goes_out = matches!(listing.source, ListingSource::Mailbox { .. })
            && letters.iter().all(|letter| letter.kind == People::Recipients);
        let has_others = writers.iter().any(|writer| !writer.own);
        let is_by_name = listing.order.by == OrderBy::Sender;
        if has_others && !goes_out && !is_by_name {
            return Ok(writers);
        }
        let addresses = self.own_among(&mut around.addresses)?;
        let told = letters.iter().rev().map(|letter| Written {
            at: letter.received_at,
            unread: false,
            from: &letter.people,
        });
        let mut people = participants(addresses, told.collect());
        if !has_others || goes_out {
            return Ok(people);
        }
        // The list stands by this name: the row begins with it.
        people.truncate(1);
        let is_one = |one: &Participant, other: &Participant| {
            one.own && other.own || one.email.to_lowercase() == other.email.to_lowercase()
        };
        let leads = |writer: &Participant| people.iter().any(|first| is_one(first, writer));
        let (lead, others): (Vec<_>, Vec<_>) = writers.into_iter().partition(leads);
        for first in &mut people {
            first.newest_unread = lead.iter().any(|writer: &Participant| writer.newest_unread);
        }
        Ok(people.into_iter().chain(others).collect())
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
        kind: people,
    })
}
