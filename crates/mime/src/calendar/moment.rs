//! Dates and times of a calendar file (RFC 5545, sections 3.3.4, 3.3.5 and 3.3.6).

use time::{Date, Duration, Month, PrimitiveDateTime, Time};

use super::When;
use super::lines::Line;
use super::zone::Zones;

/// `20261124` or `20261124T101500`, with or without the `Z` of Greenwich.
pub(super) fn wall(text: &str) -> Option<(Date, Option<Time>, bool)> {
    let text = text.trim();
    let (text, is_utc) = match text.strip_suffix(['Z', 'z']) {
        Some(text) => (text, true),
        None => (text, false),
    };
    let (day, clock) = match text.split_once(['T', 't']) {
        Some((day, clock)) => (day, Some(clock)),
        None => (text, None),
    };
    if day.len() != 8 {
        return None;
    }
    let month = Month::try_from(number::<u8>(day, 4, 2)?).ok()?;
    let day = Date::from_calendar_date(number::<i32>(day, 0, 4)?, month, number::<u8>(day, 6, 2)?).ok()?;
    let clock = match clock {
        Some(clock) if clock.len() >= 4 => {
            let second = number::<u8>(clock, 4, 2).unwrap_or(0).min(59);
            Some(Time::from_hms(number::<u8>(clock, 0, 2)?, number::<u8>(clock, 2, 2)?, second).ok()?)
        }
        Some(_) => return None,
        None => None,
    };
    Some((day, clock, is_utc))
}

fn number<T: std::str::FromStr>(text: &str, start: usize, length: usize) -> Option<T> {
    let digits = text.get(start..start + length)?;
    digits
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| digits.parse().ok())?
}

/// The time of a line such as DTSTART.
pub(super) fn when(line: &Line, zones: &Zones) -> Option<When> {
    told(&line.value, line, zones)
}

/// One of the times of a line such as EXDATE.
pub(super) fn told(value: &str, line: &Line, zones: &Zones) -> Option<When> {
    let (day, clock, is_utc) = wall(value)?;
    Some(at(day, clock, zone_of(line, is_utc), zones))
}

fn zone_of(line: &Line, is_utc: bool) -> Option<String> {
    if is_utc {
        return Some("UTC".to_owned());
    }
    line.parameter("TZID")
        .map(crate::visible::one_line)
        .filter(|zone| !zone.is_empty())
}

pub(super) fn at(day: Date, clock: Option<Time>, zone: Option<String>, zones: &Zones) -> When {
    let moment = clock.and_then(|clock| zones.moment(zone.as_deref()?, PrimitiveDateTime::new(day, clock)));
    When {
        day: (day.year(), u8::from(day.month()), day.day()),
        clock: clock.map(|clock| (clock.hour(), clock.minute())),
        zone: zone.filter(|_| clock.is_some()),
        at: moment,
    }
}

/// The end that a length gives. Of whole days the last one is meant, and DTEND names the day after it.
pub(super) fn end(start: &Line, end: Option<&Line>, length: Option<&Line>, zones: &Zones) -> Option<When> {
    let (day, clock, is_utc) = wall(&start.value)?;
    if let Some(end) = end {
        let (last, end_clock, _) = wall(&end.value)?;
        if end_clock.is_none() {
            return Some(at(last.previous_day()?.max(day), None, None, zones));
        }
        return when(end, zones);
    }
    let length = duration(&length?.value)?;
    match clock {
        Some(clock) => {
            let last = PrimitiveDateTime::new(day, clock).checked_add(length)?;
            Some(at(last.date(), Some(last.time()), zone_of(start, is_utc), zones))
        }
        None => Some(at(
            day.checked_add(length - Duration::days(1))?.max(day),
            None,
            None,
            zones,
        )),
    }
}

/// `P1DT2H30M`, `PT45M`, `P2W`.
pub(super) fn duration(text: &str) -> Option<Duration> {
    let text = text.trim().trim_start_matches('+').strip_prefix('P')?;
    let (mut total, mut digits) = (0_i64, String::new());
    for one in text.chars() {
        match one {
            '0'..='9' if digits.len() < 6 => digits.push(one),
            'T' => {}
            unit => {
                let seconds = match unit {
                    'W' => 7 * 86_400,
                    'D' => 86_400,
                    'H' => 3_600,
                    'M' => 60,
                    'S' => 1,
                    _ => return None,
                };
                total = total.checked_add(digits.parse::<i64>().ok()?.checked_mul(seconds)?)?;
                digits.clear();
            }
        }
    }
    Some(Duration::seconds(total))
}
