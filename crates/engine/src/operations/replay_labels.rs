//! Entries of the journal on a server whose mailboxes are labels (Gmail's X-GM-EXT-1). A letter exists there once, so each
//! command is about one of its places, and doing it again does nothing more.
//!
//! A move out of a mailbox takes its label away, and a copy puts one on. A label alone is taken away by a move to "All
//! Mail", where every letter is anyhow: what an expunge does is a setting of the person's, which may be to delete the
//! letter for good. So nothing is expunged but in Trash and Junk.

use waxwing_model::{AccountId, EmailId, Keywords, MailboxId, Operation, OperationId, Role};
use waxwing_remote::imap::{Before, Moved, Session, Try, UidSet};
use waxwing_store::{FirstTry, JournalEntry, RemoteMailbox, StoreError, Writing};

use super::places::Places;
use super::replay::{Group, REBUILT, Replayed, uid_set};
use super::replay_destroy::finish;
use super::replay_move::{before, locate, relocate};
use crate::engine::Engine;
use crate::error::Result;

const GONE: &str = "the folder is gone";
const NO_PATH: &str = "the server does not have this folder";
const NO_ALL: &str = "the server does not show “All Mail”, so that a label cannot be taken away";
const NO_TRASH: &str = "the server does not show its Trash, so that nothing can be deleted for good";

/// Flags are the letter's. "All Mail" is left by nothing but Trash and Junk, so what is noted of it is hardly ever old.
pub(super) async fn keywords(
    engine: &Engine,
    session: &mut Session,
    emails: &[EmailId],
    add: &Keywords,
    remove: &Keywords,
) -> Result<Replayed> {
    let rank = |_, role| Some(u8::from(role != Some(Role::All)));
    let mut places = Places::of(engine, emails, rank).await?;
    while let Some(group) = places.next(engine, session).await? {
        session.store_keywords(&uid_set(&group), add, remove).await?;
    }
    Ok(done(&places))
}

/// Out of all other mailboxes: into Trash or Junk, or out of them.
pub(super) async fn move_to(
    engine: &Engine,
    session: &mut Session,
    operation: OperationId,
    emails: &[EmailId],
    to: MailboxId,
) -> Result<Replayed> {
    // Out of "All Mail" there is no other way than into Trash or Junk, but from there each letter can be reached.
    let rank = move |mailbox, role| (mailbox != to).then_some(u8::from(role == Some(Role::All)));
    let mut places = Places::of(engine, emails, rank).await?;
    carry(engine, session, operation, &mut places, to).await
}

pub(super) async fn refile(
    engine: &Engine,
    session: &mut Session,
    entry: &JournalEntry,
    emails: &[EmailId],
    from: Option<MailboxId>,
    to: Option<MailboxId>,
) -> Result<Replayed> {
    let all = with_role(engine, entry.account, Role::All).await?;
    let mut left = emails.to_vec();
    if let Some(from) = from {
        let Some(target) = to.or(all) else {
            return Ok(Replayed::Refused(NO_ALL.into()));
        };
        let rank = move |mailbox, _| (mailbox == from).then_some(0);
        let mut places = Places::of(engine, emails, rank).await?;
        match carry(engine, session, entry.id, &mut places, target).await? {
            Replayed::Done => left = places.nowhere,
            refused => return Ok(refused),
        }
    }
    // What another client has taken out of there meanwhile is still to come where it was wanted.
    match to.filter(|to| Some(*to) != all) {
        Some(to) => put(engine, session, &left, to).await,
        None => Ok(Replayed::Done),
    }
}

/// Where the person deleted them out of Trash, only what is still in it goes: another client may have taken a letter
/// back. A letter that has gone to another account, or a copy that is withdrawn, goes by way of Trash.
pub(super) async fn destroy(
    engine: &Engine,
    session: &mut Session,
    entry: &JournalEntry,
    emails: &[EmailId],
    only_in: Option<MailboxId>,
) -> Result<Replayed> {
    let Some(trash) = with_role(engine, entry.account, Role::Trash).await? else {
        return Ok(Replayed::Refused(NO_TRASH.into()));
    };
    if !was_hidden(engine, entry, only_in).await? {
        match move_to(engine, session, entry.id, emails, trash).await? {
            Replayed::Done => find_in(engine, session, emails, trash).await?,
            refused => return Ok(refused),
        }
    }
    let rank = |_, role| matches!(role, Some(Role::Trash | Role::Junk)).then_some(0);
    let mut places = Places::of(engine, emails, rank).await?;
    while let Some(group) = places.next(engine, session).await? {
        session.destroy(&uid_set(&group)).await?;
        engine.write(move |writing| forget(writing, &group)).await?;
    }
    if places.unclear {
        return Ok(Replayed::Refused(REBUILT.into()));
    }
    finish(engine, emails).await
}

/// Deletes a message of the selected mailbox that is ours and that nobody knows of, wherever it stands.
pub(super) async fn for_good(
    engine: &Engine,
    session: &mut Session,
    account: AccountId,
    uid: u32,
) -> Result<()> {
    let mut uids = UidSet::from_uids(&[uid]);
    if session.capabilities().gmail {
        let trash = match with_role(engine, account, Role::Trash).await? {
            Some(trash) => engine.read(move |reading| reading.remote_mailbox(trash)).await?,
            None => None,
        };
        // Where there is no Trash it stays, which is better than not knowing what an expunge does.
        let Some(path) = trash.and_then(|trash| trash.path) else {
            return Ok(());
        };
        if session.selected() != Some(path.as_str()) {
            let moved = session
                .move_messages(&uids, &path, Before::default(), Try::First)
                .await?;
            uids = UidSet::from_uids(&moved.pairs.iter().map(|(_, new)| *new).collect::<Vec<_>>());
            session.select(&path).await?;
        }
    }
    session.destroy(&uids).await?;
    Ok(())
}

/// MOVE, each letter from the first of its places that it stands in.
async fn carry(
    engine: &Engine,
    session: &mut Session,
    operation: OperationId,
    places: &mut Places,
    to: MailboxId,
) -> Result<Replayed> {
    let (path, target) = match target(engine, to).await? {
        Ok(found) => found,
        Err(refused) => return Ok(Replayed::Refused(refused.into())),
    };
    let tried = FirstTry {
        target: to,
        copy: None,
        uid_validity: 0,
        uid_next: 0,
    };
    let (before, which) = before(engine, session, operation, None, &path, tried).await?;
    // What a first try has moved is gone from where it was; and a label that is put on twice is on once.
    let which = match session.capabilities().r#move {
        true => Try::First,
        false => which,
    };
    while let Some(group) = places.next(engine, session).await? {
        let moved = session
            .move_messages(&uid_set(&group), &path, before, which)
            .await?;
        let refused = moved.left.as_ref().map(|left| left.reply.clone());
        let target = target.clone();
        engine
            .write(move |writing| moved_to(writing, &group, &target, before, moved))
            .await?;
        if let Some(reply) = refused {
            return Ok(Replayed::Refused(reply));
        }
    }
    Ok(done(places))
}

/// COPY, each letter from the first of its places that it stands in.
async fn put(engine: &Engine, session: &mut Session, emails: &[EmailId], to: MailboxId) -> Result<Replayed> {
    let (path, target) = match target(engine, to).await? {
        Ok(found) => found,
        Err(refused) => return Ok(Replayed::Refused(refused.into())),
    };
    let rank = |_, role| Some(u8::from(role != Some(Role::All)));
    let mut places = Places::of(engine, emails, rank).await?;
    while let Some(group) = places.next(engine, session).await? {
        let copied = session.copy_at_once(&uid_set(&group), &path).await?;
        let known = target.remote.sync.uid_validity;
        engine
            .write(move |writing| {
                for (old, new) in copied
                    .pairs
                    .iter()
                    .filter(|_| known.is_some() && copied.uid_validity == known)
                {
                    if let Some((_, email)) = group.messages.iter().find(|(uid, _)| uid == old) {
                        locate(writing, *email, to, *new)?;
                    }
                }
                Ok(())
            })
            .await?;
    }
    Ok(done(&places))
}

/// A mailbox that letters go into.
#[derive(Clone)]
struct Target {
    remote: RemoteMailbox,
    /// Trash or Junk, which take all labels away.
    hides: bool,
}

async fn target(engine: &Engine, to: MailboxId) -> Result<Result<(String, Target), &'static str>> {
    let (remote, role) = engine
        .read(move |reading| {
            let role = reading.mailbox(to)?.and_then(|mailbox| mailbox.role);
            Ok((reading.remote_mailbox(to)?, role))
        })
        .await?;
    let Some(remote) = remote else {
        return Ok(Err(GONE));
    };
    let Some(path) = remote.path.clone() else {
        return Ok(Err(NO_PATH));
    };
    let hides = matches!(role, Some(Role::Trash | Role::Junk));
    Ok(Ok((path, Target { remote, hides })))
}

/// Where the letters are now. Into Trash and Junk they leave all others behind, and "All Mail" they leave for nothing else.
fn moved_to(
    writing: &mut Writing<'_>,
    group: &Group,
    target: &Target,
    before: Before,
    moved: Moved,
) -> Result<(), StoreError> {
    let left = moved.left.as_ref().map(|left| left.uids.clone());
    let role = writing.mailbox(group.mailbox)?.and_then(|mailbox| mailbox.role);
    relocate(writing, group, target.remote.id, before, moved)?;
    for (uid, email) in &group.messages {
        if left.as_ref().is_some_and(|left| left.contains(*uid)) {
            continue;
        }
        if target.hides {
            for place in writing.locations(&[*email])? {
                if place.mailbox != target.remote.id {
                    writing.remove_location(place.mailbox, place.uid)?;
                }
            }
        } else if role == Some(Role::All) {
            locate(writing, *email, group.mailbox, *uid)?;
        }
    }
    Ok(())
}

/// The letters are gone from a mailbox.
fn forget(writing: &mut Writing<'_>, group: &Group) -> Result<(), StoreError> {
    for (uid, _) in &group.messages {
        writing.remove_location(group.mailbox, *uid)?;
    }
    Ok(())
}

/// Looks by name for letters of which the server did not tell under which number it has put them there.
async fn find_in(
    engine: &Engine,
    session: &mut Session,
    emails: &[EmailId],
    mailbox: MailboxId,
) -> Result<()> {
    for email in emails.iter().copied() {
        let sought = engine
            .read(move |reading| {
                let there = reading
                    .locations(&[email])?
                    .iter()
                    .any(|location| location.mailbox == mailbox);
                let remote = reading.remote_mailbox(mailbox)?;
                Ok(match (there, reading.identity_of(email)?, remote) {
                    (false, Some(name), Some(remote)) => remote.path.map(|path| (name, path, remote.sync)),
                    _ => None,
                })
            })
            .await?;
        let Some((name, path, sync)) = sought else {
            continue;
        };
        let found = session.find_letter(&path, &name).await?;
        if sync.uid_validity == session.uid_validity() {
            engine
                .write(move |writing| match found.first() {
                    Some(uid) => locate(writing, email, mailbox, *uid),
                    None => Ok(()),
                })
                .await?;
        }
    }
    Ok(())
}

/// Whether the letters of an entry that deletes them were in Trash or Junk before.
async fn was_hidden(engine: &Engine, entry: &JournalEntry, only_in: Option<MailboxId>) -> Result<bool> {
    let homes: Vec<MailboxId> = match only_in {
        Some(place) => vec![place],
        None => entry
            .inverse
            .iter()
            .filter_map(|operation| match operation {
                Operation::Move { to, .. } => Some(*to),
                _ => None,
            })
            .collect(),
    };
    engine
        .read(move |reading| {
            for home in &homes {
                let role = reading.mailbox(*home)?.and_then(|mailbox| mailbox.role);
                if !matches!(role, Some(Role::Trash | Role::Junk)) {
                    return Ok(false);
                }
            }
            Ok(!homes.is_empty())
        })
        .await
}

async fn with_role(engine: &Engine, account: AccountId, role: Role) -> Result<Option<MailboxId>> {
    engine
        .read(move |reading| {
            let found = reading.mailbox_with_role(account, role)?;
            Ok(found.map(|mailbox| mailbox.id))
        })
        .await
}

fn done(places: &Places) -> Replayed {
    match places.unclear {
        true => Replayed::Refused(REBUILT.into()),
        false => Replayed::Done,
    }
}
