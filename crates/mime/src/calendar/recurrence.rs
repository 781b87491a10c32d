//! How a meeting repeats (RRULE, RFC 5545, section 3.3.10), as far as it can be told in a sentence. The times that come of it
//! stand in [`super::rule`].

use super::When;
use super::moment::at;
use super::rule::Rule;
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

pub(super) fn recurrence(rule: &Rule, zones: &Zones) -> Recurrence {
    Recurrence {
        repeats: rule.repeats,
        interval: rule.interval,
        count: rule.count,
        until: rule
            .until
            .map(|(day, clock, is_utc)| at(day, clock, is_utc.then(|| "UTC".to_owned()), zones)),
        weekdays: rule
            .weekdays
            .iter()
            .map(|(nth, day)| (*nth, day.number_days_from_monday()))
            .collect(),
        days: rule.month_days.clone(),
        months: rule.months.clone(),
        further: rule.further,
    }
}
