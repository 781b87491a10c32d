//! What else takes place at the time of a meeting, of all that the person has answered with yes or perhaps: that is all that is
//! known here of their time. What repeats is compared time by time, for a year ahead. Not here: what an invitation says.

use std::collections::HashSet;
use std::ops::Range;

use time::PrimitiveDateTime;
use waxwing_mime::{Invitation, Occurrence, occurrences};
use waxwing_model::Timestamp;
use waxwing_store::{MeetingAnswer, Reading, StoreError};

use super::world_zones;
use crate::clock::utc_offset_minutes;

/// What repeats is compared for as long as this, in milliseconds: a year.
const AHEAD: Timestamp = 366 * 86_400_000;
/// Other meetings that are told of.
const MOST: usize = 20;
/// Octets of a calendar that are remembered; of a meeting with more its first time is.
pub(super) const LONGEST: usize = 256 * 1024;

/// Another meeting at the same time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    pub summary: String,
    /// The first time that they meet: when the other one begins.
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub tentative: bool,
    /// How many times of the invitation it meets; one at least.
    pub times: usize,
}

/// This computer's own wall, and its list of zones.
pub(super) fn clock() -> impl FnMut(Option<&str>, PrimitiveDateTime) -> Option<Timestamp> {
    let mut zones = world_zones::Zones::default();
    move |zone, wall| match zone {
        Some(zone) => zones.moment(zone, wall),
        None => Some(here(wall)),
    }
}

/// The moment of a time on this computer's own wall.
fn here(wall: PrimitiveDateTime) -> Timestamp {
    let as_of_greenwich = wall.assume_utc().unix_timestamp() * 1_000;
    let offset = |at: Timestamp| i64::from(utc_offset_minutes(at)) * 60_000;
    as_of_greenwich - offset(as_of_greenwich - offset(as_of_greenwich))
}

/// The pieces of the first meeting of a file: what repeats, and its days that are told apart.
pub(crate) fn first_of(meetings: &[Invitation]) -> Vec<Invitation> {
    let first = meetings.first();
    let own = meetings
        .iter()
        .filter(|meeting| first.is_some_and(|first| first.uid == meeting.uid));
    own.cloned().collect()
}

/// What is remembered of the time that a meeting takes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Taken {
    pub(crate) starts_at: Option<Timestamp>,
    /// `None` beside a start: it never ends.
    pub(crate) ends_at: Option<Timestamp>,
    pub(crate) calendar: String,
}

/// The time that the pieces of a meeting take.
pub(crate) fn taken(pieces: &[Invitation]) -> Taken {
    let clock = &mut clock();
    let calendar = Some(waxwing_mime::kept(pieces)).filter(|calendar| calendar.len() <= LONGEST);
    let repeats = calendar.is_some() && pieces.iter().any(Invitation::repeats);
    let endless = repeats && pieces.iter().any(Invitation::is_endless);
    let first = pieces.iter().filter_map(|piece| piece.first(clock)).min();
    let span = first.and_then(|first| {
        let within = match repeats {
            // Nobody plans further, and where the end is not reached it counts as endless.
            true => first.starts_at..first.starts_at + 30 * AHEAD,
            false => first.starts_at..first.ends_at,
        };
        let all = occurrences(pieces, &within, clock);
        let last = all.iter().map(|one| one.ends_at).max()?;
        let is_whole = !endless && all.len() < waxwing_mime::OCCURRENCE_LIMIT;
        Some((all.first()?.starts_at, is_whole.then_some(last)))
    });
    Taken {
        starts_at: span.map(|(starts_at, _)| starts_at),
        ends_at: span.and_then(|(_, ends_at)| ends_at),
        calendar: calendar.unwrap_or_default(),
    }
}

/// The window in which a meeting is compared with others: all of it, or of what repeats the year to come.
fn window(pieces: &[Invitation], now: Timestamp) -> Option<Range<Timestamp>> {
    let clock = &mut clock();
    let firsts: Vec<Occurrence> = pieces.iter().filter_map(|piece| piece.first(clock)).collect();
    let starts_at = firsts.iter().map(|first| first.starts_at).min()?;
    let ends_at = firsts.iter().map(|first| first.ends_at).max()?;
    Some(match pieces.iter().any(Invitation::repeats) {
        true => {
            let from = starts_at.max(now);
            from..from.saturating_add(AHEAD)
        }
        false => starts_at..ends_at,
    })
}

/// The meetings that these pieces of one meeting meet with, by the first time that they do.
pub(super) fn of(
    reading: &Reading<'_>,
    pieces: &[Invitation],
    now: Timestamp,
) -> Result<Vec<Conflict>, StoreError> {
    let (Some(window), Some(first)) = (window(pieces, now), pieces.first()) else {
        return Ok(Vec::new());
    };
    let own = occurrences(pieces, &window, &mut clock());
    if own.is_empty() {
        return Ok(Vec::new());
    }
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    for other in reading.meetings_between(window.start, window.end, &first.uid)? {
        // One that several accounts were asked to, or that has answers for its single days, is one meeting.
        if !seen.insert(other.uid.clone()) {
            continue;
        }
        let answers = reading.meeting_answers_of(other.account, &other.uid)?;
        found.extend(meeting(&own, &times(&answers, &window)));
    }
    found.sort_by_key(|conflict| conflict.starts_at);
    found.truncate(MOST);
    Ok(found)
}

/// The times of a meeting that was answered, each with the answer that it belongs to. What was answered to a single day holds
/// for that day.
fn times<'a>(
    answers: &'a [MeetingAnswer],
    window: &Range<Timestamp>,
) -> Vec<(Occurrence, &'a MeetingAnswer)> {
    let mut found = Vec::new();
    let apart = answers.iter().filter(|answer| !answer.instance.is_empty());
    let apart: Vec<Invitation> = apart
        .flat_map(|answer| waxwing_mime::invitations(&answer.calendar, None))
        .filter(|piece| piece.instance.is_some())
        .map(|mut piece| {
            piece.cancelled = true;
            piece
        })
        .collect();
    for answer in answers.iter().filter(|answer| answer.answer != "decline") {
        let Some(starts_at) = answer.starts_at else {
            continue;
        };
        let is_whole = answer.instance.is_empty() && !answer.calendar.is_empty();
        if is_whole {
            let mut pieces = waxwing_mime::invitations(&answer.calendar, None);
            pieces.retain(|piece| !apart.iter().any(|apart| apart.instance == piece.instance));
            pieces.extend(apart.iter().cloned());
            let times = occurrences(&pieces, window, &mut clock());
            found.extend(times.into_iter().map(|time| (time, answer)));
        } else {
            let ends_at = answer.ends_at.unwrap_or(starts_at + 1);
            if starts_at < window.end && ends_at > window.start {
                found.push((Occurrence { starts_at, ends_at }, answer));
            }
        }
    }
    found.sort_by_key(|(time, _)| *time);
    found
}

/// Where two meetings meet, if they do.
fn meeting(own: &[Occurrence], theirs: &[(Occurrence, &MeetingAnswer)]) -> Option<Conflict> {
    let longest = theirs
        .iter()
        .map(|(time, _)| time.ends_at - time.starts_at)
        .max()?;
    let mut first: Option<(Occurrence, &MeetingAnswer)> = None;
    let mut count = 0;
    for one in own {
        let from =
            theirs.partition_point(|(time, _)| time.starts_at.saturating_add(longest) <= one.starts_at);
        let to = theirs.partition_point(|(time, _)| time.starts_at < one.ends_at);
        let met = theirs.get(from..to).unwrap_or_default();
        if let Some(met) = met.iter().find(|(time, _)| time.ends_at > one.starts_at) {
            first.get_or_insert(*met);
            count += 1;
        }
    }
    let (time, answer) = first?;
    Some(Conflict {
        summary: answer.summary.clone(),
        starts_at: time.starts_at,
        ends_at: time.ends_at,
        tentative: answer.answer == "tentative",
        times: count,
    })
}

#[cfg(test)]
pub(in crate::letters) mod tests;
