//! Dates as letters write them (RFC 5322, section 3.3), read leniently and written strictly.

use time::format_description::well_known::Rfc2822;
use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time, UtcOffset};
use waxwing_model::Timestamp;

/// The moment, and the minutes east of Greenwich at which it was told. The order of the pieces does not matter
/// much, the day of the week not at all, and a missing zone is Greenwich.
pub(crate) fn parse(text: &str) -> Option<(Timestamp, i16)> {
    let (mut day, mut month, mut year, mut clock, mut offset) = (None, None, None, None, 0i16);
    for piece in without_comments(text)
        .split([' ', '\t', ','])
        .filter(|piece| !piece.is_empty())
        .take(16)
    {
        if piece.contains(':') {
            clock = clock.or(Some(time_of_day(piece)?));
        } else if let (Some(_), Some(zone)) = (clock, zone(piece)) {
            offset = zone;
        } else {
            // Some write 23-Nov-2026.
            for piece in piece.split('-') {
                match (piece.parse::<u16>(), month_named(piece)) {
                    (Ok(number), _) if day.is_none() && piece.len() <= 2 => day = u8::try_from(number).ok(),
                    (Ok(number), _) if year.is_none() => year = Some(full_year(number)),
                    (_, Some(found)) => month = month.or(Some(found)),
                    _ => {}
                }
            }
        }
    }
    let date = Date::from_calendar_date(i32::from(year?), month?, day?).ok()?;
    let moment = PrimitiveDateTime::new(date, clock?).assume_utc().unix_timestamp() - i64::from(offset) * 60;
    Some((moment * 1000, offset))
}

/// Hours, minutes, and seconds where they are told. A leap second (section 3.3) is not told apart.
fn time_of_day(piece: &str) -> Option<Time> {
    let mut numbers = piece.split([':', '.']).map(str::parse::<u8>);
    let (hour, minute) = (numbers.next()?.ok()?, numbers.next()?.ok()?);
    let second = numbers.next().map_or(Some(0), Result::ok)?;
    Time::from_hms(hour, minute, if second == 60 { 59 } else { second }).ok()
}

/// Minutes east of Greenwich: digits, or the names of section 4.3. Others mean nothing certain.
fn zone(piece: &str) -> Option<i16> {
    if let Some(digits) = piece.strip_prefix(['+', '-']) {
        let number: i16 = digits.parse().ok().filter(|_| digits.len() == 4)?;
        let minutes = number / 100 * 60 + number % 100;
        let minutes = if minutes < 24 * 60 { minutes } else { 0 };
        return Some(if piece.starts_with('-') { -minutes } else { minutes });
    }
    let hours = match piece.to_ascii_uppercase().as_str() {
        "UT" | "UTC" | "GMT" | "Z" => 0,
        "EDT" => -4,
        "EST" | "CDT" => -5,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" => -8,
        _ => return None,
    };
    Some(hours * 60)
}

fn month_named(piece: &str) -> Option<Month> {
    let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let start = piece.get(..3)?.to_ascii_lowercase();
    let number = months.iter().position(|month| *month == start)? + 1;
    Month::try_from(u8::try_from(number).ok()?).ok()
}

/// Years of two and three digits (section 4.3).
fn full_year(number: u16) -> u16 {
    match number {
        0..50 => number + 2000,
        50..1000 => number + 1900,
        _ => number,
    }
}

/// The text without what stands in round brackets.
fn without_comments(text: &str) -> String {
    let mut depth = 0u32;
    let mut kept = String::new();
    for c in text.chars().take(200) {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
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
            ("23-Nov-2026 09:42:00", 1_795_426_920, 0),
            ("Mon Nov 23 09:42:00 2026", 1_795_426_920, 0),
            (
                "Mon, 23 November 2026 10:42:00 +0100 (CET (winter))",
                1_795_426_920,
                60,
            ),
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
