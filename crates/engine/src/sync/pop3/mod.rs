//! A POP3 maildrop brought to this computer. Nothing comes twice: the server's unique id is remembered in the
//! transaction of its message, and where it has none, or not one that lasts, the message is known by its looks. Nothing
//! is lost: a message is removed from the server only after it was read back.

mod arrivals;
mod batches;
mod bodies;
pub(crate) mod maildrop;
mod names;
mod pool;
mod removal;
mod survey;

use std::sync::Arc;

use waxwing_model::{Account, Activity, Protocol};
use waxwing_remote::pop3::Session;

pub(crate) use self::arrivals::Held;
pub(crate) use self::bodies::fetch;
pub(crate) use self::names::was;
pub(crate) use self::pool::Face;
use self::survey::{Care, Survey};
use super::report::SyncReport;
use crate::accounts::credentials::Door;
use crate::clock::now;
use crate::engine::{Engine, locked};
use crate::error::{EngineError, Result};

/// What a look at the maildrop told beside the mail.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Told {
    /// Seconds that the server wants between two looks.
    pub(crate) login_delay: Option<u32>,
    /// Sentences about messages that it would not give or remove.
    pub(crate) complaints: Vec<String>,
}

/// Fetches what is new and removes what the person's choice says.
pub(crate) async fn sync(engine: &Engine, account: &Account, report: &mut SyncReport) -> Result<Told> {
    let held = hold(engine, account).await?;
    let mut session = connect(engine, account).await?;
    let login_delay = session.login_delay();
    let outcome = download_and_remove(engine, account, &mut session, &held, report).await;
    report.bytes += session.bytes();
    report.round_trips += session.round_trips();
    let removed = outcome?;
    leave(engine, account, session, removed).await?;
    Ok(Told {
        login_delay,
        complaints: report.errors.clone(),
    })
}

/// Waits until no other session of ours has the maildrop: the server would refuse a second one (RFC 1939, section 3). Whoever had
/// it may have made it an account without one.
pub(crate) async fn hold(engine: &Engine, account: &Account) -> Result<Held> {
    let maildrop = Arc::clone(locked(&engine.inner.maildrops).entry(account.id).or_default());
    let held = Arc::new(maildrop.lock_owned().await);
    if engine.account(account.id).await?.protocol != Protocol::Pop3 {
        return Err(EngineError::Gone("the maildrop"));
    }
    Ok(held)
}

async fn connect(engine: &Engine, account: &Account) -> Result<Session> {
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

async fn download_and_remove(
    engine: &Engine,
    account: &Account,
    session: &mut Session,
    held: &Held,
    report: &mut SyncReport,
) -> Result<Vec<String>> {
    let care = match bodies::are_missing(engine, account).await? {
        true => Care::Numbers,
        false => Care::Usual,
    };
    let mut survey = Survey::of(engine, account, session, care).await?;
    report.errors.extend(survey.complaint.take());
    arrivals::bring(engine, account, session, &mut survey, held, report).await?;
    if care == Care::Numbers {
        bodies::bring_missing(engine, account, session, &survey.numbers).await?;
    }
    let removed = removal::remove_due(engine, account, session, &survey.numbers, report).await?;
    removal::note_gone(engine, account, survey).await?;
    Ok(removed)
}

/// Ends the session. Only QUIT makes the server carry out removals (RFC 1939, section 6).
async fn leave(engine: &Engine, account: &Account, session: Session, removed: Vec<String>) -> Result<()> {
    session.quit().await?;
    if removed.is_empty() {
        return Ok(());
    }
    // Now it may give their ids to new messages (section 7), which must not pass for those that were removed.
    let id = account.id;
    engine
        .write(move |writing| writing.forget_uidls(id, &removed))
        .await
}

/// One look at the maildrop, told as the account's activity.
pub(crate) async fn check(engine: &Engine, account: &Account) -> Result<Told> {
    engine.set_activity(account.id, Activity::Connecting);
    let told = sync(engine, account, &mut SyncReport::default()).await?;
    engine.set_activity(
        account.id,
        Activity::UpToDate {
            checked_at: now(),
            shut: Vec::new(),
        },
    );
    Ok(told)
}
