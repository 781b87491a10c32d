//! One folder looked into: what arrived, what changed, and what is still to fetch of it. How the changes are found
//! and taken over is in `marks` and `compare`.

use waxwing_model::{Change, EmailId, Keyword, MailboxId, Role};
use waxwing_remote::RemoteError;
use waxwing_remote::imap::{Known, Missed, Selected, UidSet};
use waxwing_store::{RemoteMailbox, StoreError, SyncState, Writing};

use super::ImapWorker;
use super::marks::take_out;
use super::unplaced::Unplaced;
use crate::clock::now;
use crate::error::{EngineError, Result};

/// How closely it is looked whether the server has what a folder shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scrutiny {
    /// Numbers are believed where they agree.
    Counts,
    EachLetter,
}

impl ImapWorker {
    /// What the server refuses in one folder does not stop the others.
    pub(super) async fn check(&mut self, mailbox: MailboxId) -> Result<()> {
        self.shut.remove(&mailbox);
        match self.look_into(mailbox).await {
            Err(EngineError::Remote(RemoteError::Refused { doing, reply })) => {
                self.backlog.remove(&mailbox);
                self.complaints
                    .push(format!("The server refused ({doing}). ({reply})"));
                self.shut.insert(mailbox, reply);
                Ok(())
            }
            // The person deleted the folder while it was looked at.
            Err(EngineError::Store(StoreError::NoSuch { .. })) if self.is_gone(mailbox).await? => Ok(()),
            outcome => outcome,
        }
    }

    pub(super) async fn is_gone(&self, mailbox: MailboxId) -> Result<bool> {
        let there = self.engine.read(move |reading| reading.mailbox(mailbox)).await?;
        Ok(there.is_none())
    }

    async fn look_into(&mut self, mailbox: MailboxId) -> Result<()> {
        self.settle().await?;
        self.opened = None;
        let Some(remote) = self
            .engine
            .read(move |reading| reading.remote_mailbox(mailbox))
            .await?
        else {
            return Ok(());
        };
        let Some(path) = remote.path.clone() else {
            return Ok(());
        };
        let (selected, missed) = match self.select_anew(mailbox, &path, &remote.sync).await {
            Ok(selected) => selected,
            // A folder we may not open, or one that went while we looked, does not stop the others.
            Err(EngineError::Remote(RemoteError::Refused { reply, .. })) => {
                self.note_shut(mailbox, &path, reply);
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        let state = self.state_under(mailbox, &remote, &selected).await?;
        self.opened = Some(mailbox);
        self.learn_names(mailbox).await?;
        self.gather_unplaced(mailbox).await?;
        let arrived = self.fetch_arrivals(mailbox, &state, &selected).await?;
        self.catch_up(mailbox, &state, &selected, missed).await?;
        let backfill_below = self.line_up_older(mailbox, &state, &selected).await?;
        let identity = selected.identity.clone();
        self.engine
            .write_soon(move |writing| {
                let mut known = writing
                    .remote_mailbox(mailbox)?
                    .map(|remote| remote.sync)
                    .unwrap_or_default();
                known.uid_next = Some(selected.uid_next.max(known.uid_next.unwrap_or(0)));
                known.backfill_below = Some(backfill_below);
                if let Some(identity) = &identity {
                    writing.set_mailbox_identity(mailbox, identity)?;
                }
                writing.set_sync_state(mailbox, &known)
            })
            .await?;
        self.tell_arrived(mailbox, arrived).await?;
        if backfill_below > 1 {
            if self.account.paused && self.fills_a_window(mailbox).await? {
                return Ok(());
            }
            self.fetch_older_in(mailbox, super::arrivals::FIRST_WINDOW)
                .await?;
            self.settle().await?;
        } else {
            self.drop_unlocated(mailbox, Scrutiny::Counts).await?;
        }
        Ok(())
    }

    /// Whether the first rows of a folder are here.
    async fn fills_a_window(&self, mailbox: MailboxId) -> Result<bool> {
        let window = super::arrivals::FIRST_WINDOW;
        let limit = u32::try_from(window).unwrap_or(u32::MAX);
        let here = self
            .engine
            .read(move |reading| reading.located(mailbox, 0, limit))
            .await?;
        Ok(here.len() >= window)
    }

    /// Selects a folder, and has the server tell what happened in it since the last time where it can.
    async fn select_anew(
        &mut self,
        mailbox: MailboxId,
        path: &str,
        sync: &SyncState,
    ) -> Result<(Selected, Option<Missed>)> {
        let (Some(uid_validity), Some(modseq), true) =
            (sync.uid_validity, sync.highest_modseq, self.session.qresync())
        else {
            return Ok((self.session.select(path).await?, None));
        };
        let begun = begun(sync);
        // What arrived since, and what is still to fetch, needs no telling.
        let uids = self
            .engine
            .read(move |reading| reading.known_uids(mailbox, begun.start, begun.end.saturating_sub(1)))
            .await?;
        let known = Known {
            uid_validity,
            modseq,
            uids: UidSet::from_uids(&uids),
        };
        Ok(self.session.select_since(path, &known).await?)
    }

    pub(super) async fn gather_unplaced(&mut self, mailbox: MailboxId) -> Result<()> {
        let unplaced = self
            .engine
            .read(move |reading| Unplaced::gather(reading, mailbox))
            .await?;
        self.unplaced.insert(mailbox, unplaced);
        Ok(())
    }

    /// The state we may build on. Under another UIDVALIDITY all UIDs mean other messages (RFC 9051, section
    /// 2.3.1.1): locations are forgotten, and letters are found again by their Message-ID as they are listed.
    async fn state_under(
        &mut self,
        mailbox: MailboxId,
        remote: &RemoteMailbox,
        selected: &Selected,
    ) -> Result<SyncState> {
        if remote.sync.uid_validity == Some(selected.uid_validity) && remote.sync.uid_next.is_some() {
            return Ok(remote.sync);
        }
        self.backlog.remove(&mailbox);
        let fresh = SyncState {
            uid_validity: Some(selected.uid_validity),
            uid_next: Some(selected.uid_next),
            highest_modseq: None,
            backfill_below: Some(selected.uid_next),
        };
        let state = fresh;
        self.engine
            .write_soon(move |writing| {
                writing.forget_locations(mailbox)?;
                // A folder that was just fetched is not audited soon.
                writing.set_audited(mailbox, now())?;
                writing.set_sync_state(mailbox, &state)
            })
            .await?;
        Ok(fresh)
    }

    /// Letters shown in a folder that the server does not have there: moved away by another client, or lost with
    /// a UIDVALIDITY. The folder is known whole, so they are gone, or stand where the server has them instead, or in
    /// the other folders that show them and are looked at by themselves. Gives how many there were.
    pub(super) async fn drop_unlocated(&mut self, mailbox: MailboxId, scrutiny: Scrutiny) -> Result<usize> {
        let letters_have_names = self.session.capabilities().filing().knows_letters();
        self.engine
            .write_soon(move |writing| {
                let unlocated = match scrutiny {
                    Scrutiny::Counts => writing.unlocated_by_count(mailbox)?,
                    Scrutiny::EachLetter => writing.unlocated(mailbox)?,
                };
                for email in &unlocated {
                    take_out(writing, *email, mailbox)?;
                }
                if letters_have_names {
                    show_located(writing, mailbox)?;
                }
                // What lost its number and was not found again is not looked for any more.
                for email in writing.displaced(mailbox)? {
                    writing.forget_displaced(mailbox, email)?;
                    let shown_nowhere = writing
                        .email(email)?
                        .is_some_and(|email| email.mailboxes.is_empty());
                    if shown_nowhere
                        && writing.locations(&[email])?.is_empty()
                        && !writing.pending_for(email)?.place
                    {
                        writing.remove_email(email)?;
                    }
                }
                Ok(unlocated.len())
            })
            .await
    }

    async fn tell_arrived(&self, mailbox: MailboxId, arrived: Vec<EmailId>) -> Result<()> {
        if arrived.is_empty() {
            return Ok(());
        }
        self.outstanding.look_again().await;
        let account = self.account.id;
        self.engine
            .write_soon(move |writing| {
                let inbox = writing
                    .mailbox(mailbox)?
                    .is_some_and(|mailbox| mailbox.role == Some(Role::Inbox));
                let unread: Vec<EmailId> = writing
                    .emails(&arrived)?
                    .into_iter()
                    .filter(|email| !email.keywords.has(Keyword::SEEN))
                    .map(|email| email.id)
                    .collect();
                if inbox && !unread.is_empty() {
                    writing.note(Change::Arrived {
                        account,
                        emails: unread,
                    });
                }
                Ok(())
            })
            .await
    }
}

/// Letters that were found in a folder while the server had still to hear where the person has put them. It has heard.
fn show_located(writing: &mut Writing<'_>, mailbox: MailboxId) -> Result<(), StoreError> {
    for email in writing.located_and_not_shown(mailbox)? {
        if let Some(letter) = writing.email(email)? {
            let mut mailboxes = letter.mailboxes;
            mailboxes.push(mailbox);
            writing.set_mailboxes(email, &mailboxes)?;
        }
    }
    Ok(())
}

/// The UIDs of which something is known: below them older messages are still to come, above them new ones.
pub(super) fn begun(state: &SyncState) -> std::ops::Range<u32> {
    state.backfill_below.unwrap_or(u32::MAX)..state.uid_next.unwrap_or(0)
}
