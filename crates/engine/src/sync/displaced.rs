//! Letters whose numbers were lost with a UIDVALIDITY (RFC 9051, section 2.3.1.1) while the server had still to hear what
//! the person did to them. They are looked for one by one before the journal is replayed, since an entry whose letter
//! the server does not seem to have would pass for done. What the person does to others while these are looked for waits:
//! the journal gives no entry about a letter of which that is still to be done.
//!
//! All others are found again as their folder is listed (`arrivals`).

use waxwing_model::{Email, EmailId, MailboxId, Operation};
use waxwing_remote::imap::UidSet;

use super::ImapWorker;
use crate::error::Result;

/// What the person reads when a change cannot be carried out.
const LOST: &str = "the server has numbered the folder anew, and the letter cannot be told for certain in it";

/// What came of looking for a letter.
enum Found {
    At(u32),
    /// The server does not have it: for each operation, gone is done.
    Gone,
    /// It cannot be told from others, or by nothing.
    Unclear,
}

impl ImapWorker {
    /// Looks for letters with open entries in the journal. `true`: a folder has to be looked into first.
    pub(super) async fn place_displaced(&mut self) -> Result<bool> {
        let account = self.account.id;
        let waiting = self
            .engine
            .read(move |reading| reading.displaced_and_pending(account))
            .await?;
        for (mailbox, email) in waiting {
            if !self.open(mailbox).await? {
                if self.to_check.front() == Some(&mailbox) {
                    // It has been numbered anew once more.
                    self.to_check.pop_front();
                    self.check(mailbox).await?;
                    return Ok(true);
                }
                self.give_up(mailbox, email).await?;
                continue;
            }
            match self.look_for(mailbox, email).await? {
                Found::At(uid) => {
                    self.engine
                        .write(move |writing| {
                            if writing.email(email)?.is_some() && writing.email_at(mailbox, uid)?.is_none() {
                                writing.put_location(email, mailbox, uid)?;
                            }
                            writing.forget_displaced(mailbox, email)
                        })
                        .await?;
                }
                Found::Gone => {
                    self.engine
                        .write(move |writing| writing.forget_displaced(mailbox, email))
                        .await?;
                }
                Found::Unclear => self.give_up(mailbox, email).await?,
            }
        }
        Ok(false)
    }

    async fn look_for(&mut self, mailbox: MailboxId, email: EmailId) -> Result<Found> {
        let (letter, name) = self
            .engine
            .read(move |reading| Ok((reading.email(email)?, reading.identity_of(email)?)))
            .await?;
        let Some(letter) = letter else {
            return Ok(Found::Gone);
        };
        let Some(path) = self.session.selected().map(str::to_owned) else {
            return Ok(Found::Unclear);
        };
        let found = match (&name, &letter.message_id) {
            (Some(name), _) => self.session.find_letter(&path, name).await?,
            (None, Some(message_id)) => self.session.find_message_id(&path, message_id).await?,
            (None, None) => return Ok(Found::Unclear),
        };
        let free = self
            .engine
            .read(move |reading| {
                let mut free = Vec::new();
                for uid in found {
                    if reading.email_at(mailbox, uid)?.is_none() {
                        free.push(uid);
                    }
                }
                Ok(free)
            })
            .await?;
        match free.as_slice() {
            [] => Ok(Found::Gone),
            [uid] => Ok(Found::At(*uid)),
            // Copies of one letter: either will do.
            [uid, ..] if name.is_some() => Ok(Found::At(*uid)),
            several => self.tell_apart(&letter, several).await,
        }
    }

    /// Letters with one Message-ID and one size are one letter twice: either will do. Others are not guessed at.
    async fn tell_apart(&mut self, letter: &Email, uids: &[u32]) -> Result<Found> {
        let sizes = self.session.fetch_sizes(&UidSet::from_uids(uids)).await?;
        let same = sizes
            .iter()
            .find(|(marks, size)| !marks.deleted && *size == letter.size);
        Ok(same.map_or(Found::Unclear, |(marks, _)| Found::At(marks.uid)))
    }

    /// What the person did to the letter is taken back, and they are told.
    async fn give_up(&mut self, mailbox: MailboxId, email: EmailId) -> Result<()> {
        let account = self.account.id;
        let entries = self
            .engine
            .write(move |writing| {
                writing.forget_displaced(mailbox, email)?;
                writing.pending_operations(account)
            })
            .await?;
        for entry in entries {
            let touched = match &entry.operation {
                Operation::SetKeywords { emails, .. }
                | Operation::Move { emails, .. }
                | Operation::Refile { emails, .. }
                | Operation::Destroy { emails, .. } => emails.contains(&email),
                _ => false,
            };
            if touched {
                self.engine.refuse(entry, LOST.to_owned()).await?;
            }
        }
        Ok(())
    }
}
