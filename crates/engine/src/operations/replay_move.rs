//! Letters moved to another mailbox of their account, on its IMAP server. Before the server is told for the first time,
//! it is written down what the target is like, so that a second try finds what the first one did.

use std::collections::HashMap;

use waxwing_model::{Email, EmailId, MailboxId, OperationId};
use waxwing_remote::imap::{Before, Moved, Newcomer, Session, Try};
use waxwing_store::{FirstTry, StoreError, SyncState, Writing};

use super::replay::{Group, REBUILT, Replayed, uid_set};
use super::replay_refile::part_with_doubles;
use crate::engine::Engine;
use crate::error::Result;

pub(super) async fn replay(
    engine: &Engine,
    session: &mut Session,
    operation: OperationId,
    emails: &[EmailId],
    to: MailboxId,
) -> Result<Replayed> {
    from_one(engine, session, operation, emails, None, to).await
}

/// The same, and messages of all other mailboxes than one stay.
pub(super) async fn from_one(
    engine: &Engine,
    session: &mut Session,
    operation: OperationId,
    emails: &[EmailId],
    from: Option<MailboxId>,
    to: MailboxId,
) -> Result<Replayed> {
    let Some(target) = engine.read(move |reading| reading.remote_mailbox(to)).await? else {
        return Ok(Replayed::Refused("the folder is gone".into()));
    };
    let Some(path) = target.path else {
        return Ok(Replayed::Refused("the server does not have this folder".into()));
    };
    for group in engine.groups(emails).await? {
        if group.mailbox == to || from.is_some_and(|from| from != group.mailbox) {
            continue;
        }
        let tried = FirstTry {
            target: to,
            copy: None,
            uid_validity: 0,
            uid_next: 0,
        };
        let (before, which) = before(engine, session, operation, Some(group.mailbox), &path, tried).await?;
        let Some(group) = part_with_doubles(engine, session, group, to).await? else {
            return Ok(Replayed::Refused(REBUILT.into()));
        };
        if group.messages.is_empty() {
            continue;
        }
        let mut moved = session
            .move_messages(&uid_set(&group), &path, before, which)
            .await?;
        find_moved(engine, session, &group, (to, &path), before, &mut moved).await?;
        let refused = moved.left.as_ref().map(|left| left.reply.clone());
        engine
            .write(move |writing| relocate(writing, &group, to, before, moved))
            .await?;
        if let Some(reply) = refused {
            return Ok(Replayed::Refused(reply));
        }
    }
    Ok(Replayed::Done)
}

/// What the target was like before the first try: from the journal, or noted there now.
pub(super) async fn before(
    engine: &Engine,
    session: &mut Session,
    operation: OperationId,
    source: Option<MailboxId>,
    path: &str,
    mut tried: FirstTry,
) -> Result<(Before, Try)> {
    let noted = engine
        .read(move |reading| reading.first_try(operation, source))
        .await?;
    if let Some(noted) = noted {
        let before = Before {
            uid_validity: noted.uid_validity,
            uid_next: noted.uid_next,
        };
        return Ok((before, Try::Again));
    }
    let before = session.before(path).await?;
    tried.uid_validity = before.uid_validity;
    tried.uid_next = before.uid_next;
    engine
        .write(move |writing| writing.note_first_try(operation, source, &tried))
        .await?;
    Ok((before, Try::First))
}

/// Letters of which nobody told what became of them: the server does not tell, or it had moved them and the answer was cut
/// off. They are looked for among what came into the target since, before their old numbers are forgotten: what the
/// person did to them next would find them nowhere, and pass for done.
async fn find_moved(
    engine: &Engine,
    session: &mut Session,
    group: &Group,
    (to, path): (MailboxId, &str),
    before: Before,
    moved: &mut Moved,
) -> Result<()> {
    let untold: Vec<(u32, EmailId)> = group
        .messages
        .iter()
        .filter(|(uid, _)| {
            let stayed = moved.left.as_ref().is_some_and(|left| left.uids.contains(*uid));
            !stayed && moved.pairs.iter().all(|(old, _)| old != uid)
        })
        .copied()
        .collect();
    if untold.is_empty() {
        return Ok(());
    }
    let newcomers = session.newcomers(path, before, None).await?;
    let uid_validity = session.uid_validity();
    if uid_validity != Some(before.uid_validity)
        || moved.uid_validity.is_some_and(|told| Some(told) != uid_validity)
    {
        moved.uid_validity = moved.uid_validity.or(uid_validity);
        return Ok(());
    }
    let taken: Vec<u32> = moved.pairs.iter().map(|(_, new)| *new).collect();
    let found = engine
        .read(move |reading| {
            let mut free = Vec::with_capacity(newcomers.len());
            for newcomer in newcomers {
                if !taken.contains(&newcomer.uid) && reading.email_at(to, newcomer.uid)?.is_none() {
                    free.push(newcomer);
                }
            }
            let mut found = Vec::new();
            for (uid, email) in untold {
                let Some(letter) = reading.email(email)? else {
                    continue;
                };
                if let Some(at) = free.iter().position(|newcomer| is_it(&letter, newcomer)) {
                    found.push((uid, free.swap_remove(at).uid));
                }
            }
            Ok(found)
        })
        .await?;
    moved.uid_validity = uid_validity;
    moved.pairs.extend(found);
    Ok(())
}

/// A letter keeps its size when it is moved, and its Message-ID; where it has none, the moment at which it came.
fn is_it(letter: &Email, newcomer: &Newcomer) -> bool {
    let named = match &letter.message_id {
        Some(ours) => {
            let bare = ours.trim().trim_start_matches('<').trim_end_matches('>');
            newcomer.message_id.as_deref() == Some(bare)
        }
        None => newcomer.message_id.is_none() && newcomer.received_at == Some(letter.received_at),
    };
    named && newcomer.size == u64::from(letter.size)
}

/// Where the letters are now.
pub(super) fn relocate(
    writing: &mut Writing<'_>,
    group: &Group,
    to: MailboxId,
    before: Before,
    moved: Moved,
) -> Result<(), StoreError> {
    let known = match moved.uid_validity {
        Some(uid_validity) => counts(writing, to, uid_validity, before)?,
        None => false,
    };
    // It was numbered anew, and is to be looked into before anything else is done to them.
    let numbered_anew = !known && moved.uid_validity.is_some();
    let new: HashMap<u32, u32> = moved.pairs.into_iter().collect();
    for (uid, email) in &group.messages {
        if moved.left.as_ref().is_some_and(|left| left.uids.contains(*uid)) {
            continue;
        }
        writing.remove_location(group.mailbox, *uid)?;
        if let Some(&new) = new.get(uid).filter(|_| known) {
            locate(writing, *email, to, new)?;
        } else if numbered_anew && writing.mailbox(to)?.is_some() && writing.email(*email)?.is_some() {
            writing.note_displaced(to, *email)?;
        }
    }
    Ok(())
}

/// Keeps where a letter is, unless one of the two is gone or the place is another's.
pub(super) fn locate(
    writing: &mut Writing<'_>,
    email: EmailId,
    mailbox: MailboxId,
    uid: u32,
) -> Result<(), StoreError> {
    if writing.mailbox(mailbox)?.is_some()
        && writing.email(email)?.is_some()
        && writing.email_at(mailbox, uid)?.is_none()
    {
        writing.put_location(email, mailbox, uid)?;
    }
    Ok(())
}

/// Whether UIDs of this UIDVALIDITY mean anything here (RFC 4315, section 3). A mailbox that was never looked at is
/// known from now on, and what stood in it before is still to be fetched: what follows in the journal has to find the
/// letters that were put there.
pub(super) fn counts(
    writing: &mut Writing<'_>,
    mailbox: MailboxId,
    uid_validity: u32,
    before: Before,
) -> Result<bool, StoreError> {
    let Some(remote) = writing.remote_mailbox(mailbox)? else {
        return Ok(false);
    };
    if remote.sync.uid_validity.is_some() || uid_validity != before.uid_validity {
        return Ok(remote.sync.uid_validity == Some(uid_validity));
    }
    writing.set_sync_state(
        mailbox,
        &SyncState {
            uid_validity: Some(uid_validity),
            uid_next: Some(before.uid_next),
            backfill_below: Some(before.uid_next),
            ..SyncState::default()
        },
    )?;
    Ok(true)
}
