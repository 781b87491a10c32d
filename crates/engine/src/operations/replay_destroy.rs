//! Letters deleted for good on the IMAP server, and copies taken away again that may stand there unknown.

use std::collections::HashMap;

use waxwing_model::{AccountId, EmailId, MailboxId, Operation, Role};
use waxwing_remote::imap::{Before, Session};
use waxwing_store::{JournalEntry, Reading};

use super::destroying;
use super::plan::is_inside;
use super::replay::{REBUILT, Replayed, uid_set};
use super::replay_labels;
use super::sameness::{Sameness, compare};
use crate::engine::{Engine, blocking};
use crate::error::Result;
use crate::letters::readable::whole;

pub(super) async fn replay(
    engine: &Engine,
    session: &mut Session,
    entry: &JournalEntry,
    emails: &[EmailId],
    only_in: Option<MailboxId>,
) -> Result<Replayed> {
    // Held until all is done: what is taken back before is not among them, and what is among them is not taken back.
    let doomed = destroying::claim(engine, emails).await?;
    let emails = doomed.emails.as_slice();
    for email in emails {
        take_away_unknown(engine, session, entry.account, *email).await?;
    }
    if session.capabilities().gmail {
        return replay_labels::destroy(engine, session, entry, emails, only_in).await;
    }
    let confined = Confined::of(engine, entry, only_in).await?;
    for mut group in engine.groups(emails).await? {
        let (mailbox, homes) = (group.mailbox, confined.clone());
        let messages = std::mem::take(&mut group.messages);
        group.messages = engine
            .read(move |reading| {
                let mut messages = messages;
                messages.retain(|(_, email)| homes.lets_go(reading, *email, mailbox));
                Ok(messages)
            })
            .await?;
        if group.messages.is_empty() {
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

/// Where letters of an entry are deleted, and nowhere else: what another client has taken out of there since is not for us to
/// delete.
#[derive(Clone)]
struct Confined {
    all: Option<MailboxId>,
    /// Those of an entry that does not say so, which were in Trash, Junk or Drafts and nowhere else. Each for itself: one that was
    /// elsewhere says nothing of the others.
    each: HashMap<EmailId, MailboxId>,
}

impl Confined {
    async fn of(engine: &Engine, entry: &JournalEntry, only_in: Option<MailboxId>) -> Result<Self> {
        let mut confined = Self {
            all: only_in,
            each: HashMap::new(),
        };
        if only_in.is_some() {
            return Ok(confined);
        }
        let (account, inverse) = (entry.account, entry.inverse.clone());
        confined.each = engine
            .read(move |reading| {
                let mut places = Vec::new();
                for role in [Role::Trash, Role::Junk, Role::Drafts] {
                    places.extend(reading.mailbox_with_role(account, role)?.map(|place| place.id));
                }
                let mut homes: HashMap<EmailId, Option<MailboxId>> = HashMap::new();
                for operation in &inverse {
                    let (Operation::Move { emails, to }
                    | Operation::Refile {
                        emails, to: Some(to), ..
                    }) = operation
                    else {
                        continue;
                    };
                    let place = places
                        .iter()
                        .copied()
                        .find(|place| is_inside(reading, *to, *place));
                    for email in emails {
                        let home = homes.entry(*email).or_insert(place);
                        if *home != place {
                            *home = None;
                        }
                    }
                }
                let homes = homes.into_iter();
                Ok(homes.filter_map(|(email, home)| Some((email, home?))).collect())
            })
            .await?;
        Ok(confined)
    }

    fn lets_go(&self, reading: &Reading<'_>, email: EmailId, mailbox: MailboxId) -> bool {
        let place = self.all.or_else(|| self.each.get(&email).copied());
        place.is_none_or(|place| is_inside(reading, mailbox, place))
    }
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
