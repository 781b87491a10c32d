//! The answer to an invitation: a letter to whoever invites, with words for people and a file for their calendar (RFC 5546,
//! section 3.2.3; RFC 6047).

use time::OffsetDateTime;
use waxwing_model::{Address, Timestamp};

use super::Invitation;
use crate::compose::{ComposeError, Composed, Outgoing, compose_with_calendar};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Accept,
    Tentative,
    Decline,
}

impl Answer {
    fn status(self) -> &'static str {
        match self {
            Answer::Accept => "ACCEPTED",
            Answer::Tentative => "TENTATIVE",
            Answer::Decline => "DECLINED",
        }
    }

    /// Before the name of the meeting, in the subject.
    pub fn word(self) -> &'static str {
        match self {
            Answer::Accept => "Accepted",
            Answer::Tentative => "Tentative",
            Answer::Decline => "Declined",
        }
    }

    fn sentence(self) -> &'static str {
        match self {
            Answer::Accept => "accepts the invitation",
            Answer::Tentative => "accepts the invitation tentatively",
            Answer::Decline => "declines the invitation",
        }
    }
}

/// The answer of one who was asked. `original` is the Message-ID of the letter that asks.
pub fn reply(
    invitation: &Invitation,
    answer: Answer,
    attendee: &Address,
    original: Option<&str>,
    moment: Timestamp,
    utc_offset_minutes: i16,
) -> Result<Composed, ComposeError> {
    let organizer = invitation.organizer.clone().ok_or(ComposeError::NoRecipient)?;
    let called = attendee.name.as_deref().unwrap_or(&attendee.email);
    let letter = Outgoing {
        from: attendee.clone(),
        to: vec![organizer],
        cc: Vec::new(),
        bcc: Vec::new(),
        reply_to: Vec::new(),
        subject: format!("{}: {}", answer.word(), invitation.summary),
        html: None,
        text: format!("{called} {}: {}\n", answer.sentence(), invitation.summary),
        attachments: Vec::new(),
        in_reply_to: original.map(str::to_owned).into_iter().collect(),
        references: original.map(str::to_owned).into_iter().collect(),
        date: moment,
        utc_offset_minutes,
        asks_for_receipt: false,
    };
    compose_with_calendar(&letter, "REPLY", &file(invitation, answer, attendee, moment))
}

/// Lines of the invitation that say which meeting it is.
const REPEATED: [&str; 7] = [
    "DTSTART",
    "DTEND",
    "DURATION",
    "RECURRENCE-ID",
    "ORGANIZER",
    "SUMMARY",
    "LOCATION",
];

/// What must be told (RFC 5546, section 3.2.3): which meeting, who answers, and what. What else names the meeting is
/// repeated as it came, with its zones.
pub(super) fn file(invitation: &Invitation, answer: Answer, attendee: &Address, moment: Timestamp) -> String {
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "PRODID:-//Waxwing//Waxwing//EN".to_owned(),
        "VERSION:2.0".to_owned(),
        "METHOD:REPLY".to_owned(),
    ];
    lines.extend(
        invitation
            .zones
            .iter()
            .flat_map(|zone| zone.split("\r\n"))
            .map(str::to_owned),
    );
    lines.push("BEGIN:VEVENT".to_owned());
    lines.push(format!("UID:{}", invitation.uid));
    lines.push(format!("SEQUENCE:{}", invitation.sequence));
    lines.push(format!("DTSTAMP:{}", stamp(moment)));
    let repeated = invitation
        .kept
        .iter()
        .filter(|(name, _)| REPEATED.contains(&name.as_str()));
    lines.extend(repeated.map(|(_, line)| line.clone()));
    let named = attendee
        .name
        .as_deref()
        .map(|name| format!(";CN=\"{}\"", name.replace(['"', '\r', '\n'], " ")))
        .unwrap_or_default();
    lines.push(format!(
        "ATTENDEE{named};PARTSTAT={}:mailto:{}",
        answer.status(),
        attendee.email
    ));
    lines.push("END:VEVENT".to_owned());
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| folded(line)).collect()
}

fn stamp(moment: Timestamp) -> String {
    let at = OffsetDateTime::from_unix_timestamp(moment / 1000).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    format!(
        "{:04}{:02}{:02}T{:02}{:02}{:02}Z",
        at.year(),
        u8::from(at.month()),
        at.day(),
        at.hour(),
        at.minute(),
        at.second()
    )
}

/// No line is longer than 75 octets; what is goes on after a space (RFC 5545, section 3.1).
pub(super) fn folded(line: &str) -> String {
    let mut text = String::with_capacity(line.len() + 2);
    let mut length = 0;
    for one in line.chars().filter(|one| !one.is_control() || *one == '\t') {
        if length + one.len_utf8() > 74 {
            text.push_str("\r\n ");
            length = 1;
        }
        text.push(one);
        length += one.len_utf8();
    }
    text.push_str("\r\n");
    text
}
