//! Connections that do nothing but bring bodies, so that the one that works stays free for what a person wants. They are
//! opened when there is much to bring, two of them, so that one comes while the other waits, and none again once the
//! server has said that it takes no more.

use std::sync::Arc;
use std::time::Instant;

use tokio::task::JoinSet;
use waxwing_model::MailboxId;
use waxwing_remote::RemoteError;
use waxwing_remote::imap::Session;

use super::ImapWorker;
use super::bodies::fetch_portion;
use super::imap::Step;
use super::intake::Intake;
use super::outstanding::Outstanding;
use super::pace::Pace;
use crate::accounts::credentials::Door;
use crate::engine::Engine;
use crate::error::{EngineError, Result};

/// Fewer bodies than this are fetched on the way.
const MANY: u32 = 300;
/// Connections that bring bodies, at the most. With the two others an account has four, which every known provider
/// allows.
const MOST: usize = 2;
/// Portions that one command asks for, at the most.
const AT_ONCE: usize = 16;

/// What came of one connection.
#[derive(Default)]
struct Borne {
    letters: usize,
    bytes: u64,
    round_trips: u64,
    complaints: Vec<String>,
    /// Why it ended before all was there.
    failed: Option<EngineError>,
}

/// The connections at work.
#[derive(Default)]
pub(super) struct Bearers {
    tasks: JoinSet<Borne>,
    /// No more of them in this session.
    unwelcome: bool,
    pub(super) bytes: u64,
    pub(super) round_trips: u64,
}

impl Bearers {
    pub(super) fn are_at_work(&self) -> bool {
        !self.tasks.is_empty()
    }
}

impl ImapWorker {
    /// `None`: bodies are the worker's own business. Else others are at work, or just came to an end.
    pub(super) async fn have_borne(&mut self) -> Result<Option<Step>> {
        if self.bearers.tasks.is_empty() {
            if self.bearers.unwelcome {
                return Ok(None);
            }
            let missing = self.outstanding.count(&self.engine).await?;
            if missing < MANY {
                return Ok(None);
            }
            self.settle_bodies().await?;
            self.outstanding.expect(missing);
            self.send_out();
        }
        if let Some(ended) = self.bearers.tasks.try_join_next() {
            self.take_over_borne(ended.map_err(|_| EngineError::Closing)?)?;
            return Ok(Some(Step::Worked));
        }
        Ok(Some(Step::Waiting))
    }

    /// Waits until one of the connections that bring bodies has come to its end; for ever when there is none.
    /// Dropping this future loses nothing.
    pub(crate) async fn wait_for_bearers(&mut self) -> Result<()> {
        match self.bearers.tasks.join_next().await {
            Some(ended) => self.take_over_borne(ended.map_err(|_| EngineError::Closing)?),
            None => std::future::pending().await,
        }
    }

    /// What one connection met on its way is no trouble of the account; what the store met is.
    fn take_over_borne(&mut self, borne: Borne) -> Result<()> {
        self.bearers.bytes += borne.bytes;
        self.bearers.round_trips += borne.round_trips;
        self.complaints.extend(borne.complaints);
        // One that brought something may be tried again. One that did not was not wanted, or found nothing to bring,
        // and the worker finds the same and rests.
        self.bearers.unwelcome |= borne.letters == 0;
        match borne.failed {
            Some(EngineError::Remote(error)) => {
                tracing::info!(account = %self.account.email, %error, "a connection that brought bodies ended");
                Ok(())
            }
            Some(error) => Err(error),
            None => Ok(()),
        }
    }

    /// Ends what others bring: the account is paused, or other bodies are wanted now.
    pub(super) fn recall_bearers(&mut self) {
        self.bearers.tasks = JoinSet::new();
        self.outstanding = Arc::new(Outstanding::of(self.account.id, self.account.keeping));
    }

    fn send_out(&mut self) {
        let (engine, account) = (self.engine.clone(), self.account.clone());
        let outstanding = Arc::clone(&self.outstanding);
        self.bearers.tasks.spawn(async move {
            let mut others = JoinSet::new();
            for _ in 1..MOST {
                others.spawn(bring(engine.clone(), account.clone(), Arc::clone(&outstanding)));
            }
            let mut borne = bring(engine, account, outstanding).await;
            while let Some(Ok(other)) = others.join_next().await {
                borne.letters += other.letters;
                borne.bytes += other.bytes;
                borne.round_trips += other.round_trips;
                borne.complaints.extend(other.complaints);
                borne.failed = borne.failed.or(other.failed);
            }
            borne
        });
    }
}

/// One connection from its beginning to its end.
async fn bring(engine: Engine, account: waxwing_model::Account, outstanding: Arc<Outstanding>) -> Borne {
    let mut borne = Borne::default();
    let outcome = async {
        let session = connect(&engine, &account).await?;
        bear(&engine, session, &outstanding, &mut borne).await
    };
    borne.failed = outcome.await.err();
    borne
}

async fn connect(engine: &Engine, account: &waxwing_model::Account) -> Result<Session> {
    let server = account
        .incoming
        .clone()
        .ok_or(EngineError::Gone("the account's server"))?;
    let (server, trust) = (&server, &engine.trust(account).await?);
    engine
        .signed_in(account.id, server, Door::Incoming, |credentials| async move {
            Session::connect(server, &credentials, trust).await
        })
        .await
}

/// Brings portion after portion until nothing is left.
async fn bear(
    engine: &Engine,
    mut session: Session,
    outstanding: &Outstanding,
    borne: &mut Borne,
) -> Result<()> {
    let outcome = bear_all(engine, &mut session, outstanding, borne).await;
    borne.bytes += session.bytes();
    borne.round_trips += session.round_trips();
    if outcome.is_ok() {
        session.logout().await;
    }
    outcome
}

async fn bear_all(
    engine: &Engine,
    session: &mut Session,
    outstanding: &Outstanding,
    borne: &mut Borne,
) -> Result<()> {
    let mut intake = Intake::default();
    let outcome = bear_portions(engine, session, outstanding, borne, &mut intake).await;
    // What came before the trouble is kept, and counts.
    let settled = intake.settle(engine, outstanding).await;
    borne.letters += intake.kept();
    outcome.and(settled)
}

async fn bear_portions(
    engine: &Engine,
    session: &mut Session,
    outstanding: &Outstanding,
    borne: &mut Borne,
    intake: &mut Intake,
) -> Result<()> {
    let mut opened = None;
    // A long way costs a wait for each command, so a command asks for more while it is answered soon.
    let mut pace = Pace::new(1, 1, AT_ONCE);
    while let Some(portion) = outstanding.next(engine, pace.portion()).await? {
        if opened != Some(portion.mailbox) {
            opened = None;
            match open(engine, session, portion.mailbox).await {
                Ok(true) => opened = Some(portion.mailbox),
                Ok(false) => {
                    outstanding.give_up(portion.wanted.into_values()).await;
                    continue;
                }
                Err(error) => {
                    outstanding.give_back(portion.wanted.into_values()).await;
                    return Err(error);
                }
            }
        }
        let (portions, begun) = (portion.portions, Instant::now());
        let complaint = fetch_portion(engine, session, outstanding, portion, intake).await?;
        pace.learn(portions, begun.elapsed());
        borne.complaints.extend(complaint);
    }
    Ok(())
}

/// Selects a folder for the UIDs that are known of it. `false`: it cannot be opened, or its UIDs are other messages now
/// (RFC 9051, section 2.3.1.1).
async fn open(engine: &Engine, session: &mut Session, mailbox: MailboxId) -> Result<bool> {
    let remote = engine
        .read(move |reading| reading.remote_mailbox(mailbox))
        .await?;
    let Some((path, sync)) = remote.and_then(|remote| Some((remote.path?, remote.sync))) else {
        return Ok(false);
    };
    match session.select(&path).await {
        Ok(selected) => Ok(sync.uid_validity == Some(selected.uid_validity)),
        Err(RemoteError::Refused { .. }) => Ok(false),
        Err(error) => Err(error.into()),
    }
}
