//! Each time that a meeting takes place (RFC 5545, section 3.8.5): by its rules, by the dates that are told beside them (RDATE),
//! but not on those that are taken out (EXDATE), and with the days that are told apart (RECURRENCE-ID). All of it is bounded:
//! what never ends is told for a window.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use time::{Date, Duration, PrimitiveDateTime, Time};
use waxwing_model::Timestamp;

use super::lines::Line;
use super::moment::{at, duration, told};
use super::rule::Rule;
use super::zone::Zones;
use super::{Invitation, When};

/// Times of all meetings of one file that are told beside their rules, and are read.
pub(super) const DATE_LIMIT: usize = 2_000;
/// Times of one meeting that are told.
pub const OCCURRENCE_LIMIT: usize = 1_000;
/// As far as this another zone's wall may tell another time than Greenwich's; some hours to spare.
const FURTHEST: Duration = Duration::hours(36);

/// Puts on the world's clock what a file leaves open: a time on the wall of a zone that it only names, or of everybody's own
/// wall where it names none.
pub type Clock<'c> = dyn FnMut(Option<&str>, PrimitiveDateTime) -> Option<Timestamp> + 'c;

/// One time that a meeting takes place; the end is after the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence {
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
}

/// What a meeting says of its times beyond the first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Schedule {
    rules: Vec<Rule>,
    added: Vec<(When, Length)>,
    except: Vec<When>,
    zones: Arc<Zones>,
}

/// How long a time takes that is told by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Length {
    /// As long as the first.
    Usual,
    Of(Duration),
    Until(When),
}

impl Schedule {
    /// `left`: so many dates of the file are still read.
    pub(super) fn read(lines: &[&Line], rules: Vec<Rule>, zones: &Arc<Zones>, left: &mut usize) -> Self {
        let mut schedule = Self {
            rules,
            zones: Arc::clone(zones),
            ..Self::default()
        };
        let dates = lines
            .iter()
            .filter(|line| matches!(line.name.as_str(), "RDATE" | "EXDATE"));
        let values = dates.flat_map(|line| line.value.split(',').map(|value| (value, *line)));
        for (value, line) in values.take(*left) {
            *left -= 1;
            match line.name.as_str() {
                "RDATE" => schedule.added.extend(added(value, line, zones)),
                _ => schedule.except.extend(told(value, line, zones)),
            }
        }
        schedule
    }
}

/// A day, a moment, or a span of time (section 3.3.9).
fn added(value: &str, line: &Line, zones: &Zones) -> Option<(When, Length)> {
    let Some((start, end)) = value.split_once('/') else {
        return Some((told(value, line, zones)?, Length::Usual));
    };
    let length = match duration(end) {
        Some(length) => Length::Of(length),
        None => Length::Until(told(end, line, zones)?),
    };
    Some((told(start, line, zones)?, length))
}

/// A time of a meeting, as its wall and the world tell it.
struct Turn {
    wall: PrimitiveDateTime,
    takes: Occurrence,
}

/// What the dates of exceptions, or of days that are told apart, name. Some programs name the day alone, or leave the zone out.
#[derive(Default)]
struct Named {
    days: HashSet<Date>,
    walls: HashSet<PrimitiveDateTime>,
    moments: HashSet<Timestamp>,
}

impl Named {
    fn of<'w>(dates: impl Iterator<Item = &'w When>, clock: &mut Clock<'_>) -> Self {
        let mut named = Self::default();
        for date in dates {
            let Some(wall) = date.wall() else { continue };
            match (date.clock, &date.zone) {
                (None, _) => named.days.extend([wall.date()]),
                (Some(_), None) => named.walls.extend([wall]),
                (Some(_), Some(_)) => named.moments.extend(moment(date, clock)),
            }
        }
        named
    }

    fn has(&self, turn: &Turn) -> bool {
        self.days.contains(&turn.wall.date())
            || self.walls.contains(&turn.wall)
            || self.moments.contains(&turn.takes.starts_at)
    }
}

/// Each time within a window that one meeting takes place, in order. It may be told in several pieces: what repeats, and those
/// of its days that are told apart, which take the place of what the rule says. What was called off, and what leaves one free,
/// takes no time.
pub fn occurrences(
    pieces: &[Invitation],
    within: &Range<Timestamp>,
    clock: &mut Clock<'_>,
) -> Vec<Occurrence> {
    let apart = pieces.iter().filter_map(|piece| piece.instance_of.as_ref());
    let apart = Named::of(apart, clock);
    let mut found: Vec<Occurrence> = Vec::new();
    for piece in pieces.iter().filter(|piece| piece.takes_time && !piece.cancelled) {
        let turns = piece.turns(within, clock).into_iter();
        match piece.instance_of {
            Some(_) => found.extend(turns.map(|turn| turn.takes)),
            None => found.extend(turns.filter(|turn| !apart.has(turn)).map(|turn| turn.takes)),
        }
    }
    found.sort_unstable();
    found.dedup();
    found.truncate(OCCURRENCE_LIMIT);
    found
}

impl Invitation {
    /// Whether it takes place more than once.
    pub fn repeats(&self) -> bool {
        self.instance.is_none() && !(self.schedule.rules.is_empty() && self.schedule.added.is_empty())
    }

    /// Whether a rule of it never ends.
    pub fn is_endless(&self) -> bool {
        self.repeats()
            && self
                .schedule
                .rules
                .iter()
                .any(|rule| rule.count.is_none() && rule.until.is_none())
    }

    /// The first time, whatever is told of it elsewhere.
    pub fn first(&self, clock: &mut Clock<'_>) -> Option<Occurrence> {
        self.takes(self.start.as_ref()?, self.length(clock)?, clock)
    }

    fn turns(&self, within: &Range<Timestamp>, clock: &mut Clock<'_>) -> Vec<Turn> {
        let (Some(start), Some(length)) = (&self.start, self.length(clock)) else {
            return Vec::new();
        };
        let mut turns = Vec::new();
        for wall in self.walls(start, length, within, clock) {
            let begins = self.like(start, wall);
            let takes = self.takes(&begins, length, clock);
            turns.extend(takes.map(|takes| Turn { wall, takes }));
        }
        if self.instance.is_none() {
            for (begins, its) in &self.schedule.added {
                let takes = match its {
                    Length::Usual => self.takes(begins, length, clock),
                    Length::Of(length) => self.takes(begins, *length, clock),
                    Length::Until(end) => span(moment(begins, clock), moment(end, clock)),
                };
                let turn = begins.wall().zip(takes);
                turns.extend(turn.map(|(wall, takes)| Turn { wall, takes }));
            }
        }
        turns.retain(|turn| turn.takes.starts_at < within.end && turn.takes.ends_at > within.start);
        let except = Named::of(self.schedule.except.iter(), clock);
        turns.retain(|turn| !except.has(turn));
        turns
    }

    /// What its own wall shows at the beginning of each time by the rules, within the window and a little around it.
    fn walls(
        &self,
        start: &When,
        length: Duration,
        within: &Range<Timestamp>,
        clock: &mut Clock<'_>,
    ) -> Vec<PrimitiveDateTime> {
        let Some(first) = start.wall() else {
            return Vec::new();
        };
        if self.instance.is_some() || self.schedule.rules.is_empty() {
            return vec![first];
        }
        let (Some(begins), Some(ends)) = (greenwich(within.start), greenwich(within.end)) else {
            return Vec::new();
        };
        let from = begins
            .checked_sub(FURTHEST)
            .and_then(|time| time.checked_sub(length));
        let to = ends.checked_add(FURTHEST);
        let (Some(from), Some(to)) = (from, to) else {
            return Vec::new();
        };
        let mut walls = Vec::new();
        for rule in &self.schedule.rules {
            let last = rule.until.map(|until| self.last_on_the_wall(until, start, clock));
            walls.extend(rule.times(first, last, (from, to)));
        }
        walls.sort_unstable();
        walls.dedup();
        walls
    }

    /// The end of a rule, as the meeting's own wall tells it.
    fn last_on_the_wall(
        &self,
        (day, time, is_utc): (Date, Option<Time>, bool),
        start: &When,
        clock: &mut Clock<'_>,
    ) -> PrimitiveDateTime {
        // A day is meant until its end.
        let until = PrimitiveDateTime::new(day, time.unwrap_or(Time::MIDNIGHT - Duration::SECOND));
        if !is_utc || start.clock.is_none() {
            return until;
        }
        let at_until = until.assume_utc().unix_timestamp() * 1_000;
        // As much later as the wall is ahead of Greenwich. It is looked up twice: the first look may be at another summer.
        let mut wall = until;
        for _ in 0..2 {
            // Whoever knows the zone is asked for whole minutes.
            let minute = wall.replace_second(0).unwrap_or(wall);
            let Some(moment) = moment(&self.like(start, minute), clock) else {
                return until;
            };
            let ahead = minute.assume_utc().unix_timestamp() * 1_000 - moment;
            wall = greenwich(at_until + ahead).unwrap_or(until);
        }
        wall
    }

    /// Another time on the same wall as the first one.
    fn like(&self, start: &When, wall: PrimitiveDateTime) -> When {
        let time = start.clock.is_some().then(|| wall.time());
        at(wall.date(), time, start.zone.clone(), &self.schedule.zones)
    }

    /// How long it takes: of moments as the clock runs, of whole days by their number.
    fn length(&self, clock: &mut Clock<'_>) -> Option<Duration> {
        let start = self.start.as_ref()?;
        let Some(end) = &self.end else {
            return Some(match start.clock {
                Some(_) => Duration::ZERO,
                None => Duration::DAY,
            });
        };
        let length = match (start.clock, end.clock) {
            (Some(_), Some(_)) => Duration::milliseconds(moment(end, clock)? - moment(start, clock)?),
            (None, _) => end.wall()?.date() - start.wall()?.date() + Duration::DAY,
            (Some(_), None) => end.wall()?.checked_add(Duration::DAY)? - start.wall()?,
        };
        (!length.is_negative()).then_some(length)
    }

    fn takes(&self, told: &When, length: Duration, clock: &mut Clock<'_>) -> Option<Occurrence> {
        let starts_at = moment(told, clock)?;
        let ends_at = match told.clock {
            Some(_) => starts_at.checked_add(i64::try_from(length.whole_milliseconds()).ok()?)?,
            // A day in which the clocks change is shorter or longer than others.
            None => clock(None, told.wall()?.checked_add(length)?)?,
        };
        span(Some(starts_at), Some(ends_at))
    }
}

fn span(starts_at: Option<Timestamp>, ends_at: Option<Timestamp>) -> Option<Occurrence> {
    let (starts_at, ends_at) = (starts_at?, ends_at?);
    (ends_at >= starts_at).then_some(Occurrence {
        starts_at,
        // What takes no time is still met by what takes place around it.
        ends_at: ends_at.max(starts_at + 1),
    })
}

/// When it is. Whole days, and times without a zone, are those of everybody's own wall (section 3.3.5).
fn moment(told: &When, clock: &mut Clock<'_>) -> Option<Timestamp> {
    match (told.at, told.clock) {
        (Some(at), _) => Some(at),
        (None, None) => clock(None, told.wall()?),
        (None, Some(_)) => clock(told.zone.as_deref(), told.wall()?),
    }
}

fn greenwich(at: Timestamp) -> Option<PrimitiveDateTime> {
    let at = time::OffsetDateTime::from_unix_timestamp(at.div_euclid(1_000)).ok()?;
    Some(PrimitiveDateTime::new(at.date(), at.time()))
}

#[cfg(test)]
mod tests;
