//! How a meeting repeats (RRULE, RFC 5545, section 3.3.10), as far as it can be told in a sentence. Not here: the days that
//! come of it.

use time::Weekday;

use super::When;
use super::moment::{at, wall};
use super::zone::Zones;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeats {
    Daily,
    Weekly,
    Monthly,
    Yearly,
    /// By the hour or less, which no meeting does.
    Often,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recurrence {
    pub repeats: Repeats,
    /// Every so many days, weeks, months or years.
    pub interval: u32,
    pub count: Option<u32>,
    pub until: Option<When>,
    /// Days of the week, 0 is Monday; with which one of the month (-1: the last), 0 for each.
    pub weekdays: Vec<(i8, u8)>,
    /// Days of the month; negative ones from its end.
    pub days: Vec<i8>,
    pub months: Vec<u8>,
    /// There are more conditions than are told here.
    pub further: bool,
}

pub(super) fn recurrence(rule: &str, zones: &Zones) -> Option<Recurrence> {
    let mut told = Recurrence {
        repeats: Repeats::Often,
        interval: 1,
        count: None,
        until: None,
        weekdays: Vec::new(),
        days: Vec::new(),
        months: Vec::new(),
        further: false,
    };
    let mut has_frequency = false;
    for (name, value) in rule.split(';').filter_map(|part| part.split_once('=')).take(20) {
        let list = value.split(',').take(40);
        match name.trim().to_ascii_uppercase().as_str() {
            "FREQ" => {
                has_frequency = true;
                told.repeats = match value.trim().to_ascii_uppercase().as_str() {
                    "DAILY" => Repeats::Daily,
                    "WEEKLY" => Repeats::Weekly,
                    "MONTHLY" => Repeats::Monthly,
                    "YEARLY" => Repeats::Yearly,
                    _ => Repeats::Often,
                };
            }
            "INTERVAL" => told.interval = value.trim().parse().unwrap_or(1).clamp(1, 1_000),
            "COUNT" => told.count = value.trim().parse().ok(),
            "UNTIL" => {
                told.until = wall(value)
                    .map(|(day, clock, is_utc)| at(day, clock, is_utc.then(|| "UTC".to_owned()), zones));
            }
            "BYDAY" => {
                told.weekdays = list
                    .filter_map(weekday)
                    .map(|(nth, day)| (nth, day.number_days_from_monday()))
                    .collect();
            }
            "BYMONTHDAY" => told.days = list.filter_map(|day| day.trim().parse().ok()).collect(),
            "BYMONTH" => {
                told.months = list
                    .filter_map(|month| month.trim().parse().ok())
                    .filter(|month| (1..=12).contains(month))
                    .collect();
            }
            "WKST" => {}
            _ => told.further = true,
        }
    }
    has_frequency.then_some(told)
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
