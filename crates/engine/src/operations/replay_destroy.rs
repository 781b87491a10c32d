//! Letters deleted for good on the IMAP server, and copies taken away again that may stand there unknown.

use waxwing_model::{AccountId, EmailId, MailboxId, Operation, Role};
use waxwing_remote::imap::{Before, Session};
use waxwing_store::JournalEntry;

use super::plan::is_inside;
use super::replay::{REBUILT, Replayed, uid_set};
use super::replay_labels;
use super::sameness::{Sameness, compare};
use crate::engine::{Engine, blocking};
use crate::error::Result;
use crate::letters::body::whole;

pub(super) async fn replay(
    engine: &Engine,
    session: &mut Session,
    entry: &JournalEntry,
    emails: &[EmailId],
) -> Result<Replayed> {
    for email in emails {
        take_away_unknown(engine, session, entry.account, *email).await?;
    }
    if session.capabilities().gmail {
        return replay_labels::destroy(engine, session, entry, emails).await;
    }
    let only_in = confined_to(engine, entry).await?;
    for group in engine.groups(emails).await? {
        let mailbox = group.mailbox;
        let taken_back = match only_in {
            Some(place) => {
                !engine
                    .read(move |reading| Ok(is_inside(reading, mailbox, place)))
                    .await?
            }
            None => false,
        };
        if taken_back {
            continue;
        }
        let Some(group) = engine.open_group(session, group).await? else {
            return Ok(Replayed::Refused(REBUILT.into()));
        };
        session.destroy(&uid_set(&group)).await?;
        engine
            .write(move |writing| {
                for (uid, _) in &group.messages {
                    writing.remove_location(group.mailbox, *uid)?;
                }
                Ok(())
            })
            .await?;
    }
    finish(engine, emails).await
}

/// Letters that the server has let go of are let go of here. One that it has elsewhere, since another client has put it
/// there meanwhile, is shown where it is.
pub(super) async fn finish(engine: &Engine, emails: &[EmailId]) -> Result<Replayed> {
    let emails = emails.to_vec();
    engine
        .write(move |writing| {
            for email in emails {
                let hidden = writing
                    .email(email)?
                    .is_some_and(|email| email.mailboxes.is_empty());
                if !hidden {
                    continue;
                }
                let mut left: Vec<MailboxId> = writing
                    .locations(&[email])?
                    .into_iter()
                    .map(|location| location.mailbox)
                    .collect();
                left.dedup();
                match left.is_empty() {
                    true => writing.remove_email(email)?,
                    false => writing.set_mailboxes(email, &left)?,
                }
            }
            Ok(())
        })
        .await?;
    Ok(Replayed::Done)
}

/// Trash, Junk or Drafts, where the letters of an entry were in it and nowhere else: what another client has taken out of it since
/// is not for us to delete.
async fn confined_to(engine: &Engine, entry: &JournalEntry) -> Result<Option<MailboxId>> {
    let (account, inverse) = (entry.account, entry.inverse.clone());
    engine
        .read(move |reading| {
            let were_in_it = |place: MailboxId| {
                !inverse.is_empty()
                    && inverse.iter().all(|operation| match operation {
                        Operation::Move { to, .. } => is_inside(reading, *to, place),
                        Operation::Refile { to: Some(to), .. } => is_inside(reading, *to, place),
                        _ => false,
                    })
            };
            for role in [Role::Trash, Role::Junk, Role::Drafts] {
                let place = reading.mailbox_with_role(account, role)?;
                if let Some(place) = place.filter(|place| were_in_it(place.id)) {
                    return Ok(Some(place.id));
                }
            }
            Ok(None)
        })
        .await
}

/// A copy whose making was cut off and then undone: it may stand on the server, and nobody has noted where. It is
/// looked for among what came since, and is only taken for ours where its bytes are.
async fn take_away_unknown(
    engine: &Engine,
    session: &mut Session,
    account: AccountId,
    email: EmailId,
) -> Result<()> {
    let noted = engine
        .read(move |reading| {
            let located = !reading.locations(&[email])?.is_empty();
            let Some(tried) = reading.first_try_of(email)?.filter(|_| !located) else {
                return Ok(None);
            };
            let path = reading
                .remote_mailbox(tried.target)?
                .and_then(|remote| remote.path);
            let message_id = reading.email(email)?.and_then(|email| email.message_id);
            Ok(path
                .zip(whole(reading, email)?)
                .map(|(path, raw)| (tried, path, message_id, raw)))
        })
        .await?;
    let Some((tried, path, message_id, raw)) = noted else {
        return Ok(());
    };
    let before = Before {
        uid_validity: tried.uid_validity,
        uid_next: tried.uid_next,
    };
    let raw = std::sync::Arc::new(raw);
    for newcomer in session.newcomers(&path, before, message_id.as_deref()).await? {
        let uid = newcomer.uid;
        let anothers = engine
            .read(move |reading| reading.email_at(tried.target, uid))
            .await?
            .is_some();
        if anothers {
            continue;
        }
        let Some(theirs) = session.fetch_body(uid).await? else {
            continue;
        };
        let ours = raw.clone();
        if blocking(move || compare(&ours, &theirs)).await? != Sameness::Different {
            return replay_labels::for_good(engine, session, account, uid).await;
        }
    }
    Ok(())
}
