//! An invitation in a letter, and what is known of it here: whether it was answered, who would answer, and which meetings
//! that the person has accepted take place at the same time.

use time::{Date, Month, PrimitiveDateTime, Time};
use waxwing_mime::{Answer, Invitation, Letter, Method, When};
use waxwing_model::{Address, Email, EmailId, Identity, IdentityId, Timestamp};
use waxwing_store::MeetingAnswer;

use super::{render, world_zones};
use crate::clock::utc_offset_minutes;
use crate::engine::Engine;
use crate::error::Result;

/// Other meetings of one file that are told of.
const MOST_FURTHER: usize = 20;
/// Octets of a file for calendars that are read, where Outlook has wrapped it.
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
    /// The other meetings of the same file, which are told and not answered.
    pub further: Vec<Invitation>,
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
    all_of(raw, letter).into_iter().next()
}

/// All meetings of that file.
pub(crate) fn all_of(raw: &[u8], letter: &Letter) -> Vec<Invitation> {
    let mut files = letter.attachments.iter();
    let file = match files.find(|file| is_calendar(&file.media_type, &file.name)) {
        Some(file) => waxwing_mime::calendar_file(raw, &file.part),
        None => wrapped_file(raw, letter),
    };
    let mut meetings = waxwing_mime::invitations(&file.unwrap_or_default());
    let mut zones = world_zones::Zones::default();
    for when in meetings
        .iter_mut()
        .flat_map(|meeting| [&mut meeting.start, &mut meeting.end])
        .flatten()
    {
        // The file names a zone without saying what it is.
        if let (None, Some(zone), Some(wall)) = (when.at, &when.zone, wall(when)) {
            when.at = zones.moment(zone, wall);
        }
    }
    meetings
}

fn is_calendar(media_type: &str, name: &str) -> bool {
    matches!(media_type, "text/calendar" | "application/ics") || name.to_ascii_lowercase().ends_with(".ics")
}

/// A file for calendars that Outlook has wrapped.
fn wrapped_file(raw: &[u8], letter: &Letter) -> Option<String> {
    let mut files = render::wrapped(raw, letter)?.files.into_iter();
    let file = files.find(|file| is_calendar(file.media_type.as_deref().unwrap_or_default(), &file.name))?;
    let bytes = file.data.get(..LONGEST.min(file.data.len()))?;
    Some(waxwing_mime::text_of(bytes))
}

/// A time on the wall; of a whole day its beginning.
fn wall(when: &When) -> Option<PrimitiveDateTime> {
    let (year, month, day) = when.day;
    let (hour, minute) = when.clock.unwrap_or_default();
    Some(PrimitiveDateTime::new(
        Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()?,
        Time::from_hms(hour, minute, 0).ok()?,
    ))
}

/// The moment of a time on this computer's own wall.
fn here(wall: PrimitiveDateTime) -> Timestamp {
    let as_of_greenwich = wall.assume_utc().unix_timestamp() * 1_000;
    let offset = |at: Timestamp| i64::from(utc_offset_minutes(at)) * 60_000;
    as_of_greenwich - offset(as_of_greenwich - offset(as_of_greenwich))
}

/// When it is: what is told without a zone is told for everybody's own clock, and so are whole days (RFC 5545, section 3.3.5).
/// What stands in a zone that nobody knows is not guessed.
fn moment(when: &When) -> Option<Timestamp> {
    match (when.at, &when.zone) {
        (Some(at), _) => Some(at),
        (None, None) => wall(when).map(here),
        (None, Some(_)) => None,
    }
}

impl Engine {
    /// What the store knows of an invitation.
    pub(crate) async fn known_of(
        &self,
        email: EmailId,
        meetings: Vec<Invitation>,
    ) -> Result<Option<ShownInvitation>> {
        let mut meetings = meetings.into_iter();
        let Some(invitation) = meetings.next() else {
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
        let (before, others) = self
            .read(move |reading| {
                let before = match account {
                    Some(account) => {
                        reading.meeting_answer(account, &uid, instance.as_deref().unwrap_or_default())?
                    }
                    None => None,
                };
                let others = match time {
                    Some((start, end)) => reading.meetings_between(start, end, &uid)?,
                    None => Vec::new(),
                };
                Ok((before, others))
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
                false => others.into_iter().filter_map(conflict).collect(),
            },
            answers_as,
            further: meetings.take(MOST_FURTHER).collect(),
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
    let begins = invitation.start.as_ref()?;
    let start = moment(begins)?;
    let last = invitation.end.as_ref();
    let end = match (begins.clock, last) {
        // A whole day goes until the next one, and of several the last one is told.
        (None, last) => {
            let next = wall(last.unwrap_or(begins))?.checked_add(time::Duration::days(1))?;
            here(next)
        }
        (Some(_), last) => last.and_then(moment).unwrap_or(start),
    };
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
    fn all_meetings_of_a_file_are_told() {
        let file =
            "BEGIN:VEVENT\nUID:1\nSUMMARY:one\nEND:VEVENT\nBEGIN:VEVENT\nUID:2\nSUMMARY:two\nEND:VEVENT\n";
        let told = meetings("utf-8", file.as_bytes());
        let names: Vec<&str> = told.iter().map(|one| one.summary.as_str()).collect();
        assert_eq!(names, ["one", "two"]);
    }

    #[test]
    fn whole_days_and_times_without_a_zone_are_those_of_this_computer() {
        let span = |lines: &str| times(meetings("utf-8", &event(lines)).first()?);
        let midnight = here(PrimitiveDateTime::new(
            Date::from_calendar_date(2026, Month::November, 24).unwrap(),
            Time::MIDNIGHT,
        ));
        let hour = 3_600_000;
        assert_eq!(
            span("DTSTART;VALUE=DATE:20261124\nDTEND;VALUE=DATE:20261126"),
            Some((midnight, midnight + 48 * hour)),
            "until the end of the last day"
        );
        assert_eq!(
            span("DTSTART:20261124T100000\nDTEND:20261124T113000"),
            Some((midnight + 10 * hour, midnight + 11 * hour + hour / 2)),
            "on everybody's own wall"
        );
        assert_eq!(
            span("DTSTART;TZID=Nowhere:20261124T100000"),
            None,
            "a zone that nobody knows"
        );
    }
}
