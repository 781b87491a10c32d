//! An invitation in a letter, and what is known of it here: whether it was answered, who would answer, and which meetings
//! that the person has accepted take place at the same time.

use waxwing_mime::{Answer, Headers, Invitation, Letter, Method};
use waxwing_model::{AccountId, Address, Email, EmailId, Identity, IdentityId};
use waxwing_store::{MeetingAnswer, Reading, StoreError};

use super::body::Occasion;
use super::conflicts::{self, Conflict, first_of};
use super::render;
use crate::clock::now;
use crate::engine::Engine;
use crate::error::Result;
use crate::outgoing::sender;

mod calling_off;
mod speakers;

use calling_off::CalledOff;
pub use speakers::{Said, Speaker};

/// Other meetings of one file that are told of.
const MOST_FURTHER: usize = 20;
/// Octets of a file for calendars that are read, where Outlook has wrapped it.
const LONGEST: usize = 1 << 20;

/// Where an invitation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// In a letter that came.
    Received,
    /// In a letter within one: whoever passed it on may have written all of it. Only those whom it names answer it, and it calls nothing
    /// off.
    PassedOn,
}

/// Who answers an invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answering {
    pub(crate) address: Address,
    pub(crate) identity: IdentityId,
    pub(crate) account: AccountId,
}

/// The first meeting of a letter's file for calendars, and how it stands with the person's own answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownInvitation {
    pub invitation: Invitation,
    /// It stands in a letter within the one that came.
    pub passed_on: bool,
    /// As whom the person would answer; `None`: there is nothing to answer.
    pub answers_as: Option<Address>,
    /// What was answered to this version of the invitation.
    pub answered: Option<Answer>,
    /// An earlier version was answered, and this one was not.
    pub changed: bool,
    /// A later version was answered; this one is over.
    pub outdated: bool,
    /// It calls off what was answered, and nobody vouches that it comes from whom it shows, or that who writes for whoever invited may:
    /// the meeting stands until the person believes it.
    pub doubted: bool,
    /// In whose name the file speaks: of an answer whoever answers, else whoever invites. Never empty.
    pub speakers: Vec<Speaker>,
    /// It calls off what stands all the same, since it is not from whom it names.
    pub stands: bool,
    /// It calls off what the person had answered to, or perhaps, and that is off here, by whoever's word.
    pub off: bool,
    pub conflicts: Vec<Conflict>,
    /// The other meetings of the same file, which are told and not answered.
    pub further: Vec<Invitation>,
}

/// All meetings that a letter's file for calendars tells of. The same is often told twice, as a form of the words and as a file:
/// the first that tells of any is read.
pub(crate) fn all_of(raw: &[u8], letter: &Letter) -> Vec<Invitation> {
    let files = letter.attachments.iter();
    let mut meetings = files
        .filter(|file| is_calendar(&file.media_type, &file.name))
        .filter_map(|file| waxwing_mime::calendar_file(raw, &file.part))
        .map(|file| waxwing_mime::invitations(&file.text, file.method.as_deref()))
        .find(|meetings| !meetings.is_empty())
        .or_else(|| Some(waxwing_mime::invitations(&wrapped_file(raw, letter)?, None)))
        .unwrap_or_default();
    let mut clock = conflicts::clock();
    for when in meetings
        .iter_mut()
        .flat_map(|meeting| [&mut meeting.start, &mut meeting.end])
        .flatten()
    {
        // The file names a zone without saying what it is.
        if let (None, Some(zone), Some(wall)) = (when.at, &when.zone, when.wall()) {
            when.at = clock(Some(zone), wall);
        }
    }
    meetings
}

pub(super) fn is_calendar(media_type: &str, name: &str) -> bool {
    matches!(media_type, "text/calendar" | "application/ics") || name.to_ascii_lowercase().ends_with(".ics")
}

/// A file for calendars that Outlook has wrapped, or what it says of a meeting without one. Who wraps an invitation invites.
fn wrapped_file(raw: &[u8], letter: &Letter) -> Option<String> {
    let opened = render::wrapped(raw, letter)?;
    let mut files = opened.files.iter();
    let file = files.find(|file| is_calendar(file.media_type.as_deref().unwrap_or_default(), &file.name));
    match file {
        Some(file) => Some(waxwing_mime::text_of(
            file.data.get(..LONGEST.min(file.data.len()))?,
            None,
        )),
        None => Some(opened.meeting?.calendar(letter.headers.from.first())),
    }
}

impl Engine {
    /// What the store knows of an invitation. One that calls a meeting off is remembered to have done so, when it is opened.
    pub(crate) async fn known_of(
        &self,
        email: EmailId,
        headers: &Headers,
        meetings: Vec<Invitation>,
        standing: Standing,
        occasion: Occasion,
    ) -> Result<Option<ShownInvitation>> {
        let pieces = first_of(&meetings);
        let Some(invitation) = pieces.first().cloned() else {
            return Ok(None);
        };
        let letter = self.emails(vec![email]).await?.into_iter().next();
        let answering = match &letter {
            Some(letter) => self.answering(letter, headers, &invitation, standing).await?,
            None => None,
        };
        // A letter that somebody passed on calls nothing off.
        let called_off = match &letter {
            Some(letter) if standing == Standing::Received => {
                self.called_off(letter, headers, &pieces).await?
            }
            _ => CalledOff::default(),
        };
        // From says whatever its writer wants it to say, and whoever passed a letter on may have written all of it.
        let vouched = match &letter {
            Some(letter) if standing == Standing::Received => self.is_vouched(letter).await?,
            _ => false,
        };
        let doubted = called_off.is_doubted(vouched);
        if !doubted && occasion == Occasion::Opened {
            self.keep_called_off(called_off.answers).await?;
        }
        let answered_by = answering.as_ref().map(|answering| answering.account);
        let account = answered_by.or(letter.map(|letter| letter.account));
        let known = self
            .read(move |reading| Known::read(reading, account, &pieces))
            .await?;
        let before = known.before.as_ref();
        let age = before.map(|before| Age::of(before, &invitation));
        let mut speakers = speakers::of(&invitation, headers.from.first(), vouched, before);
        let off = !doubted && known.off;
        // What the person has believed, or knows of whoever invites, is so whoever tells it again.
        if off {
            speakers.iter_mut().for_each(Speaker::believe);
        }
        let is_others = speakers.iter().any(|speaker| speaker.said == Said::ByOther);
        let asks = matches!(invitation.method, Method::Request | Method::Publish);
        Ok(Some(ShownInvitation {
            answered: before
                .filter(|_| age == Some(Age::Same))
                .and_then(|before| answer(&before.answer)),
            changed: age == Some(Age::Older) && asks && !invitation.cancelled,
            outdated: age == Some(Age::Newer),
            doubted,
            stands: invitation.cancelled && is_others && !known.off && before.is_some_and(takes_place),
            off,
            speakers,
            conflicts: known.conflicts,
            passed_on: standing == Standing::PassedOn,
            answers_as: answering
                .filter(|_| age != Some(Age::Newer))
                .map(|answering| answering.address),
            further: meetings.into_iter().skip(1).take(MOST_FURTHER).collect(),
            invitation,
        }))
    }

    /// Who answers: the one of the person's identities that was asked; where the invitation asked somebody else and was sent on, the one
    /// that it was sent on to, or the account's usual one. In a letter within a letter it is for those alone whom it asks, in whichever
    /// account they are. Nobody answers oneself, or what is not asked.
    pub(crate) async fn answering(
        &self,
        letter: &Email,
        headers: &Headers,
        invitation: &Invitation,
        standing: Standing,
    ) -> Result<Option<Answering>> {
        let Some(organizer) = &invitation.organizer else {
            return Ok(None);
        };
        if invitation.method != Method::Request || invitation.cancelled {
            return Ok(None);
        }
        let accounts = self.accounts().await?;
        let sends = |account: AccountId| accounts.iter().any(|one| one.id == account && one.can_send());
        let mut identities: Vec<Identity> = self.identities().await?;
        if identities
            .iter()
            .any(|identity| identity.receives(&organizer.email))
        {
            return Ok(None);
        }
        identities.retain(|identity| sends(identity.account));
        match standing {
            Standing::Received => identities.retain(|identity| identity.account == letter.account),
            // Of two accounts that were asked the one that the letter came to answers, whoever is named first.
            Standing::PassedOn => identities.sort_by_key(|identity| identity.account != letter.account),
        }
        let attendees = || invitation.attendees.iter().map(|asked| &asked.address.email);
        let asked = identities
            .iter()
            .flat_map(|identity| attendees().map(move |address| (identity, address)))
            .filter(|(identity, address)| identity.receives(address))
            // The exact address of one beats the tag of another.
            .min_by_key(|(identity, address)| {
                (
                    identity.account != letter.account,
                    !sender::is_exact(identity, address),
                )
            })
            .map(|(identity, address)| (identity, address.clone()));
        // It asked a list or somebody else, and came here all the same.
        let written_to = || {
            let (identity, tagged) = sender::answering(&identities, letter, headers)?;
            Some((identity, tagged.unwrap_or_else(|| identity.email.clone())))
        };
        let usual = || {
            identities
                .first()
                .map(|identity| (identity, identity.email.clone()))
        };
        let found = match standing {
            Standing::Received => asked.or_else(written_to).or_else(usual),
            Standing::PassedOn => asked,
        };
        Ok(found.map(|(identity, email)| Answering {
            address: Address::new(identity.name.clone(), email),
            identity: identity.id,
            account: identity.account,
        }))
    }
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

/// What was answered, beside the version that a letter brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Age {
    /// An earlier version was answered.
    Older,
    Same,
    /// A later version was answered.
    Newer,
}

impl Age {
    /// Versions are told by their number, and of one number by the moment at which they were said (RFC 5546, section 2.1.5). A
    /// letter that is sent again, with nothing changed, is the same version to who has answered it.
    pub(crate) fn of(answered: &MeetingAnswer, told: &Invitation) -> Self {
        match answered.sequence.cmp(&told.sequence) {
            std::cmp::Ordering::Less => Self::Older,
            std::cmp::Ordering::Equal => {
                let stamp = piece_of(answered, told).and_then(|piece| piece.stamp);
                match (stamp, told.stamp) {
                    (Some(answered), Some(told)) if answered > told => Self::Newer,
                    _ => Self::Same,
                }
            }
            std::cmp::Ordering::Greater => Self::Newer,
        }
    }
}

/// The person comes, by what they have answered, and it was not called off.
fn takes_place(answered: &MeetingAnswer) -> bool {
    answered.starts_at.is_some() && comes(answered)
}

fn comes(answered: &MeetingAnswer) -> bool {
    matches!(answer(&answered.answer), Some(Answer::Accept | Answer::Tentative))
}

/// What was remembered of the same meeting, or the same day of it.
fn piece_of(answered: &MeetingAnswer, told: &Invitation) -> Option<Invitation> {
    waxwing_mime::invitations(&answered.calendar, None)
        .into_iter()
        .find(|piece| piece.instance == told.instance)
}

/// What the store knows of a meeting.
struct Known {
    before: Option<MeetingAnswer>,
    /// What the file calls off is off.
    off: bool,
    conflicts: Vec<Conflict>,
}

impl Known {
    fn read(
        reading: &Reading<'_>,
        account: Option<AccountId>,
        pieces: &[Invitation],
    ) -> std::result::Result<Self, StoreError> {
        let before = match (account, pieces.first()) {
            (Some(account), Some(first)) => {
                reading.meeting_answer(account, &first.uid, first.instance.as_deref().unwrap_or_default())?
            }
            _ => None,
        };
        let off = match (account, pieces.first()) {
            (Some(account), Some(first)) if first.cancelled => {
                calling_off::is_off(&reading.meeting_answers_of(account, &first.uid)?, first)
            }
            _ => false,
        };
        let asks = pieces
            .first()
            .is_some_and(|first| matches!(first.method, Method::Request | Method::Publish | Method::Counter));
        let conflicts = match asks {
            true => conflicts::of(reading, pieces, now())?,
            false => Vec::new(),
        };
        Ok(Self {
            before,
            off,
            conflicts,
        })
    }
}

#[cfg(test)]
mod tests;
