//! Letters of which nobody knows whether they were sent: the connection ended, or this program, after the letter was
//! handed over and before the answer. Providers that file copies by themselves have the answer in Sent.

use waxwing_model::{Account, CopyState, Protocol, Role, Submission, SubmissionState};
use waxwing_remote::RemoteError;
use waxwing_remote::imap::Session;

use crate::accounts::credentials::Door;
use crate::engine::Engine;
use crate::error::{EngineError, Result};

impl Engine {
    /// Looks in Sent for all letters of the account whose acceptance is not known.
    pub(crate) async fn resolve_unknown(&self, session: &mut Session, account: &Account) -> Result<()> {
        for submission in self.outbox().await? {
            if submission.account == account.id && submission.state == SubmissionState::Unknown {
                self.look_for(session, &submission).await?;
            }
        }
        Ok(())
    }

    /// The same for one letter, before a person's word sends it again: over a connection of its own, since they wait.
    /// `false`: it is not there, or cannot be looked for.
    pub(super) async fn find_in_sent(&self, submission: &Submission) -> Result<bool> {
        let account = self.account(submission.account).await?;
        if account.protocol != Protocol::Imap {
            return Ok(false);
        }
        match self.look_alone(&account, submission).await {
            Ok(found) => Ok(found),
            // Whoever wants it sent again has been told that nobody knows.
            Err(EngineError::Remote(error)) => {
                tracing::info!(%error, "a letter could not be looked for in Sent");
                Ok(false)
            }
            Err(error) => Err(error),
        }
    }

    async fn look_alone(&self, account: &Account, submission: &Submission) -> Result<bool> {
        let server = account
            .incoming
            .clone()
            .ok_or(EngineError::Gone("the account's server"))?;
        let (server, trust) = (&server, &self.trust(account).await?);
        let mut session = self
            .signed_in(account.id, server, Door::Incoming, |credentials| async move {
                Session::connect(server, &credentials, trust).await
            })
            .await?;
        let found = self.look_for(&mut session, submission).await;
        session.logout().await;
        found
    }

    async fn look_for(&self, session: &mut Session, submission: &Submission) -> Result<bool> {
        let (id, account) = (submission.id, submission.account);
        let path = self
            .read(move |reading| {
                let Some(sent) = reading.mailbox_with_role(account, Role::Sent)? else {
                    return Ok(None);
                };
                Ok(reading.remote_mailbox(sent.id)?.and_then(|remote| remote.path))
            })
            .await?;
        let found = match path {
            None => Vec::new(),
            Some(path) => match session.find_message_id(&path, &submission.message_id).await {
                // A folder that cannot be searched tells nothing; the person decides.
                Err(RemoteError::Refused { .. }) => Vec::new(),
                found => found?,
            },
        };
        if found.is_empty() {
            if !submission.searched {
                self.write(move |writing| writing.set_searched(id, true)).await?;
            }
            return Ok(false);
        }
        let state = SubmissionState::Sent {
            reply: "Found in Sent on the server.".into(),
        };
        let resolved = self
            .write(move |writing| {
                let now = writing.submission(id)?.map(|there| there.state);
                if now != Some(SubmissionState::Unknown) {
                    return Ok(false);
                }
                writing.set_submission_state(id, &state)?;
                writing.set_copy_state(id, CopyState::Filed)?;
                Ok(true)
            })
            .await?;
        if resolved {
            self.mark_answered(submission.answers).await?;
        }
        Ok(true)
    }
}
