//! The answer to an invitation, on its way to whoever invites. What was answered is kept in the same transaction.

use waxwing_mime::{Answer, Invitation};
use waxwing_model::{AccountId, SendWishes, SubmissionId};
use waxwing_store::{MeetingAnswer, NewSubmission};

use crate::clock::{now, utc_offset_minutes};
use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};
use crate::letters::conflicts::{first_of, taken};
use crate::letters::invitation::{Age, Answering, Standing, all_of, word};
use crate::letters::letter_ref::LetterRef;

impl Engine {
    /// Answers the invitation in a letter. Gives the answer's place in the outbox.
    pub async fn answer_invitation(
        &self,
        letter: impl Into<LetterRef>,
        answer: Answer,
    ) -> Result<SubmissionId> {
        let nothing = || EngineError::Invalid("there is nothing to answer in this letter".into());
        let meant = letter.into();
        let letter = self.emails(vec![meant.email]).await?.into_iter().next();
        let letter = letter.ok_or(EngineError::Gone("the letter"))?;
        let (standing, raw) = match meant.is_within() {
            true => (Standing::PassedOn, self.source(meant).await?),
            false => (Standing::Received, self.readable(meant.email).await?.raw),
        };
        let (pieces, headers) = blocking(move || {
            let parsed = waxwing_mime::parse(&raw);
            (first_of(&all_of(&raw, &parsed)), parsed.headers)
        })
        .await?;
        let invitation = pieces.first().cloned().ok_or_else(nothing)?;
        let Answering {
            address: attendee,
            identity,
            account,
        } = self
            .answering(&letter, &headers, &invitation, standing)
            .await?
            .ok_or_else(nothing)?;
        self.refuse_what_is_over(account, &invitation).await?;
        let account = self.account(account).await?;
        let moment = now();
        let original = match standing {
            Standing::Received => letter.message_id.as_deref(),
            Standing::PassedOn => headers.message_id.as_deref(),
        };
        let made = waxwing_mime::reply(
            &invitation,
            answer,
            &attendee,
            original,
            moment,
            utc_offset_minutes(moment),
        )?;
        let taken = taken(&pieces);
        let kept = MeetingAnswer {
            account: account.id,
            uid: invitation.uid.clone(),
            instance: invitation.instance.clone().unwrap_or_default(),
            sequence: invitation.sequence,
            answer: word(answer).to_owned(),
            summary: invitation.summary.clone(),
            starts_at: taken.starts_at,
            ends_at: taken.ends_at,
            answered_at: moment,
            calendar: taken.calendar,
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

    /// Who has answered a later version does not go back to an earlier one (RFC 5546, section 2.1.5).
    async fn refuse_what_is_over(&self, account: AccountId, invitation: &Invitation) -> Result<()> {
        let uid = invitation.uid.clone();
        let instance = invitation.instance.clone().unwrap_or_default();
        let before = self
            .read(move |reading| reading.meeting_answer(account, &uid, &instance))
            .await?;
        match before {
            Some(before) if Age::of(&before, invitation) == Age::Newer => Err(EngineError::Invalid(
                "a later version of this invitation has been answered".into(),
            )),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
