//! What keeps an account in step while the program runs: one task for its mail, one for its outbox.

mod backoff;
mod imap;
mod pop3;
mod watch;

use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{Notify, mpsc, oneshot, watch as signal};
use tokio::task::JoinHandle;
use waxwing_model::{Account, AccountId, Activity, EmailId, MailboxId, Protocol, TroubleKind};
use waxwing_vault::VaultError;

use crate::clock::now;
use crate::engine::{Engine, locked};
use crate::error::{EngineError, Result};

/// How long a letter that is being sent is waited for when the program closes.
const LAST_LETTER: Duration = Duration::from_secs(10);
/// A folder that stays open is asked for news this often by being looked at.
const AGAIN: Duration = Duration::from_secs(30);
/// How long the reader waits for a body.
const BODY_PATIENCE: Duration = Duration::from_secs(90);

/// What may be asked of a running account.
pub(crate) enum Request {
    /// The body of a letter that is being opened.
    Body {
        email: EmailId,
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
}

impl Engine {
    /// Starts an account's tasks; a running account is left alone.
    pub(crate) fn run_account(&self, account: AccountId) {
        let mut runners = locked(&self.inner.runners);
        if runners
            .get(&account)
            .is_some_and(|runner| !runner.mail.is_finished())
        {
            return;
        }
        let (requests, requested) = mpsc::unbounded_channel();
        let (closing, closed) = signal::channel(false);
        let (wake, outbox_wake) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let mail = tokio::spawn(keep_in_step(
            self.clone(),
            account,
            requests.clone(),
            Calls {
                requests: requested,
                wake: wake.clone(),
            },
        ));
        let outbox = tokio::spawn(crate::outgoing::keep_sending(
            self.clone(),
            account,
            outbox_wake.clone(),
            closed,
        ));
        runners.insert(
            account,
            Runner {
                requests,
                wake,
                outbox_wake,
                closing,
                mail,
                outbox,
            },
        );
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

    /// Has the server asked at once: all folders of one account, or of every account.
    pub fn sync_now(&self, account: Option<AccountId>) {
        for (id, runner) in locked(&self.inner.runners).iter() {
            if account.is_none_or(|account| account == *id) {
                let _ = runner.requests.send(Request::Sync);
                runner.outbox_wake.notify_one();
            }
        }
    }

    /// The person looks at this folder, so it comes before all others.
    pub async fn visit(&self, mailbox: MailboxId) -> Result<()> {
        let mailbox = self
            .read(move |reading| reading.mailbox(mailbox))
            .await?
            .ok_or(EngineError::Gone("the folder"))?;
        if let Some(runner) = locked(&self.inner.runners).get(&mailbox.account) {
            let _ = runner.requests.send(Request::LookAt(mailbox.id));
        }
        Ok(())
    }

    /// [`Engine::visit`] for callers that look often, such as a list that is read again: once in a while.
    pub async fn visit_once(&self, mailbox: MailboxId) -> Result<()> {
        {
            let mut visited = locked(&self.inner.visited);
            if visited.is_some_and(|(last, when)| last == mailbox && when.elapsed() < AGAIN) {
                return Ok(());
            }
            *visited = Some((mailbox, Instant::now()));
        }
        self.visit(mailbox).await
    }

    /// Has a body brought from the server, and waits for it.
    pub(crate) async fn fetch_body(&self, account: AccountId, email: EmailId) -> Result<()> {
        let (reply, answer) = oneshot::channel();
        let asked = locked(&self.inner.runners)
            .get(&account)
            .is_some_and(|runner| runner.requests.send(Request::Body { email, reply }).is_ok());
        if !asked {
            return self.fetch_body_alone(account, email).await;
        }
        match tokio::time::timeout(BODY_PATIENCE, answer).await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(_)) | Err(_) => Err(EngineError::NotHere),
        }
    }

    /// Without running tasks (in scripts), a connection of its own.
    async fn fetch_body_alone(&self, account: AccountId, email: EmailId) -> Result<()> {
        let account = self.account(account).await?;
        if account.protocol != Protocol::Imap {
            return Err(EngineError::Gone("the letter"));
        }
        let scope = crate::sync::report::SyncScope::HeadersOnly;
        let mut worker = crate::sync::ImapWorker::connect(self, &account, scope).await?;
        let outcome = worker.fetch_body(email).await;
        worker.leave().await;
        outcome
    }

    /// Tells a failure of the connection as the account's activity. Gives whether trying again by itself makes sense.
    fn tell_failure(&self, account: &Account, error: &EngineError) -> bool {
        if error.is_transient() || error.kind() == TroubleKind::Unreachable {
            self.set_activity(account.id, Activity::Offline { since: now() });
            return true;
        }
        self.set_activity(
            account.id,
            Activity::Failed {
                trouble: error.trouble(),
            },
        );
        false
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
    match engine.account(account).await.map(|account| account.protocol) {
        Ok(Protocol::Imap) => imap::run(engine, account, requests, calls).await,
        Ok(Protocol::Pop3) => pop3::run(engine, account, calls).await,
        Ok(Protocol::Local) => engine.set_activity(account, Activity::UpToDate { checked_at: now() }),
        Err(_) => {}
    }
}
