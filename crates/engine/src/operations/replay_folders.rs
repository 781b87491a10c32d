//! Folders made, renamed and deleted on the IMAP server. After a cut, the same command may be refused because it
//! was done the first time; the server's folders tell.

use waxwing_model::{AccountId, MailboxId};
use waxwing_remote::RemoteError;
use waxwing_remote::imap::Session;
use waxwing_store::{Reading, StoreError};

use super::replay::Replayed;
use super::subscriptions::{self, Custom, tolerate};
use crate::engine::Engine;
use crate::error::Result;

pub(super) async fn create(
    engine: &Engine,
    session: &mut Session,
    account: AccountId,
    mailbox: MailboxId,
    parent: Option<MailboxId>,
    name: &str,
) -> Result<Replayed> {
    let there = engine
        .read(move |reading| reading.remote_mailbox(mailbox))
        .await?;
    let Some(there) = there else {
        return Ok(Replayed::Done);
    };
    if there.path.is_some() {
        return Ok(Replayed::Done);
    }
    let Some((path, delimiter)) = path_for(engine, session, parent, name).await? else {
        return Ok(Replayed::Refused(
            "the server does not have the folder around it".into(),
        ));
    };
    let role = engine
        .read(move |reading| Ok(reading.mailbox(mailbox)?.and_then(|mailbox| mailbox.role)))
        .await?;
    let made = match role {
        Some(role) => session.create_for(&path, role).await,
        None => session.create(&path).await,
    };
    match made {
        Ok(()) => {}
        Err(RemoteError::Refused { reply, .. }) => {
            if session.status(&path).await.is_err() {
                return Ok(Replayed::Refused(reply));
            }
        }
        Err(error) => return Err(error.into()),
    }
    if role.is_some() || subscriptions::custom(engine, session, account, mailbox).await? == Custom::Kept {
        tolerate(session.subscribe(&path).await)?;
    }
    engine
        .write(move |writing| writing.set_path(mailbox, Some(&path), delimiter))
        .await?;
    Ok(Replayed::Done)
}

pub(super) async fn rename(
    engine: &Engine,
    session: &mut Session,
    account: AccountId,
    mailbox: MailboxId,
    parent: Option<MailboxId>,
    name: &str,
) -> Result<Replayed> {
    let there = engine
        .read(move |reading| reading.remote_mailbox(mailbox))
        .await?;
    let Some(old) = there.and_then(|remote| remote.path) else {
        return Ok(Replayed::Done);
    };
    let Some((new, delimiter)) = path_for(engine, session, parent, name).await? else {
        return Ok(Replayed::Refused(
            "the server does not have the folder around it".into(),
        ));
    };
    if old == new {
        return Ok(Replayed::Done);
    }
    match session.rename(&old, &new).await {
        Ok(()) => {}
        Err(RemoteError::Refused { reply, .. }) => {
            let done_before = session.status(&new).await.is_ok() && session.status(&old).await.is_err();
            if !done_before {
                return Ok(Replayed::Refused(reply));
            }
        }
        Err(error) => return Err(error.into()),
    }
    let moved = engine
        .read(move |reading| moved_along(reading, account, &old, &new, delimiter))
        .await?;
    let custom = subscriptions::custom(engine, session, account, mailbox).await?;
    for moved in &moved {
        // Subscriptions are names: most servers leave them with the old ones (RFC 9051, section 6.3.6).
        tolerate(session.unsubscribe(&moved.old).await)?;
        if moved.subscribed && custom == Custom::Kept {
            tolerate(session.subscribe(&moved.new).await)?;
        }
    }
    engine
        .write(move |writing| {
            for moved in moved {
                writing.set_path(moved.id, Some(&moved.new), delimiter)?;
            }
            Ok(())
        })
        .await?;
    Ok(Replayed::Done)
}

/// A folder that has another path since one was renamed: that one, or one that it holds.
struct Moved {
    id: MailboxId,
    old: String,
    new: String,
    subscribed: bool,
}

/// RENAME takes the folders within along (RFC 9051, section 6.3.6).
fn moved_along(
    reading: &Reading<'_>,
    account: AccountId,
    old: &str,
    new: &str,
    delimiter: Option<char>,
) -> std::result::Result<Vec<Moved>, StoreError> {
    let prefix = delimiter.map(|delimiter| format!("{old}{delimiter}"));
    let mut moved = Vec::new();
    for remote in reading.remote_mailboxes(account)? {
        let Some(path) = remote.path else { continue };
        let new = if path == old {
            new.to_owned()
        } else if let Some(rest) = prefix.as_deref().and_then(|prefix| path.strip_prefix(prefix)) {
            format!("{new}{}{rest}", delimiter.unwrap_or('/'))
        } else {
            continue;
        };
        moved.push(Moved {
            id: remote.id,
            old: path,
            new,
            subscribed: reading
                .mailbox(remote.id)?
                .is_some_and(|mailbox| mailbox.subscribed),
        });
    }
    Ok(moved)
}

pub(super) async fn destroy(session: &mut Session, paths: &[String]) -> Result<Replayed> {
    for path in paths {
        match session.delete(path).await {
            Ok(()) => {}
            // Another try has done it, or another client.
            Err(RemoteError::Refused { reply, .. }) => {
                if session.status(path).await.is_ok() {
                    return Ok(Replayed::Refused(reply));
                }
            }
            Err(error) => return Err(error.into()),
        }
        tolerate(session.unsubscribe(path).await)?;
    }
    Ok(Replayed::Done)
}

/// The server's name for a folder at a place, and the delimiter there. `None`: the server has no such place.
pub(crate) async fn path_for(
    engine: &Engine,
    session: &mut Session,
    parent: Option<MailboxId>,
    name: &str,
) -> Result<Option<(String, Option<char>)>> {
    let Some(parent) = parent else {
        let root = session.root().await?;
        return Ok(Some((
            format!("{}{}", root.prefix, Session::encode_path(&[name], root.delimiter)),
            root.delimiter,
        )));
    };
    let remote = engine.read(move |reading| reading.remote_mailbox(parent)).await?;
    let Some(remote) = remote else { return Ok(None) };
    let (Some(path), Some(delimiter)) = (remote.path, remote.delimiter) else {
        return Ok(None);
    };
    Ok(Some((
        format!(
            "{path}{delimiter}{}",
            Session::encode_path(&[name], Some(delimiter))
        ),
        Some(delimiter),
    )))
}
