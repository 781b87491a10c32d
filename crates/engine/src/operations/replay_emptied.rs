//! A folder that was thrown away goes from the IMAP server after its letters. DELETE takes whatever stands in a folder, so it is sent
//! only for one that the server calls empty: what another client has put there, and what nobody here has seen yet, stays, and so
//! does the folder.

use waxwing_model::{MailboxId, Role, Trouble, TroubleKind};
use waxwing_remote::RemoteError;
use waxwing_remote::imap::Session;
use waxwing_store::{JournalEntry, Reading, StoreError};

use super::apply::is_bare;
use super::plan::is_inside;
use super::replay::Replayed;
use super::replay_folders;
use crate::clock::now;
use crate::engine::Engine;
use crate::error::Result;

/// How soon it is looked again whether the letters have gone.
const AGAIN: i64 = 60_000;

/// What is known of the folder here.
enum Stands {
    /// Gone, or no longer among what was thrown away.
    TakenBack,
    /// Its letters have still to go.
    Waits,
    /// Something has come into it.
    Holds { name: String },
    /// `path`: none where the server never heard of it.
    Bare {
        name: String,
        path: Option<String>,
        selectable: bool,
    },
}

pub(super) async fn replay(
    engine: &Engine,
    session: &mut Session,
    entry: &JournalEntry,
    mailbox: MailboxId,
) -> Result<Replayed> {
    let id = entry.id;
    let (name, path, selectable) = match engine.read(move |reading| stands(reading, mailbox)).await? {
        Stands::TakenBack => return Ok(Replayed::Done),
        Stands::Waits => {
            engine
                .write(move |writing| writing.postpone(id, now() + AGAIN))
                .await?;
            return Ok(Replayed::Waiting);
        }
        Stands::Holds { name } => return Ok(stays(engine, entry, &name)),
        Stands::Bare {
            name,
            path,
            selectable,
        } => (name, path, selectable),
    };
    if let Some(path) = path {
        if selectable && !is_empty_there(session, &path).await? {
            return Ok(stays(engine, entry, &name));
        }
        match replay_folders::destroy(session, &[path]).await? {
            Replayed::Done => {}
            other => return Ok(other),
        }
    }
    engine
        .write(move |writing| match is_bare(writing, mailbox)? {
            true => writing.remove_mailbox(mailbox),
            false => Ok(()),
        })
        .await?;
    Ok(Replayed::Done)
}

fn stands(reading: &Reading<'_>, mailbox: MailboxId) -> std::result::Result<Stands, StoreError> {
    let Some(there) = reading.mailbox(mailbox)? else {
        return Ok(Stands::TakenBack);
    };
    let trash = reading.mailbox_with_role(there.account, Role::Trash)?;
    if there.role.is_some() || !trash.is_some_and(|trash| is_inside(reading, mailbox, trash.id)) {
        return Ok(Stands::TakenBack);
    }
    if reading.waits_for_letters(mailbox)? {
        return Ok(Stands::Waits);
    }
    if !is_bare(reading, mailbox)? {
        return Ok(Stands::Holds { name: there.name });
    }
    Ok(Stands::Bare {
        name: there.name,
        path: reading.remote_mailbox(mailbox)?.and_then(|remote| remote.path),
        selectable: there.selectable,
    })
}

/// Asked from outside: of the folder that is selected a server may tell what it told before (RFC 9051, section 6.3.11).
async fn is_empty_there(session: &mut Session, path: &str) -> Result<bool> {
    session.select("INBOX").await?;
    match session.status(path).await {
        Ok(status) => Ok(status.messages == 0),
        // Another client has deleted it: so will the answer to DELETE say.
        Err(RemoteError::Refused { .. }) => Ok(true),
        Err(error) => Err(error.into()),
    }
}

fn stays(engine: &Engine, entry: &JournalEntry, name: &str) -> Replayed {
    let sentence =
        format!("“{name}” stays in Trash: there is something in it that you were not told would be deleted.");
    engine.tell(Some(entry.account), Trouble::new(TroubleKind::Refused, sentence));
    Replayed::Done
}
