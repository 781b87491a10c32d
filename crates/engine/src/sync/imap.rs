//! One connection to an IMAP account that always does the next most useful thing.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use waxwing_model::{Account, Activity, Keeping, MailboxId, Operation};
use waxwing_remote::RemoteError;
use waxwing_remote::imap::Session;
use waxwing_store::Turn;

use super::arrivals::{OLDER, Underway, WINDOW};
use super::bearers::Bearers;
use super::intake::Intake;
use super::outstanding::Outstanding;
use super::pace::Pace;
use super::progress::Progress;
use super::report::SyncScope;
use super::room::Room;
use super::unplaced::Unplaced;
use crate::accounts::credentials::Door;
use crate::clock::now;
use crate::engine::Engine;
use crate::error::{EngineError, Result};

/// What one step came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    Worked,
    /// Nothing is left to do but to wait for the bodies that others bring.
    Waiting,
    /// Nothing is left to do.
    Rested,
}

/// Messages of a folder that were put right.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Repaired {
    pub(super) missing: u32,
    pub(super) gone: u32,
}

/// When the first rows of a list stood in the store.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FirstRows {
    /// Since the sign-in.
    pub(crate) after: Duration,
    /// Since the greeting.
    pub(crate) round_trips: u64,
}

pub(crate) struct ImapWorker {
    pub(super) engine: Engine,
    pub(super) account: Account,
    pub(super) session: Session,
    pub(super) scope: SyncScope,
    /// Whether the list of folders is to be read again.
    folders_due: bool,
    /// Folders to look at, the most wanted first.
    pub(super) to_check: VecDeque<MailboxId>,
    /// UIDs still to fetch, ascending, of folders whose first synchronisation is under way.
    pub(super) backlog: HashMap<MailboxId, Vec<u32>>,
    /// Letters of a folder whose number there is not known.
    pub(super) unplaced: HashMap<MailboxId, Unplaced>,
    /// What was out of step beyond what the server told, until an audit asks for it.
    pub(super) repaired: HashMap<MailboxId, Repaired>,
    /// Folders whose letters were asked for the server's names.
    pub(super) named: HashSet<MailboxId>,
    /// The selected folder, if its UIDVALIDITY was seen to be the one that our UIDs are of.
    pub(super) opened: Option<MailboxId>,
    /// Older headers that have come and are not written yet.
    pub(super) underway: Underway,
    /// Older headers that are asked for at once.
    pub(super) pace: Pace,
    pub(super) outstanding: Arc<Outstanding>,
    /// Bodies that are being written.
    pub(super) intake: Intake,
    pub(super) bearers: Bearers,
    pub(super) room: Room,
    signed_in: Instant,
    first_rows: Option<FirstRows>,
    pub(super) progress: Progress,
    pub(super) new_messages: u32,
    pub(super) complaints: Vec<String>,
    /// Folders that the server did not open when they were looked at last, and what it said.
    pub(super) shut: BTreeMap<MailboxId, String>,
    /// Every letter is wanted whole, whatever the account's wishes are.
    everything: bool,
}

impl ImapWorker {
    pub(crate) async fn connect(engine: &Engine, account: &Account, scope: SyncScope) -> Result<Self> {
        let server = account
            .incoming
            .clone()
            .ok_or(EngineError::Gone("the account's server"))?;
        let (server, trust) = (&server, &engine.trust(account).await?);
        let mut session = engine
            .signed_in(account.id, server, Door::Incoming, |credentials| async move {
                Session::connect(server, &credentials, trust).await
            })
            .await?;
        session.enable_ahead(&server.host).await?;
        let worker = Self {
            engine: engine.clone(),
            account: account.clone(),
            session,
            scope,
            folders_due: true,
            to_check: VecDeque::new(),
            backlog: HashMap::new(),
            unplaced: HashMap::new(),
            repaired: HashMap::new(),
            named: HashSet::new(),
            opened: None,
            underway: Underway::default(),
            pace: Pace::new(WINDOW, *OLDER.start(), *OLDER.end()),
            outstanding: Arc::new(Outstanding::of(account.id, account.keeping)),
            intake: Intake::default(),
            bearers: Bearers::default(),
            room: Room::default(),
            signed_in: Instant::now(),
            first_rows: None,
            progress: Progress::new(),
            new_messages: 0,
            complaints: Vec::new(),
            shut: BTreeMap::new(),
            everything: false,
        };
        worker.note_filing().await?;
        Ok(worker)
    }

    /// Does one thing, the most useful first: what the person did, then what they see, then all the rest.
    pub(crate) async fn step(&mut self) -> Result<Step> {
        // What the person wants of the account may have changed.
        let account = self.engine.account(self.account.id).await?;
        self.heed(account);
        // Before the journal, which may delete what is to be put elsewhere.
        if self.place_displaced().await? || self.fetch_promised().await? {
            return Ok(Step::Worked);
        }
        if let Some((entry, _)) = self
            .engine
            .clone()
            .replay_next(&mut self.session, self.account.id, Turn::Pressing)
            .await?
        {
            self.note_replayed(&entry.operation).await?;
            return Ok(Step::Worked);
        }
        // Before the copies: Sent may have been renamed or removed by another client.
        if self.folders_due {
            self.folders_due = false;
            self.read_folders().await?;
            self.opened = None;
            // Drafts may have been removed by another client, with what had not come there.
            self.engine.file_lost_drafts().await?;
            self.engine
                .clone()
                .resolve_unknown(&mut self.session, &self.account)
                .await?;
            return Ok(Step::Worked);
        }
        if let Some(sent) = self
            .engine
            .clone()
            .file_copy(&mut self.session, &self.account)
            .await?
        {
            self.opened = None;
            self.look_at(sent);
            return Ok(Step::Worked);
        }
        if let Some(mailbox) = self.to_check.pop_front() {
            self.check(mailbox).await?;
            if self.to_check.is_empty() {
                self.forget_adrift().await?;
            }
            return Ok(Step::Worked);
        }
        // Letters that stand here alone. All else went before, since there may be thousands of them.
        if let Some((entry, _)) = self
            .engine
            .clone()
            .replay_next(&mut self.session, self.account.id, Turn::Any)
            .await?
        {
            self.note_replayed(&entry.operation).await?;
            return Ok(Step::Worked);
        }
        if self.account.paused {
            self.settle().await?;
            return Ok(Step::Rested);
        }
        if self.fetch_older().await? {
            return Ok(Step::Worked);
        }
        if self.scope == SyncScope::HeadersOnly {
            return self.rest_after_room().await;
        }
        // Of large letters the text, which is small, before the bodies.
        if self.fetch_large().await? {
            return Ok(Step::Worked);
        }
        match self.fetch_bodies().await? {
            Step::Rested => self.rest_after_room().await,
            at_work => Ok(at_work),
        }
    }

    /// Where the journal has put something there is something to look at.
    async fn note_replayed(&mut self, operation: &Operation) -> Result<()> {
        self.opened = None;
        if let Operation::Move { to, .. }
        | Operation::Refile { to: Some(to), .. }
        | Operation::Copy { to, .. }
        | Operation::Put { to, .. }
        | Operation::Upload { to, .. } = operation
        {
            // What was put there has no name yet.
            self.named.remove(to);
            let to = *to;
            let is_worth_a_look = match *operation {
                // One look for all of them, but where the folder was numbered anew under their feet.
                Operation::Upload { email, .. } => {
                    let displaced = self.engine.read(move |reading| reading.displaced(to));
                    displaced.await?.contains(&email)
                }
                _ => true,
            };
            if is_worth_a_look {
                self.look_at(to);
            }
        }
        Ok(())
    }

    /// Takes over what the person wants of the account now.
    fn heed(&mut self, mut account: Account) {
        if self.everything {
            (account.keeping, account.paused) = (Keeping::default(), false);
        }
        let others = account.keeping != self.account.keeping;
        self.account = account;
        if others || (self.account.paused && self.bearers.are_at_work()) {
            self.recall_bearers();
        }
    }

    /// Has every letter brought whole, of an account that keeps less and is paused too.
    pub(crate) fn want_everything(&mut self) {
        self.everything = true;
    }

    /// How full it is comes last.
    async fn rest_after_room(&mut self) -> Result<Step> {
        match self.read_room().await? {
            true => Ok(Step::Worked),
            false => Ok(Step::Rested),
        }
    }

    /// What the account is doing when nothing is left to do.
    pub(crate) async fn at_rest(&self) -> Result<Activity> {
        if !self.account.paused {
            return Ok(Activity::UpToDate {
                checked_at: now(),
                shut: self.shut_now().await?,
            });
        }
        let (account, keeping) = (self.account.id, self.account.keeping);
        let bodies = self
            .engine
            .read(move |reading| reading.bodies_missing_count(account, &keeping, now()))
            .await?;
        let headers: usize = self.backlog.values().map(Vec::len).sum();
        Ok(Activity::Paused {
            waiting: bodies.saturating_add(u32::try_from(headers).unwrap_or(u32::MAX)),
        })
    }

    pub(crate) fn is_paused(&self) -> bool {
        self.account.paused
    }

    /// Puts a folder before all others.
    pub(crate) fn look_at(&mut self, mailbox: MailboxId) {
        self.to_check.retain(|waiting| *waiting != mailbox);
        self.to_check.push_front(mailbox);
    }

    /// Has a folder looked at after those that wait already.
    pub(crate) fn look_at_later(&mut self, mailbox: MailboxId) {
        if !self.to_check.contains(&mailbox) {
            self.to_check.push_back(mailbox);
        }
    }

    /// Selects a folder for the UIDs that are known of it. `false`: it cannot be opened, or its UIDs are other
    /// messages now (RFC 9051, section 2.3.1.1); then it is looked at anew first.
    pub(super) async fn open(&mut self, mailbox: MailboxId) -> Result<bool> {
        let remote = self
            .engine
            .read(move |reading| reading.remote_mailbox(mailbox))
            .await?;
        let Some(remote) = remote else { return Ok(false) };
        let Some(path) = remote.path else { return Ok(false) };
        if self.opened == Some(mailbox) && self.session.selected() == Some(path.as_str()) {
            return Ok(true);
        }
        self.opened = None;
        match self.session.select(&path).await {
            Ok(selected) if remote.sync.uid_validity == Some(selected.uid_validity) => {
                self.opened = Some(mailbox);
                Ok(true)
            }
            Ok(_) => {
                self.look_at(mailbox);
                Ok(false)
            }
            Err(RemoteError::Refused { reply, .. }) => {
                self.note_shut(mailbox, &path, reply);
                Ok(false)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Has every folder looked at again.
    pub(crate) fn look_at_all(&mut self) {
        self.folders_due = true;
    }

    pub(crate) fn session(&mut self) -> &mut Session {
        &mut self.session
    }

    pub(crate) fn first_rows(&self) -> Option<FirstRows> {
        self.first_rows
    }

    pub(super) fn note_rows(&mut self) {
        let (after, round_trips) = (self.signed_in.elapsed(), self.session.round_trips());
        self.first_rows.get_or_insert(FirstRows { after, round_trips });
    }

    /// Bytes both ways over all of its connections, before encryption and compression.
    pub(crate) fn bytes(&self) -> u64 {
        self.session.bytes() + self.bearers.bytes
    }

    pub(crate) fn round_trips(&self) -> u64 {
        self.session.round_trips() + self.bearers.round_trips
    }

    pub(crate) fn new_messages(&self) -> u32 {
        self.new_messages
    }

    /// What went wrong with single folders or letters while the rest went on.
    pub(crate) fn take_complaints(&mut self) -> Vec<String> {
        std::mem::take(&mut self.complaints)
    }

    pub(crate) async fn leave(self) {
        self.session.logout().await;
    }

    pub(super) fn tell_progress(&self) {
        if let Some(activity) = self.progress.activity().or_else(|| self.outstanding.activity()) {
            self.engine.set_activity(self.account.id, activity);
        } else if !matches!(self.engine.activity(self.account.id), Activity::UpToDate { .. }) {
            self.engine.set_activity(
                self.account.id,
                Activity::Syncing {
                    done: 0,
                    total: 0,
                    seconds_left: None,
                },
            );
        }
    }
}
