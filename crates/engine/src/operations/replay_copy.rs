//! One letter put where it is shown once more: appended to an IMAP server, copied on one, or kept on this computer. Or put
//! on the server for the first time, where it stood on this computer alone.
//! Whichever it is, the copy is read back before the original is let go, and a second try looks for what the first did.

use std::sync::Arc;

use waxwing_model::{Email, EmailId, Keywords, MailboxId, Operation, Protocol};
use waxwing_remote::RemoteError;
use waxwing_remote::imap::{Before, Session, Try};
use waxwing_store::{FirstTry, JournalEntry, OperationState, RemoteMailbox};

use super::copies;
use super::perform::transact;
use super::promises::{Bytes, GONE, bytes};
use super::replay::Replayed;
use super::replay_labels;
use super::replay_move::{before, counts, locate};
use super::sameness::{Sameness, compare};
use crate::engine::{Engine, blocking};
use crate::error::Result;

const CHANGED: &str = "the server has not kept the letter as it was, so it was taken away from there again";
const NOT_FOUND: &str = "the letter cannot be found in the folder that it was put into";

/// What stands where before the server is asked.
struct Scene {
    copy: Email,
    target: RemoteMailbox,
    protocol: Protocol,
    /// Whether the server that the copy goes to has the original.
    on_same_server: bool,
}

/// Where the copy came to stand.
struct Place {
    uid: u32,
    uid_validity: u32,
    before: Before,
}

pub(super) async fn replay(engine: &Engine, session: &mut Session, entry: &JournalEntry) -> Result<Replayed> {
    let (original, copy, to) = match entry.operation {
        Operation::Copy {
            original, copy, to, ..
        } => (original, copy, to),
        Operation::Upload { email, to } => {
            let located = engine.read(move |reading| reading.locations(&[email])).await?;
            if !located.is_empty() {
                return Ok(Replayed::Done);
            }
            (email, email, to)
        }
        _ => return Ok(Replayed::Done),
    };
    let scene = engine
        .read(move |reading| {
            let (Some(copy), Some(mailbox)) = (reading.email(copy)?, reading.mailbox(to)?) else {
                return Ok(None);
            };
            let Some(target) = reading.remote_mailbox(to)? else {
                return Ok(None);
            };
            let owner = reading.email(original)?.map(|original| original.account);
            let protocol = reading
                .account(mailbox.account)?
                .map_or(Protocol::Local, |account| account.protocol);
            Ok(Some(Scene {
                on_same_server: owner == Some(mailbox.account) && !reading.locations(&[original])?.is_empty(),
                copy,
                target,
                protocol,
            }))
        })
        .await?;
    let Some(scene) = scene else {
        return Ok(Replayed::Refused(GONE.into()));
    };
    if scene.protocol == Protocol::Imap && scene.on_same_server {
        return on_one_server(engine, session, entry, original, &scene).await;
    }
    let raw = match bytes(engine, session, entry).await? {
        Bytes::Here(raw) => Arc::new(raw),
        Bytes::Later => return Ok(Replayed::Waiting),
        Bytes::Never => return Ok(Replayed::Refused(GONE.into())),
    };
    if scene.protocol != Protocol::Imap {
        return here(engine, entry, copy).await;
    }
    match append(engine, session, entry, &scene, &raw).await? {
        Ok(place) => close(engine, entry, Some(place)).await,
        Err(reason) => Ok(Replayed::Refused(reason.into())),
    }
}

/// The bytes were committed with the copy. Now they are read again from the disk and compared with their hash.
async fn here(engine: &Engine, entry: &JournalEntry, copy: EmailId) -> Result<Replayed> {
    if engine.read(move |reading| reading.verify_body(copy)).await? {
        return close(engine, entry, None).await;
    }
    Ok(Replayed::Refused(
        "the letter could not be read back from this computer".into(),
    ))
}

async fn on_one_server(
    engine: &Engine,
    session: &mut Session,
    entry: &JournalEntry,
    original: EmailId,
    scene: &Scene,
) -> Result<Replayed> {
    let Some(path) = scene.target.path.clone() else {
        return Ok(Replayed::Refused("the server does not have this folder".into()));
    };
    let (before, which) = tried(engine, session, entry, scene, &path).await?;
    for group in engine.groups(&[original]).await? {
        let Some(group) = engine.open_group(session, group).await? else {
            continue;
        };
        let uids = super::replay::uid_set(&group);
        let copied = session.copy_messages(&uids, &path, before, which).await?;
        if let (Some((_, uid)), Some(uid_validity)) = (copied.pairs.first(), copied.uid_validity) {
            let place = Place {
                uid: *uid,
                uid_validity,
                before,
            };
            return close(engine, entry, Some(place)).await;
        }
    }
    Ok(Replayed::Refused(GONE.into()))
}

/// Puts the bytes on the server, at most once, and reads them back. The inner error is what the person is told.
async fn append(
    engine: &Engine,
    session: &mut Session,
    entry: &JournalEntry,
    scene: &Scene,
    raw: &Arc<Vec<u8>>,
) -> Result<Result<Place, &'static str>> {
    let Some(path) = scene.target.path.clone() else {
        return Ok(Err("the server does not have this folder"));
    };
    let (before, which) = tried(engine, session, entry, scene, &path).await?;
    let message_id = scene.copy.message_id.as_deref();
    let mailbox = scene.target.id;
    if which == Try::Again
        && let Some(place) = find(engine, session, mailbox, &path, before, message_id, raw).await?
    {
        return Ok(Ok(place));
    }
    let told = put(session, &path, &scene.copy, raw).await?;
    let place = match told {
        Some((uid_validity, uid)) if session.select(&path).await?.uid_validity == uid_validity => {
            let theirs = session.fetch_body(uid).await?;
            if theirs.is_none() {
                return Ok(Err(NOT_FOUND));
            }
            if !is_same(raw, theirs).await? {
                // It is ours and nobody else knows of it.
                replay_labels::for_good(engine, session, entry.account, uid).await?;
                return Ok(Err(CHANGED));
            }
            Some(Place {
                uid,
                uid_validity,
                before,
            })
        }
        _ => find(engine, session, mailbox, &path, before, message_id, raw).await?,
    };
    Ok(place.ok_or(NOT_FOUND))
}

/// With the keywords that the letter has here. A server that does not take those of people's own takes it with the
/// usual ones (RFC 9051, section 2.3.2).
async fn put(
    session: &mut Session,
    path: &str,
    copy: &Email,
    raw: &[u8],
) -> Result<Option<(u32, u32)>, RemoteError> {
    let received_at = Some(copy.received_at).filter(|moment| *moment > 0);
    let usual: Keywords = copy
        .keywords
        .iter()
        .filter(|keyword| keyword.to_imap().starts_with('\\'))
        .cloned()
        .collect();
    match session.append(path, &copy.keywords, received_at, raw).await {
        Err(RemoteError::Refused { .. }) if usual.len() < copy.keywords.len() => {
            session.append(path, &usual, received_at, raw).await
        }
        outcome => outcome,
    }
}

/// The letter among what came since, by its bytes.
async fn find(
    engine: &Engine,
    session: &mut Session,
    mailbox: MailboxId,
    path: &str,
    before: Before,
    message_id: Option<&str>,
    raw: &Arc<Vec<u8>>,
) -> Result<Option<Place>> {
    for newcomer in session.newcomers(path, before, message_id).await? {
        let uid = newcomer.uid;
        // Without a Message-ID only what is as large as ours is worth a look.
        if message_id.is_none() && newcomer.size != raw.len() as u64 {
            continue;
        }
        let anothers = engine
            .read(move |reading| reading.email_at(mailbox, uid))
            .await?
            .is_some();
        if anothers {
            continue;
        }
        let theirs = session.fetch_body(uid).await?;
        if is_same(raw, theirs).await? {
            let uid_validity = session.uid_validity().unwrap_or(before.uid_validity);
            return Ok(Some(Place {
                uid,
                uid_validity,
                before,
            }));
        }
    }
    Ok(None)
}

async fn is_same(ours: &Arc<Vec<u8>>, theirs: Option<Vec<u8>>) -> Result<bool> {
    let Some(theirs) = theirs else { return Ok(false) };
    let ours = ours.clone();
    let sameness = blocking(move || compare(&ours, &theirs)).await?;
    if sameness != Sameness::Exact {
        tracing::info!(?sameness, "a server does not give a letter back as it got it");
    }
    Ok(sameness != Sameness::Different)
}

async fn tried(
    engine: &Engine,
    session: &mut Session,
    entry: &JournalEntry,
    scene: &Scene,
    path: &str,
) -> Result<(Before, Try)> {
    let tried = FirstTry {
        target: scene.target.id,
        copy: Some(scene.copy.id),
        uid_validity: 0,
        uid_next: 0,
    };
    before(engine, session, entry.id, None, path, tried).await
}

/// Writes down that the copy stands, and in the same transaction lets the original go. If the person has taken the copy
/// back meanwhile, only its place is noted, so that it is found and taken away.
async fn close(engine: &Engine, entry: &JournalEntry, place: Option<Place>) -> Result<Replayed> {
    let entry = entry.clone();
    let store = engine.inner.store.clone();
    let next = blocking(move || {
        transact(&store, |writing| {
            let (Operation::Copy { copy, to, .. } | Operation::Upload { email: copy, to }) = entry.operation
            else {
                return Ok(None);
            };
            if let Some(place) = place
                && counts(writing, to, place.uid_validity, place.before)?
            {
                locate(writing, copy, to, place.uid)?;
            }
            let state = writing.operation(entry.id)?.map(|entry| entry.state);
            if state != Some(OperationState::Attempting) || writing.email(copy)?.is_none() {
                return Ok(None);
            }
            copies::arrived(writing, &entry)
        })
    })
    .await??;
    if let Some(account) = next {
        engine.wake(account);
    }
    Ok(Replayed::Closed)
}
