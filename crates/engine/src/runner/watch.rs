//! A second connection that waits for news, so that the first may work meanwhile: of every folder of one's own where the
//! server tells of them (NOTIFY, RFC 5465), else of the inbox alone (IDLE, RFC 2177).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::{mpsc, watch as signal};
use tokio::task::JoinHandle;
use waxwing_model::{Account, MailboxId, Role};
use waxwing_remote::imap::{Elsewhere, IdleEnd, Session};

use super::backoff::{Backoff, chance};
use super::imap::{SELDOM, SETTLED};
use super::network::{Pulse, lively, pulse};
use super::{Request, round};
use crate::accounts::credentials::Door;
use crate::engine::Engine;
use crate::error::{EngineError, Result};

/// Without IDLE the inbox is looked at this often.
const POLL: Duration = Duration::from_secs(60);

/// Ends the watch when the connection that started it ends.
pub(super) struct Watch {
    task: JoinHandle<()>,
    reach: Reach,
}

/// Whether every folder is watched over at this moment.
#[derive(Clone, Default)]
struct Reach(Arc<AtomicBool>);

/// What is asked of the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ask {
    /// News of every folder, where it offers them.
    Everything,
    /// The inbox alone: with the rest it could not keep up.
    Inbox,
}

/// Why a watch ended without a failure.
enum End {
    /// Nobody listens any more.
    Unheard,
    Overflowed,
}

impl Watch {
    /// Whether news of every folder come by themselves.
    pub(super) fn covers_everything(&self) -> bool {
        self.reach.0.load(Ordering::Relaxed)
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.task.abort();
    }
}

pub(super) fn start(
    engine: &Engine,
    account: &Account,
    requests: mpsc::UnboundedSender<Request>,
    can_idle: bool,
    network: signal::Receiver<Pulse>,
) -> Watch {
    let reach = Reach::default();
    let watcher = Watcher {
        engine: engine.clone(),
        account: account.clone(),
        requests,
        network,
        reach: reach.clone(),
    };
    let task = tokio::spawn(watcher.keep_watching(can_idle));
    Watch { task, reach }
}

struct Watcher {
    engine: Engine,
    account: Account,
    requests: mpsc::UnboundedSender<Request>,
    network: signal::Receiver<Pulse>,
    reach: Reach,
}

impl Watcher {
    async fn keep_watching(mut self, can_idle: bool) {
        let mut backoff = Backoff::new(Duration::from_secs(2), Duration::from_secs(300));
        let mut unknown = Duration::from_millis(200);
        let mut ask = Ask::Everything;
        loop {
            let Some((mailbox, path)) = self.inbox().await else {
                // The folders are not known yet.
                tokio::time::sleep(unknown).await;
                unknown = (unknown * 2).min(POLL);
                continue;
            };
            if !can_idle {
                tokio::time::sleep(round(&self.account, POLL)).await;
                if self.requests.send(Request::LookAt(mailbox)).is_err() {
                    return;
                }
                continue;
            }
            let ended = self.wait(mailbox, &path, ask, &mut backoff).await;
            self.reach.0.store(false, Ordering::Relaxed);
            let error = match ended {
                Ok(End::Unheard) => return,
                Ok(End::Overflowed) => {
                    tracing::info!(account = %self.account.email, "the server cannot tell of all folders");
                    ask = Ask::Inbox;
                    continue;
                }
                Err(error) => error,
            };
            tracing::info!(account = %self.account.email, %error, "the watch ended");
            if matches!(&error, EngineError::Remote(error) if error.may_pass()) {
                tokio::select! {
                    () = tokio::time::sleep(backoff.next(chance())) => {}
                    () = pulse(&mut self.network) => backoff.encouraged(),
                }
                continue;
            }
            // Refused rather than cut: asking again soon would only add failed sign-ins. The other connection is looked at
            // at once: if it ended for the same reason, the person is told now and not with the next round.
            let until = tokio::time::Instant::now() + SELDOM;
            while tokio::time::Instant::now() < until {
                if self.requests.send(Request::LookAt(mailbox)).is_err() {
                    return;
                }
                tokio::time::sleep(POLL).await;
            }
        }
    }

    /// Waits for news over one connection.
    async fn wait(&mut self, inbox: MailboxId, path: &str, ask: Ask, backoff: &mut Backoff) -> Result<End> {
        let account = &self.account;
        let server = account
            .incoming
            .clone()
            .ok_or(EngineError::Gone("the account's server"))?;
        let (server, trust) = (&server, &self.engine.trust(account).await?);
        let connecting = async {
            let signing_in =
                self.engine
                    .signed_in(account.id, server, Door::Incoming, |credentials| async move {
                        Session::connect(server, &credentials, trust).await
                    });
            let mut session = signing_in.await?;
            session.enable(&server.host).await?;
            session.select(path).await?;
            Ok(session)
        };
        let mut session = lively(&mut self.network, connecting).await?;
        // Folders of others are told of by nobody. A connection that ends here is found by what is said next.
        let offered = ask == Ask::Everything && session.capabilities().has("NOTIFY");
        let all_our_own = offered
            && session
                .namespaces()
                .await
                .is_ok_and(|known| known.foreign.is_empty());
        let notified = offered && session.notify().await?;
        self.reach.0.store(notified && all_our_own, Ordering::Relaxed);
        let since = tokio::time::Instant::now();
        // What happened between the first look and this watch has not been announced to it.
        let _ = self.requests.send(Request::LookAt(inbox));
        if notified {
            let _ = self.requests.send(Request::FoldersChanged);
        }
        loop {
            // A pulse ends the IDLE, which shows whether anybody is there.
            let mut stop = self.network.clone();
            let idling = async { Ok(session.idle(pulse(&mut stop)).await?) };
            let end = lively(&mut self.network, idling).await?;
            if since.elapsed() > SETTLED {
                backoff.succeeded();
            }
            let heard = match end {
                IdleEnd::Changed => self.requests.send(Request::LookAt(inbox)).is_ok(),
                IdleEnd::Elsewhere => {
                    let news = session.take_elsewhere();
                    let overflowed = news.overflowed;
                    let heard = self.tell(news).await?;
                    if heard && overflowed {
                        session.logout().await;
                        return Ok(End::Overflowed);
                    }
                    heard
                }
                IdleEnd::Renew | IdleEnd::Stopped => true,
            };
            if !heard {
                return Ok(End::Unheard);
            }
        }
    }

    /// Has the folders looked at in which something happened. Whether anybody listens.
    async fn tell(&self, news: Elsewhere) -> Result<bool> {
        let account = self.account.id;
        let paths = news.mailboxes.clone();
        let changed = self
            .engine
            .read(move |reading| {
                let remote = reading.remote_mailboxes(account)?;
                let changed = remote
                    .into_iter()
                    .filter(|remote| remote.path.as_ref().is_some_and(|path| paths.contains(path)));
                Ok(changed.map(|remote| remote.id).collect::<Vec<MailboxId>>())
            })
            .await?;
        // One that is not known has just been made, or renamed.
        let unknown = changed.len() < news.mailboxes.len();
        for mailbox in changed {
            if self.requests.send(Request::Changed(mailbox)).is_err() {
                return Ok(false);
            }
        }
        if (unknown || news.folders || news.overflowed)
            && self.requests.send(Request::FoldersChanged).is_err()
        {
            return Ok(false);
        }
        Ok(true)
    }

    async fn inbox(&self) -> Option<(MailboxId, String)> {
        let id = self.account.id;
        self.engine
            .read(move |reading| {
                let Some(inbox) = reading.mailbox_with_role(id, Role::Inbox)? else {
                    return Ok(None);
                };
                Ok(reading
                    .remote_mailbox(inbox.id)?
                    .and_then(|remote| remote.path)
                    .map(|path| (inbox.id, path)))
            })
            .await
            .ok()
            .flatten()
    }
}
