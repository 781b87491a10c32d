//! Time zones as a calendar file describes them (VTIMEZONE, RFC 5545, section 3.6.5): from when on which offset holds.
//!
//! Whoever sends a time in a zone sends the zone along, so no list of the world's zones is needed. A zone that is only named
//! is not guessed.

use time::{Date, Duration, Month, PrimitiveDateTime, Time, UtcOffset, Weekday};
use waxwing_model::Timestamp;

use super::lines::Line;
use super::moment::wall;

/// Zones of one file, and changes of one of them, that are read.
const ZONE_LIMIT: usize = 100;
const CHANGE_LIMIT: usize = 500;

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Zones(Vec<Zone>);

#[derive(Debug, Default, PartialEq, Eq)]
struct Zone {
    name: String,
    observances: Vec<Observance>,
}

/// Winter time, summer time, or one of the times before.
#[derive(Debug, PartialEq, Eq)]
struct Observance {
    start: PrimitiveDateTime,
    from: UtcOffset,
    to: UtcOffset,
    rule: Option<Yearly>,
    dates: Vec<PrimitiveDateTime>,
}

/// "The last Sunday of March", up to some moment.
#[derive(Debug, PartialEq, Eq)]
struct Yearly {
    month: Month,
    weekday: Option<(i8, Weekday)>,
    days: Vec<u8>,
    until: Option<PrimitiveDateTime>,
}

impl Zones {
    /// One zone, from the lines within its VTIMEZONE.
    pub(super) fn add(&mut self, lines: &[Line]) {
        let name = lines.iter().find(|line| line.name == "TZID");
        let Some(name) = name.map(|line| crate::visible::one_line(&line.value)) else {
            return;
        };
        let mut zone = Zone {
            name,
            observances: Vec::new(),
        };
        let mut open: Option<Vec<&Line>> = None;
        for line in lines {
            let is_part = matches!(
                line.value.trim().to_ascii_uppercase().as_str(),
                "STANDARD" | "DAYLIGHT"
            );
            match line.name.as_str() {
                "BEGIN" if is_part => open = Some(Vec::new()),
                "END" if is_part => zone
                    .observances
                    .extend(open.take().and_then(|lines| observance(&lines))),
                _ => {
                    if let Some(open) = &mut open {
                        open.push(line);
                    }
                }
            }
            if zone.observances.len() >= CHANGE_LIMIT {
                break;
            }
        }
        if self.0.len() < ZONE_LIMIT && !zone.observances.is_empty() {
            self.0.push(zone);
        }
    }

    /// The moment of a time on the wall.
    pub(super) fn moment(&self, zone: &str, wall: PrimitiveDateTime) -> Option<Timestamp> {
        let offset = match self.0.iter().find(|known| known.name == zone) {
            Some(known) => known.offset(wall)?,
            None if matches!(zone, "UTC" | "Etc/UTC" | "GMT" | "Etc/GMT" | "Z") => UtcOffset::UTC,
            None => return None,
        };
        Some(wall.assume_offset(offset).unix_timestamp() * 1000)
    }
}

impl Zone {
    /// That of the change which came last before it.
    fn offset(&self, wall: PrimitiveDateTime) -> Option<UtcOffset> {
        let last = self
            .observances
            .iter()
            .filter_map(|observance| Some((observance.last_before(wall)?, observance.to)))
            .max_by_key(|(change, _)| *change);
        match last {
            Some((_, offset)) => Some(offset),
            None => self
                .observances
                .iter()
                .min_by_key(|observance| observance.start)
                .map(|first| first.from),
        }
    }
}

impl Observance {
    fn last_before(&self, wall: PrimitiveDateTime) -> Option<PrimitiveDateTime> {
        let yearly = self.rule.as_ref().into_iter().flat_map(|rule| {
            let year = wall.year();
            [year, year - 1]
                .into_iter()
                .filter_map(|year| Some(PrimitiveDateTime::new(rule.day_in(year)?, self.start.time())))
                .filter(|change| rule.until.is_none_or(|until| *change <= until))
                .chain(rule.until.and_then(|until| {
                    let last = PrimitiveDateTime::new(rule.day_in(until.year())?, self.start.time());
                    (last <= until).then_some(last)
                }))
        });
        // A time that the clock skips when it is put forward is told in the time before (section 3.3.5).
        let skipped = Duration::seconds(i64::from(self.to.whole_seconds() - self.from.whole_seconds()));
        let reached = wall.checked_sub(skipped.max(Duration::ZERO)).unwrap_or(wall);
        [self.start]
            .into_iter()
            .chain(self.dates.iter().copied())
            .chain(yearly)
            .filter(|change| *change <= reached && *change >= self.start)
            .max()
    }
}

impl Yearly {
    fn day_in(&self, year: i32) -> Option<Date> {
        let first = Date::from_calendar_date(year, self.month, 1).ok()?;
        let length = self.month.length(year);
        match (self.weekday, self.days.as_slice()) {
            (Some((0, weekday)), days) => days
                .iter()
                .filter_map(|day| Date::from_calendar_date(year, self.month, *day).ok())
                .find(|date| date.weekday() == weekday),
            (Some((nth, weekday)), _) if nth > 0 => {
                let ahead =
                    (weekday.number_days_from_monday() + 7 - first.weekday().number_days_from_monday()) % 7;
                first.checked_add(Duration::days(i64::from(ahead) + 7 * (i64::from(nth) - 1)))
            }
            (Some((nth, weekday)), _) => {
                let last = Date::from_calendar_date(year, self.month, length).ok()?;
                let back =
                    (last.weekday().number_days_from_monday() + 7 - weekday.number_days_from_monday()) % 7;
                last.checked_sub(Duration::days(i64::from(back) + 7 * (-i64::from(nth) - 1)))
            }
            (None, days) => Date::from_calendar_date(year, self.month, *days.first()?).ok(),
        }
    }
}

fn observance(lines: &[&Line]) -> Option<Observance> {
    let find = |name: &str| lines.iter().find(|line| line.name == name);
    let (day, clock, _) = wall(&find("DTSTART")?.value)?;
    let start = PrimitiveDateTime::new(day, clock.unwrap_or(Time::MIDNIGHT));
    let to = offset(&find("TZOFFSETTO")?.value)?;
    let from = find("TZOFFSETFROM")
        .and_then(|line| offset(&line.value))
        .unwrap_or(to);
    let dates = lines
        .iter()
        .filter(|line| line.name == "RDATE")
        .flat_map(|line| line.value.split(','))
        .filter_map(|text| {
            let (day, clock, _) = wall(text)?;
            Some(PrimitiveDateTime::new(day, clock?))
        });
    Some(Observance {
        start,
        from,
        to,
        rule: find("RRULE").and_then(|line| yearly(&line.value, start, from)),
        dates: dates.take(CHANGE_LIMIT).collect(),
    })
}

fn yearly(rule: &str, start: PrimitiveDateTime, from: UtcOffset) -> Option<Yearly> {
    let part = |name: &str| {
        rule.split(';')
            .filter_map(|part| part.split_once('='))
            .find(|(known, _)| known.trim().eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim())
    };
    if !part("FREQ")?.eq_ignore_ascii_case("YEARLY") {
        return None;
    }
    let month = match part("BYMONTH") {
        Some(number) => Month::try_from(number.parse::<u8>().ok()?).ok()?,
        None => start.month(),
    };
    let weekday = match part("BYDAY") {
        Some(text) => Some(super::rule::weekday(text.split(',').next()?)?),
        None => None,
    };
    let mut days: Vec<u8> = part("BYMONTHDAY")
        .into_iter()
        .flat_map(|list| list.split(','))
        .filter_map(|day| day.trim().parse().ok())
        .take(31)
        .collect();
    if days.is_empty() && weekday.is_none() {
        days.push(start.day());
    }
    let until = part("UNTIL").and_then(wall).map(|(day, clock, is_utc)| {
        let until = PrimitiveDateTime::new(day, clock.unwrap_or(Time::MIDNIGHT));
        // It is told in Greenwich's time, and what is compared with it on the wall before the change.
        match is_utc {
            true => until
                .checked_add(Duration::seconds(i64::from(from.whole_seconds())))
                .unwrap_or(until),
            false => until,
        }
    });
    Some(Yearly {
        month,
        weekday,
        days,
        until,
    })
}

/// `+0100`, `-053000` (section 3.3.14).
fn offset(text: &str) -> Option<UtcOffset> {
    let text = text.trim();
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let digits = text.trim_start_matches(['+', '-']);
    let part = |at: usize| digits.get(at..at + 2)?.parse::<i32>().ok();
    let seconds = part(0)? * 3_600 + part(2)? * 60 + part(4).unwrap_or(0);
    UtcOffset::from_whole_seconds(sign * seconds).ok()
}
