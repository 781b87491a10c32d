//! The answer to an invitation, on its way to whoever invites. What was answered is kept in the same transaction.

use waxwing_mime::Answer;
use waxwing_model::{EmailId, SendWishes, SubmissionId};
use waxwing_store::{MeetingAnswer, NewSubmission};

use crate::clock::{now, utc_offset_minutes};
use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};
use crate::letters::invitation::{of, times, word};

impl Engine {
    /// Answers the invitation in a letter. Gives the answer's place in the outbox.
    pub async fn answer_invitation(&self, email: EmailId, answer: Answer) -> Result<SubmissionId> {
        let nothing = || EngineError::Invalid("there is nothing to answer in this letter".into());
        let letter = self.emails(vec![email]).await?.into_iter().next();
        let letter = letter.ok_or(EngineError::Gone("the letter"))?;
        let raw = self.readable(email).await?.raw;
        let invitation = blocking(move || of(&raw, &waxwing_mime::parse(&raw)))
            .await?
            .ok_or_else(nothing)?;
        let (attendee, identity) = self.answering(&letter, &invitation).await?.ok_or_else(nothing)?;
        let account = self.account(letter.account).await?;
        let moment = now();
        let original = letter.message_id.as_deref();
        let made = waxwing_mime::reply(
            &invitation,
            answer,
            &attendee,
            original,
            moment,
            utc_offset_minutes(moment),
        )?;
        let (starts_at, ends_at) = times(&invitation).unzip();
        let kept = MeetingAnswer {
            account: account.id,
            uid: invitation.uid.clone(),
            instance: invitation.instance.clone().unwrap_or_default(),
            sequence: invitation.sequence,
            answer: word(answer).to_owned(),
            summary: invitation.summary.clone(),
            starts_at,
            ends_at,
            answered_at: moment,
        };
        let submission = NewSubmission {
            account: account.id,
            message_id: made.message_id,
            subject: format!("{}: {}", answer.word(), invitation.summary),
            recipients: invitation.organizer.into_iter().collect(),
            envelope: made.envelope,
            raw: made.raw.into(),
            answers: None,
            send_at: moment,
            draft: None,
            wishes: SendWishes {
                identity: Some(identity),
                ..SendWishes::default()
            },
        };
        self.submit_and(&account, submission, move |writing| {
            writing.put_meeting_answer(&kept)
        })
        .await
    }
}
