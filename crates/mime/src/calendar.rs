//! Invitations: what a calendar file (iCalendar, RFC 5545) says of meetings, and the answer to it (iTIP and iMIP, RFC 5546
//! and 6047).
//!
//! A file is read as far as it goes. Times are put on the world's clock where the file says how; where it does not, the time
//! on the wall stays what is known. Not here: any calendar to put a meeting into.

mod file;
mod lines;
mod moment;
mod read;
mod recurrence;
mod reply;
mod zone;

use waxwing_model::{Address, Timestamp};

pub use file::calendar_file;
pub use recurrence::{Recurrence, Repeats};
pub use reply::{Answer, reply};

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

/// One meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    pub method: Method,
    /// By which all files about the meeting name it.
    pub uid: String,
    pub sequence: u32,
    /// Which one of a meeting that repeats; as it is written.
    pub instance: Option<String>,
    pub summary: String,
    pub location: String,
    pub description: String,
    pub organizer: Option<Address>,
    pub attendees: Vec<Attendee>,
    pub start: Option<When>,
    /// The end; of whole days the last one.
    pub end: Option<When>,
    pub recurrence: Option<Recurrence>,
    pub cancelled: bool,
    /// Lines of the file that an answer repeats.
    pub(crate) repeated: Vec<String>,
    /// The zones of the file, for the same.
    pub(crate) zones: Vec<String>,
}

/// The meetings of a file, each once. A meeting that repeats comes before those of its days that are told apart.
pub fn invitations(file: &str) -> Vec<Invitation> {
    read::invitations(file)
}

#[cfg(test)]
mod tests;
