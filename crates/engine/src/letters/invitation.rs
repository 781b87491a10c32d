//! An invitation in a letter, and what is known of it here: whether it was answered, who would answer, and which meetings
//! that the person has accepted take place at the same time.

use waxwing_mime::{Answer, Invitation, Letter, Method};
use waxwing_model::{Address, Email, EmailId, Identity, IdentityId, Timestamp};
use waxwing_store::MeetingAnswer;

use crate::engine::Engine;
use crate::error::Result;

/// A file for calendars is as long as this at most.
const LONGEST: usize = 1 << 20;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownInvitation {
    pub invitation: Invitation,
    /// As whom the person would answer; `None`: there is nothing to answer.
    pub answers_as: Option<Address>,
    /// What was answered to this version of the invitation.
    pub answered: Option<Answer>,
    /// An earlier version was answered, and this one was not.
    pub changed: bool,
    pub conflicts: Vec<Conflict>,
}

/// Another meeting at the same time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    pub summary: String,
    pub starts_at: Timestamp,
    pub ends_at: Option<Timestamp>,
    pub tentative: bool,
}

/// The first meeting that a letter's file for calendars tells of.
pub(crate) fn of(raw: &[u8], letter: &Letter) -> Option<Invitation> {
    let file = letter.attachments.iter().find(|attachment| {
        matches!(
            attachment.media_type.as_str(),
            "text/calendar" | "application/ics"
        ) || attachment.name.to_ascii_lowercase().ends_with(".ics")
    })?;
    let (_, bytes) = waxwing_mime::attachment(raw, &file.part)?;
    let bytes = bytes.get(..LONGEST.min(bytes.len()))?;
    waxwing_mime::invitations(&waxwing_mime::text_of(bytes))
        .into_iter()
        .next()
}

impl Engine {
    /// What the store knows of an invitation.
    pub(crate) async fn known_of(
        &self,
        email: EmailId,
        invitation: Option<Invitation>,
    ) -> Result<Option<ShownInvitation>> {
        let Some(invitation) = invitation else {
            return Ok(None);
        };
        let letter = self.emails(vec![email]).await?.into_iter().next();
        let answers_as = match &letter {
            Some(letter) => {
                let answering = self.answering(letter, &invitation).await?;
                answering.map(|(address, _)| address)
            }
            None => None,
        };
        let (uid, instance) = (invitation.uid.clone(), invitation.instance.clone());
        let account = letter.map(|letter| letter.account);
        let time = times(&invitation);
        let (before, meetings) = self
            .read(move |reading| {
                let before = match account {
                    Some(account) => {
                        reading.meeting_answer(account, &uid, instance.as_deref().unwrap_or_default())?
                    }
                    None => None,
                };
                let meetings = match time {
                    Some((start, end)) => reading.meetings_between(start, end, &uid)?,
                    None => Vec::new(),
                };
                Ok((before, meetings))
            })
            .await?;
        let current = before
            .as_ref()
            .is_some_and(|before| before.sequence >= invitation.sequence);
        Ok(Some(ShownInvitation {
            answered: before
                .as_ref()
                .filter(|_| current)
                .and_then(|before| answer(&before.answer)),
            changed: before.is_some() && !current,
            conflicts: match invitation.cancelled {
                true => Vec::new(),
                false => meetings.into_iter().filter_map(conflict).collect(),
            },
            answers_as,
            invitation,
        }))
    }

    /// Who answers: the one of the person's identities that was asked, or the account's usual one where the invitation was
    /// passed on. Nobody answers oneself, or what is not asked.
    pub(crate) async fn answering(
        &self,
        letter: &Email,
        invitation: &Invitation,
    ) -> Result<Option<(Address, IdentityId)>> {
        let Some(organizer) = &invitation.organizer else {
            return Ok(None);
        };
        if invitation.method != Method::Request || invitation.cancelled {
            return Ok(None);
        }
        if !self.account(letter.account).await?.can_send() {
            return Ok(None);
        }
        let identities: Vec<Identity> = self.identities().await?;
        if identities
            .iter()
            .any(|identity| identity.receives(&organizer.email))
        {
            return Ok(None);
        }
        let own = |identity: &&Identity| identity.account == letter.account;
        let asked = invitation.attendees.iter().find_map(|asked| {
            let identity = identities
                .iter()
                .filter(own)
                .find(|identity| identity.receives(&asked.address.email))?;
            Some((identity, asked.address.email.clone()))
        });
        let found = match asked {
            Some((identity, email)) => Some((identity, email)),
            None => identities
                .iter()
                .find(own)
                .map(|identity| (identity, identity.email.clone())),
        };
        Ok(found.map(|(identity, email)| (Address::new(identity.name.clone(), email), identity.id)))
    }
}

/// From when to when, where both are known.
pub(crate) fn times(invitation: &Invitation) -> Option<(Timestamp, Timestamp)> {
    let start = invitation.start.as_ref()?.at?;
    let end = invitation.end.as_ref().and_then(|end| end.at).unwrap_or(start);
    (end >= start).then_some((start, end.max(start + 1)))
}

pub(crate) fn word(answer: Answer) -> &'static str {
    match answer {
        Answer::Accept => "accept",
        Answer::Tentative => "tentative",
        Answer::Decline => "decline",
    }
}

fn answer(word: &str) -> Option<Answer> {
    match word {
        "accept" => Some(Answer::Accept),
        "tentative" => Some(Answer::Tentative),
        "decline" => Some(Answer::Decline),
        _ => None,
    }
}

fn conflict(meeting: MeetingAnswer) -> Option<Conflict> {
    Some(Conflict {
        starts_at: meeting.starts_at?,
        ends_at: meeting.ends_at,
        tentative: meeting.answer == "tentative",
        summary: meeting.summary,
    })
}
