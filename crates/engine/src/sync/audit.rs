//! A folder compared with the server, message by message: which there are, their marks and their sizes; and with
//! itself: where its letters are shown, and how they are counted. What differs is put right.
//!
//! Synchronisation trusts what it was told before. An audit does not, so it finds what a server forgot to tell and what
//! went wrong here. Not here: when it is due (`Engine::audit` and the runner say so).

use std::collections::HashSet;

use waxwing_model::{EmailId, MailboxId};
use waxwing_remote::RemoteError;
use waxwing_remote::imap::UidSet;
use waxwing_store::{Located, StoreError};

use super::ImapWorker;
use super::audit_report::MailboxAudit;
use super::bodies;
use super::compare::changed;
use super::mailbox::Scrutiny;
use super::marks::{apply_marks, take_away};
use crate::clock::now;
use crate::error::{EngineError, Result};

/// A folder is audited this often while the program runs and has nothing else to do.
const EVERY: i64 = 7 * 24 * 60 * 60 * 1000;
/// And so much later when it was cut.
const SOON: i64 = EVERY / 7;
/// Bodies that are the same here and there although the server tells another size: after so many, it is believed to
/// tell sizes wrongly (Exchange does), and no further ones are fetched.
const BENEFIT_OF_DOUBT: usize = 5;
/// A body larger than this is not fetched to be compared.
const LARGEST: u32 = 50 * 1024 * 1024;

/// What one pass over a folder found to be done.
#[derive(Default)]
struct Differences {
    gone: Vec<u32>,
    strangers: Vec<u32>,
    /// Letters with a body of another size than the server says.
    doubtful: Vec<Located>,
}

impl ImapWorker {
    /// Audits the folder whose audit is due, if there is one.
    pub(crate) async fn audit_due(&mut self) -> Result<Option<MailboxAudit>> {
        let account = self.account.id;
        let due = self
            .engine
            .read(move |reading| reading.audit_due(account, now().saturating_sub(EVERY)))
            .await?;
        match due {
            Some(mailbox) => Ok(Some(self.audit(mailbox).await?)),
            None => Ok(None),
        }
    }

    /// Brings a folder into step as always, then compares all of it.
    pub(crate) async fn audit(&mut self, mailbox: MailboxId) -> Result<MailboxAudit> {
        let (path, astray) = self
            .engine
            .write(move |writing| {
                // If this one is cut, the next is not at once: whatever ended it might do so again.
                if writing.mailbox(mailbox)?.is_some() {
                    writing.set_audited(mailbox, now().saturating_sub(EVERY - SOON))?;
                }
                let path = writing.remote_mailbox(mailbox)?.and_then(|remote| remote.path);
                Ok((path.unwrap_or_default(), writing.unlocated(mailbox)?))
            })
            .await?;
        let mut report = MailboxAudit::of(mailbox, path);
        self.check(mailbox).await?;
        while self.backlog.contains_key(&mailbox) {
            self.fetch_older_in(mailbox, super::arrivals::WINDOW).await?;
            self.settle().await?;
        }
        let complete = self
            .engine
            .read(move |reading| reading.remote_mailbox(mailbox))
            .await?
            .is_some_and(|remote| remote.sync.backfill_below == Some(1));
        if complete && self.open(mailbox).await? {
            match self.compare_all(mailbox, &mut report).await {
                Err(EngineError::Remote(RemoteError::Refused { doing, reply })) => self
                    .complaints
                    .push(format!("The server refused ({doing}): {reply}")),
                outcome => {
                    outcome?;
                    report.complete = true;
                }
            }
            report.places += self.taken_out(mailbox, astray).await?;
        }
        // What the look before it had to repair was as much astray.
        if let Some(repaired) = self.repaired.remove(&mailbox) {
            report.missing += repaired.missing;
            report.gone += repaired.gone;
        }
        self.engine
            .write(move |writing| match writing.mailbox(mailbox)? {
                Some(_) => writing.set_audited(mailbox, now()),
                None => Ok(()),
            })
            .await?;
        if report.is_in_step() {
            tracing::debug!(account = %self.account.email, %report, "a folder was audited");
        } else {
            tracing::warn!(account = %self.account.email, %report, "an audit put a folder right");
        }
        Ok(report)
    }

    /// How many of these letters the folder no longer shows.
    async fn taken_out(&self, mailbox: MailboxId, letters: Vec<EmailId>) -> Result<u32> {
        let left = self
            .engine
            .read({
                let letters = letters.clone();
                move |reading| reading.emails(&letters)
            })
            .await?;
        let left = left
            .iter()
            .filter(|email| email.mailboxes.contains(&mailbox))
            .count();
        Ok(count(letters.len().saturating_sub(left)))
    }

    async fn compare_all(&mut self, mailbox: MailboxId, report: &mut MailboxAudit) -> Result<()> {
        self.gather_unplaced(mailbox).await?;
        let end = self
            .engine
            .read(move |reading| reading.remote_mailbox(mailbox))
            .await?
            .and_then(|remote| remote.sync.uid_next)
            .unwrap_or(1);
        let mut found = Differences::default();
        let mut from = 1;
        while from < end {
            let (window, to) = self.window(mailbox, from, end).await?;
            self.compare_window(mailbox, from, to, &window, &mut found, report)
                .await?;
            let Some(next) = to.checked_add(1) else { break };
            from = next;
        }
        self.fetch_missed(mailbox, &found.strangers).await?;
        report.missing += count(found.strangers.len());
        let gone = self.not_there(found.gone).await?;
        report.gone += count(gone.len());
        let account = self.account.id;
        let (places, counts) = self
            .engine
            .write(move |writing| {
                for uid in gone {
                    take_away(writing, mailbox, uid)?;
                }
                let hidden = writing.located_and_not_shown(mailbox)?;
                for email in &hidden {
                    let mut mailboxes = writing
                        .email(*email)?
                        .map(|email| email.mailboxes)
                        .unwrap_or_default();
                    mailboxes.push(mailbox);
                    writing.set_mailboxes(*email, &mailboxes)?;
                }
                Ok((hidden.len(), writing.recount(account, mailbox)?))
            })
            .await?;
        self.drop_unlocated(mailbox, Scrutiny::EachLetter).await?;
        report.places += count(places);
        report.counts = counts;
        self.compare_bodies(mailbox, found.doubtful, report).await
    }

    async fn compare_window(
        &mut self,
        mailbox: MailboxId,
        from: u32,
        to: u32,
        window: &[Located],
        found: &mut Differences,
        report: &mut MailboxAudit,
    ) -> Result<()> {
        let told = self.session.fetch_sizes(&UidSet::from_range(from..=to)).await?;
        let here = self
            .engine
            .read(move |reading| reading.known_uids(mailbox, from, to))
            .await?;
        report.compared += count(told.len());
        let mentioned: HashSet<u32> = told.iter().map(|(marks, _)| marks.uid).collect();
        found
            .gone
            .extend(here.iter().filter(|uid| !mentioned.contains(uid)));
        let mut sizes: Vec<(EmailId, u32)> = Vec::new();
        let mut marks = Vec::with_capacity(told.len());
        for (one, size) in told {
            match window.binary_search_by_key(&one.uid, |here| here.uid) {
                Ok(at) => {
                    if let Some(here) = window.get(at).filter(|here| size != 0 && here.size != size) {
                        if here.has_body {
                            found.doubtful.push(here.clone());
                        } else {
                            sizes.push((here.email, size));
                        }
                    }
                }
                Err(_) if !one.deleted => found.strangers.push(one.uid),
                Err(_) if here.binary_search(&one.uid).is_err() => report.missing += 1,
                Err(_) => {}
            }
            marks.push(one);
        }
        report.sizes += count(sizes.len());
        let changed = changed(marks, window);
        report.marks += self
            .engine
            .write(move |writing| {
                let mut differed = 0;
                for marks in &changed {
                    if let Some(email) = writing.email_at(mailbox, marks.uid)?
                        && !writing.pending_for(email)?.keywords
                    {
                        differed += 1;
                    }
                }
                apply_marks(writing, mailbox, &changed)?;
                for (email, size) in sizes {
                    writing.set_size(email, size)?;
                }
                Ok(differed)
            })
            .await?;
        Ok(())
    }

    /// Fetches bodies of another size than the server says, and keeps what is different. A server that tells sizes
    /// wrongly is found out soon.
    async fn compare_bodies(
        &mut self,
        mailbox: MailboxId,
        doubtful: Vec<Located>,
        report: &mut MailboxAudit,
    ) -> Result<()> {
        let mut same = 0;
        for letter in doubtful {
            if same >= BENEFIT_OF_DOUBT {
                tracing::info!(account = %self.account.email, "the server tells sizes that are not the messages'");
                return Ok(());
            }
            if letter.size > LARGEST || !self.open(mailbox).await? {
                continue;
            }
            let Some(raw) = self.session.fetch_body(letter.uid).await? else {
                continue;
            };
            let email = letter.email;
            let kept = self
                .engine
                .read(move |reading| match reading.raw(email) {
                    Ok(kept) => Ok(kept),
                    // What is damaged is as good as not there.
                    Err(StoreError::Damaged(_)) => Ok(None),
                    Err(error) => Err(error),
                })
                .await?;
            if kept.as_ref() != Some(&raw) {
                report.bodies += 1;
            } else if letter.size != count(raw.len()) {
                // The bytes are right, and what is noted of them is not.
                report.sizes += 1;
            } else {
                same += 1;
                continue;
            }
            bodies::keep(&self.engine, vec![(email, raw)]).await?;
        }
        Ok(())
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
