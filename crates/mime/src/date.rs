//! Dates as letters write them (RFC 5322, section 3.3), read leniently and written strictly.

mod read;
mod zone;

pub(crate) use read::parse;

use time::format_description::well_known::Rfc2822;
use time::{OffsetDateTime, UtcOffset};
use waxwing_model::Timestamp;

/// The moment as a Date field tells it. An offset that no place has is taken for none.
pub(crate) fn format(timestamp: Timestamp, utc_offset_minutes: i16) -> Option<String> {
    at_offset(timestamp, utc_offset_minutes)?.format(&Rfc2822).ok()
}

/// The moment on the clock of a place.
pub(crate) fn at_offset(timestamp: Timestamp, utc_offset_minutes: i16) -> Option<OffsetDateTime> {
    let offset = UtcOffset::from_whole_seconds(i32::from(utc_offset_minutes) * 60).unwrap_or(UtcOffset::UTC);
    OffsetDateTime::from_unix_timestamp(timestamp.div_euclid(1000))
        .ok()?
        .checked_to_offset(offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_with_their_offset() {
        assert_eq!(
            format(1_795_426_920_000, 60).as_deref(),
            Some("Mon, 23 Nov 2026 10:42:00 +0100"),
            "the clock of the person, not of Greenwich"
        );
    }
}
