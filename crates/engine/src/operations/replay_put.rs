//! A letter that was written here, put on the IMAP server once, whatever was cut: its Message-ID is of this version alone,
//! so that a second try finds what the first one did. The version before it is deleted only when this one was seen there.

use std::collections::BTreeSet;

use waxwing_model::{AccountId, Email, Operation, Trouble, TroubleKind};
use waxwing_remote::RemoteError;
use waxwing_remote::imap::{Before, Session};
use waxwing_store::{JournalEntry, OperationState, StoreError};

use super::filing::{let_go, pass_over};
use super::perform::transact;
use super::replay::Replayed;
use super::replay_move::{counts, locate};
use crate::clock::now;
use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};

/// When a server that would not take it is asked again, in milliseconds.
const AGAIN: i64 = 15 * 60_000;

/// Where it came to stand.
struct Place {
    uid: u32,
    uid_validity: u32,
    before: Before,
}

/// A refusal is no end: the letter stands here, is shown, and waits. One of anything but the letter itself says nothing of
/// whether an earlier try has put it there.
pub(super) async fn replay(engine: &Engine, session: &mut Session, entry: &JournalEntry) -> Result<Replayed> {
    match put(engine, session, entry).await {
        Err(EngineError::Remote(RemoteError::Refused { reply, .. })) => {
            wait(engine, entry, OperationState::Attempting, reply).await
        }
        outcome => outcome,
    }
}

async fn put(engine: &Engine, session: &mut Session, entry: &JournalEntry) -> Result<Replayed> {
    let Operation::Put { email, to, .. } = entry.operation else {
        return Ok(Replayed::Done);
    };
    let (letter, path, there, raw) = engine
        .read(move |reading| {
            let path = reading.remote_mailbox(to)?.and_then(|remote| remote.path);
            let there = !reading.locations(&[email])?.is_empty();
            let raw = match reading.raw(email) {
                Err(StoreError::Damaged(_)) => None,
                raw => raw?,
            };
            Ok((reading.email(email)?, path, there, raw))
        })
        .await?;
    // Another client has removed the folder, and the draft is filed anew.
    let Some(letter) = letter else {
        return close(engine, entry, Seen::Nowhere).await;
    };
    if there {
        return close(engine, entry, Seen::Before).await;
    }
    let Some(path) = path else {
        let reply = "the server does not have the folder for drafts";
        return wait(engine, entry, entry.state, reply.into()).await;
    };
    let selected = session.select(&path).await?;
    let before = Before {
        uid_validity: selected.uid_validity,
        uid_next: selected.uid_next,
    };
    // Sent or discarded since: what an earlier try has put there is still to be found, so that it can go.
    let is_wanted = !letter.mailboxes.is_empty();
    let tried = entry.attempts > 0;
    let mut place = match tried || !is_wanted {
        true => find(session, &path, &letter, before).await?,
        false => None,
    };
    if is_wanted && place.is_none() {
        let Some(raw) = raw else {
            // Its bytes are spoilt. What was typed stands elsewhere, and is filed anew.
            engine.write(move |writing| writing.remove_email(email)).await?;
            return close(engine, entry, Seen::Nowhere).await;
        };
        let received_at = Some(letter.received_at);
        let appended = session.append(&path, &letter.keywords, received_at, &raw).await;
        if let Err(RemoteError::Refused { reply, .. }) = appended {
            // What an earlier try may have put there was looked for before.
            return wait(engine, entry, OperationState::Queued, reply).await;
        }
        place = match appended? {
            Some((uid_validity, uid)) => Some(Place {
                uid,
                uid_validity,
                before,
            }),
            None => find(session, &path, &letter, before).await?,
        };
    }
    let seen = match place {
        Some(place) => Seen::At(place),
        None if is_wanted => Seen::Nowhere,
        None => Seen::Never,
    };
    close(engine, entry, seen).await
}

/// What is known of the letter on the server.
enum Seen {
    At(Place),
    /// It was noted before.
    Before,
    /// It is wanted no more and is not there.
    Never,
    /// The server said OK and does not show it; or it is gone from here.
    Nowhere,
}

async fn find(session: &mut Session, path: &str, letter: &Email, before: Before) -> Result<Option<Place>> {
    let Some(message_id) = &letter.message_id else {
        return Ok(None);
    };
    let found = session.find_message_id(path, message_id).await?;
    let uid_validity = session.uid_validity().unwrap_or(before.uid_validity);
    Ok(found.last().map(|uid| Place {
        uid: *uid,
        uid_validity,
        before,
    }))
}

/// Notes where it stands, and in the same transaction lets the version before it go.
async fn close(engine: &Engine, entry: &JournalEntry, seen: Seen) -> Result<Replayed> {
    let entry = entry.clone();
    let store = engine.inner.store.clone();
    let touched: BTreeSet<AccountId> = blocking(move || {
        transact(&store, |writing| {
            let Operation::Put { email, to, .. } = entry.operation else {
                return Ok(BTreeSet::new());
            };
            if let Seen::At(place) = &seen
                && counts(writing, to, place.uid_validity, place.before)?
            {
                locate(writing, email, to, place.uid)?;
            }
            let open = writing.operation(entry.id)?.filter(|entry| entry.state.is_open());
            // What it replaces may have become another version since it was taken up.
            let Some(Operation::Put { replaces, .. }) = open.map(|entry| entry.operation) else {
                return Ok(BTreeSet::new());
            };
            writing.set_operation_state(entry.id, OperationState::Done, None)?;
            // OK is the server's word that it has it, also where it does not show it (RFC 9051, section 6.3.12).
            writing.note_arrived(email)?;
            let mut touched = BTreeSet::new();
            if matches!(seen, Seen::Never) && pass_over(writing, email, replaces)? {
                return Ok(touched);
            }
            match (replaces, seen) {
                (Some(replaces), Seen::At(_) | Seen::Before | Seen::Never) => {
                    touched.extend(let_go(writing, entry.action, replaces)?);
                }
                // Two are better than none.
                (Some(replaces), Seen::Nowhere) => {
                    if writing.email(replaces)?.is_some() && writing.mailbox(to)?.is_some() {
                        writing.set_mailboxes(replaces, &[to])?;
                    }
                }
                (None, _) => {}
            }
            Ok(touched)
        })
    })
    .await??;
    for account in touched {
        engine.wake(account);
    }
    Ok(Replayed::Closed)
}

/// The letter stays where it is shown, and is tried again. The person hears of it once. Queued is only what no server has.
async fn wait(
    engine: &Engine,
    entry: &JournalEntry,
    state: OperationState,
    reply: String,
) -> Result<Replayed> {
    if entry.retry_at == 0 {
        let sentence = "The server does not take the draft, so it stands on this computer alone. Waxwing tries again later.";
        let trouble = Trouble::new(TroubleKind::Refused, sentence).with_detail(reply);
        engine.tell(Some(entry.account), trouble);
    }
    let id = entry.id;
    engine
        .write(move |writing| match state {
            OperationState::Queued => writing.postpone(id, now() + AGAIN),
            _ => writing.delay(id, now() + AGAIN),
        })
        .await?;
    Ok(Replayed::Waiting)
}
