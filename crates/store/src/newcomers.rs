//! Letters that are being added together. Their rows are written table by table, since a statement that stays prepared on
//! pages that stay at hand takes half the time; until then, what the letters behind them ask is answered from here too:
//! whose conversation a name leads to, and who has a subject.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::RangeInclusive;

use rusqlite::{Statement, params};
use waxwing_model::{AccountId, Change, EmailId, Keyword, Keywords, MailboxId, ThreadId, Timestamp};

use crate::column::{json, json_of};
use crate::memberships::Shown;
use crate::search::Former;
use crate::subjects::Heading;
use crate::threads::Placed;
use crate::{NewEmail, StoreError, Writing};

/// Letters of one account whose rows are still to be written.
#[derive(Default)]
pub(crate) struct Newcomers<'a> {
    letters: Vec<Newcomer<'a>>,
    /// Names that lead to conversations, in the order of their table.
    names: BTreeMap<String, ThreadId>,
    /// Who has a subject: its digest, the moment, and which of the letters.
    subjects: BTreeSet<(i64, Timestamp, usize)>,
    /// Which conversations have a letter of a subject.
    begun: HashSet<(i64, ThreadId)>,
    /// Those whose rows stand, in the order in which they came.
    added: Vec<EmailId>,
}

/// A letter whose conversation is known.
pub(crate) struct Newcomer<'a> {
    new: &'a NewEmail,
    pub heading: Heading<'a>,
    pub thread: ThreadId,
    keywords: Cow<'a, Keywords>,
    /// It came to a muted conversation, and nobody hears of it.
    is_silenced: bool,
}

impl<'a> Newcomers<'a> {
    /// The conversation that a name leads to.
    pub fn thread_naming(&self, name: &str) -> Option<ThreadId> {
        self.names.get(name).copied()
    }

    /// A name leads to a conversation from now on, if it leads nowhere.
    pub fn lead(&mut self, name: &str, thread: ThreadId) {
        self.names.entry(name.to_owned()).or_insert(thread);
    }

    /// Those of a subject, by its digest, that came between two moments, the oldest first; of one moment, in the order in which they
    /// were added.
    pub fn of_subject(
        &self,
        key: i64,
        span: RangeInclusive<Timestamp>,
    ) -> impl DoubleEndedIterator<Item = &Newcomer<'a>> {
        self.subjects
            .range((key, *span.start(), 0)..=(key, *span.end(), usize::MAX))
            .filter_map(|(_, _, place)| self.letters.get(*place))
    }

    /// Whether a conversation has one of that subject.
    pub fn has_subject(&self, thread: ThreadId, key: i64) -> bool {
        self.begun.contains(&(key, thread))
    }

    fn push(&mut self, letter: Newcomer<'a>) {
        if let Some(key) = letter.heading.key() {
            self.subjects.insert((key, letter.heading.at, self.letters.len()));
            self.begun.insert((key, letter.thread));
        }
        self.letters.push(letter);
    }
}

impl<'a> Newcomer<'a> {
    fn of(new: &'a NewEmail, heading: Heading<'a>, placed: &Placed) -> Self {
        let is_silenced = placed.muted && !new.keywords.has(Keyword::SEEN);
        Self {
            new,
            heading,
            thread: placed.thread,
            keywords: match is_silenced {
                true => Cow::Owned(new.keywords.clone().with(Keyword::SEEN)),
                false => Cow::Borrowed(&new.keywords),
            },
            is_silenced,
        }
    }

    fn shown(&self, email: EmailId) -> Shown {
        Shown {
            email,
            thread: self.thread,
            received_at: self.new.received_at,
            unread: !self.keywords.has(Keyword::SEEN),
            starred: self.keywords.has(Keyword::FLAGGED),
            uid: self.new.uid,
        }
    }

    fn insert(&self, statement: &mut Statement<'_>) -> rusqlite::Result<EmailId> {
        let new = self.new;
        let row = statement.insert(params![
            new.account.0,
            self.thread.0,
            new.received_at,
            new.sent_at,
            new.size,
            new.has_attachment,
            json(self.keywords.as_ref())?,
            new.message_id,
            new.subject,
            new.preview,
            json(&new.from)?,
            json(&new.to)?,
            json(&new.cc)?,
            json(&new.bcc)?,
            json(&new.reply_to)?,
            json(&new.in_reply_to)?,
            json(&new.references)?,
            json_of(new.sent_by.as_ref())?,
        ])?;
        Ok(EmailId(row))
    }
}

impl Writing<'_> {
    /// Adds a letter: its row, its place, its conversation and its line in the search index.
    pub fn insert_email(&mut self, new: &NewEmail) -> Result<EmailId, StoreError> {
        let added = self.add(std::iter::once(new))?;
        if let Some(uid) = new.uid {
            self.forget_deleted(new.mailbox, uid)?;
        }
        added.first().copied().ok_or(StoreError::NoSuch {
            what: "letter",
            id: 0,
        })
    }

    /// The same for many of one mailbox, which is faster than one after the other. Gives their ids in the same order.
    pub fn insert_emails<'a>(
        &mut self,
        mailbox: MailboxId,
        new: impl IntoIterator<Item = &'a NewEmail>,
    ) -> Result<Vec<EmailId>, StoreError> {
        let added = self.add(new)?;
        self.forget_deleted_located(mailbox)?;
        Ok(added)
    }

    fn add<'a>(&mut self, new: impl IntoIterator<Item = &'a NewEmail>) -> Result<Vec<EmailId>, StoreError> {
        let mut newcomers = Newcomers::default();
        let mut before: Option<(AccountId, bool)> = None;
        for new in new {
            let has_wishes = match before {
                // Where nothing was said of conversations by hand, nothing is by letters that come.
                Some((account, said)) if account == new.account => said,
                _ => {
                    self.settle_newcomers(&mut newcomers)?;
                    self.has_wishes(new.account)?
                }
            };
            before = Some((new.account, has_wishes));
            let heading = new.into();
            let placed = self.thread_for(&mut newcomers, new, &heading, has_wishes)?;
            newcomers.push(Newcomer::of(new, heading, &placed));
            if has_wishes {
                // What was said by hand is looked up in the tables.
                self.settle_newcomers(&mut newcomers)?;
            }
        }
        self.settle_newcomers(&mut newcomers)?;
        self.settle_shown()?;
        Ok(newcomers.added)
    }

    /// Writes what is to be written, but for where letters are shown ([`Writing::settle_shown`]).
    pub(crate) fn settle_newcomers(&mut self, newcomers: &mut Newcomers<'_>) -> Result<(), StoreError> {
        let letters = std::mem::take(&mut newcomers.letters);
        newcomers.subjects.clear();
        newcomers.begun.clear();
        let names = std::mem::take(&mut newcomers.names);
        if let Some(Newcomer { new, .. }) = letters.first() {
            self.lead_all(new.account, &names)?;
        }
        let added: Vec<EmailId> = self.each(
            "adding a letter",
            "INSERT INTO email (account_id, thread_id, received_at, sent_at, size, has_attachment, keywords,
               message_id, subject, preview, from_addresses, to_addresses, cc_addresses, bcc_addresses,
               reply_to_addresses, in_reply_to, reference_ids, sent_by)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
            &letters,
            |statement, letter| letter.insert(statement),
        )?;
        self.note_subjects(
            added
                .iter()
                .copied()
                .zip(letters.iter().map(|letter| &letter.heading)),
        )?;
        for (&email, letter) in added.iter().zip(&letters) {
            self.introduce(email, letter)?;
        }
        newcomers.added.extend(added);
        Ok(())
    }

    /// Tells the other tables, and whoever listens, of a letter whose row stands.
    fn introduce(&mut self, email: EmailId, letter: &Newcomer<'_>) -> Result<(), StoreError> {
        let NewEmail {
            account,
            mailbox,
            received_at,
            uid,
            ..
        } = *letter.new;
        self.put_tags(email, received_at, &Keywords::none(), &letter.keywords)?;
        self.show(mailbox, letter.shown(email))?;
        if letter.is_silenced && uid.is_some() {
            self.tell_muted(account, email)?;
        }
        self.touched.emails.push(email);
        self.line_up(email, Former::None, "", None);
        self.note(Change::Listing { mailbox });
        self.note(Change::Mailboxes { account });
        Ok(())
    }
}
