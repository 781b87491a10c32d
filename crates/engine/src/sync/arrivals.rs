//! Header rows from the server: new ones as they come, older ones in windows from the newest down.

use waxwing_model::{AccountId, EmailId, Keywords, MailboxId};
use waxwing_remote::imap::{FetchedHeader, Selected, UidSet};
use waxwing_store::{StoreError, SyncState, Writing};

use super::unplaced::Unplaced;
use super::{ImapWorker, identities};
use crate::error::Result;
use crate::letters::ingest::{self, Circumstances};

/// The first rows of a folder: enough to fill a window, few enough to be there at once.
pub(super) const FIRST_WINDOW: usize = 50;
/// Rows of a later window: one transaction, well under a second.
pub(super) const WINDOW: usize = 1_000;

impl ImapWorker {
    /// Messages that came since the last look, oldest first, so that a cut leaves no gap below `uid_next`.
    pub(super) async fn fetch_arrivals(
        &mut self,
        mailbox: MailboxId,
        state: &SyncState,
        selected: &Selected,
    ) -> Result<Vec<EmailId>> {
        let known = state.uid_next.unwrap_or(selected.uid_next);
        if selected.uid_next <= known || selected.exists == 0 {
            return Ok(Vec::new());
        }
        let uids: Vec<u32> = match selected.uid_next - known {
            few if few as usize <= WINDOW => (known..selected.uid_next).collect(),
            _ => self
                .session
                .uids()
                .await?
                .into_iter()
                .filter(|uid| *uid >= known)
                .collect(),
        };
        self.progress.expect(uids.len());
        let mut arrived = Vec::new();
        for window in uids.chunks(WINDOW) {
            let next = window.last().map(|uid| uid.saturating_add(1));
            let inserted = self
                .fetch_window(mailbox, window, move |state| state.uid_next = next)
                .await?;
            arrived.extend(inserted);
            self.progress.advance(window.len());
            self.tell_progress();
        }
        Ok(arrived)
    }

    /// Finds out which older messages are still to fetch. Gives the UID below which they lie; 1 when there are none.
    pub(super) async fn line_up_older(
        &mut self,
        mailbox: MailboxId,
        state: &SyncState,
        selected: &Selected,
    ) -> Result<u32> {
        let below = state.backfill_below.unwrap_or(selected.uid_next);
        if below <= 1 || self.backlog.contains_key(&mailbox) {
            return Ok(below);
        }
        let mut uids = if selected.exists == 0 {
            Vec::new()
        } else {
            self.session.uids().await?
        };
        uids.retain(|uid| *uid < below);
        if uids.is_empty() {
            return Ok(1);
        }
        self.progress.expect(uids.len());
        self.backlog.insert(mailbox, uids);
        Ok(below)
    }

    /// The next window of older messages of any folder. `false`: there is none.
    pub(super) async fn fetch_older(&mut self) -> Result<bool> {
        let Some(mailbox) = self.next_backlog().await? else {
            return Ok(false);
        };
        self.fetch_older_in(mailbox, WINDOW).await?;
        Ok(true)
    }

    pub(super) async fn fetch_older_in(&mut self, mailbox: MailboxId, window: usize) -> Result<()> {
        if !self.open(mailbox).await? {
            // Where it stands is written down, so the next look at it lines the rest up again.
            self.backlog.remove(&mailbox);
            return Ok(());
        }
        let Some(uids) = self.backlog.get_mut(&mailbox) else {
            return Ok(());
        };
        let newest = uids.split_off(uids.len().saturating_sub(window));
        let below = if uids.is_empty() {
            1
        } else {
            newest.first().copied().unwrap_or(1)
        };
        if uids.is_empty() {
            self.backlog.remove(&mailbox);
        }
        self.fetch_window(mailbox, &newest, move |state| state.backfill_below = Some(below))
            .await?;
        self.progress.advance(newest.len());
        self.tell_progress();
        if below == 1 {
            self.drop_unlocated(mailbox).await?;
        }
        Ok(())
    }

    /// Inbox first, then in the order of the sidebar.
    async fn next_backlog(&self) -> Result<Option<MailboxId>> {
        if self.backlog.is_empty() {
            return Ok(None);
        }
        let account = self.account.id;
        let mailboxes = self
            .engine
            .read(move |reading| reading.mailboxes(Some(account)))
            .await?;
        Ok(mailboxes
            .into_iter()
            .map(|mailbox| mailbox.id)
            .find(|mailbox| self.backlog.contains_key(mailbox))
            .or_else(|| self.backlog.keys().next().copied()))
    }

    /// Brings messages that the server has and that are not known here, below what counts as known: another client
    /// took back a deletion, or what was noted here was wrong.
    pub(super) async fn fetch_missed(&mut self, mailbox: MailboxId, uids: &[u32]) -> Result<()> {
        for window in uids.chunks(WINDOW) {
            self.fetch_window(mailbox, window, |_| {}).await?;
        }
        Ok(())
    }

    /// Fetches a window of headers; the rows and the new state stand in one transaction. Gives the letters that
    /// are new.
    async fn fetch_window(
        &mut self,
        mailbox: MailboxId,
        uids: &[u32],
        advance: impl FnOnce(&mut SyncState) + Send + 'static,
    ) -> Result<Vec<EmailId>> {
        let uids = &self.recognise(mailbox, uids).await?;
        let mut headers = Vec::with_capacity(uids.len());
        let deleted = self
            .session
            .fetch_headers(&UidSet::from_uids(uids), &mut |header| headers.push(header))
            .await?;
        let account = self.account.id;
        let mut unplaced = self.unplaced.remove(&mailbox).unwrap_or_default();
        let (inserted, unplaced) = self
            .engine
            .write(move |writing| {
                // The person may have deleted the folder meanwhile.
                if writing.mailbox(mailbox)?.is_none() {
                    return Ok((Vec::new(), unplaced));
                }
                let inserted = insert(writing, account, mailbox, headers, &mut unplaced)?;
                for uid in deleted {
                    if writing.email_at(mailbox, uid)?.is_none() {
                        writing.note_deleted(mailbox, uid)?;
                    }
                }
                let mut state = writing
                    .remote_mailbox(mailbox)?
                    .map(|remote| remote.sync)
                    .unwrap_or_default();
                advance(&mut state);
                writing.set_sync_state(mailbox, &state)?;
                Ok((inserted, unplaced))
            })
            .await?;
        self.unplaced.insert(mailbox, unplaced);
        let count = u32::try_from(inserted.len()).unwrap_or(u32::MAX);
        self.new_messages = self.new_messages.saturating_add(count);
        Ok(inserted)
    }
}

fn insert(
    writing: &mut Writing<'_>,
    account: AccountId,
    mailbox: MailboxId,
    mut headers: Vec<FetchedHeader>,
    unplaced: &mut Unplaced,
) -> Result<Vec<EmailId>, StoreError> {
    headers.sort_by_key(|header| header.uid);
    let mut inserted = Vec::new();
    for header in headers {
        if writing.email_at(mailbox, header.uid)?.is_some() {
            continue;
        }
        if let Some(email) = identities::known(writing, account, header.ids.as_ref())? {
            place(writing, mailbox, header.uid, email, &header.keywords)?;
            continue;
        }
        let circumstances = Circumstances {
            received_at: header.received_at,
            keywords: header.keywords,
            uid: Some(header.uid),
        };
        let row = ingest::from_header(account, mailbox, &header.header, header.size, circumstances);
        let email = match unplaced.take(writing, mailbox, &row, header.ids.as_ref())? {
            Some(email) => {
                place(writing, mailbox, header.uid, email, &row.keywords)?;
                email
            }
            None => {
                let email = writing.insert_email(&row)?;
                inserted.push(email);
                email
            }
        };
        if let Some(ids) = &header.ids {
            writing.set_identity(email, ids)?;
        }
    }
    Ok(inserted)
}

/// A letter that was here already is found on the server: it keeps its body, and what the person did to it since.
pub(super) fn place(
    writing: &mut Writing<'_>,
    mailbox: MailboxId,
    uid: u32,
    email: EmailId,
    keywords: &Keywords,
) -> Result<(), StoreError> {
    writing.put_location(email, mailbox, uid)?;
    let pending = writing.pending_for(email)?;
    if !pending.keywords {
        writing.set_keywords_at(email, mailbox, uid, keywords)?;
    }
    let Some(letter) = writing.email(email)? else {
        return Ok(());
    };
    if !pending.place && !letter.mailboxes.contains(&mailbox) {
        let mut mailboxes = letter.mailboxes;
        mailboxes.push(mailbox);
        writing.set_mailboxes(email, &mailboxes)?;
    }
    Ok(())
}
