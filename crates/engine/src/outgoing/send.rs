//! From the composer to the outbox, and back while there is time.

use waxwing_model::{
    Account, Draft, DraftId, SendWishes, Submission, SubmissionId, SubmissionState, Timestamp,
};
use waxwing_store::{NewSubmission, StoreError, Writing};

use super::put_together::{Purpose, compose};
use super::sender::whose;
use crate::accounts::credentials::MustBeOn;
use crate::clock::now;
use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};
use crate::operations::{filing, transact};

/// The longest time in which sending can be undone, in seconds. A letter for later has a moment of its own.
const LONGEST_UNDO: u32 = 60;

impl Engine {
    /// Puts a draft into the outbox; it goes after `undo_seconds`, a minute at most. The draft is gone in the same
    /// transaction, and [`Engine::undo_send`] gives it back.
    pub async fn send(&self, draft: DraftId, undo_seconds: u32) -> Result<SubmissionId> {
        self.send_at(draft, undo_seconds, None).await
    }

    /// The same for a letter that shall not go before a moment. After the time to undo its server is asked to keep it
    /// until then; where it does not, this computer does, and [`Submission::holder`] tells.
    pub async fn send_at(
        &self,
        draft: DraftId,
        undo_seconds: u32,
        at: Option<Timestamp>,
    ) -> Result<SubmissionId> {
        let draft = self.draft(draft).await?;
        let account = self.account(draft.account).await?;
        let files = draft.attachments.iter().map(|attachment| attachment.id).collect();
        let files = self.files_of(files).await?;
        let sending = draft.clone();
        let (identity, from) = self.sender(&account, &draft.content).await?;
        let wishes = SendWishes {
            identity: Some(identity.id),
            notices: draft.content.asks.notices,
            encryption: draft.content.asks.encryption,
            hold_until: at,
        };
        let composed =
            blocking(move || compose(&sending, &identity, from, &files, Purpose::Sending)).await??;
        let (message_id, envelope) = (
            composed.framed.message_id.clone(),
            composed.framed.envelope.clone(),
        );
        let raw = self.pack(move |out| composed.write(out)).await?;
        let recipients = [&draft.content.to, &draft.content.cc, &draft.content.bcc]
            .into_iter()
            .flatten()
            .cloned()
            .collect();
        let submission = NewSubmission {
            account: account.id,
            message_id,
            subject: draft.content.subject.clone(),
            recipients,
            envelope,
            raw,
            answers: draft.origin,
            send_at: now() + Timestamp::from(undo_seconds.min(LONGEST_UNDO)) * 1_000,
            draft: Some(draft.id),
            wishes,
        };
        self.submit(&account, submission).await
    }

    /// Puts a ready message into the outbox. Its envelope comes from its fields, and Bcc leaves them.
    pub async fn send_message(&self, account: &Account, raw: Vec<u8>) -> Result<SubmissionId> {
        self.send_message_at(account, raw, None).await
    }

    /// The same for a message that shall not go before a moment.
    pub async fn send_message_at(
        &self,
        account: &Account,
        raw: Vec<u8>,
        at: Option<Timestamp>,
    ) -> Result<SubmissionId> {
        let store = self.inner.store.clone();
        let (raw, letter, message_id, envelope) = blocking(move || {
            let ready = waxwing_mime::ready(&raw)?;
            let packed = store.pack(|out| ready.write(out))?;
            let headers = waxwing_mime::parse_headers(&raw);
            Ok::<_, EngineError>((packed, headers, ready.message_id, ready.envelope))
        })
        .await??;
        let mut identities = self.identities().await?;
        identities.retain(|identity| identity.account == account.id);
        let mut from = letter.from.iter();
        let sender = from.find_map(|from| whose(&identities, &from.email));
        let sender = sender.map(|identity| identity.id);
        let submission = NewSubmission {
            account: account.id,
            message_id,
            subject: letter.subject,
            recipients: [letter.to, letter.cc, letter.bcc].concat(),
            envelope,
            raw,
            answers: None,
            send_at: now(),
            draft: None,
            wishes: SendWishes {
                identity: sender,
                hold_until: at,
                ..SendWishes::default()
            },
        };
        self.submit(account, submission).await
    }

    /// The account that a ready message is from; the only one there is where its From names none of them.
    pub async fn sender_of(&self, raw: &[u8]) -> Result<Account> {
        let from = waxwing_mime::parse_headers(raw).from;
        let mut accounts = self.accounts().await?;
        accounts.retain(Account::can_send);
        let identities = self.identities().await?;
        let owner = from
            .iter()
            .find_map(|address| whose(&identities, &address.email))
            .map(|identity| identity.account);
        let named = accounts.iter().position(|account| {
            Some(account.id) == owner
                || from
                    .iter()
                    .any(|address| address.email.eq_ignore_ascii_case(&account.email))
        });
        match (named, accounts.len()) {
            (Some(position), _) => Ok(accounts.swap_remove(position)),
            (None, 1) => Ok(accounts.swap_remove(0)),
            _ => Err(EngineError::Invalid(
                "no account has the address that the message is from".into(),
            )),
        }
    }

    pub(super) async fn submit(&self, account: &Account, submission: NewSubmission) -> Result<SubmissionId> {
        self.submit_and(account, submission, |_| Ok(())).await
    }

    /// The same, with something else in the same transaction.
    pub(super) async fn submit_and(
        &self,
        account: &Account,
        submission: NewSubmission,
        also: impl FnOnce(&mut Writing<'_>) -> std::result::Result<(), StoreError> + Send + 'static,
    ) -> Result<SubmissionId> {
        account.must_be_on()?;
        if !account.can_send() {
            return Err(EngineError::Invalid(format!(
                "{} has no server that sends; choose another sender",
                account.email
            )));
        }
        let store = self.inner.store.clone();
        let (id, elsewhere) = blocking(move || {
            transact(&store, |writing| {
                let filed = match submission.draft {
                    Some(draft) => filing::withdraw(writing, draft)?,
                    None => None,
                };
                let id = writing.insert_submission(&submission)?;
                also(writing)?;
                Ok((id, filed))
            })
        })
        .await??;
        for account in elsewhere.into_iter().chain([account.id]) {
            self.wake(account);
        }
        Ok(id)
    }

    /// Letters on their way, and those that have gone until they are dismissed; the newest first.
    pub async fn outbox(&self) -> Result<Vec<Submission>> {
        self.read(|reading| reading.submissions()).await
    }

    /// Takes a letter back that has not gone, as a draft again where it was one. `None`: it was no draft of ours.
    pub async fn undo_send(&self, submission: SubmissionId) -> Result<Option<Draft>> {
        let there = self.submission(submission).await?;
        if matches!(
            there.state,
            SubmissionState::Sending | SubmissionState::Sent { .. }
        ) {
            return Err(EngineError::Invalid(
                "the letter has been handed over already".into(),
            ));
        }
        match self
            .write(move |writing| writing.cancel_submission(submission))
            .await?
        {
            Some(draft) => Ok(Some(self.draft(draft).await?)),
            None => Ok(None),
        }
    }

    /// Tries a letter that failed once more, now. It keeps its Message-ID, so that a double can be recognised; one that
    /// may have been sent is looked for in Sent first, if that can be done.
    pub async fn retry_submission(&self, submission: SubmissionId) -> Result<()> {
        let there = self.submission(submission).await?;
        if !matches!(
            there.state,
            SubmissionState::Failed { .. } | SubmissionState::Unknown | SubmissionState::Waiting
        ) {
            return Ok(());
        }
        if there.state == SubmissionState::Unknown && self.find_in_sent(&there).await? {
            return Ok(());
        }
        self.write(move |writing| {
            let state = writing.submission(submission)?.map(|there| there.state);
            // The outbox may have taken it up since it was looked at.
            if matches!(
                state,
                Some(SubmissionState::Sending | SubmissionState::Sent { .. })
            ) {
                return Ok(());
            }
            writing.set_submission_state(submission, &SubmissionState::Waiting)?;
            // "Send now". A letter for later that failed or is in doubt is still one for later.
            if matches!(state, Some(SubmissionState::Waiting)) {
                writing.forget_hold(submission)?;
            }
            writing.reschedule(submission, now())
        })
        .await?;
        self.wake(there.account);
        Ok(())
    }

    /// Takes a finished or failed letter off the list.
    pub async fn dismiss_submission(&self, submission: SubmissionId) -> Result<()> {
        let there = self.submission(submission).await?;
        if matches!(there.state, SubmissionState::Waiting | SubmissionState::Sending) {
            return Err(EngineError::Invalid("the letter is still on its way".into()));
        }
        self.write(move |writing| {
            let state = writing.submission(submission)?.map(|there| there.state);
            if state == Some(SubmissionState::Sending) {
                return Err(StoreError::TooLate);
            }
            writing.remove_submission(submission)
        })
        .await
    }

    /// One of them; [`EngineError::Gone`] where it was taken back or dismissed.
    pub async fn submission(&self, submission: SubmissionId) -> Result<Submission> {
        self.read(move |reading| reading.submission(submission))
            .await?
            .ok_or(EngineError::Gone("the letter in the outbox"))
    }
}

#[cfg(test)]
mod tests;
