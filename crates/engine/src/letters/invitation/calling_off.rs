//! A letter that calls a meeting off, or single days of it: what becomes of the answers that are remembered.

use waxwing_mime::{Headers, Invitation, Method};
use waxwing_model::{AccountId, Email, EmailId, MailboxId, Role};
use waxwing_store::{MeetingAnswer, Reading, StoreError};

use super::all_of;
use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};
use crate::letters::conflicts::{self, first_of};

impl Engine {
    /// The person believes a letter that calls a meeting off, though nobody vouches for who wrote it.
    pub async fn believe_calling_off(&self, email: EmailId) -> Result<()> {
        let letter = self.emails(vec![email]).await?.into_iter().next();
        let letter = letter.ok_or(EngineError::Gone("the letter"))?;
        let raw = self.readable(email).await?.raw;
        let (headers, pieces) = blocking(move || {
            let read = waxwing_mime::parse(&raw);
            let pieces = first_of(&all_of(&raw, &read));
            (read.headers, pieces)
        })
        .await?;
        let called_off = self.called_off(&letter, &headers, &pieces).await?;
        self.keep_called_off(called_off).await
    }

    /// The answers that a letter calls off, if it is from whom it shows, as they are to be remembered.
    pub(super) async fn called_off(
        &self,
        letter: &Email,
        headers: &Headers,
        pieces: &[Invitation],
    ) -> Result<Vec<MeetingAnswer>> {
        let Some(from) = headers.from.first().map(|from| from.email.clone()) else {
            return Ok(Vec::new());
        };
        let (account, mailboxes, pieces) = (letter.account, letter.mailboxes.clone(), pieces.to_vec());
        self.read(move |reading| of(reading, account, &mailboxes, &from, &pieces))
            .await
    }

    pub(super) async fn keep_called_off(&self, answers: Vec<MeetingAnswer>) -> Result<()> {
        if answers.is_empty() {
            return Ok(());
        }
        self.write(move |writing| {
            answers
                .iter()
                .try_for_each(|answer| writing.put_meeting_answer(answer))
        })
        .await
    }
}

/// The answers that come to nothing because their organiser calls the meeting off, or single days of it, as they are to be
/// remembered. Nobody else can call it off: the letter must come from whom the answer remembers as the organiser (`from`), as far
/// as its From tells, and not lie in Junk. Whether that is true is asked by whoever keeps them. What was called off and asked for again stands.
fn of(
    reading: &Reading<'_>,
    account: AccountId,
    mailboxes: &[MailboxId],
    from: &str,
    pieces: &[Invitation],
) -> Result<Vec<MeetingAnswer>, StoreError> {
    let Some(first) = pieces.first().filter(|first| first.method == Method::Cancel) else {
        return Ok(Vec::new());
    };
    for place in mailboxes {
        let mailbox = reading.mailbox(*place)?;
        if mailbox.is_some_and(|mailbox| mailbox.role == Some(Role::Junk)) {
            return Ok(Vec::new());
        }
    }
    let mut answers = reading.meeting_answers_of(account, &first.uid)?;
    let before = answers.clone();
    for piece in pieces {
        for answer in &mut answers {
            let is_stale = answer.sequence > piece.sequence || !is_organizer(answer, piece, from);
            if answer.starts_at.is_none() || is_stale {
                continue;
            }
            let instance = piece.instance.as_deref().unwrap_or_default();
            if instance.is_empty() || instance == answer.instance {
                (answer.starts_at, answer.ends_at) = (None, None);
            } else if answer.instance.is_empty() && !answer.calendar.is_empty() {
                let anew = waxwing_mime::told_anew(&answer.calendar, piece);
                if anew.len() <= conflicts::LONGEST {
                    answer.calendar = anew;
                }
            }
        }
    }
    Ok(answers
        .into_iter()
        .zip(before)
        .filter(|(now, before)| now != before)
        .map(|(now, _)| now)
        .collect())
}

/// Whether the letter comes from, and its file names, whoever invited. The file alone anybody can write.
fn is_organizer(answered: &MeetingAnswer, told: &Invitation, from: &str) -> bool {
    let known = waxwing_mime::invitations(&answered.calendar, None)
        .into_iter()
        .find_map(|piece| piece.organizer);
    known.zip(told.organizer.as_ref()).is_some_and(|(known, told)| {
        known.email.eq_ignore_ascii_case(&told.email) && known.email.eq_ignore_ascii_case(from)
    })
}

#[cfg(test)]
mod tests;
