//! A second connection that waits for news of the inbox (IDLE, RFC 2177), so that the first may work meanwhile.

use std::time::Duration;

use tokio::sync::{mpsc, watch as signal};
use tokio::task::JoinHandle;
use waxwing_model::{Account, MailboxId, Role};
use waxwing_remote::imap::{IdleEnd, Session};

use super::Request;
use super::backoff::{Backoff, chance};
use super::imap::{SELDOM, SETTLED};
use super::network::{Pulse, lively, pulse};
use crate::accounts::credentials::{Door, trust};
use crate::engine::Engine;
use crate::error::{EngineError, Result};

/// Without IDLE the inbox is looked at this often.
const POLL: Duration = Duration::from_secs(60);

/// Ends the watch when the connection that started it ends.
pub(super) struct Watch(JoinHandle<()>);

impl Drop for Watch {
    fn drop(&mut self) {
        self.0.abort();
    }
}

pub(super) fn start(
    engine: &Engine,
    account: &Account,
    requests: mpsc::UnboundedSender<Request>,
    can_idle: bool,
    mut network: signal::Receiver<Pulse>,
) -> Watch {
    let (engine, account) = (engine.clone(), account.clone());
    Watch(tokio::spawn(async move {
        let mut backoff = Backoff::new(Duration::from_secs(2), Duration::from_secs(300));
        let mut unknown = Duration::from_millis(200);
        loop {
            let Some((mailbox, path)) = inbox(&engine, &account).await else {
                // The folders are not known yet.
                tokio::time::sleep(unknown).await;
                unknown = (unknown * 2).min(POLL);
                continue;
            };
            if !can_idle {
                tokio::time::sleep(POLL).await;
                if requests.send(Request::LookAt(mailbox)).is_err() {
                    return;
                }
                continue;
            }
            let place = (mailbox, path.as_str());
            let watched = idle(&engine, &account, place, &requests, &mut backoff, &mut network).await;
            let Err(error) = watched else {
                return;
            };
            tracing::info!(account = %account.email, %error, "the watch over the inbox ended");
            if matches!(&error, EngineError::Remote(error) if error.may_pass()) {
                tokio::select! {
                    () = tokio::time::sleep(backoff.next(chance())) => {}
                    () = pulse(&mut network) => backoff.encouraged(),
                }
                continue;
            }
            // Refused rather than cut: asking again soon would only add failed sign-ins.
            let until = tokio::time::Instant::now() + SELDOM;
            while tokio::time::Instant::now() < until {
                tokio::time::sleep(POLL).await;
                if requests.send(Request::LookAt(mailbox)).is_err() {
                    return;
                }
            }
        }
    }))
}

async fn idle(
    engine: &Engine,
    account: &Account,
    (mailbox, path): (MailboxId, &str),
    requests: &mpsc::UnboundedSender<Request>,
    backoff: &mut Backoff,
    network: &mut signal::Receiver<Pulse>,
) -> Result<()> {
    let server = account
        .incoming
        .clone()
        .ok_or(EngineError::Gone("the account's server"))?;
    let credentials = engine.credentials(account.id, &server, Door::Incoming).await?;
    let trust = trust(account)?;
    let connecting = async {
        let mut session = Session::connect(&server, &credentials, &trust).await?;
        session.select(path).await?;
        Ok(session)
    };
    let mut session = lively(network, connecting).await?;
    let since = tokio::time::Instant::now();
    // What happened between the first look and this watch has not been announced to it.
    let _ = requests.send(Request::LookAt(mailbox));
    loop {
        // A pulse ends the IDLE, which shows whether anybody is there.
        let mut stop = network.clone();
        let idling = async { Ok(session.idle(pulse(&mut stop)).await?) };
        let end = lively(network, idling).await?;
        if since.elapsed() > SETTLED {
            backoff.succeeded();
        }
        match end {
            IdleEnd::Changed => {
                if requests.send(Request::LookAt(mailbox)).is_err() {
                    return Ok(());
                }
            }
            IdleEnd::Renew | IdleEnd::Stopped => {}
        }
    }
}

async fn inbox(engine: &Engine, account: &Account) -> Option<(MailboxId, String)> {
    let id = account.id;
    engine
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
