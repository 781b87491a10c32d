//! Header rows from the server: new ones as they come, older ones in windows from the newest down. While one window of
//! older ones is written, the next is read, and the one after it fetched.

use std::time::Instant;

use tokio::task::JoinHandle;
use waxwing_model::{AccountId, EmailId, Keywords, MailboxId, ObjectIds};
use waxwing_remote::imap::{FetchedHeader, Selected, UidSet};
use waxwing_store::{NewEmail, StoreError, SyncState, Writing};

use super::mailbox::Scrutiny;
use super::unplaced::Unplaced;
use super::{ImapWorker, identities};
use crate::engine::{Engine, blocking, locked};
use crate::error::{EngineError, Result};
use crate::letters::ingest::{self, Circumstances};

/// The first rows of a folder: enough to fill a window, few enough to be there at once.
pub(super) const FIRST_WINDOW: usize = 50;
/// Rows of a window of arrivals: one transaction, well under a second.
pub(super) const WINDOW: usize = 1_000;
/// Rows of a later window of older ones, at the least and at the most; between the two the pace decides.
pub(super) const OLDER: std::ops::RangeInclusive<usize> = 100..=4_000;

/// What the server says of some messages.
struct Window {
    headers: Vec<FetchedHeader>,
    /// Marked as deleted.
    deleted: Vec<u32>,
}

/// A window of older messages that has come.
struct Portion {
    mailbox: MailboxId,
    fetched: usize,
    /// The UID below which messages are still to come; 1 when the folder is known whole with it.
    below: u32,
}

/// Windows that have come while something else is fetched.
#[derive(Default)]
pub(super) struct Underway {
    read: Option<(Portion, JoinHandle<Result<Read>>)>,
    written: Option<(Portion, JoinHandle<Result<Written>>)>,
}

/// The letters that are new, and those that are still to be found.
type Written = (Vec<EmailId>, Unplaced);

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
                .bring_window(mailbox, window, move |state| state.uid_next = next)
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

    /// The next window of older messages of any folder. `false`: there is none, and all are written.
    pub(super) async fn fetch_older(&mut self) -> Result<bool> {
        let Some(mailbox) = self.next_backlog().await? else {
            self.settle().await?;
            return Ok(false);
        };
        self.fetch_older_in(mailbox, self.pace.portion()).await?;
        Ok(true)
    }

    /// Fetches a window of a folder and has it written. [`ImapWorker::settle`] waits for that.
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
        let below = match uids.is_empty() {
            true => 1,
            false => newest.first().copied().unwrap_or(1),
        };
        if below == 1 {
            self.backlog.remove(&mailbox);
        }
        let begun = Instant::now();
        let fetched = self.fetch_window(mailbox, &newest).await?;
        self.pace.learn(newest.len(), begun.elapsed());
        let portion = Portion {
            mailbox,
            fetched: newest.len(),
            below,
        };
        let reading = tokio::spawn(read_window(self.account.id, mailbox, fetched));
        if let Some((before, read)) = self.underway.read.replace((portion, reading)) {
            self.write_older(before, read).await?;
        }
        Ok(())
    }

    /// Waits until the windows that have come stand in the store.
    pub(super) async fn settle(&mut self) -> Result<()> {
        if let Some((portion, read)) = self.underway.read.take() {
            self.write_older(portion, read).await?;
        }
        self.settle_written().await
    }

    /// Begins to write a window when the one before it is written: what is written down as fetched has no gaps.
    async fn write_older(&mut self, portion: Portion, read: JoinHandle<Result<Read>>) -> Result<()> {
        self.settle_written().await?;
        let below = portion.below;
        let writing = write_window(
            self.engine.clone(),
            portion.mailbox,
            async { read.await.map_err(|_| EngineError::Closing)? },
            self.unplaced.remove(&portion.mailbox).unwrap_or_default(),
            move |state| state.backfill_below = Some(below),
        );
        self.underway.written = Some((portion, tokio::spawn(writing)));
        Ok(())
    }

    async fn settle_written(&mut self) -> Result<()> {
        let Some((portion, writing)) = self.underway.written.take() else {
            return Ok(());
        };
        let (inserted, unplaced) = writing.await.map_err(|_| EngineError::Closing)??;
        self.take_in(portion.mailbox, &inserted, unplaced);
        self.progress.advance(portion.fetched);
        self.tell_progress();
        if portion.below == 1 {
            self.drop_unlocated(portion.mailbox, Scrutiny::EachLetter).await?;
        }
        Ok(())
    }

    /// What the person looks at, then the inbox, then in the order of the sidebar.
    async fn next_backlog(&self) -> Result<Option<MailboxId>> {
        if self.backlog.is_empty() {
            return Ok(None);
        }
        let visited = locked(&self.engine.inner.visited).map(|(mailbox, _)| mailbox);
        if let Some(visited) = visited.filter(|visited| self.backlog.contains_key(visited)) {
            return Ok(Some(visited));
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
            self.bring_window(mailbox, window, |_| {}).await?;
        }
        Ok(())
    }

    /// Fetches a window of headers and writes it. Gives the letters that are new.
    async fn bring_window(
        &mut self,
        mailbox: MailboxId,
        uids: &[u32],
        advance: impl FnOnce(&mut SyncState) + Send + 'static,
    ) -> Result<Vec<EmailId>> {
        let fetched = self.fetch_window(mailbox, uids).await?;
        let unplaced = self.unplaced.remove(&mailbox).unwrap_or_default();
        let read = read_window(self.account.id, mailbox, fetched);
        let (inserted, unplaced) =
            write_window(self.engine.clone(), mailbox, read, unplaced, advance).await?;
        self.take_in(mailbox, &inserted, unplaced);
        Ok(inserted)
    }

    async fn fetch_window(&mut self, mailbox: MailboxId, uids: &[u32]) -> Result<Window> {
        let uids = &self.recognise(mailbox, uids).await?;
        let mut headers = Vec::with_capacity(uids.len());
        let deleted = self
            .session
            .fetch_headers(&UidSet::from_uids(uids), &mut |header| headers.push(header))
            .await?;
        Ok(Window { headers, deleted })
    }

    fn take_in(&mut self, mailbox: MailboxId, inserted: &[EmailId], unplaced: Unplaced) {
        self.unplaced.insert(mailbox, unplaced);
        if !inserted.is_empty() {
            self.note_rows();
        }
        let count = u32::try_from(inserted.len()).unwrap_or(u32::MAX);
        self.new_messages = self.new_messages.saturating_add(count);
    }
}

/// What a window comes to.
struct Read {
    rows: Vec<Listed>,
    /// Marked as deleted.
    deleted: Vec<u32>,
}

async fn read_window(account: AccountId, mailbox: MailboxId, window: Window) -> Result<Read> {
    let Window { headers, deleted } = window;
    let rows = blocking(move || rows(account, mailbox, headers)).await?;
    Ok(Read { rows, deleted })
}

/// The rows of a window and the folder's new state stand in one transaction, and can be fetched again.
async fn write_window(
    engine: Engine,
    mailbox: MailboxId,
    read: impl Future<Output = Result<Read>>,
    mut unplaced: Unplaced,
    advance: impl FnOnce(&mut SyncState) + Send + 'static,
) -> Result<Written> {
    let Read { rows, deleted } = read.await?;
    engine
        .write_soon(move |writing| {
            // The person may have deleted the folder meanwhile.
            if writing.mailbox(mailbox)?.is_none() {
                return Ok((Vec::new(), unplaced));
            }
            let inserted = insert(writing, mailbox, rows, &mut unplaced)?;
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
        .await
}

/// A message that is listed.
struct Listed {
    uid: u32,
    row: NewEmail,
    ids: Option<ObjectIds>,
}

/// What headers make of messages, ascending by UID.
fn rows(account: AccountId, mailbox: MailboxId, mut headers: Vec<FetchedHeader>) -> Vec<Listed> {
    headers.sort_by_key(|header| header.uid);
    // A server may tell of one twice.
    headers.dedup_by_key(|header| header.uid);
    headers
        .into_iter()
        .map(|header| {
            let circumstances = Circumstances {
                received_at: header.received_at,
                keywords: header.keywords,
                uid: Some(header.uid),
            };
            let row = ingest::from_header(account, mailbox, &header.header, header.size, circumstances);
            Listed {
                uid: header.uid,
                row,
                ids: header.ids,
            }
        })
        .collect()
}

fn insert(
    writing: &mut Writing<'_>,
    mailbox: MailboxId,
    rows: Vec<Listed>,
    unplaced: &mut Unplaced,
) -> Result<Vec<EmailId>, StoreError> {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
        return Ok(Vec::new());
    };
    let located = writing.located_uids(mailbox, first.uid, last.uid)?;
    let mut inserted = Vec::with_capacity(rows.len());
    let mut new = Vec::with_capacity(rows.len());
    for Listed { uid, row, ids } in rows {
        if located.contains(&uid) {
            continue;
        }
        if let Some(email) = identities::known(writing, row.account, ids.as_ref())? {
            place(writing, mailbox, uid, email, &row.keywords)?;
            continue;
        }
        let email = match unplaced.take(writing, mailbox, &row, ids.as_ref())? {
            Some(email) => {
                place(writing, mailbox, uid, email, &row.keywords)?;
                email
            }
            // The next one may be the same letter where it has a name.
            None if ids.is_none() => {
                new.push(row);
                continue;
            }
            None => {
                let email = writing.insert_email(&row)?;
                inserted.push(email);
                email
            }
        };
        if let Some(ids) = &ids {
            writing.set_identity(email, ids)?;
        }
    }
    inserted.extend(writing.insert_emails(mailbox, &new)?);
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
