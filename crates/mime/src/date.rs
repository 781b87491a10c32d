//! Dates as letters write them (RFC 5322, section 3.3), read leniently and written strictly.

use mail_parser::DateTime;
use time::format_description::well_known::Rfc2822;
use time::{OffsetDateTime, UtcOffset};
use waxwing_model::Timestamp;

/// The moment, and the minutes east of Greenwich at which it was told.
pub(crate) fn parse(text: &str) -> Option<(Timestamp, i16)> {
    let mut date = DateTime::parse_rfc822(text.get(..200).unwrap_or(text))?;
    // Leap seconds exist (section 3.3) and are not told apart here.
    date.second = date.second.min(59);
    if !date.is_valid() {
        return None;
    }
    let minutes = i16::from(date.tz_hour) * 60 + i16::from(date.tz_minute);
    let minutes = if date.tz_before_gmt { -minutes } else { minutes };
    Some((date.to_timestamp() * 1000, minutes))
}

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
    fn dates_are_read_as_they_are_written() {
        for (text, moment, offset) in [
            ("Mon, 23 Nov 2026 10:42:00 +0100", 1_795_426_920, 60),
            ("23 Nov 2026 09:42 GMT", 1_795_426_920, 0),
            ("Mon, 23 Nov 2026 04:42:00 -0500 (EST)", 1_795_426_920, -300),
            ("23 Nov 26 09:42:00 +0000", 1_795_426_920, 0),
            ("Tue, 30 Jun 2015 23:59:60 +0000", 1_435_708_799, 0),
        ] {
            assert_eq!(parse(text), Some((moment * 1000, offset)), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "yesterday",
            "99 Foo 2026 10:42:00 +0100",
            "Mon, 23 Nov 2026 25:00:00 +0000",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn dates_are_written_with_their_offset() {
        assert_eq!(
            format(1_795_426_920_000, 60).as_deref(),
            Some("Mon, 23 Nov 2026 10:42:00 +0100"),
            "the clock of the person, not of Greenwich"
        );
    }
}
