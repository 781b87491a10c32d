//! From the composer to the outbox, and back while there is time.

use waxwing_mime::{Composed, Outgoing, OutgoingAttachment};
use waxwing_model::{Account, Address, Draft, DraftId, Submission, SubmissionId, SubmissionState, Timestamp};
use waxwing_store::{NewSubmission, StoreError};

use crate::clock::{now, utc_offset_minutes};
use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};

impl Engine {
    /// Puts a draft into the outbox; it goes after `undo_seconds`. The draft is gone in the same transaction, and
    /// [`Engine::undo_send`] gives it back.
    pub async fn send(&self, draft: DraftId, undo_seconds: u32) -> Result<SubmissionId> {
        let draft = self.draft(draft).await?;
        let account = self.account(draft.account).await?;
        let mut attachments = Vec::new();
        for attachment in &draft.attachments {
            let id = attachment.id;
            let (data, content_id) = self
                .read(move |reading| Ok((reading.attachment_data(id)?, reading.attachment_content_id(id)?)))
                .await?;
            attachments.push(OutgoingAttachment {
                name: attachment.name.clone(),
                media_type: attachment.media_type.clone(),
                content_id,
                data: data.ok_or(EngineError::Gone("an attachment of the draft"))?,
            });
        }
        let sending = draft.clone();
        let from = Address::new(account.name.clone(), account.email.clone());
        let composed = blocking(move || compose(&sending, from, attachments)).await??;
        let recipients = [&draft.content.to, &draft.content.cc, &draft.content.bcc]
            .into_iter()
            .flatten()
            .cloned()
            .collect();
        let submission = NewSubmission {
            account: account.id,
            message_id: composed.message_id,
            subject: draft.content.subject.clone(),
            recipients,
            envelope: composed.envelope,
            raw: composed.raw,
            answers: draft.origin,
            send_at: now() + Timestamp::from(undo_seconds) * 1_000,
            draft: Some(draft.id),
        };
        self.submit(&account, submission).await
    }

    /// Puts a ready message into the outbox. Its envelope comes from its fields, and Bcc leaves them.
    pub async fn send_message(&self, account: &Account, raw: Vec<u8>) -> Result<SubmissionId> {
        let (composed, letter) = blocking(move || {
            waxwing_mime::for_sending(&raw).map(|composed| (composed, waxwing_mime::parse_headers(&raw)))
        })
        .await??;
        let submission = NewSubmission {
            account: account.id,
            message_id: composed.message_id,
            subject: letter.subject,
            recipients: [letter.to, letter.cc, letter.bcc].concat(),
            envelope: composed.envelope,
            raw: composed.raw,
            answers: None,
            send_at: now(),
            draft: None,
        };
        self.submit(account, submission).await
    }

    /// The account that a ready message is from; the only one there is where its From names none of them.
    pub async fn sender_of(&self, raw: &[u8]) -> Result<Account> {
        let from = waxwing_mime::parse_headers(raw).from;
        let mut accounts = self.accounts().await?;
        let named = accounts.iter().position(|account| {
            from.iter()
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

    async fn submit(&self, account: &Account, submission: NewSubmission) -> Result<SubmissionId> {
        if !account.can_send() {
            return Err(EngineError::Invalid(format!(
                "{} has no server that sends; choose another sender",
                account.email
            )));
        }
        let id = self
            .write(move |writing| writing.insert_submission(&submission))
            .await?;
        self.wake(account.id);
        Ok(id)
    }

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

    /// Tries a letter that failed once more, now. It keeps its Message-ID, so that a double can be recognised.
    pub async fn retry_submission(&self, submission: SubmissionId) -> Result<()> {
        let there = self.submission(submission).await?;
        if !matches!(
            there.state,
            SubmissionState::Failed { .. } | SubmissionState::Unknown | SubmissionState::Waiting
        ) {
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

    pub async fn submission(&self, submission: SubmissionId) -> Result<Submission> {
        self.read(move |reading| reading.submission(submission))
            .await?
            .ok_or(EngineError::Gone("the letter in the outbox"))
    }
}

fn compose(draft: &Draft, from: Address, mut attachments: Vec<OutgoingAttachment>) -> Result<Composed> {
    let html = waxwing_sanitize::for_sending(&draft.content.html);
    // A file that the text does not show would be hidden in it; it is an attachment like any other.
    for attachment in &mut attachments {
        attachment
            .content_id
            .take_if(|content_id| !html.contains(&format!("cid:{content_id}")));
    }
    let date = now();
    Ok(waxwing_mime::compose(&Outgoing {
        from,
        to: draft.content.to.clone(),
        cc: draft.content.cc.clone(),
        bcc: draft.content.bcc.clone(),
        reply_to: Vec::new(),
        subject: draft.content.subject.clone(),
        text: waxwing_mime::text_from_html(&html),
        html: Some(html),
        attachments,
        in_reply_to: draft.in_reply_to.clone(),
        references: draft.references.clone(),
        date,
        // The Date field tells the person's own clock (RFC 5322, section 3.3).
        utc_offset_minutes: utc_offset_minutes(date),
    })?)
}
