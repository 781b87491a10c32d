//! The date and time of INTERNALDATE and APPEND (date-time, RFC 9051, section 9): `17-Jul-1996 02:44:25 -0700`.

use time::{Date, Month, OffsetDateTime, Time, UtcOffset};
use waxwing_model::Timestamp;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// `None` when it cannot be read.
pub(super) fn parse(text: &str) -> Option<Timestamp> {
    let mut words = text.split_ascii_whitespace();
    let (date, time, zone) = (words.next()?, words.next()?, words.next().unwrap_or("+0000"));
    let mut date = date.split('-');
    let (day, month, year) = (date.next()?, date.next()?, date.next()?);
    let month = MONTHS.iter().position(|name| name.eq_ignore_ascii_case(month))? + 1;
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    let date = Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()?;
    let mut time = time.split(':').map(|part| part.parse::<u8>().ok());
    let (hour, minute, second) = (time.next()??, time.next()??, time.next()??);
    // A leap second has no place in a count of milliseconds.
    let time = Time::from_hms(hour, minute, second.min(59)).ok()?;
    let (sign, digits) = match zone.split_at_checked(1)? {
        ("-", digits) => (-1, digits),
        ("+", digits) => (1, digits),
        _ => return None,
    };
    let (hours, minutes) = digits.split_at_checked(2)?;
    let offset = UtcOffset::from_hms(
        sign * hours.parse::<i8>().ok()?,
        sign * minutes.parse::<i8>().ok()?,
        0,
    )
    .ok()?;
    let moment = OffsetDateTime::new_in_offset(date, time, offset);
    Timestamp::try_from(moment.unix_timestamp_nanos() / 1_000_000).ok()
}

/// In UTC. `None` for moments that no four-digit year can tell.
pub(super) fn format(moment: Timestamp) -> Option<String> {
    let moment = OffsetDateTime::from_unix_timestamp(moment.div_euclid(1000)).ok()?;
    let month = MONTHS.get(usize::from(u8::from(moment.month())) - 1)?;
    let year = moment.year();
    if !(1..=9999).contains(&year) {
        return None;
    }
    let (hour, minute, second) = moment.to_hms();
    Some(format!(
        "{:>2}-{month}-{year:04} {hour:02}:{minute:02}:{second:02} +0000",
        moment.day()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_whatever_their_zone() {
        assert_eq!(
            parse("17-Jul-1996 02:44:25 -0700"),
            Some(837_596_665_000),
            "RFC 9051's own example"
        );
        assert_eq!(
            parse(" 1-Jan-1970 01:00:00 +0100"),
            Some(0),
            "a day of one digit comes after a space"
        );
        assert_eq!(
            parse("1-jan-1970 00:00:01"),
            Some(1000),
            "no zone is taken for UTC"
        );
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "NIL",
            "32-Jan-2020 00:00:00 +0000",
            "1-Foo-2020 00:00:00 +0000",
            "1-Jan-2020",
            "é-é-é é é",
        ] {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn dates_go_there_and_back() {
        for moment in [0, 837_596_665_000, 1_700_000_000_000, -86_400_000] {
            let text = format(moment).unwrap();
            assert_eq!(parse(&text), Some(moment), "{text}");
            assert_eq!(text.len(), 26, "{text} has the fixed width of date-time");
        }
        assert_eq!(format(i64::MAX), None, "there is no such year");
    }
}
