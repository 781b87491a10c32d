//! The copy of a sent letter in the Sent mailbox of an IMAP server: at most once, whatever was cut.

use waxwing_model::{Account, CopyState, Keyword, Keywords, MailboxId, Role, SubmissionState};
use waxwing_remote::RemoteError;
use waxwing_remote::imap::Session;

use super::bcc::with_bcc;
use crate::engine::{Engine, blocking};
use crate::error::Result;

impl Engine {
    /// Files one copy that is due, and resolves one letter of which it is not known whether it was sent. Gives the
    /// Sent mailbox when it changed; `None` when nothing is due.
    pub(crate) async fn file_copy(
        &self,
        session: &mut Session,
        account: &Account,
    ) -> Result<Option<MailboxId>> {
        let id = account.id;
        let due = self
            .read(move |reading| {
                let Some(submission) = reading.copies_due(id)?.into_iter().next() else {
                    return Ok(None);
                };
                let Some(sent) = reading.mailbox_with_role(id, Role::Sent)? else {
                    return Ok(None);
                };
                let Some(path) = reading.remote_mailbox(sent.id)?.and_then(|remote| remote.path) else {
                    return Ok(None);
                };
                Ok(Some((submission, sent.id, path)))
            })
            .await?;
        let Some((submission, sent, path)) = due else {
            return Ok(None);
        };
        let sent_letter = self.submission(submission).await?;
        let raw = self
            .read(move |reading| reading.submission_raw(submission))
            .await?
            .unwrap_or_default();
        let raw = blocking(move || {
            let raw = with_bcc(&sent_letter.recipients, raw);
            (sent_letter.message_id, raw)
        })
        .await?;
        let (message_id, raw) = raw;
        if let Err(error) = append_once(session, &path, &message_id, &raw).await {
            let RemoteError::Refused { .. } = error else {
                return Err(error.into());
            };
            // The letter counts as sent; the person hears that the copy is missing, once.
            self.tell(Some(account.id), error.trouble());
        }
        self.write(move |writing| writing.set_copy_state(submission, CopyState::Filed))
            .await?;
        Ok(Some(sent))
    }

    /// Looks in Sent for letters whose acceptance is not known; providers that file copies by themselves answer it.
    pub(crate) async fn resolve_unknown(&self, session: &mut Session, account: &Account) -> Result<()> {
        let id = account.id;
        let path = self
            .read(move |reading| {
                let Some(sent) = reading.mailbox_with_role(id, Role::Sent)? else {
                    return Ok(None);
                };
                Ok(reading.remote_mailbox(sent.id)?.and_then(|remote| remote.path))
            })
            .await?;
        let Some(path) = path else { return Ok(()) };
        for submission in self.outbox().await? {
            if submission.account != id || submission.state != SubmissionState::Unknown {
                continue;
            }
            match session.find_message_id(&path, &submission.message_id).await {
                // A folder that cannot be searched tells nothing; the person decides.
                Err(RemoteError::Refused { .. }) => continue,
                Ok(found) if found.is_empty() => continue,
                found => drop(found?),
            }
            let found = SubmissionState::Sent {
                reply: "Found in Sent on the server.".into(),
            };
            self.write(move |writing| {
                let now = writing.submission(submission.id)?.map(|there| there.state);
                if now != Some(SubmissionState::Unknown) {
                    return Ok(());
                }
                writing.set_submission_state(submission.id, &found)?;
                writing.set_copy_state(submission.id, CopyState::Filed)
            })
            .await?;
        }
        Ok(())
    }
}

/// A cut after the last APPEND, or a server that files copies by itself: it is there already.
async fn append_once(
    session: &mut Session,
    path: &str,
    message_id: &str,
    raw: &[u8],
) -> Result<(), RemoteError> {
    if session.find_message_id(path, message_id).await?.is_empty() {
        session
            .append(path, &Keywords::only(Keyword::SEEN), None, raw)
            .await?;
    }
    Ok(())
}
