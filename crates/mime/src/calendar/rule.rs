//! A rule by which a meeting repeats (RRULE, RFC 5545, section 3.3.10), and the times on the wall that come of it. Not here: zones,
//! and times that are told one by one.
//!
//! Periods (days, weeks, months, years) are gone through one after another, and of each the days are looked at, which is how
//! the section reads. A rule without a count is begun where it is asked for, so that one that never ends costs no more than
//! what is asked; one with a count must be counted from its beginning, and is given up after [`DAY_LIMIT`] days.

use time::{Date, Duration, Month, PrimitiveDateTime, Time, Weekday};

use super::Repeats;
use super::moment::wall;

/// Days of one rule that are looked at, a good two hundred years of them, and times of it that are told within the window that is
/// asked for. Those before the window are not counted.
const DAY_LIMIT: u32 = 80_000;
const TIME_LIMIT: usize = 2_000;
/// Entries of a list in a rule, and times of a day that come of them.
const LIST_LIMIT: usize = 100;
const CLOCK_LIMIT: usize = 48;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) repeats: Repeats,
    /// Every so many days, weeks, months or years.
    pub(super) interval: u32,
    pub(super) count: Option<u32>,
    /// The last day or moment, and whether it is told in Greenwich's time.
    pub(super) until: Option<(Date, Option<Time>, bool)>,
    /// With which one of the month or year (-1: the last), 0 for each.
    pub(super) weekdays: Vec<(i8, Weekday)>,
    pub(super) month_days: Vec<i8>,
    pub(super) months: Vec<u8>,
    /// It has conditions that no sentence tells.
    pub(super) further: bool,
    year_days: Vec<i16>,
    weeks: Vec<i8>,
    hours: Vec<u8>,
    minutes: Vec<u8>,
    /// Which ones of the times of a period.
    positions: Vec<i16>,
    week_start: Weekday,
}

impl Rule {
    /// Reads `FREQ=WEEKLY;BYDAY=TU`. `None`: it does not say how often.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut rule = Self {
            repeats: Repeats::Often,
            interval: 1,
            count: None,
            until: None,
            weekdays: Vec::new(),
            month_days: Vec::new(),
            months: Vec::new(),
            further: false,
            year_days: Vec::new(),
            weeks: Vec::new(),
            hours: Vec::new(),
            minutes: Vec::new(),
            positions: Vec::new(),
            week_start: Weekday::Monday,
        };
        let mut has_frequency = false;
        for (name, value) in text.split(';').filter_map(|part| part.split_once('=')).take(20) {
            let value = value.trim();
            match name.trim().to_ascii_uppercase().as_str() {
                "FREQ" => {
                    has_frequency = true;
                    rule.repeats = match value.to_ascii_uppercase().as_str() {
                        "DAILY" => Repeats::Daily,
                        "WEEKLY" => Repeats::Weekly,
                        "MONTHLY" => Repeats::Monthly,
                        "YEARLY" => Repeats::Yearly,
                        _ => Repeats::Often,
                    };
                }
                "INTERVAL" => rule.interval = value.parse().unwrap_or(1).clamp(1, 1_000),
                "COUNT" => rule.count = value.parse().ok(),
                "UNTIL" => rule.until = wall(value),
                "BYDAY" => {
                    rule.weekdays = value.split(',').take(LIST_LIMIT).filter_map(weekday).collect();
                }
                "BYMONTHDAY" => {
                    rule.month_days = list(value, |day: &i8| (1..=31).contains(&day.unsigned_abs()))
                }
                "BYMONTH" => rule.months = list(value, |month: &u8| (1..=12).contains(month)),
                "WKST" => {
                    if let Some((_, day)) = weekday(value) {
                        rule.week_start = day;
                    }
                }
                name => {
                    rule.further = true;
                    match name {
                        "BYYEARDAY" => {
                            rule.year_days = list(value, |day: &i16| (1..=366).contains(&day.unsigned_abs()));
                        }
                        "BYWEEKNO" => {
                            rule.weeks = list(value, |week: &i8| (1..=53).contains(&week.unsigned_abs()))
                        }
                        "BYHOUR" => rule.hours = list(value, |hour: &u8| *hour < 24),
                        "BYMINUTE" => rule.minutes = list(value, |minute: &u8| *minute < 60),
                        "BYSETPOS" => {
                            rule.positions =
                                list(value, |place: &i16| (1..=366).contains(&place.unsigned_abs()));
                        }
                        _ => {}
                    }
                }
            }
        }
        has_frequency.then_some(rule)
    }

    /// The times on the wall within a window, both ends included, in their order. `start` is the first of all times, whatever the
    /// rule says of it (section 3.8.5.3), and none comes after `last`. Of what repeats within a day only the first is known.
    pub(super) fn times(
        &self,
        start: PrimitiveDateTime,
        last: Option<PrimitiveDateTime>,
        window: (PrimitiveDateTime, PrimitiveDateTime),
    ) -> Vec<PrimitiveDateTime> {
        self.looked_for(start, last, window).0
    }

    /// The times, and how many days were looked at for them.
    fn looked_for(
        &self,
        start: PrimitiveDateTime,
        last: Option<PrimitiveDateTime>,
        (from, to): (PrimitiveDateTime, PrimitiveDateTime),
    ) -> (Vec<PrimitiveDateTime>, u32) {
        let mut found = Vec::new();
        if (from..=to).contains(&start) {
            found.push(start);
        }
        let to = last.map_or(to, |last| last.min(to));
        let rule = self.completed(start.date());
        let mut left = self.count.map_or(u32::MAX, |count| count.saturating_sub(1));
        let mut number = match self.count {
            Some(_) => 0,
            None => rule.periods_before(start.date(), from.date()),
        };
        let mut looked = 0;
        while let Some((first, length)) = rule.period(start.date(), number) {
            looked += u32::from(length);
            if first > to.date() || looked > DAY_LIMIT {
                break;
            }
            for time in rule.times_in(first, length, start.time()) {
                if time <= start {
                    continue;
                }
                if time > to || left == 0 || found.len() >= TIME_LIMIT {
                    return (found, looked);
                }
                left -= 1;
                if time >= from {
                    found.push(time);
                }
            }
            number += 1;
        }
        (found, looked)
    }

    /// With what the first time tells where the rule is silent.
    fn completed(&self, start: Date) -> Self {
        let mut rule = self.clone();
        let chooses = !rule.weekdays.is_empty()
            || !rule.month_days.is_empty()
            || !rule.year_days.is_empty()
            || !rule.weeks.is_empty();
        match rule.repeats {
            Repeats::Weekly if !chooses => rule.weekdays.push((0, start.weekday())),
            Repeats::Monthly if !chooses => rule.month_days.extend(i8::try_from(start.day())),
            Repeats::Yearly if !chooses => {
                if rule.months.is_empty() {
                    rule.months.push(u8::from(start.month()));
                }
                rule.month_days.extend(i8::try_from(start.day()));
            }
            Repeats::Yearly
                if !rule.weeks.is_empty() && rule.weekdays.is_empty() && rule.month_days.is_empty() =>
            {
                rule.weekdays.push((0, start.weekday()));
            }
            _ => {}
        }
        rule
    }

    /// So many periods lie before the one with this day, at least.
    fn periods_before(&self, start: Date, day: Date) -> i64 {
        let longest = match self.repeats {
            Repeats::Daily | Repeats::Often => 1,
            Repeats::Weekly => 7,
            Repeats::Monthly => 31,
            Repeats::Yearly => 366,
        };
        let passed = (day - start).whole_days() / (longest * i64::from(self.interval));
        (passed - 1).max(0)
    }

    /// The first day of a period and how many it has, the one that the meeting begins in being number 0.
    fn period(&self, start: Date, number: i64) -> Option<(Date, u16)> {
        let steps = number.checked_mul(i64::from(self.interval))?;
        Some(match self.repeats {
            Repeats::Often => return None,
            Repeats::Daily => (start.checked_add(Duration::days(steps))?, 1),
            Repeats::Weekly => {
                let into = (7 + start.weekday().number_days_from_monday()
                    - self.week_start.number_days_from_monday())
                    % 7;
                let days = Duration::days(steps.checked_mul(7)? - i64::from(into));
                (start.checked_add(days)?, 7)
            }
            Repeats::Monthly => {
                let months = i64::from(start.year()) * 12 + i64::from(u8::from(start.month())) - 1 + steps;
                let year = i32::try_from(months.div_euclid(12)).ok()?;
                let month = Month::try_from(u8::try_from(months.rem_euclid(12) + 1).ok()?).ok()?;
                let first = Date::from_calendar_date(year, month, 1).ok()?;
                (first, u16::from(month.length(year)))
            }
            Repeats::Yearly => {
                let year = i32::try_from(i64::from(start.year()) + steps).ok()?;
                let first = Date::from_ordinal_date(year, 1).ok()?;
                (first, time::util::days_in_year(year))
            }
        })
    }

    /// The times of a period, in their order.
    fn times_in(&self, first: Date, length: u16, clock: Time) -> Vec<PrimitiveDateTime> {
        let clocks = self.clocks(clock);
        let times: Vec<PrimitiveDateTime> = (0..length)
            .filter_map(|day| first.checked_add(Duration::days(i64::from(day))))
            .filter(|day| self.takes(*day))
            .flat_map(|day| {
                clocks
                    .iter()
                    .map(move |clock| PrimitiveDateTime::new(day, *clock))
            })
            .collect();
        if self.positions.is_empty() {
            return times;
        }
        let mut chosen: Vec<PrimitiveDateTime> = self
            .positions
            .iter()
            .filter_map(|place| {
                let place = isize::from(*place);
                let at = match place > 0 {
                    true => usize::try_from(place - 1).ok()?,
                    false => times.len().checked_add_signed(place)?,
                };
                times.get(at).copied()
            })
            .collect();
        chosen.sort_unstable();
        chosen.dedup();
        chosen
    }

    fn clocks(&self, clock: Time) -> Vec<Time> {
        let or = |told: &[u8], usual: u8| match told {
            [] => vec![usual],
            told => told.to_vec(),
        };
        let minutes = or(&self.minutes, clock.minute());
        let mut clocks: Vec<Time> = or(&self.hours, clock.hour())
            .into_iter()
            .flat_map(|hour| minutes.iter().map(move |minute| (hour, *minute)))
            .filter_map(|(hour, minute)| Time::from_hms(hour, minute, clock.second()).ok())
            .take(CLOCK_LIMIT)
            .collect();
        clocks.sort_unstable();
        clocks.dedup();
        clocks
    }

    /// Whether the rule's conditions hold for a day.
    fn takes(&self, day: Date) -> bool {
        let month = day.month();
        let (year_length, month_length) = (
            i16::try_from(time::util::days_in_year(day.year())).unwrap_or(365),
            i16::from(month.length(day.year())),
        );
        let of_year = i16::try_from(day.ordinal()).unwrap_or_default();
        let of_month = i16::from(day.day());
        let holds = |told: &[i16], place: i16, length: i16| {
            told.is_empty() || told.contains(&place) || told.contains(&(place - length - 1))
        };
        let month_days: Vec<i16> = self.month_days.iter().map(|day| i16::from(*day)).collect();
        (self.months.is_empty() || self.months.contains(&u8::from(month)))
            && holds(&month_days, of_month, month_length)
            && holds(&self.year_days, of_year, year_length)
            && self.takes_week(day)
            && (self.weekdays.is_empty()
                || self.weekdays.iter().any(|(nth, weekday)| {
                    *weekday == day.weekday()
                        && match (*nth, self.repeats) {
                            (0, _) => true,
                            (nth, Repeats::Monthly) => is_nth(nth, of_month, month_length),
                            (nth, Repeats::Yearly) if !self.months.is_empty() => {
                                is_nth(nth, of_month, month_length)
                            }
                            (nth, Repeats::Yearly) => is_nth(nth, of_year, year_length),
                            _ => true,
                        }
                }))
    }

    /// Weeks are counted from Monday, as nearly every calendar does (ISO 8601).
    fn takes_week(&self, day: Date) -> bool {
        if self.weeks.is_empty() {
            return true;
        }
        let (year, week, _) = day.to_iso_week_date();
        let weeks = i16::from(time::util::weeks_in_year(year));
        let week = i16::from(week);
        self.weeks
            .iter()
            .map(|told| i16::from(*told))
            .any(|told| told == week || told == week - weeks - 1)
    }
}

/// Whether the day of a span of days is the nth of its weekday, from the span's end where `nth` is below 0.
fn is_nth(nth: i8, day: i16, length: i16) -> bool {
    match nth > 0 {
        true => (day - 1) / 7 + 1 == i16::from(nth),
        false => (length - day) / 7 + 1 == -i16::from(nth),
    }
}

fn list<T: std::str::FromStr>(text: &str, is_one: impl Fn(&T) -> bool) -> Vec<T> {
    text.split(',')
        .take(LIST_LIMIT)
        .filter_map(|entry| entry.trim().trim_start_matches('+').parse().ok())
        .filter(is_one)
        .collect()
}

/// `MO`, `2TU`, `-1SU`.
pub(super) fn weekday(text: &str) -> Option<(i8, Weekday)> {
    let text = text.trim();
    let (nth, day) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let day = match day.to_ascii_uppercase().as_str() {
        "MO" => Weekday::Monday,
        "TU" => Weekday::Tuesday,
        "WE" => Weekday::Wednesday,
        "TH" => Weekday::Thursday,
        "FR" => Weekday::Friday,
        "SA" => Weekday::Saturday,
        "SU" => Weekday::Sunday,
        _ => return None,
    };
    let nth = match nth {
        "" => 0,
        nth => nth.trim_start_matches('+').parse().ok()?,
    };
    Some((nth, day))
}

#[cfg(test)]
mod tests;
