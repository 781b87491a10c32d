//! A letter that calls a meeting off, or single days of it: what becomes of the answers that are remembered.

use waxwing_mime::{Headers, Invitation, Method};
use waxwing_model::{AccountId, Email, EmailId, MailboxId, Role};
use waxwing_store::{MeetingAnswer, Reading, StoreError};

use super::{all_of, comes, speakers};
use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};
use crate::letters::conflicts::{self, first_of};

/// What a letter calls off.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct CalledOff {
    /// The answers that come to nothing, as they are to be remembered.
    pub(super) answers: Vec<MeetingAnswer>,
    /// Some of them at the word of somebody who writes for whoever invited, by what the file says.
    by_agent: bool,
}

impl CalledOff {
    /// Whether the person is asked before any of it is kept. Whether somebody may write for another is told by nobody else.
    pub(super) fn is_doubted(&self, vouched: bool) -> bool {
        !self.answers.is_empty() && (self.by_agent || !vouched)
    }
}

/// Who calls a meeting off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Caller {
    Organizer,
    /// Whoever writes for them, by what the file says (SENT-BY; RFC 5545, section 3.2.18).
    Agent,
}

impl Engine {
    /// The person believes a letter that calls a meeting off, though nobody vouches for who wrote it, or for whom.
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
        self.keep_called_off(called_off.answers).await
    }

    /// The answers that a letter calls off, if it is from whom it shows, as they are to be remembered.
    pub(super) async fn called_off(
        &self,
        letter: &Email,
        headers: &Headers,
        pieces: &[Invitation],
    ) -> Result<CalledOff> {
        let Some(from) = headers.from.first().map(|from| from.email.clone()) else {
            return Ok(CalledOff::default());
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
/// remembered. Nobody else can call it off: the letter must come from whom the answer remembers as the organiser (`from`), or from whom
/// the file names as writing for them, as far as its From tells, and not lie in Junk. Whether that is true is asked by whoever keeps
/// them. What was called off and asked for again stands.
fn of(
    reading: &Reading<'_>,
    account: AccountId,
    mailboxes: &[MailboxId],
    from: &str,
    pieces: &[Invitation],
) -> Result<CalledOff, StoreError> {
    let Some(first) = pieces.first().filter(|first| first.method == Method::Cancel) else {
        return Ok(CalledOff::default());
    };
    for place in mailboxes {
        let mailbox = reading.mailbox(*place)?;
        if mailbox.is_some_and(|mailbox| mailbox.role == Some(Role::Junk)) {
            return Ok(CalledOff::default());
        }
    }
    let mut answers = reading.meeting_answers_of(account, &first.uid)?;
    let before = answers.clone();
    let mut by_agent = false;
    for piece in pieces {
        for answer in &mut answers {
            if answer.starts_at.is_none() || answer.sequence > piece.sequence {
                continue;
            }
            // The person is asked about whom the first piece names as an agent; no other piece speaks for more.
            let is_told = |found: &Caller| {
                *found == Caller::Organizer || caller(answer, first, from) == Some(Caller::Agent)
            };
            let Some(caller) = caller(answer, piece, from).filter(is_told) else {
                continue;
            };
            by_agent |= caller == Caller::Agent;
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
    let changed = answers.into_iter().zip(before);
    Ok(CalledOff {
        answers: changed
            .filter(|(now, before)| now != before)
            .map(|(now, _)| now)
            .collect(),
        by_agent,
    })
}

/// Whether a meeting, or the one day of it that a file is about, does not take place, though the person had answered that they come, or
/// perhaps.
pub(super) fn is_off(answers: &[MeetingAnswer], told: &Invitation) -> bool {
    let instance = told.instance.as_deref().unwrap_or_default();
    let answered = |to: &str| answers.iter().find(|answer| answer.instance == to);
    if let Some(own) = answered(instance) {
        return is_wholly_off(own);
    }
    let Some(whole) = answered("") else {
        return false;
    };
    let is_that_day = |piece: &Invitation| piece.cancelled && piece.instance.as_deref() == Some(instance);
    is_wholly_off(whole)
        || comes(whole)
            && waxwing_mime::invitations(&whole.calendar, None)
                .iter()
                .any(is_that_day)
}

/// What took time, and takes none any more.
fn is_wholly_off(answered: &MeetingAnswer) -> bool {
    let pieces = waxwing_mime::invitations(&answered.calendar, None);
    let took_time = pieces
        .iter()
        .any(|piece| piece.takes_time && piece.start.is_some());
    answered.starts_at.is_none() && comes(answered) && took_time
}

/// Who the letter comes from, if its file names whoever invited as the organiser. The file alone anybody can write, and whoever writes
/// it may name themselves as writing for them: that is for the person to know.
fn caller(answered: &MeetingAnswer, told: &Invitation, from: &str) -> Option<Caller> {
    let known = waxwing_mime::invitations(&answered.calendar, None)
        .into_iter()
        .find_map(|piece| piece.organizer)?;
    let named = told.organizer.as_ref()?;
    if !known.email.eq_ignore_ascii_case(&named.email) {
        return None;
    }
    if known.email.eq_ignore_ascii_case(from) {
        return Some(Caller::Organizer);
    }
    let agent = told.sent_by.as_deref()?;
    speakers::is_same(agent, from).then_some(Caller::Agent)
}

#[cfg(test)]
mod tests;
