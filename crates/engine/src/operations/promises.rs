//! The bytes of letters that are to be put somewhere else. Where they are not here yet, the account that has them
//! brings them, as soon as it can: days later, if it is offline for days.

use waxwing_model::{AccountId, EmailId, Operation};
use waxwing_remote::imap::Session;
use waxwing_store::{JournalEntry, StoreError, Writing};

use super::perform::Refusal;
use crate::clock::now;
use crate::engine::Engine;
use crate::error::{EngineError, Result};
use crate::sync::bodies;

/// A letter whose bytes another account has still to bring is asked for again after this time, if nobody has said
/// before that they are here.
const AGAIN: i64 = 10 * 60_000;

pub(super) const GONE: &str = "the letter is gone";

/// Whether there is something to put.
pub(super) enum Bytes {
    Here(Vec<u8>),
    /// The line is queued again for later.
    Later,
    /// Nobody has the letter any more.
    Never,
}

/// The bytes for a copy, checked against their hash. `session` is the account's whose journal it is.
pub(super) async fn bytes(engine: &Engine, session: &mut Session, entry: &JournalEntry) -> Result<Bytes> {
    let (original, copy) = match entry.operation {
        Operation::Copy { original, copy, .. } => (original, copy),
        // There is no original from which they could come once more.
        Operation::Upload { email, .. } => {
            let here = engine.read(move |reading| match reading.raw(email) {
                Err(StoreError::Damaged(_)) => Ok(None),
                outcome => outcome,
            });
            return Ok(here.await?.map_or(Bytes::Never, Bytes::Here));
        }
        _ => return Ok(Bytes::Never),
    };
    // A copy shares its bytes with the original; spoilt, they come again as those do.
    let here = engine.read(move |reading| match reading.raw(copy) {
        Err(StoreError::Damaged(_)) => Ok(None),
        outcome => outcome,
    });
    if let Some(raw) = here.await? {
        return Ok(Bytes::Here(raw));
    }
    let Some(there) = engine.read(move |reading| reading.email(original)).await? else {
        return Ok(Bytes::Never);
    };
    let fetched = if there.account == entry.account {
        fetch(engine, session, original).await
    } else if engine.is_running(there.account) {
        engine.wake(there.account);
        Err(EngineError::NotHere)
    } else {
        engine.raw(original).await.map(drop)
    };
    match fetched {
        Ok(()) => {}
        Err(EngineError::Gone(_)) => return Ok(Bytes::Never),
        Err(EngineError::Remote(error)) if there.account == entry.account => return Err(error.into()),
        Err(error) => {
            tracing::info!(%error, "a letter waits for its account before it goes to another");
            let id = entry.id;
            // It may have come since it was looked for, when nobody waited for it yet.
            let raw = engine
                .write(move |writing| {
                    writing.copy_body(original, copy)?;
                    let raw = writing.raw(copy)?;
                    if raw.is_none() {
                        writing.postpone(id, now() + AGAIN)?;
                    }
                    Ok(raw)
                })
                .await?;
            return Ok(raw.map_or(Bytes::Later, Bytes::Here));
        }
    }
    let raw = engine
        .write(move |writing| {
            writing.copy_body(original, copy)?;
            writing.raw(copy)
        })
        .await?;
    Ok(raw.map_or(Bytes::Never, Bytes::Here))
}

/// From the server that has the letter, whatever became of the folder's numbers.
pub(crate) async fn fetch(engine: &Engine, session: &mut Session, email: EmailId) -> Result<()> {
    for group in engine.groups(&[email]).await? {
        let Some(group) = engine.open_group(session, group).await? else {
            continue;
        };
        for (uid, email) in group.messages {
            if let Some(raw) = session.fetch_body(uid).await? {
                return bodies::keep(engine, vec![(email, raw)]).await;
            }
        }
    }
    Err(EngineError::Gone("the letter"))
}

/// The bytes of a letter have come: whoever waits for them to put them elsewhere has them, and may go on. Gives the
/// accounts to wake.
pub(crate) fn fulfil(
    writing: &mut Writing<'_>,
    email: EmailId,
) -> std::result::Result<Vec<AccountId>, StoreError> {
    let mut waiting = Vec::new();
    for entry in writing.operations_on(email)? {
        let Operation::Copy { original, copy, .. } = entry.operation else {
            continue;
        };
        if original != email || writing.email(copy)?.is_none() {
            continue;
        }
        writing.copy_body(original, copy)?;
        writing.hasten(entry.id)?;
        waiting.push(entry.account);
        // A copy may be on its way to yet another account.
        waiting.extend(fulfil(writing, copy)?);
    }
    Ok(waiting)
}

impl Engine {
    /// The server has let go of a letter before its bytes came: it cannot be put elsewhere any more.
    pub(crate) async fn give_up_copies_of(&self, email: EmailId) -> Result<()> {
        for entry in self.read(move |reading| reading.operations_on(email)).await? {
            if matches!(entry.operation, Operation::Copy { original, .. } if original == email) {
                self.refuse(entry, GONE.into()).await?;
            }
        }
        Ok(())
    }

    /// Takes back what cannot be done without an account that leaves: letters on their way to it are where they were,
    /// and copies of its letters that never came go.
    pub(crate) fn forsake(writing: &mut Writing<'_>, account: AccountId) -> std::result::Result<(), Refusal> {
        for entry in writing.operations_touching(account)? {
            let Operation::Copy { copy, .. } = entry.operation else {
                continue;
            };
            let stays = match writing.email(copy)? {
                Some(copy) => copy.account != account && writing.verify_body(copy.id)?,
                None => false,
            };
            if !stays {
                super::copies::take_back(writing, &entry)?;
                writing.set_operation_state(entry.id, waxwing_store::OperationState::Undone, None)?;
            }
        }
        Ok(())
    }
}
