//! Subscriptions: which folders the person wants to see, as the server notes it (RFC 9051, sections 6.3.7 and 6.3.8).
//!
//! Many people have none, since some programs never ask for any: those show all folders. There the first subscription
//! would be one to that folder alone, and put all others away. So it is not made ([`Custom`]).

use waxwing_model::{AccountId, MailboxId};
use waxwing_remote::RemoteError;
use waxwing_remote::imap::{ListedMailbox, Session};

use super::replay::Replayed;
use crate::engine::Engine;
use crate::error::Result;

/// Whether an account's folders are subscribed to at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Custom {
    Kept,
    /// None of the person's own folders is subscribed on the server, and others than this one are shown here.
    Unknown,
}

/// Whether a list tells which folders the person wants to see. Folders with a role are shown in any case, and servers
/// subscribe people to these by themselves.
pub(crate) fn are_told(listed: &[ListedMailbox]) -> bool {
    listed
        .iter()
        .any(|mailbox| mailbox.role.is_none() && mailbox.subscribed)
}

pub(super) async fn custom(
    engine: &Engine,
    session: &mut Session,
    account: AccountId,
    but: MailboxId,
) -> Result<Custom> {
    if are_told(&session.list().await?) {
        return Ok(Custom::Kept);
    }
    let mailboxes = engine
        .read(move |reading| reading.mailboxes(Some(account)))
        .await?;
    let others_are_shown = mailboxes.iter().any(|mailbox| {
        mailbox.id != but && mailbox.selectable && mailbox.role.is_none() && mailbox.subscribed
    });
    Ok(match others_are_shown {
        true => Custom::Unknown,
        false => Custom::Kept,
    })
}

/// Both commands are idempotent. Where the server says no, its list tells whether it stands so already: there are servers
/// that will not unsubscribe from what is not subscribed.
pub(super) async fn replay(
    engine: &Engine,
    session: &mut Session,
    account: AccountId,
    mailbox: MailboxId,
    subscribed: bool,
) -> Result<Replayed> {
    let remote = engine
        .read(move |reading| reading.remote_mailbox(mailbox))
        .await?;
    let Some(path) = remote.and_then(|remote| remote.path) else {
        return Ok(Replayed::Done);
    };
    if subscribed && custom(engine, session, account, mailbox).await? == Custom::Unknown {
        return Ok(Replayed::Done);
    }
    let told = match subscribed {
        true => session.subscribe(&path).await,
        false => session.unsubscribe(&path).await,
    };
    match told {
        Ok(()) => Ok(Replayed::Done),
        Err(RemoteError::Refused { reply, .. }) => {
            let listed = session.list().await?;
            let there = listed.iter().find(|mailbox| mailbox.path == path);
            Ok(match there {
                Some(there) if there.subscribed != subscribed => Replayed::Refused(reply),
                // It stands so, or it is gone, which is done, as everywhere here.
                _ => Replayed::Done,
            })
        }
        Err(error) => Err(error.into()),
    }
}

/// Beside another change they are a courtesy: a refusal does not undo what was done, a lost connection is still one.
pub(crate) fn tolerate(outcome: std::result::Result<(), RemoteError>) -> Result<()> {
    match outcome {
        Ok(()) | Err(RemoteError::Refused { .. }) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
