//! The table `membership`: where a letter is shown. Counts and conversation rows follow it, by triggers where rows change
//! or go and from here where they are added, so no other file may change them.

use std::collections::BTreeMap;

use rusqlite::params;
use waxwing_model::{AccountId, Change, EmailId, Keyword, Keywords, MailboxId, ThreadId, Timestamp};

use crate::column::from_json;
use crate::{Reading, StoreError, Writing};

/// Letters that a mailbox is to show. They are written table by table, since a statement that stays prepared on pages
/// that stay at hand takes half the time, and counted together.
pub(crate) struct Unshown {
    mailbox: MailboxId,
    letters: Vec<Shown>,
}

/// The arrival of a letter that has no number on its server yet: more than any number (RFC 9051, section 2.3.1.1), since
/// the next one will be its own.
const UNNUMBERED: i64 = 1 << 32;

/// What a mailbox is to know of a letter.
pub(crate) struct Shown {
    pub email: EmailId,
    pub thread: ThreadId,
    pub received_at: Timestamp,
    pub unread: bool,
    pub starred: bool,
    /// Its number on the server, where that is new too.
    pub uid: Option<u32>,
}

impl Shown {
    fn arrival(&self) -> i64 {
        self.uid.map_or(UNNUMBERED, i64::from)
    }
}

/// What letters add to a mailbox.
#[derive(Default)]
struct Count {
    total: u32,
    unread: u32,
    conversations: u32,
    unread_conversations: u32,
}

/// What letters add to a conversation.
struct Added {
    /// The moment and the arrival of its newest letter.
    latest: (Timestamp, i64),
    total: u32,
    unread: u32,
    starred: u32,
}

impl Added {
    /// As they stand in `conversation`.
    fn columns(&self, mailbox: MailboxId, thread: ThreadId) -> (i64, i64, Timestamp, i64, u32, u32, u32) {
        let (latest_at, latest_arrival) = self.latest;
        let (mailbox, thread) = (mailbox.0, thread.0);
        (
            mailbox,
            thread,
            latest_at,
            latest_arrival,
            self.total,
            self.unread,
            self.starred,
        )
    }
}

impl Reading<'_> {
    /// The mailboxes that show a letter, by ascending id.
    pub(crate) fn shown_in(&self, email: EmailId) -> Result<Vec<MailboxId>, StoreError> {
        self.all(
            "looking where a letter is shown",
            "SELECT mailbox_id FROM membership WHERE email_id = ?1 ORDER BY mailbox_id",
            [email.0],
            |row| row.get(0).map(MailboxId),
        )
    }
}

impl Writing<'_> {
    /// Shows a letter in exactly these mailboxes. It may be none, while the server has still to destroy it.
    pub fn set_mailboxes(&mut self, email: EmailId, mailboxes: &[MailboxId]) -> Result<(), StoreError> {
        let account = self
            .one(
                "looking where a letter is shown",
                "SELECT account_id FROM email WHERE id = ?1",
                [email.0],
                |row| row.get(0),
            )?
            .ok_or(StoreError::NoSuch {
                what: "letter",
                id: email.0,
            })?;
        let before = self.shown_in(email)?;
        let mut changed = false;
        for &mailbox in before.iter().filter(|mailbox| !mailboxes.contains(mailbox)) {
            self.run(
                "taking a letter out of a mailbox",
                "DELETE FROM membership WHERE email_id = ?1 AND mailbox_id = ?2",
                [email.0, mailbox.0],
            )?;
            self.note(Change::Listing { mailbox });
            changed = true;
        }
        for &mailbox in mailboxes.iter().filter(|mailbox| !before.contains(mailbox)) {
            self.show_too(email, mailbox)?;
            self.note(Change::Listing { mailbox });
            changed = true;
        }
        if changed {
            self.touched.emails.push(email);
            self.note(Change::Mailboxes {
                account: AccountId(account),
            });
            self.note(Change::Emails { emails: vec![email] });
        }
        Ok(())
    }

    /// Shows a letter in one more mailbox; no change if it is there.
    fn show_too(&mut self, email: EmailId, mailbox: MailboxId) -> Result<(), StoreError> {
        let doing = "showing a letter in a mailbox";
        let sql = "SELECT thread_id, received_at, keywords FROM email WHERE id = ?1";
        let (thread, received_at, keywords): (i64, i64, Keywords) = self
            .one(doing, sql, [email.0], |row| {
                Ok((row.get(0)?, row.get(1)?, from_json(row, 2)?))
            })?
            .ok_or(StoreError::NoSuch {
                what: "letter",
                id: email.0,
            })?;
        let shown = Shown {
            email,
            thread: ThreadId(thread),
            received_at,
            unread: !keywords.has(Keyword::SEEN),
            starred: keywords.has(Keyword::FLAGGED),
            uid: None,
        };
        self.show(mailbox, shown)?;
        self.settle_shown()?;
        let sql = "SELECT max(uid) FROM location WHERE email_id = ?1 AND mailbox_id = ?2";
        match self
            .one(doing, sql, [email.0, mailbox.0], |row| row.get(0))?
            .flatten()
        {
            Some(uid) => self.number_shown(email, mailbox, uid),
            None => Ok(()),
        }
    }

    /// The server has given a letter this number in a mailbox, which may show it already: letters of one moment stand in
    /// the order of their numbers.
    pub(crate) fn number_shown(
        &mut self,
        email: EmailId,
        mailbox: MailboxId,
        uid: u32,
    ) -> Result<(), StoreError> {
        let moved = self.run(
            "putting a letter in its place among those of its moment",
            "UPDATE membership SET arrival = ?3 WHERE email_id = ?1 AND mailbox_id = ?2 AND arrival <> ?3",
            params![email.0, mailbox.0, uid],
        )?;
        if moved > 0 {
            self.touched.emails.push(email);
        }
        Ok(())
    }

    /// The same for a letter whose facts are at hand. It is shown before anything else changes
    /// ([`Writing::settle_shown`]).
    pub(crate) fn show(&mut self, mailbox: MailboxId, shown: Shown) -> Result<(), StoreError> {
        match &mut self.unshown {
            Some(unshown) if unshown.mailbox == mailbox => unshown.letters.push(shown),
            other => {
                let before = other.replace(Unshown {
                    mailbox,
                    letters: vec![shown],
                });
                if let Some(before) = before {
                    self.write_shown(&before)?;
                }
            }
        }
        Ok(())
    }

    /// Writes and counts the letters that are to be shown.
    pub(crate) fn settle_shown(&mut self) -> Result<(), StoreError> {
        match self.unshown.take() {
            Some(unshown) => self.write_shown(&unshown),
            None => Ok(()),
        }
    }

    fn write_shown(&self, Unshown { mailbox, letters }: &Unshown) -> Result<(), StoreError> {
        let added: Vec<usize> = self.each(
            "showing a letter in a mailbox",
            "INSERT INTO membership (email_id, mailbox_id, thread_id, received_at, arrival, unread, starred)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
            letters,
            |statement, letter| {
                statement.execute(params![
                    letter.email.0,
                    mailbox.0,
                    letter.thread.0,
                    letter.received_at,
                    letter.arrival(),
                    letter.unread,
                    letter.starred,
                ])
            },
        )?;
        self.add_locations(
            *mailbox,
            letters
                .iter()
                .filter_map(|letter| Some((letter.email, letter.uid?))),
        )?;
        let new = letters.iter().zip(added).filter(|(_, added)| *added > 0);
        self.count(*mailbox, new.map(|(letter, _)| letter))
    }

    fn count<'a>(&self, mailbox: MailboxId, new: impl Iterator<Item = &'a Shown>) -> Result<(), StoreError> {
        let doing = "counting the letters of a mailbox";
        let mut conversations: BTreeMap<ThreadId, Added> = BTreeMap::new();
        for letter in new {
            let added = conversations.entry(letter.thread).or_insert(Added {
                latest: (letter.received_at, letter.arrival()),
                total: 0,
                unread: 0,
                starred: 0,
            });
            added.latest = added.latest.max((letter.received_at, letter.arrival()));
            added.total += 1;
            added.unread += u32::from(letter.unread);
            added.starred += u32::from(letter.starred);
        }
        // Two plain statements and not one that does either: such a one, or a trigger of it, has SQLite keep copies of the
        // pages that it changes, and that takes longer than the rest of it.
        let begun: Vec<usize> = self.each(
            doing,
            "INSERT INTO conversation (mailbox_id, thread_id, latest_at, latest_arrival, total, unread, starred)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
            &conversations,
            |statement, (thread, added)| statement.execute(added.columns(mailbox, *thread)),
        )?;
        let mut count = Count::default();
        for ((thread, added), begun) in conversations.iter().zip(begun) {
            count.total += added.total;
            count.unread += added.unread;
            if begun > 0 {
                count.conversations += 1;
                count.unread_conversations += u32::from(added.unread > 0);
            } else {
                // The trigger looks at conversations that get unread letters.
                let unread = if added.unread > 0 {
                    "unread = unread + ?6,"
                } else {
                    ""
                };
                let sql = format!(
                    "UPDATE conversation SET
                       latest_arrival = CASE WHEN (latest_at, latest_arrival) < (?3, ?4) THEN ?4 ELSE latest_arrival END,
                       latest_at = max(latest_at, ?3),
                       total = total + ?5,
                       {unread}
                       starred = starred + ?7
                     WHERE mailbox_id = ?1 AND thread_id = ?2"
                );
                self.run(doing, &sql, added.columns(mailbox, *thread))?;
            }
        }
        self.run(
            doing,
            "UPDATE mailbox SET total = total + ?2, unread = unread + ?3, conversations = conversations + ?4,
               unread_conversations = unread_conversations + ?5 WHERE id = ?1",
            params![
                mailbox.0,
                count.total,
                count.unread,
                count.conversations,
                count.unread_conversations
            ],
        )?;
        Ok(())
    }
}
