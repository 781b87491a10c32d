//! Time zones as a calendar file describes them (VTIMEZONE, RFC 5545, section 3.6.5): from when on which offset holds.
//!
//! Whoever sends a time in a zone sends the zone along, so no list of the world's zones is needed. A zone that is only named
//! is not guessed.

use time::{Date, Duration, Month, PrimitiveDateTime, Time, UtcOffset, Weekday};
use waxwing_model::Timestamp;

use super::lines::Line;
use super::moment::wall;

/// Zones of one file, changes of one of them that are told one by one, and rules of it that are read.
const ZONE_LIMIT: usize = 100;
const CHANGE_LIMIT: usize = 500;
const RULE_LIMIT: usize = 32;

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Zones(Vec<Zone>);

#[derive(Debug, PartialEq, Eq)]
struct Zone {
    name: String,
    /// What held before the first change.
    before: UtcOffset,
    /// From which time on the wall on which change is the last of those that are told one by one; in order.
    told: Vec<(PrimitiveDateTime, Change)>,
    /// What changes every year.
    yearly: Vec<(Observance, Yearly)>,
}

/// A change of the clocks. The later one is the greater, and of two at once the one that the file names last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Change {
    at: PrimitiveDateTime,
    place: usize,
    to: UtcOffset,
}

/// Winter time, summer time, or one of the times before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Observance {
    /// Which one of the zone's it is.
    place: usize,
    start: PrimitiveDateTime,
    from: UtcOffset,
    to: UtcOffset,
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
        if self.0.len() < ZONE_LIMIT {
            self.0.extend(Zone::read(name, lines));
        }
    }

    /// The moment of a time on the wall.
    pub(super) fn moment(&self, zone: &str, wall: PrimitiveDateTime) -> Option<Timestamp> {
        let offset = match self.0.iter().find(|known| known.name == zone) {
            Some(known) => known.offset(wall),
            None if matches!(zone, "UTC" | "Etc/UTC" | "GMT" | "Etc/GMT" | "Z") => UtcOffset::UTC,
            None => return None,
        };
        Some(wall.assume_offset(offset).unix_timestamp() * 1000)
    }
}

impl Zone {
    fn read(name: String, lines: &[Line]) -> Option<Self> {
        let mut first: Option<Observance> = None;
        let (mut told, mut yearly) = (Vec::new(), Vec::new());
        for (place, lines) in parts(lines).iter().enumerate() {
            let left = CHANGE_LIMIT.saturating_sub(told.len());
            if left == 0 {
                break;
            }
            let Some(observance) = Observance::read(place, lines) else {
                continue;
            };
            if first.is_none_or(|first| observance.start < first.start) {
                first = Some(observance);
            }
            let rule = lines.iter().find(|line| line.name == "RRULE");
            let rule = rule.and_then(|line| yearly_rule(&line.value, &observance));
            let ends = rule.as_ref().and_then(|rule| rule.last(&observance));
            let dates = lines
                .iter()
                .filter(|line| line.name == "RDATE")
                .flat_map(|line| line.value.split(','))
                .filter_map(|text| {
                    let (day, clock, _) = wall(text)?;
                    Some(PrimitiveDateTime::new(day, clock?))
                });
            let all = [observance.start].into_iter().chain(ends).chain(dates).take(left);
            told.extend(all.filter_map(|at| observance.change(at)));
            if yearly.len() < RULE_LIMIT {
                yearly.extend(rule.map(|rule| (observance, rule)));
            }
        }
        told.sort_unstable();
        let mut last: Option<Change> = None;
        for (_, change) in &mut told {
            *change = last.map_or(*change, |last| last.max(*change));
            last = Some(*change);
        }
        Some(Self {
            name,
            before: first?.from,
            told,
            yearly,
        })
    }

    /// That of the change which came last before it.
    fn offset(&self, wall: PrimitiveDateTime) -> UtcOffset {
        let reached = self.told.partition_point(|(from, _)| *from <= wall);
        let told = reached.checked_sub(1).and_then(|at| self.told.get(at));
        let year = wall.year();
        let yearly = self.yearly.iter().flat_map(|(observance, rule)| {
            [year, year - 1]
                .into_iter()
                .filter_map(|year| observance.change(rule.change_in(year, observance)?))
                .filter(|(from, _)| *from <= wall)
        });
        let last = told.copied().into_iter().chain(yearly);
        last.map(|(_, change)| change)
            .max()
            .map_or(self.before, |change| change.to)
    }
}

impl Observance {
    fn read(place: usize, lines: &[&Line]) -> Option<Self> {
        let find = |name: &str| lines.iter().find(|line| line.name == name);
        let (day, clock, _) = wall(&find("DTSTART")?.value)?;
        let to = offset(&find("TZOFFSETTO")?.value)?;
        Some(Self {
            place,
            start: PrimitiveDateTime::new(day, clock.unwrap_or(Time::MIDNIGHT)),
            from: find("TZOFFSETFROM")
                .and_then(|line| offset(&line.value))
                .unwrap_or(to),
            to,
        })
    }

    /// The change at a time on the wall, and the time from which on it holds. A time that the clock skips when it is put forward is
    /// told in the time before (section 3.3.5).
    fn change(&self, at: PrimitiveDateTime) -> Option<(PrimitiveDateTime, Change)> {
        let skipped = Duration::seconds(i64::from(self.to.whole_seconds() - self.from.whole_seconds()));
        let from = at.checked_add(skipped.max(Duration::ZERO))?;
        let (place, to) = (self.place, self.to);
        (at >= self.start).then_some((from, Change { at, place, to }))
    }
}

/// The lines of each winter and summer time of a zone.
fn parts(lines: &[Line]) -> Vec<Vec<&Line>> {
    let mut parts = Vec::new();
    let mut open: Option<Vec<&Line>> = None;
    for line in lines {
        let is_part = matches!(
            line.value.trim().to_ascii_uppercase().as_str(),
            "STANDARD" | "DAYLIGHT"
        );
        match line.name.as_str() {
            "BEGIN" if is_part => open = Some(Vec::new()),
            "END" if is_part => parts.extend(open.take()),
            _ => {
                if let Some(open) = &mut open {
                    open.push(line);
                }
            }
        }
    }
    parts
}

impl Yearly {
    fn change_in(&self, year: i32, observance: &Observance) -> Option<PrimitiveDateTime> {
        let change = PrimitiveDateTime::new(self.day_in(year)?, observance.start.time());
        self.until.is_none_or(|until| change <= until).then_some(change)
    }

    /// The change of the year in which the rule ends.
    fn last(&self, observance: &Observance) -> Option<PrimitiveDateTime> {
        self.change_in(self.until?.year(), observance)
    }

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

fn yearly_rule(rule: &str, observance: &Observance) -> Option<Yearly> {
    let start = observance.start;
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
                .checked_add(Duration::seconds(i64::from(observance.from.whole_seconds())))
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
