//! One folder brought into step: arrivals, marks, and what went away.

use std::collections::HashSet;

use waxwing_model::{Change, EmailId, Keyword, Keywords, MailboxId, Role};
use waxwing_remote::RemoteError;
use waxwing_remote::imap::{Selected, UidSet};
use waxwing_store::{RemoteMailbox, StoreError, SyncState};

use super::ImapWorker;
use crate::error::{EngineError, Result};

/// Messages of a folder whose whole list is no burden: some 30 kB.
const SMALL: usize = 5_000;

impl ImapWorker {
    /// What the server refuses in one folder does not stop the others.
    pub(super) async fn check(&mut self, mailbox: MailboxId) -> Result<()> {
        match self.look_into(mailbox).await {
            Err(EngineError::Remote(RemoteError::Refused { doing, reply })) => {
                self.backlog.remove(&mailbox);
                self.complaints
                    .push(format!("The server refused ({doing}): {reply}"));
                Ok(())
            }
            // The person deleted the folder while it was looked at.
            Err(EngineError::Store(StoreError::NoSuch { .. })) if self.is_gone(mailbox).await? => Ok(()),
            outcome => outcome,
        }
    }

    async fn is_gone(&self, mailbox: MailboxId) -> Result<bool> {
        let there = self.engine.read(move |reading| reading.mailbox(mailbox)).await?;
        Ok(there.is_none())
    }

    async fn look_into(&mut self, mailbox: MailboxId) -> Result<()> {
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
        let selected = match self.session.select(&path).await {
            Ok(selected) => selected,
            // A folder we may not open, or one that went while we looked, does not stop the others.
            Err(RemoteError::Refused { reply, .. }) => {
                self.complaints
                    .push(format!("The server does not open “{path}”: {reply}"));
                return Ok(());
            }
            Err(error) => return Err(error.into()),
        };
        let state = self.state_under(mailbox, &remote, &selected).await?;
        self.opened = Some(mailbox);
        self.gather_unplaced(mailbox).await?;
        let arrived = self.fetch_arrivals(mailbox, &state, &selected).await?;
        self.take_over_marks(mailbox, &state, &selected).await?;
        let backfill_below = self.line_up_older(mailbox, &state, &selected).await?;
        self.engine
            .write(move |writing| {
                let mut known = writing
                    .remote_mailbox(mailbox)?
                    .map(|remote| remote.sync)
                    .unwrap_or_default();
                known.uid_next = Some(selected.uid_next.max(known.uid_next.unwrap_or(0)));
                known.highest_modseq = selected.highest_modseq;
                known.backfill_below = Some(backfill_below);
                writing.set_sync_state(mailbox, &known)
            })
            .await?;
        self.tell_arrived(mailbox, arrived).await?;
        if backfill_below > 1 {
            self.fetch_older_in(mailbox, super::arrivals::FIRST_WINDOW)
                .await?;
        } else {
            self.drop_unlocated(mailbox).await?;
        }
        Ok(())
    }

    async fn gather_unplaced(&mut self, mailbox: MailboxId) -> Result<()> {
        let unplaced = self
            .engine
            .read(move |reading| {
                let unlocated = reading.unlocated(mailbox)?;
                reading.emails(&unlocated)
            })
            .await?;
        let by_message_id = self.unplaced.entry(mailbox).or_default();
        by_message_id.clear();
        for email in unplaced {
            if let Some(message_id) = email.message_id {
                by_message_id.entry(message_id).or_default().push(email.id);
            }
        }
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
            .write(move |writing| {
                writing.forget_locations(mailbox)?;
                writing.set_sync_state(mailbox, &state)
            })
            .await?;
        Ok(fresh)
    }

    /// Marks set elsewhere, and messages that are gone.
    async fn take_over_marks(
        &mut self,
        mailbox: MailboxId,
        state: &SyncState,
        selected: &Selected,
    ) -> Result<()> {
        let located = self.engine.read(move |reading| reading.located(mailbox)).await?;
        let complete = state.backfill_below == Some(1);
        if located.is_empty() && !(complete && selected.exists > 0) {
            return Ok(());
        }
        let unchanged = state.highest_modseq.is_some() && state.highest_modseq == selected.highest_modseq;
        if unchanged && complete && located.len() == selected.exists as usize {
            return Ok(());
        }
        let mut present: Option<HashSet<u32>> = None;
        let marks = match (state.highest_modseq, selected.highest_modseq) {
            (Some(known), Some(_)) if unchanged || self.session.capabilities().condstore => {
                if unchanged {
                    Vec::new()
                } else {
                    self.session.fetch_changed_flags(known).await?
                }
            }
            _ => {
                let all = self.session.fetch_flags(&UidSet::all()).await?;
                present = Some(all.iter().map(|(uid, _)| *uid).collect());
                all
            }
        };
        let present = match present {
            Some(present) => present,
            // A message that another client marked as deleted is still counted and has no mark told. In a small folder
            // the whole list is asked for; in a large one, where it is long, only if nothing else tells what changed.
            None if complete
                && located.len() == selected.exists as usize
                && located.len() > SMALL
                && !marks.is_empty() =>
            {
                located.iter().map(|entry| entry.0).collect()
            }
            None => self.session.uids().await?.into_iter().collect(),
        };
        let here: HashSet<u32> = located.iter().map(|entry| entry.0).collect();
        let begun = state.backfill_below.unwrap_or(u32::MAX)..state.uid_next.unwrap_or(0);
        let mut missed: Vec<u32> = present
            .iter()
            .copied()
            .filter(|uid| begun.contains(uid) && !here.contains(uid))
            .collect();
        missed.sort_unstable();
        self.engine
            .write(move |writing| {
                let gone: Vec<u32> = located
                    .iter()
                    .map(|(uid, _, _)| *uid)
                    .filter(|uid| !present.contains(uid))
                    .collect();
                let known: std::collections::HashMap<u32, (EmailId, Keywords)> = located
                    .into_iter()
                    .map(|(uid, email, keywords)| (uid, (email, keywords)))
                    .collect();
                for (uid, keywords) in marks {
                    let Some((email, ours)) = known.get(&uid) else {
                        continue;
                    };
                    // What the person did since has not reached the server yet and counts more.
                    if *ours == keywords
                        || writing.pending_for(*email)?.keywords
                        || writing.email(*email)?.is_none()
                    {
                        continue;
                    }
                    writing.set_keywords(*email, &keywords)?;
                }
                for uid in gone {
                    let Some(email) = writing.remove_location(mailbox, uid)? else {
                        continue;
                    };
                    if writing.locations(&[email])?.is_empty() && !writing.pending_for(email)?.place {
                        writing.remove_email(email)?;
                    }
                }
                Ok(())
            })
            .await?;
        self.fetch_missed(mailbox, &missed).await
    }

    /// Letters shown in a folder that the server does not have there: moved away by another client, or lost with
    /// a UIDVALIDITY. The folder is known whole, so they are gone, or stand where the server has them instead.
    pub(super) async fn drop_unlocated(&mut self, mailbox: MailboxId) -> Result<()> {
        self.engine
            .write(move |writing| {
                for email in writing.unlocated(mailbox)? {
                    let elsewhere: Vec<MailboxId> = writing
                        .locations(&[email])?
                        .into_iter()
                        .map(|location| location.mailbox)
                        .collect();
                    if elsewhere.is_empty() {
                        writing.remove_email(email)?;
                    } else {
                        writing.set_mailboxes(email, &elsewhere)?;
                    }
                }
                Ok(())
            })
            .await
    }

    async fn tell_arrived(&self, mailbox: MailboxId, arrived: Vec<EmailId>) -> Result<()> {
        if arrived.is_empty() {
            return Ok(());
        }
        let account = self.account.id;
        self.engine
            .write(move |writing| {
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
