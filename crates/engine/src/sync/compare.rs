//! A folder compared with the server where the server does not tell what changed: flags in windows, so that a folder
//! of any size is compared in little memory, or the bare list of UIDs where only deletions can have been missed.
//!
//! Nothing is taken for gone because a server did not mention it, unless the number of messages says so too or the
//! server was asked for exactly that message.

use std::collections::HashSet;
use std::ops::Range;

use waxwing_model::MailboxId;
use waxwing_remote::imap::{Marks, Selected, UidSet};
use waxwing_store::Located;

use super::ImapWorker;
use super::marks::{apply_marks, move_modseq, take_away};
use crate::error::Result;

/// Messages whose flags are held at a time: about 1 MB with their rows, and one round trip.
pub(super) const FLAGS: u32 = 5_000;
/// Messages that are asked for by name at a time. Yahoo answers for at most 2,000.
const NAMED: usize = 1_000;

/// What a comparison of UIDs came to.
#[derive(Debug, Default)]
pub(super) struct Compared {
    /// The server's list.
    pub(super) listed: Vec<u32>,
    /// Messages that were not known here.
    pub(super) missing: usize,
    /// Messages that were known here and are not there.
    pub(super) gone: usize,
}

impl ImapWorker {
    /// Compares the flags of every known message. A cut costs the windows that were not compared yet.
    pub(super) async fn compare_flags(
        &mut self,
        mailbox: MailboxId,
        known: &Range<u32>,
        complete: bool,
        selected: &Selected,
    ) -> Result<()> {
        let mut from = known.start.max(1);
        let mut held_back = false;
        let mut gone: Vec<u32> = Vec::new();
        let mut strangers: Vec<u32> = Vec::new();
        while from < known.end {
            let (window, to) = self.window(mailbox, from, known.end).await?;
            let told = self.session.fetch_flags(&UidSet::from_range(from..=to)).await?;
            let here = self
                .engine
                .read(move |reading| reading.known_uids(mailbox, from, to))
                .await?;
            let mentioned: HashSet<u32> = told.iter().map(|marks| marks.uid).collect();
            let placed: HashSet<u32> = window.iter().map(|one| one.uid).collect();
            gone.extend(here.iter().filter(|uid| !mentioned.contains(uid)));
            strangers.extend(
                told.iter()
                    .filter(|marks| !marks.deleted && !placed.contains(&marks.uid))
                    .map(|marks| marks.uid),
            );
            let changed = changed(told, &window);
            if !changed.is_empty() {
                held_back |= self
                    .engine
                    .write_soon(move |writing| apply_marks(writing, mailbox, &changed))
                    .await?;
            }
            let Some(next) = to.checked_add(1) else { break };
            from = next;
        }
        self.fetch_missed(mailbox, &strangers).await?;
        let gone = self.really_gone(mailbox, gone, complete, selected).await?;
        let modseq = selected.highest_modseq;
        self.engine
            .write_soon(move |writing| {
                for uid in gone {
                    take_away(writing, mailbox, uid)?;
                }
                if held_back {
                    return Ok(());
                }
                move_modseq(writing, mailbox, modseq)
            })
            .await
    }

    /// The next letters from a number upwards, and the number up to which there are no others before `end`.
    pub(super) async fn window(
        &self,
        mailbox: MailboxId,
        from: u32,
        end: u32,
    ) -> Result<(Vec<Located>, u32)> {
        let mut window = self
            .engine
            .read(move |reading| reading.located(mailbox, from, FLAGS))
            .await?;
        window.retain(|one| one.uid < end);
        let full = window.len() == usize::try_from(FLAGS).unwrap_or(usize::MAX);
        let to = match window.last() {
            Some(last) if full => last.uid,
            _ => end.saturating_sub(1),
        };
        Ok((window, to))
    }

    /// Compares which messages there are.
    pub(super) async fn compare_uids(
        &mut self,
        mailbox: MailboxId,
        known: &Range<u32>,
        selected: &Selected,
    ) -> Result<Compared> {
        let listed = self.session.uids().await?;
        let known = known.start.max(1)..known.end.max(selected.uid_next);
        let (from, to) = (known.start, known.end.saturating_sub(1));
        let here = self
            .engine
            .read(move |reading| reading.known_uids(mailbox, from, to))
            .await?;
        let gone: Vec<u32> = here
            .iter()
            .copied()
            .filter(|uid| listed.binary_search(uid).is_err())
            .collect();
        let strangers: Vec<u32> = listed
            .iter()
            .copied()
            .filter(|uid| known.contains(uid) && here.binary_search(uid).is_err())
            .collect();
        if gone.is_empty() && strangers.is_empty() {
            return Ok(Compared {
                listed,
                ..Compared::default()
            });
        }
        tracing::info!(
            account = %self.account.email, %mailbox, gone = gone.len(), unknown = strangers.len(),
            "a folder was not in step, and its messages were compared"
        );
        self.fetch_missed(mailbox, &strangers).await?;
        let gone = if listed.len() < usize::try_from(selected.exists).unwrap_or(usize::MAX) {
            // A list that is shorter than the server itself says is not the whole list.
            self.not_there(gone).await?
        } else {
            gone
        };
        let compared = Compared {
            listed,
            missing: strangers.len(),
            gone: gone.len(),
        };
        self.engine
            .write_soon(move |writing| {
                for uid in gone {
                    take_away(writing, mailbox, uid)?;
                }
                Ok(())
            })
            .await?;
        Ok(compared)
    }

    /// Those of the messages that were not mentioned which are gone. Strangers have been fetched already.
    async fn really_gone(
        &mut self,
        mailbox: MailboxId,
        gone: Vec<u32>,
        complete: bool,
        selected: &Selected,
    ) -> Result<Vec<u32>> {
        if gone.is_empty() {
            return Ok(gone);
        }
        let reckoning = self
            .engine
            .read(move |reading| reading.reckoning(mailbox))
            .await?;
        let left = u64::from(reckoning.messages()).checked_sub(gone.len() as u64);
        if complete && !self.session.has_news() && left == Some(u64::from(selected.exists)) {
            return Ok(gone);
        }
        self.not_there(gone).await
    }

    /// Those of these messages that the server does not have, asked by name.
    pub(super) async fn not_there(&mut self, uids: Vec<u32>) -> Result<Vec<u32>> {
        let mut missing = uids;
        let mut there: HashSet<u32> = HashSet::new();
        for few in missing.chunks(NAMED) {
            let told = self.session.fetch_flags(&UidSet::from_uids(few)).await?;
            there.extend(told.iter().map(|marks| marks.uid));
        }
        missing.retain(|uid| !there.contains(uid));
        Ok(missing)
    }
}

/// What differs from the letters here, so that an unchanged window writes nothing.
pub(super) fn changed(told: Vec<Marks>, window: &[Located]) -> Vec<Marks> {
    told.into_iter()
        .filter(|marks| {
            let here = window
                .binary_search_by_key(&marks.uid, |one| one.uid)
                .ok()
                .and_then(|at| window.get(at));
            match here {
                Some(here) => marks.deleted || here.keywords != marks.keywords,
                None => marks.deleted,
            }
        })
        .collect()
}
