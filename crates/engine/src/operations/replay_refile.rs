//! Letters taken out of one folder and put into another where a server keeps copies of one letter (EMAILID, RFC 8474):
//! other copies stay where they are. A copy is expunged only after another one was seen to stand at that moment.

use std::collections::{HashMap, HashSet};

use waxwing_model::{EmailId, MailboxId, OperationId};
use waxwing_remote::imap::{Session, UidSet};
use waxwing_store::FirstTry;

use super::places::Places;
use super::replay::{Group, REBUILT, Replayed, uid_set};
use super::replay_move::{self, before, counts, locate};
use crate::engine::Engine;
use crate::error::Result;

const LAST: &str = "it is the only copy of the letter that the server has";

pub(super) async fn replay(
    engine: &Engine,
    session: &mut Session,
    operation: OperationId,
    emails: &[EmailId],
    from: Option<MailboxId>,
    to: Option<MailboxId>,
) -> Result<Replayed> {
    match (from, to) {
        (Some(from), Some(to)) => {
            replay_move::from_one(engine, session, operation, emails, Some(from), to).await
        }
        (None, Some(to)) => copy(engine, session, operation, emails, to).await,
        (Some(from), None) => take_out(engine, session, emails, from).await,
        (None, None) => Ok(Replayed::Done),
    }
}

async fn copy(
    engine: &Engine,
    session: &mut Session,
    operation: OperationId,
    emails: &[EmailId],
    to: MailboxId,
) -> Result<Replayed> {
    let (target, there) = engine
        .read({
            let emails = emails.to_vec();
            move |reading| {
                let there: HashSet<EmailId> = reading
                    .locations(&emails)?
                    .into_iter()
                    .filter(|location| location.mailbox == to)
                    .map(|location| location.email)
                    .collect();
                Ok((reading.remote_mailbox(to)?, there))
            }
        })
        .await?;
    let Some(path) = target.and_then(|target| target.path) else {
        return Ok(Replayed::Refused("the server does not have this folder".into()));
    };
    let tried = FirstTry {
        target: to,
        copy: None,
        uid_validity: 0,
        uid_next: 0,
    };
    let (before, which) = before(engine, session, operation, None, &path, tried).await?;
    let missing: Vec<EmailId> = emails
        .iter()
        .copied()
        .filter(|email| !there.contains(email))
        .collect();
    let mut places = Places::of(engine, &missing, |_, _| Some(0)).await?;
    while let Some(group) = places.next(engine, session).await? {
        let copied = session
            .copy_messages(&uid_set(&group), &path, before, which)
            .await?;
        let refused = copied.left.as_ref().map(|left| left.reply.clone());
        engine
            .write(move |writing| {
                let known = match copied.uid_validity {
                    Some(uid_validity) => counts(writing, to, uid_validity, before)?,
                    None => false,
                };
                for (old, new) in copied.pairs.iter().filter(|_| known) {
                    if let Some((_, email)) = group.messages.iter().find(|(uid, _)| uid == old) {
                        locate(writing, *email, to, *new)?;
                    }
                }
                Ok(())
            })
            .await?;
        if let Some(reply) = refused {
            return Ok(Replayed::Refused(reply));
        }
    }
    Ok(match places.unclear {
        true => Replayed::Refused(REBUILT.into()),
        false => Replayed::Done,
    })
}

async fn take_out(
    engine: &Engine,
    session: &mut Session,
    emails: &[EmailId],
    from: MailboxId,
) -> Result<Replayed> {
    let rank = move |mailbox, _| (mailbox != from).then_some(0);
    let mut elsewhere = Places::of(engine, emails, rank).await?;
    let mut standing = Vec::new();
    while let Some(group) = elsewhere.next(engine, session).await? {
        standing.extend(group.messages.iter().map(|(_, email)| *email));
    }
    let mut kept = false;
    for mut group in engine.groups(emails).await? {
        if group.mailbox != from {
            continue;
        }
        let before = group.messages.len();
        group.messages.retain(|(_, email)| standing.contains(email));
        kept |= group.messages.len() < before;
        let Some(group) = engine.open_group(session, group).await? else {
            return Ok(Replayed::Refused(REBUILT.into()));
        };
        destroy(engine, session, &group).await?;
    }
    Ok(match kept {
        true => Replayed::Refused(LAST.into()),
        false => Replayed::Done,
    })
}

/// Expunges those of a group's letters of which the target has a copy already, seen there at this moment; the others are
/// left to be moved. The group's mailbox is selected afterwards. `None`: it was numbered anew.
pub(super) async fn part_with_doubles(
    engine: &Engine,
    session: &mut Session,
    group: Group,
    to: MailboxId,
) -> Result<Option<Group>> {
    let standing = standing_in(engine, session, &group, to).await?;
    let Some(mut group) = engine.open_group(session, group).await? else {
        return Ok(None);
    };
    let (doubles, rest) = std::mem::take(&mut group.messages)
        .into_iter()
        .partition(|(_, email)| standing.contains(email));
    group.messages = doubles;
    destroy(engine, session, &group).await?;
    group.messages = rest;
    Ok(Some(group))
}

async fn destroy(engine: &Engine, session: &mut Session, group: &Group) -> Result<()> {
    if group.messages.is_empty() {
        return Ok(());
    }
    session.destroy(&uid_set(group)).await?;
    let (mailbox, messages) = (group.mailbox, group.messages.clone());
    engine
        .write(move |writing| {
            for (uid, _) in messages {
                writing.remove_location(mailbox, uid)?;
            }
            Ok(())
        })
        .await
}

/// Letters of a group that the target has too, by the name that the server has for them.
async fn standing_in(
    engine: &Engine,
    session: &mut Session,
    group: &Group,
    to: MailboxId,
) -> Result<HashSet<EmailId>> {
    let letters: Vec<EmailId> = group.messages.iter().map(|(_, email)| *email).collect();
    let (target, noted) = engine
        .read(move |reading| {
            let mut noted: HashMap<u32, EmailId> = HashMap::new();
            for location in reading.locations(&letters)? {
                if location.mailbox == to && reading.identity_of(location.email)?.is_some() {
                    noted.insert(location.uid, location.email);
                }
            }
            Ok((reading.remote_mailbox(to)?, noted))
        })
        .await?;
    let Some((path, sync)) = target.and_then(|target| Some((target.path?, target.sync))) else {
        return Ok(HashSet::new());
    };
    if noted.is_empty() || sync.uid_validity != Some(session.select(&path).await?.uid_validity) {
        return Ok(HashSet::new());
    }
    let uids: Vec<u32> = noted.keys().copied().collect();
    let told = session.fetch_flags(&UidSet::from_uids(&uids)).await?;
    Ok(told
        .into_iter()
        .filter(|marks| !marks.deleted)
        .filter_map(|marks| noted.get(&marks.uid).copied())
        .collect())
}
