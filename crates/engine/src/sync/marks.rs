//! What changed in a folder since the last look: told by the server where it can (QRESYNC, CONDSTORE, RFC 7162), else
//! found by comparing (`compare`). What was told is checked against the number of messages before anything is removed.

use std::ops::Range;

use waxwing_model::{EmailId, MailboxId};
use waxwing_remote::imap::{Marks, Missed, Selected, UidSet};
use waxwing_store::{StoreError, SyncState, Writing};

use super::ImapWorker;
use super::mailbox::begun;
use crate::error::Result;

impl ImapWorker {
    /// Takes over what happened to messages that were known, and makes sure that nothing was missed. The arrivals
    /// are in the store already.
    pub(super) async fn catch_up(
        &mut self,
        mailbox: MailboxId,
        state: &SyncState,
        selected: &Selected,
        missed: Option<Missed>,
    ) -> Result<()> {
        let known = begun(state);
        let complete = state.backfill_below == Some(1);
        let modseq = selected.highest_modseq;
        if known.is_empty() {
            // Whatever is fetched from now on is as of this moment or later.
            return self
                .take_over(mailbox, &known, Vec::new(), UidSet::new(), modseq)
                .await;
        }
        if let Some(missed) = missed {
            let believed = !complete || self.adds_up(mailbox, &known, &missed, selected).await?;
            let vanished = if believed {
                missed.vanished.clone()
            } else {
                UidSet::new()
            };
            self.take_over(mailbox, &known, missed.marks, vanished, modseq)
                .await?;
            if !believed {
                self.doubt(mailbox, &known, &missed.vanished, selected).await?;
            }
            return Ok(());
        }
        match (state.highest_modseq, modseq) {
            (Some(before), Some(now)) if before == now => {}
            (Some(before), Some(now)) if before < now && self.session.capabilities().condstore => {
                let marks = self.session.fetch_changed_flags(&range(&known), before).await?;
                self.take_over(mailbox, &known, marks, UidSet::new(), modseq)
                    .await?;
            }
            // Mod-sequences are not kept, or have gone back as after a restored backup: nothing follows from them.
            _ => return self.compare_flags(mailbox, &known, complete, selected).await,
        }
        // Without QRESYNC, deletions leave no trace but the number of messages.
        if !complete || self.counts_differ(mailbox, selected).await? {
            self.compare_uids(mailbox, &known, selected).await?;
        }
        Ok(())
    }

    /// Whether the folder, complete as it is known here, has another number of messages than the server says.
    pub(super) async fn counts_differ(&self, mailbox: MailboxId, selected: &Selected) -> Result<bool> {
        if self.session.has_news() {
            // The number has changed since it was told; the next look has the right one.
            return Ok(false);
        }
        let reckoning = self
            .engine
            .read(move |reading| reading.reckoning(mailbox))
            .await?;
        Ok(reckoning.messages() != selected.exists)
    }

    /// Whether the folder will have as many messages as the server says, once what was told is taken over.
    async fn adds_up(
        &self,
        mailbox: MailboxId,
        known: &Range<u32>,
        missed: &Missed,
        selected: &Selected,
    ) -> Result<bool> {
        if self.session.has_news() {
            return Ok(false);
        }
        let told: Vec<u32> = missed.marks.iter().map(|marks| marks.uid).collect();
        let (vanished, known) = (missed.vanished.clone(), known.clone());
        let messages = self
            .engine
            .read(move |reading| {
                let mut messages = i64::from(reading.reckoning(mailbox)?.messages());
                for range in vanished.ranges() {
                    let gone = reading.known_uids(mailbox, *range.start(), *range.end())?;
                    messages -= i64::try_from(gone.len()).unwrap_or(0);
                }
                for uid in told {
                    if known.contains(&uid) && reading.known_uids(mailbox, uid, uid)?.is_empty() {
                        messages += 1;
                    }
                }
                Ok(messages)
            })
            .await?;
        Ok(messages == i64::from(selected.exists))
    }

    /// What was told of deletions does not fit the number of messages, so the UIDs are listed. A server that called
    /// messages vanished which it has is not asked again.
    async fn doubt(
        &mut self,
        mailbox: MailboxId,
        known: &Range<u32>,
        vanished: &UidSet,
        selected: &Selected,
    ) -> Result<()> {
        let compared = self.compare_uids(mailbox, known, selected).await?;
        if !self.session.has_news() {
            let repaired = self.repaired.entry(mailbox).or_default();
            repaired.missing += u32::try_from(compared.missing).unwrap_or(u32::MAX);
            repaired.gone += u32::try_from(compared.gone).unwrap_or(u32::MAX);
        }
        if compared
            .listed
            .iter()
            .any(|uid| known.contains(uid) && vanished.contains(*uid))
        {
            tracing::warn!(
                account = %self.account.email,
                "the server calls messages vanished that it has, so it is not asked again"
            );
            self.session.distrust_qresync();
        }
        Ok(())
    }

    /// Takes over marks and deletions, and the mod-sequence with them, in one transaction. Messages that are known
    /// only now are fetched before it.
    async fn take_over(
        &mut self,
        mailbox: MailboxId,
        known: &Range<u32>,
        marks: Vec<Marks>,
        vanished: UidSet,
        modseq: Option<u64>,
    ) -> Result<()> {
        let marks: Vec<Marks> = marks
            .into_iter()
            .filter(|marks| known.contains(&marks.uid))
            .collect();
        let there: Vec<u32> = marks
            .iter()
            .filter(|marks| !marks.deleted)
            .map(|marks| marks.uid)
            .collect();
        let strangers = self
            .engine
            .read(move |reading| {
                let mut strangers = Vec::new();
                for uid in there {
                    if reading.email_at(mailbox, uid)?.is_none() {
                        strangers.push(uid);
                    }
                }
                Ok(strangers)
            })
            .await?;
        self.fetch_missed(mailbox, &strangers).await?;
        self.engine
            .write_soon(move |writing| {
                let held_back = apply_marks(writing, mailbox, &marks)?;
                let mut gone = Vec::new();
                for range in vanished.ranges() {
                    for uid in writing.known_uids(mailbox, *range.start(), *range.end())? {
                        gone.extend(take_away_but(writing, mailbox, uid)?);
                    }
                }
                // Together, which the search index takes better than one by one.
                writing.remove_emails(&gone)?;
                if held_back {
                    return Ok(());
                }
                move_modseq(writing, mailbox, modseq)
            })
            .await
    }
}

/// What was told up to this mod-sequence is in the store. Only now may the server leave it out the next time.
pub(super) fn move_modseq(
    writing: &mut Writing<'_>,
    mailbox: MailboxId,
    modseq: Option<u64>,
) -> Result<(), StoreError> {
    let Some(remote) = writing.remote_mailbox(mailbox)? else {
        return Ok(());
    };
    let mut sync = remote.sync;
    if sync.highest_modseq == modseq {
        return Ok(());
    }
    sync.highest_modseq = modseq;
    writing.set_sync_state(mailbox, &sync)
}

/// Gives letters the marks that the server has. `true`: some were held back, since the person has marked those
/// letters and the server has not heard of it; they are to be told again.
pub(super) fn apply_marks(
    writing: &mut Writing<'_>,
    mailbox: MailboxId,
    marks: &[Marks],
) -> Result<bool, StoreError> {
    let mut held_back = false;
    for marks in marks {
        match writing.email_at(mailbox, marks.uid)? {
            Some(_) if marks.deleted => {
                take_away(writing, mailbox, marks.uid)?;
                writing.note_deleted(mailbox, marks.uid)?;
            }
            Some(email) if writing.pending_for(email)?.keywords => {
                held_back |= differs(writing, email, marks)?;
            }
            Some(email) => writing.set_keywords_at(email, mailbox, marks.uid, &marks.keywords)?,
            None if marks.deleted => writing.note_deleted(mailbox, marks.uid)?,
            // Its header could not be had. It is not known, and so the numbers will differ until it is.
            None => writing.forget_deleted(mailbox, marks.uid)?,
        }
    }
    Ok(held_back)
}

fn differs(writing: &Writing<'_>, email: EmailId, marks: &Marks) -> Result<bool, StoreError> {
    Ok(writing
        .email(email)?
        .is_some_and(|email| email.keywords != marks.keywords))
}

/// The server no longer has a message under this number, or no longer to be shown. A letter that is nowhere else on the
/// server goes, unless the server has still to hear where the person has put it.
pub(super) fn take_away(writing: &mut Writing<'_>, mailbox: MailboxId, uid: u32) -> Result<(), StoreError> {
    match take_away_but(writing, mailbox, uid)? {
        Some(gone) => writing.remove_email(gone),
        None => Ok(()),
    }
}

/// The same but for the last step: gives the letter that is gone, which the caller removes.
fn take_away_but(
    writing: &mut Writing<'_>,
    mailbox: MailboxId,
    uid: u32,
) -> Result<Option<EmailId>, StoreError> {
    writing.forget_deleted(mailbox, uid)?;
    let Some(email) = writing.remove_location(mailbox, uid)? else {
        return Ok(None);
    };
    if writing.email(email)?.is_none() {
        return Ok(None);
    }
    let pending = writing.pending_for(email)?;
    let left = writing.locations(&[email])?;
    if !pending.keywords {
        writing.regather_keywords(email)?;
    }
    if pending.place || left.iter().any(|location| location.mailbox == mailbox) {
        return Ok(None);
    }
    take_out_but(writing, email, mailbox)
}

/// A mailbox shows a letter no more. It stands in the others that show it or where the server has it; one that is
/// nowhere else is gone. But where the server calls letters by a name, it may have moved it into a mailbox that is still
/// to be looked at: it is shown nowhere, and goes when all have been ([`waxwing_store::Writing::remove_adrift`]).
pub(super) fn take_out(
    writing: &mut Writing<'_>,
    email: EmailId,
    mailbox: MailboxId,
) -> Result<(), StoreError> {
    match take_out_but(writing, email, mailbox)? {
        Some(gone) => writing.remove_email(gone),
        None => Ok(()),
    }
}

fn take_out_but(
    writing: &mut Writing<'_>,
    email: EmailId,
    mailbox: MailboxId,
) -> Result<Option<EmailId>, StoreError> {
    let Some(letter) = writing.email(email)? else {
        return Ok(None);
    };
    let mut elsewhere = letter.mailboxes;
    let located = writing.locations(&[email])?;
    elsewhere.extend(located.into_iter().map(|location| location.mailbox));
    elsewhere.retain(|other| *other != mailbox);
    elsewhere.sort_unstable();
    elsewhere.dedup();
    if elsewhere.is_empty() && writing.identity_of(email)?.is_none() {
        return Ok(Some(email));
    }
    writing.set_mailboxes(email, &elsewhere)?;
    Ok(None)
}

pub(super) fn range(uids: &Range<u32>) -> UidSet {
    UidSet::from_range(uids.start..=uids.end.saturating_sub(1))
}
