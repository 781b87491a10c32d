//! A meeting that Outlook tells of in the properties of a letter, without a file for calendars (MS-OXOCAL). It is made into
//! one, as MS-OXCICAL says, so that it is read like all others. Not here: the rule of one that repeats (a blob in the sender's
//! own zone, MS-OXOCAL, section 2.2.1.44), whose first time alone is told.

use time::OffsetDateTime;
use waxwing_model::Address;

use super::properties::{Set, Value};

// Sets of properties (MS-OXPROPS, section 1.3.2).
const APPOINTMENT: Set = [0x02, 0x20, 0x06, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46];
const MEETING: Set = [
    0x90, 0xda, 0xd8, 0x6e, 0x0b, 0x45, 0x1b, 0x10, 0x98, 0xda, 0x00, 0xaa, 0x00, 0x3f, 0x13, 0x05,
];

// Properties of theirs (PidLidAppointmentStartWhole and so on), and of every message.
const SEQUENCE: u32 = 0x8201;
const LOCATION: u32 = 0x8208;
const START_WHOLE: u32 = 0x820d;
const END_WHOLE: u32 = 0x820e;
const INTENDED_BUSY_STATUS: u32 = 0x8224;
const GLOBAL_OBJECT_ID: u32 = 0x0003;
const CLEAN_GLOBAL_OBJECT_ID: u32 = 0x0023;
const START_DATE: u16 = 0x0060;
const END_DATE: u16 = 0x0061;

/// From 1601, from which Windows counts, to 1970, in seconds.
const EPOCH: i64 = 11_644_473_600;
/// Octets of an identifier that are read.
const LONGEST_ID: usize = 1_024;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TnefMeeting {
    class: Class,
    subject: String,
    location: String,
    uid: Option<String>,
    sequence: u32,
    start: Option<i64>,
    end: Option<i64>,
    leaves_free: bool,
}

/// What the letter is about (MS-OXOCAL, section 2.2.5 to 2.2.9).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Class {
    #[default]
    Request,
    Cancel,
    Accepts,
    Declines,
    Hesitates,
}

impl Class {
    /// By the name of today, or that which TNEF has for it (MS-OXTNEF, section 2.1.3.3.11).
    fn of(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        Some(match name.as_str() {
            "ipm.schedule.meeting.request" | "ipm.microsoft schedule.mtgreq" => Self::Request,
            "ipm.schedule.meeting.canceled" | "ipm.microsoft schedule.mtgcncl" => Self::Cancel,
            "ipm.schedule.meeting.resp.pos" | "ipm.microsoft schedule.mtgrespp" => Self::Accepts,
            "ipm.schedule.meeting.resp.neg" | "ipm.microsoft schedule.mtgrespn" => Self::Declines,
            "ipm.schedule.meeting.resp.tent" | "ipm.microsoft schedule.mtgrespa" => Self::Hesitates,
            _ => return None,
        })
    }
}

impl TnefMeeting {
    /// Keeps what a property says of it.
    pub(super) fn take(&mut self, name: u16, value: &Value<'_>, text: Option<String>) {
        match (value.named, name) {
            (Some((APPOINTMENT, START_WHOLE)), _) => self.start = moment(value).or(self.start),
            (Some((APPOINTMENT, END_WHOLE)), _) => self.end = moment(value).or(self.end),
            (Some((APPOINTMENT, LOCATION)), _) => self.location = text.unwrap_or_default(),
            (Some((APPOINTMENT, SEQUENCE)), _) => self.sequence = number(value).unwrap_or(0),
            (Some((APPOINTMENT, INTENDED_BUSY_STATUS)), _) => self.leaves_free = number(value) == Some(0),
            (Some((MEETING, CLEAN_GLOBAL_OBJECT_ID)), _) => self.uid = uid(value.bytes).or(self.uid.take()),
            (Some((MEETING, GLOBAL_OBJECT_ID)), _) if self.uid.is_none() => self.uid = uid(value.bytes),
            (None, START_DATE) => self.start = self.start.or(moment(value)),
            (None, END_DATE) => self.end = self.end.or(moment(value)),
            _ => {}
        }
    }

    /// What was gathered, if the letter is about a meeting and says which.
    pub(super) fn finished(mut self, class: &str, subject: Option<&str>) -> Option<Self> {
        self.class = Class::of(class)?;
        self.subject = subject.unwrap_or_default().to_owned();
        (self.uid.is_some() && self.start.is_some()).then_some(self)
    }

    /// As a file for calendars. The properties name nobody as calendars do: the letter's sender is who invites, or answers.
    pub fn calendar(&self, sender: Option<&Address>) -> String {
        let mut lines = vec!["BEGIN:VCALENDAR".to_owned()];
        let (method, status) = match self.class {
            Class::Request => ("REQUEST", None),
            Class::Cancel => ("CANCEL", None),
            Class::Accepts => ("REPLY", Some("ACCEPTED")),
            Class::Declines => ("REPLY", Some("DECLINED")),
            Class::Hesitates => ("REPLY", Some("TENTATIVE")),
        };
        lines.push(format!("METHOD:{method}"));
        lines.push("BEGIN:VEVENT".to_owned());
        lines.extend(self.uid.as_ref().map(|uid| format!("UID:{uid}")));
        lines.push(format!("SEQUENCE:{}", self.sequence));
        lines.push(format!("SUMMARY:{}", escaped(&self.subject)));
        lines.push(format!("LOCATION:{}", escaped(&self.location)));
        lines.extend(self.start.and_then(stamp).map(|start| format!("DTSTART:{start}")));
        lines.extend(self.end.and_then(stamp).map(|end| format!("DTEND:{end}")));
        if self.leaves_free {
            lines.push("TRANSP:TRANSPARENT".to_owned());
        }
        lines.extend(sender.map(|sender| {
            let name = sender
                .name
                .as_deref()
                .unwrap_or_default()
                .replace(['"', '\r', '\n'], " ");
            let role = match status {
                Some(status) => format!("ATTENDEE;PARTSTAT={status}"),
                None => "ORGANIZER".to_owned(),
            };
            format!("{role};CN=\"{name}\":mailto:{}", sender.email)
        }));
        lines.extend(["END:VEVENT", "END:VCALENDAR", ""].map(str::to_owned));
        lines.join("\r\n")
    }
}

/// A moment (PtypTime): so many tenths of a microsecond since 1601. In seconds since 1970.
fn moment(value: &Value<'_>) -> Option<i64> {
    let ticks = i64::from_le_bytes(value.bytes.try_into().ok()?);
    Some(ticks / 10_000_000 - EPOCH)
}

fn number(value: &Value<'_>) -> Option<u32> {
    Some(u32::from_le_bytes(value.bytes.try_into().ok()?))
}

fn stamp(at: i64) -> Option<String> {
    let at = OffsetDateTime::from_unix_timestamp(at).ok()?;
    (1601..=9999).contains(&at.year()).then(|| {
        let (day, time) = (at.date(), at.time());
        format!(
            "{:04}{:02}{:02}T{:02}{:02}{:02}Z",
            day.year(),
            u8::from(day.month()),
            day.day(),
            time.hour(),
            time.minute(),
            time.second()
        )
    })
}

/// The name by which other calendars know it (MS-OXCICAL, section 2.1.3.1.1.20.26): theirs, where it came from one, or all octets.
/// Those that name a single day are left out.
fn uid(bytes: &[u8]) -> Option<String> {
    let bytes = bytes.get(..LONGEST_ID.min(bytes.len()))?;
    if let Some(foreign) = bytes
        .get(40..)
        .and_then(|data| data.strip_prefix(b"vCal-Uid\x01\0\0\0"))
    {
        let end = foreign
            .iter()
            .position(|byte| *byte == 0)
            .unwrap_or(foreign.len());
        let text = String::from_utf8_lossy(foreign.get(..end)?);
        return Some(crate::visible::one_line(&text)).filter(|uid| !uid.is_empty());
    }
    let octets = bytes.iter().enumerate().map(|(at, byte)| match at {
        16..20 => "00".to_owned(),
        _ => format!("{byte:02X}"),
    });
    (bytes.len() > 20).then(|| octets.collect())
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace(';', "\\;")
        .replace(',', "\\,")
        .replace(['\r', '\n'], " ")
}
