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
    /// It calls off what was answered, and nobody vouches that it comes from whom it shows: the meeting stands until the person
    /// believes it.
    pub doubted: bool,
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
            _ => Vec::new(),
        };
        // From says whatever its writer wants it to say.
        let doubted = match &letter {
            Some(letter) if !called_off.is_empty() => !self.is_vouched(letter).await?,
            _ => false,
        };
        if !doubted && occasion == Occasion::Opened {
            self.keep_called_off(called_off).await?;
        }
        let answered_by = answering.as_ref().map(|answering| answering.account);
        let account = answered_by.or(letter.map(|letter| letter.account));
        let known = self
            .read(move |reading| Known::read(reading, account, &pieces))
            .await?;
        let before = known.before.as_ref();
        let age = before.map(|before| Age::of(before, &invitation));
        Ok(Some(ShownInvitation {
            answered: before
                .filter(|_| age == Some(Age::Same))
                .and_then(|before| answer(&before.answer)),
            changed: age == Some(Age::Older),
            outdated: age == Some(Age::Newer),
            doubted,
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

/// What was remembered of the same meeting, or the same day of it.
fn piece_of(answered: &MeetingAnswer, told: &Invitation) -> Option<Invitation> {
    waxwing_mime::invitations(&answered.calendar, None)
        .into_iter()
        .find(|piece| piece.instance == told.instance)
}

/// What the store knows of a meeting.
struct Known {
    before: Option<MeetingAnswer>,
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
        let asks = pieces
            .first()
            .is_some_and(|first| matches!(first.method, Method::Request | Method::Publish | Method::Counter));
        let conflicts = match asks {
            true => conflicts::of(reading, pieces, now())?,
            false => Vec::new(),
        };
        Ok(Self { before, conflicts })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meetings(charset: &str, file: &[u8]) -> Vec<Invitation> {
        let head = format!("Content-Type: text/calendar; charset={charset}; method=REQUEST\r\n\r\n");
        let raw = [head.as_bytes(), file].concat();
        all_of(&raw, &waxwing_mime::parse(&raw))
    }

    fn event(lines: &str) -> Vec<u8> {
        format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n").into_bytes()
    }

    #[test]
    fn a_file_is_read_in_the_set_that_its_part_names_whatever_ends_its_lines() {
        let told = meetings(
            "iso-8859-1",
            &event("SUMMARY:Gr\u{1}n")
                .iter()
                .map(|byte| if *byte == 1 { 0xfc } else { *byte })
                .collect::<Vec<_>>(),
        );
        assert_eq!(told.first().map(|one| one.summary.as_str()), Some("Grün"));
        let old = String::from_utf8(event("SUMMARY:Grün"))
            .unwrap()
            .replace('\n', "\r");
        let told = meetings("utf-8", old.as_bytes());
        assert_eq!(told.first().map(|one| one.summary.as_str()), Some("Grün"));
    }

    #[test]
    fn a_file_that_outlook_has_wrapped_is_read() {
        let data = event("SUMMARY:Wrapped");
        let attribute = |level: u8, name: u32, data: &[u8]| {
            let length = u32::try_from(data.len()).unwrap().to_le_bytes();
            [&[level], &name.to_le_bytes()[..], &length, data, &[0, 0]].concat()
        };
        let wrapper = [
            b"\x78\x9f\x3e\x22\x01\0".to_vec(),
            attribute(2, 0x0006_9002, &[0; 14]),
            attribute(2, 0x0001_8010, b"meeting.ics\0"),
            attribute(2, 0x0006_800f, &data),
        ]
        .concat();
        let head = b"Subject: x\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: binary\r\n\r\n";
        let raw = [&head[..], &wrapper].concat();
        let told = all_of(&raw, &waxwing_mime::parse(&raw));
        assert_eq!(told.first().map(|one| one.summary.as_str()), Some("Wrapped"));
    }

    #[test]
    fn what_the_letter_brings_twice_is_told_once_and_a_file_without_a_meeting_is_passed_over() {
        let part = |kind: &str, file: &str| format!("--b\nContent-Type: {kind}\n\n{file}\n");
        let todo = part(
            "text/calendar; name=todo.ics",
            "BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:9\nEND:VTODO\nEND:VCALENDAR",
        );
        let event = String::from_utf8(event("SUMMARY:Once")).unwrap();
        let raw = format!(
            "Content-Type: multipart/mixed; boundary=b\n\n{}{}{}{}--b--\n",
            part("text/plain", "Please come."),
            todo,
            part("text/calendar; method=request", &event),
            part("application/ics; name=invite.ics", &event)
        );
        let told = all_of(raw.as_bytes(), &waxwing_mime::parse(raw.as_bytes()));
        let told: Vec<_> = told
            .iter()
            .map(|one| (one.summary.as_str(), one.method))
            .collect();
        assert_eq!(
            told,
            [("Once", Method::Request)],
            "and what the part alone says is wanted"
        );
    }

    #[test]
    fn all_meetings_of_a_file_are_told() {
        let file =
            "BEGIN:VEVENT\nUID:1\nSUMMARY:one\nEND:VEVENT\nBEGIN:VEVENT\nUID:2\nSUMMARY:two\nEND:VEVENT\n";
        let told = meetings("utf-8", file.as_bytes());
        let names: Vec<&str> = told.iter().map(|one| one.summary.as_str()).collect();
        assert_eq!(names, ["one", "two"]);
    }
}
