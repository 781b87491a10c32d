//! Letters deleted for good on the IMAP server, and copies taken away again that may stand there unknown.

use waxwing_model::EmailId;
use waxwing_remote::imap::{Before, Session, UidSet};

use super::replay::{REBUILT, Replayed, uid_set};
use super::sameness::{Sameness, compare};
use crate::engine::{Engine, blocking};
use crate::error::Result;

pub(super) async fn replay(engine: &Engine, session: &mut Session, emails: &[EmailId]) -> Result<Replayed> {
    for email in emails {
        take_away_unknown(engine, session, *email).await?;
    }
    for group in engine.groups(emails).await? {
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
    let emails = emails.to_vec();
    engine
        .write(move |writing| {
            for email in emails {
                let hidden = writing
                    .email(email)?
                    .is_some_and(|email| email.mailboxes.is_empty());
                if hidden {
                    writing.remove_email(email)?;
                }
            }
            Ok(())
        })
        .await?;
    Ok(Replayed::Done)
}

/// A copy whose making was cut off and then undone: it may stand on the server, and nobody has noted where. It is
/// looked for among what came since, and is only taken for ours where its bytes are.
async fn take_away_unknown(engine: &Engine, session: &mut Session, email: EmailId) -> Result<()> {
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
                .zip(reading.raw(email)?)
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
            session.destroy(&UidSet::from_uids(&[uid])).await?;
            return Ok(());
        }
    }
    Ok(())
}
