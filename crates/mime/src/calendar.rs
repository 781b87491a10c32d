//! Invitations: what a calendar file (iCalendar, RFC 5545) says of meetings, and the answer to it (iTIP and iMIP, RFC 5546
//! and 6047).
//!
//! A file is read as far as it goes. Times are put on the world's clock where the file says how; where it does not, the time
//! on the wall stays what is known. Not here: any calendar to put a meeting into.

mod file;
mod kept;
mod lines;
mod moment;
mod read;
mod recurrence;
mod reply;
mod rule;
mod schedule;
mod zone;

use time::{Date, Month, PrimitiveDateTime, Time};
use waxwing_model::{Address, Timestamp};

pub use file::{CalendarFile, calendar_file};
pub use kept::{kept, told_anew};
pub use recurrence::{Recurrence, Repeats};
pub use reply::{Answer, reply};
pub use schedule::{Clock, OCCURRENCE_LIMIT, Occurrence, occurrences};

/// What the sender wants with the file (RFC 5546, section 1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Who is asked comes or does not.
    Request,
    /// Somebody who was asked answers.
    Reply,
    /// The meeting does not take place.
    Cancel,
    /// The meeting is told of, and nobody is asked.
    Publish,
    /// Somebody who was asked would like it otherwise.
    Counter,
    /// The organiser does not want it otherwise.
    DeclineCounter,
    /// Somebody who was asked would like to be told again.
    Refresh,
    /// Anything else.
    Other,
}

/// What somebody has answered (RFC 5545, section 3.2.12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Attendance {
    #[default]
    Open,
    Accepted,
    Tentative,
    Declined,
    Delegated,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendee {
    pub address: Address,
    /// Who acts for them, by what the file says (SENT-BY; RFC 5545, section 3.2.18).
    pub sent_by: Option<String>,
    pub attendance: Attendance,
    pub optional: bool,
}

/// A time of a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    /// Year, month and day on the wall.
    pub day: (i32, u8, u8),
    /// Hour and minute on the wall; `None` for whole days.
    pub clock: Option<(u8, u8)>,
    /// The zone of the wall as the file calls it; "UTC" for Greenwich.
    pub zone: Option<String>,
    /// The moment, where it is known.
    pub at: Option<Timestamp>,
}

impl When {
    /// The time on the wall; of a whole day its beginning. `None`: there is no such day.
    pub fn wall(&self) -> Option<PrimitiveDateTime> {
        let (year, month, day) = self.day;
        let (hour, minute) = self.clock.unwrap_or_default();
        Some(PrimitiveDateTime::new(
            Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()?,
            Time::from_hms(hour, minute, 0).ok()?,
        ))
    }
}

/// One meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    pub method: Method,
    /// By which all files about the meeting name it.
    pub uid: String,
    pub sequence: u32,
    /// When this was said (DTSTAMP).
    pub stamp: Option<Timestamp>,
    /// Which one of a meeting that repeats; as it is written.
    pub instance: Option<String>,
    pub summary: String,
    pub location: String,
    pub description: String,
    pub organizer: Option<Address>,
    /// Who acts for the organiser, by what the file says (SENT-BY).
    pub sent_by: Option<String>,
    pub attendees: Vec<Attendee>,
    pub start: Option<When>,
    /// The end; of whole days the last one.
    pub end: Option<When>,
    pub recurrence: Option<Recurrence>,
    /// Who comes is busy meanwhile, as nearly always.
    pub takes_time: bool,
    pub cancelled: bool,
    /// What `instance` names.
    instance_of: Option<When>,
    /// Names of lines, and lines, of which an answer and what is remembered are made.
    kept: Vec<(String, String)>,
    /// The zones of the file, for the same.
    zones: Vec<String>,
    schedule: schedule::Schedule,
}

/// The meetings of a file, each once. A meeting that repeats comes before those of its days that are told apart. What the
/// sender wants may stand in the kind of the part alone (`method_of_part`), as it must in both (RFC 6047, section 2.4).
pub fn invitations(file: &str, method_of_part: Option<&str>) -> Vec<Invitation> {
    read::invitations(file, method_of_part)
}

#[cfg(test)]
mod tests;
