//! What keeps an account in step while the program runs: one task for its mail, one for its outbox.

mod backoff;
mod imap;
pub(crate) mod network;
mod pop3;
mod watch;

pub(crate) use network::Pulse;

use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{Notify, mpsc, oneshot, watch as signal};
use tokio::task::JoinHandle;
use waxwing_model::{Account, AccountId, Activity, EmailId, MailboxId, Protocol, TroubleKind};
use waxwing_vault::VaultError;

use self::backoff::Backoff;
use crate::clock::now;
use crate::engine::{Engine, locked};
use crate::error::{EngineError, Result};
use crate::sync::Wanted;

/// How long a letter that is being sent is waited for when the program closes.
const LAST_LETTER: Duration = Duration::from_secs(10);
/// A folder that stays open is asked for news this often by being looked at.
const AGAIN: Duration = Duration::from_secs(30);
/// How long the reader waits for a body.
const BODY_PATIENCE: Duration = Duration::from_secs(90);
/// And whoever clicked a file that may have hundreds of megabytes.
const LARGE_PATIENCE: Duration = Duration::from_secs(1_800);

/// What may be asked of a running account.
pub(crate) enum Request {
    /// A letter that is being opened, or a file of it.
    Body {
        email: EmailId,
        wanted: Wanted,
        reply: oneshot::Sender<Result<()>>,
    },
    /// The person looks at this folder, or the server said that the inbox changed.
    LookAt(MailboxId),
    /// The server said that this folder changed.
    Changed(MailboxId),
    /// The server said that folders came, went or were renamed, or that it cannot say what did.
    FoldersChanged,
    /// The person wants everything checked now.
    Sync,
}

pub(crate) struct Runner {
    requests: mpsc::UnboundedSender<Request>,
    wake: Arc<Notify>,
    outbox_wake: Arc<Notify>,
    outbox_hurry: Arc<Notify>,
    closing: signal::Sender<bool>,
    mail: JoinHandle<()>,
    outbox: JoinHandle<()>,
}

impl Runner {
    pub(crate) async fn stop(self) {
        let _ = self.closing.send(true);
        // Whatever the mail task was at, what it had acknowledged is in the store.
        self.mail.abort();
        // Until it has ended it could still tell of an account that is being removed.
        let _ = self.mail.await;
        let mut outbox = self.outbox;
        if tokio::time::timeout(LAST_LETTER, &mut outbox).await.is_err() {
            outbox.abort();
        }
    }
}

/// The ends that an account's tasks hold.
pub(crate) struct Calls {
    pub(crate) requests: mpsc::UnboundedReceiver<Request>,
    /// The journal has something new.
    pub(crate) wake: Arc<Notify>,
    pub(crate) network: signal::Receiver<Pulse>,
}

/// How often an account is looked after where nobody tells of news: as the person chose, or as usual.
fn round(account: &Account, usual: Duration) -> Duration {
    account.check_minutes.map_or(usual, |minutes| {
        Duration::from_secs(u64::from(minutes.max(1)) * 60)
    })
}

/// Whether a failure may pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hope {
    /// There is no connection; it is tried again.
    Offline,
    /// It is told, since it may want the person, and tried again, since it may not.
    Told,
    /// It wants the person. A server that is asked again and again locks them out.
    None,
}

impl Engine {
    /// Starts an account's tasks; a running account, and one whose protocol is being changed, is left alone.
    pub(crate) fn run_account(&self, account: AccountId) {
        if self.is_changing(account) {
            return;
        }
        self.watch_network();
        self.start_indexing();
        let mut runners = locked(&self.inner.runners);
        if runners
            .get(&account)
            .is_some_and(|runner| !runner.mail.is_finished())
        {
            return;
        }
        let (requests, requested) = mpsc::unbounded_channel();
        let (closing, closed) = signal::channel(false);
        let [wake, outbox_wake, outbox_hurry] = [(); 3].map(|()| Arc::new(Notify::new()));
        let mail = self.begin(keep_in_step(
            self.clone(),
            account,
            requests.clone(),
            Calls {
                requests: requested,
                wake: wake.clone(),
                network: self.inner.network.subscribe(),
            },
        ));
        let outbox = tokio::spawn(crate::outgoing::keep_sending(
            self.clone(),
            account,
            crate::outgoing::Calls {
                wake: outbox_wake.clone(),
                hurry: outbox_hurry.clone(),
                network: self.inner.network.subscribe(),
                closing: closed,
            },
        ));
        runners.insert(
            account,
            Runner {
                requests,
                wake,
                outbox_wake,
                outbox_hurry,
                closing,
                mail,
                outbox,
            },
        );
    }

    /// Ends an account's tasks. A letter that is just being sent is waited for.
    pub(crate) async fn end_account(&self, account: AccountId) {
        let runner = locked(&self.inner.runners).remove(&account);
        if let Some(runner) = runner {
            runner.stop().await;
        }
    }

    /// Whether the account has tasks of its own.
    pub(crate) fn is_running(&self, account: AccountId) -> bool {
        locked(&self.inner.runners).contains_key(&account)
    }

    /// There is something new to replay or to send.
    pub(crate) fn wake(&self, account: AccountId) {
        if let Some(runner) = locked(&self.inner.runners).get(&account) {
            runner.wake.notify_one();
            runner.outbox_wake.notify_one();
        }
    }

    /// Has the server asked at once: all folders of one account, or of every account. Letters that failed for now are
    /// tried again.
    pub fn sync_now(&self, account: Option<AccountId>) {
        for (id, runner) in locked(&self.inner.runners).iter() {
            if account.is_none_or(|account| account == *id) {
                let _ = runner.requests.send(Request::Sync);
                runner.outbox_hurry.notify_one();
            }
        }
    }

    /// The person looks at this folder, so it comes before all others, its older letters too.
    pub async fn visit(&self, mailbox: MailboxId) -> Result<()> {
        let visited = self.tell_of_visit(mailbox).await;
        if let Err(error) = &visited {
            tracing::info!(%error, "nobody could be told which folder is looked at");
            // Whoever looks next tries again.
            locked(&self.inner.visited).take_if(|(last, _)| *last == mailbox);
        }
        visited
    }

    async fn tell_of_visit(&self, mailbox: MailboxId) -> Result<()> {
        let mailbox = self
            .read(move |reading| reading.mailbox(mailbox))
            .await?
            .ok_or(EngineError::Gone("the folder"))?;
        // Not before it is known to be there: who looks again in that moment would take a folder that is gone for an empty one.
        *locked(&self.inner.visited) = Some((mailbox.id, Instant::now()));
        if let Some(runner) = locked(&self.inner.runners).get(&mailbox.account) {
            let _ = runner.requests.send(Request::LookAt(mailbox.id));
        }
        Ok(())
    }

    /// [`Engine::visit`] for callers that look often, such as a list that is read again: once in a while.
    pub async fn visit_once(&self, mailbox: MailboxId) -> Result<()> {
        {
            let visited = locked(&self.inner.visited);
            if visited.is_some_and(|(last, when)| last == mailbox && when.elapsed() < AGAIN) {
                return Ok(());
            }
        }
        self.visit(mailbox).await
    }

    /// Has a letter brought from the server, or what of it is wanted, and waits for it.
    pub(crate) async fn fetch_body(&self, account: AccountId, email: EmailId, wanted: Wanted) -> Result<()> {
        let patience = match wanted {
            Wanted::Text => BODY_PATIENCE,
            Wanted::Whole | Wanted::Part(_) => LARGE_PATIENCE,
        };
        let (reply, answer) = oneshot::channel();
        let request = Request::Body {
            email,
            wanted: wanted.clone(),
            reply,
        };
        if self.account(account).await?.protocol == Protocol::Pop3 {
            return self.fetch_body_alone(account, email, wanted).await;
        }
        let asked = locked(&self.inner.runners)
            .get(&account)
            .is_some_and(|runner| runner.requests.send(request).is_ok());
        if !asked {
            return self.fetch_body_alone(account, email, wanted).await;
        }
        match tokio::time::timeout(patience, answer).await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(_)) | Err(_) => Err(EngineError::NotHere),
        }
    }

    /// Without running tasks (in scripts), a connection of its own. With POP3 always: its tasks have none open for long.
    async fn fetch_body_alone(&self, account: AccountId, email: EmailId, wanted: Wanted) -> Result<()> {
        let account = self.account(account).await?;
        match account.protocol {
            Protocol::Imap => {}
            Protocol::Pop3 => return crate::sync::pop3::fetch(self, &account, email).await,
            Protocol::Local => return Err(EngineError::Gone("the letter")),
        }
        let scope = crate::sync::report::SyncScope::HeadersOnly;
        let mut worker = crate::sync::ImapWorker::connect(self, &account, scope).await?;
        let outcome = worker.fetch(email, wanted).await;
        worker.leave().await;
        outcome
    }

    /// Tells a failure of the connection as the account's activity.
    fn tell_failure(&self, account: &Account, error: &EngineError, backoff: &mut Backoff) -> Hope {
        let since = backoff.failed_at(now());
        if error.is_transient() || error.kind() == TroubleKind::Unreachable {
            self.set_activity(account.id, Activity::Offline { since });
            return Hope::Offline;
        }
        self.set_activity(
            account.id,
            Activity::Failed {
                trouble: error.trouble(),
            },
        );
        match error {
            EngineError::Remote(error) if error.may_pass() => Hope::Told,
            _ => Hope::None,
        }
    }
}

/// Without the vault there is no password to sign in with; the account says so, and goes on when it opens.
async fn wait_for_vault(engine: &Engine, account: &Account, calls: &mut Calls) {
    if engine.is_vault_open().await {
        return;
    }
    let trouble = EngineError::from(VaultError::Locked).trouble();
    engine.set_activity(account.id, Activity::Failed { trouble });
    let mut opened = pin!(engine.vault_open());
    loop {
        tokio::select! {
            () = &mut opened => return,
            request = calls.requests.recv() => match request {
                Some(Request::Body { reply, .. }) => {
                    let _ = reply.send(Err(VaultError::Locked.into()));
                }
                Some(_) => {}
                None => std::future::pending().await,
            },
        }
    }
}

async fn keep_in_step(
    engine: Engine,
    account: AccountId,
    requests: mpsc::UnboundedSender<Request>,
    calls: Calls,
) {
    let known = engine.account(account).await;
    if known.as_ref().is_ok_and(|known| known.disabled) {
        engine.set_activity(account, Activity::Idle);
        return;
    }
    match known.map(|known| known.protocol) {
        Ok(Protocol::Imap) => imap::run(engine, account, requests, calls).await,
        Ok(Protocol::Pop3) => pop3::run(engine, account, calls).await,
        Ok(Protocol::Local) => engine.set_activity(
            account,
            Activity::UpToDate {
                checked_at: now(),
                shut: Vec::new(),
            },
        ),
        Err(_) => {}
    }
}
