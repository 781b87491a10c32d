//! The copy of a sent letter in the Sent mailbox of an IMAP server: at most once, whatever was cut.

use waxwing_model::{
    Account, CopyState, Keyword, Keywords, MailboxId, Role, SubmissionState, Trouble, TroubleKind,
};
use waxwing_remote::RemoteError;
use waxwing_remote::imap::Session;
use waxwing_store::NewMailbox;

use super::bcc::with_bcc;
use crate::accounts::LOCAL_FOLDERS;
use crate::engine::{Engine, blocking};
use crate::error::Result;
use crate::operations::replay_folders;

/// Where copies of sent letters go.
enum Sent {
    Here(MailboxId, String),
    Soon,
    /// The server does not make it, in these words.
    Never(String),
}

impl Engine {
    /// Files one copy that is due, and resolves one letter of which it is not known whether it was sent. Gives the
    /// Sent mailbox when it changed; `None` when nothing is due.
    pub(crate) async fn file_copy(
        &self,
        session: &mut Session,
        account: &Account,
    ) -> Result<Option<MailboxId>> {
        let id = account.id;
        let due = self.read(move |reading| reading.copies_due(id)).await?;
        let Some(submission) = due.into_iter().find(|due| !self.is_waited_for(*due)) else {
            return Ok(None);
        };
        let (sent, path) = match self.sent_folder(session, account).await? {
            Sent::Here(sent, path) => (sent, path),
            Sent::Soon => return Ok(None),
            Sent::Never(reply) => {
                let sentence = "The letter was sent, but the server makes no folder for sent letters, so there is no \
                    copy of it.";
                self.tell(
                    Some(id),
                    Trouble::new(TroubleKind::Refused, sentence).with_detail(reply),
                );
                self.write(move |writing| writing.set_copy_state(submission, CopyState::Filed))
                    .await?;
                return Ok(None);
            }
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
        if session.capabilities().gmail
            && !self
                .copy_is_overdue(session, &path, submission, &message_id)
                .await?
        {
            return Ok(None);
        }
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

    /// The account's folder for sent letters. One that has none gets one, on the server and with its role.
    async fn sent_folder(&self, session: &mut Session, account: &Account) -> Result<Sent> {
        let id = account.id;
        let there = self
            .read(move |reading| {
                let Some(sent) = reading.mailbox_with_role(id, Role::Sent)? else {
                    return Ok(None);
                };
                let path = reading.remote_mailbox(sent.id)?.and_then(|remote| remote.path);
                Ok(Some((sent.id, path)))
            })
            .await?;
        match there {
            Some((sent, Some(path))) => return Ok(Sent::Here(sent, path)),
            // It was made here, and the journal has still to make it there.
            Some((_, None)) => return Ok(Sent::Soon),
            None => {}
        }
        let name = LOCAL_FOLDERS
            .iter()
            .find(|(role, _)| *role == Role::Sent)
            .map_or("Sent", |(_, name)| name);
        let Some((path, delimiter)) = replay_folders::path_for(self, session, None, name).await? else {
            return Ok(Sent::Soon);
        };
        match session.create_for(&path, Role::Sent).await {
            Ok(()) => {}
            Err(RemoteError::Refused { reply, .. }) => match session.status(&path).await {
                // It is there, and nothing says what it is for.
                Ok(_) => {}
                Err(RemoteError::Refused { .. }) => return Ok(Sent::Never(reply)),
                Err(error) => return Err(error.into()),
            },
            Err(error) => return Err(error.into()),
        }
        replay_folders::tolerate(session.subscribe(&path).await)?;
        let made = path.clone();
        let sent = self
            .write(move |writing| match writing.mailbox_named(id, None, name)? {
                Some(there) => {
                    writing.set_path(there.id, Some(&made), delimiter)?;
                    writing.update_mailbox_facts(there.id, Some(Role::Sent), true)?;
                    Ok(there.id)
                }
                None => writing.insert_mailbox(&NewMailbox {
                    account: id,
                    parent: None,
                    name: name.to_owned(),
                    role: Some(Role::Sent),
                    selectable: true,
                    path: Some(made),
                    delimiter,
                }),
            })
            .await?;
        Ok(Sent::Here(sent, path))
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
    let there = match session.find_message_id(path, message_id).await {
        // Another client has removed the folder since the list of folders was read.
        Err(refusal @ RemoteError::Refused { .. }) => {
            if session.status(path).await.is_ok() {
                return Err(refusal);
            }
            session.create_for(path, Role::Sent).await?;
            Vec::new()
        }
        found => found?,
    };
    if there.is_empty() {
        session
            .append(path, &Keywords::only(Keyword::SEEN), None, raw)
            .await?;
    }
    Ok(())
}
