//! Dates read as people and programs write them, which is in many ways beside that of RFC 5322, section 3.3. A piece that cannot be
//! read says nothing, and ends nothing.

use std::borrow::Cow;

use time::{Date, Month, PrimitiveDateTime, Time};
use waxwing_model::Timestamp;

use super::zone::zone;
use crate::words;

/// Characters and pieces of one date that are looked at.
const SIGNS: usize = 200;
const PIECES: usize = 16;

/// The moment, and the minutes east of Greenwich at which it was told. The order of the pieces does not matter
/// much, the day of the week not at all, and a missing zone is Greenwich.
pub(crate) fn parse(text: &str) -> Option<(Timestamp, i16)> {
    let text = match text.contains("=?") {
        true => Cow::Owned(words::decode(text)),
        false => Cow::Borrowed(text),
    };
    let mut reading = Reading::default();
    let plain = without_comments(&text);
    let pieces = plain.split(|c: char| c.is_whitespace() || matches!(c, ',' | '"' | ';'));
    for piece in pieces.filter(|piece| !piece.is_empty()).take(PIECES) {
        reading.piece(piece);
    }
    reading.moment()
}

#[derive(Default)]
struct Reading {
    /// Words and numbers of a date, in their order.
    runs: Vec<Run>,
    /// Year, month and day that stood in one piece.
    date: Option<Date>,
    clock: Option<Time>,
    /// "PM", or not.
    afternoon: Option<bool>,
    zone: Option<(i16, bool)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Run {
    Day(u8),
    Year(u16),
    Month(Month),
    Other,
}

impl Reading {
    fn piece(&mut self, piece: &str) {
        if let Some(behind) = self.whole_date(piece) {
            return self.piece(behind);
        }
        if self.clock.is_none()
            && let Some((clock, behind)) = self.time_of_day(piece)
        {
            self.clock = Some(clock);
            return self.behind_clock(behind);
        }
        if self.clock.is_some() && self.behind(piece) {
            return;
        }
        if !piece.starts_with(['+', '-']) {
            self.runs(piece);
        }
    }

    /// What stands behind a clock without a space: `10:42:00+0100`, `10:42PM`.
    fn behind_clock(&mut self, piece: &str) {
        if !piece.is_empty() {
            self.behind(piece);
        }
    }

    fn behind(&mut self, piece: &str) -> bool {
        match piece.to_ascii_lowercase().as_str() {
            "am" | "a.m." => self.afternoon = Some(false),
            "pm" | "p.m." => self.afternoon = Some(true),
            _ => {
                let Some(found) = zone(piece) else { return false };
                // A number counts before a name: "GMT +0100".
                if found.1 || self.zone.is_none_or(|(_, is_number)| !is_number) {
                    self.zone = Some(found);
                }
            }
        }
        true
    }

    /// `2026-11-23`, `2026-11-23T…`, `23.11.2026`, and `11/23/2026` where only one order is possible. Gives what stands behind it.
    fn whole_date<'p>(&mut self, piece: &'p str) -> Option<&'p str> {
        if self.date.is_some() || !piece.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let (first, rest) = number(piece)?;
        let sign = rest.chars().next().filter(|c| matches!(c, '-' | '.' | '/'))?;
        let (second, rest) = number(rest.strip_prefix(sign)?)?;
        let (third, rest) = number(rest.strip_prefix(sign)?)?;
        let ((first, first_length), (second, _), (third, third_length)) = (first, second, third);
        let (year, month, day) = match sign {
            '-' | '/' | '.' if first_length == 4 => (first, second, third),
            '.' if third_length == 4 => (third, second, first),
            '/' if third_length == 4 && first > 12 => (third, second, first),
            '/' if third_length == 4 && second > 12 => (third, first, second),
            _ => return None,
        };
        let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
        let date = Date::from_calendar_date(i32::from(year), month, u8::try_from(day).ok()?).ok()?;
        self.date = Some(date);
        Some(rest.strip_prefix(['T', 't']).unwrap_or(rest))
    }

    /// Hours, minutes, and seconds where they are told, and what stands behind them. A leap second (section 3.3) is not told apart.
    /// Dots may stand for colons once the day is known.
    fn time_of_day<'p>(&self, piece: &'p str) -> Option<(Time, &'p str)> {
        let ((hour, length), rest) = number(piece)?;
        let has_day = self.date.is_some() || self.runs.iter().any(|run| matches!(run, Run::Day(_)));
        let has_year = self.date.is_some() || self.runs.iter().any(|run| matches!(run, Run::Year(_)));
        let sign = match rest.chars().next() {
            Some(':') => ':',
            Some('.') if has_day => '.',
            // 1042, which is no year, for that is known.
            None if length == 4 && has_day && has_year => {
                let minute = u8::try_from(hour % 100).ok()?;
                return Some((
                    Time::from_hms(u8::try_from(hour / 100).ok()?, minute, 0).ok()?,
                    rest,
                ));
            }
            _ => return None,
        };
        let ((minute, _), mut rest) = number(rest.strip_prefix(sign)?)?;
        let mut second = 0;
        if let Some(((found, _), behind)) = rest.strip_prefix([sign, '.']).and_then(number) {
            (second, rest) = (found, behind);
            // Parts of a second.
            if let Some((_, behind)) = rest.strip_prefix('.').and_then(digits) {
                rest = behind;
            }
        }
        let numbers = [hour, minute, if second == 60 { 59 } else { second }];
        let [hour, minute, second] = numbers.map(u8::try_from);
        Some((Time::from_hms(hour.ok()?, minute.ok()?, second.ok()?).ok()?, rest))
    }

    /// Words and numbers without anything between them: `23-Nov-2026`, `23Nov2026`, `nov.`, `23rd`.
    fn runs(&mut self, piece: &str) {
        let mut rest = piece;
        while let Some(first) = rest.chars().next() {
            let is_same = |c: char| c.is_ascii_digit() == first.is_ascii_digit() && c.is_alphanumeric();
            let end = rest
                .find(|c| !is_same(c))
                .unwrap_or(rest.len())
                .max(first.len_utf8());
            let (run, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
            rest = behind;
            let has = |wanted: fn(&Run) -> bool| self.runs.iter().any(wanted);
            if first.is_ascii_digit() {
                let value: Option<u16> = run.parse().ok().filter(|_| run.len() <= 4);
                let found = match value {
                    Some(day @ 1..=31) if run.len() <= 2 && !has(|run| matches!(run, Run::Day(_))) => {
                        u8::try_from(day).map_or(Run::Other, Run::Day)
                    }
                    Some(year) if !has(|run| matches!(run, Run::Year(_))) => Run::Year(full_year(year)),
                    _ => Run::Other,
                };
                self.runs.push(found);
            } else if first.is_alphabetic() && !is_small_word(run) {
                self.runs.push(month_named(run).map_or(Run::Other, Run::Month));
            }
        }
    }

    fn moment(&self) -> Option<(Timestamp, i16)> {
        let date = self.date.or_else(|| self.date_of_runs())?;
        let mut clock = self.clock?;
        match (self.afternoon, clock.hour()) {
            (Some(true), hour @ 1..12) => clock = clock.replace_hour(hour + 12).ok()?,
            (Some(false), 12) => clock = clock.replace_hour(0).ok()?,
            _ => {}
        }
        let offset = self.zone.map_or(0, |(minutes, _)| minutes);
        let there = PrimitiveDateTime::new(date, clock).assume_utc().unix_timestamp();
        Some(((there - i64::from(offset) * 60) * 1000, offset))
    }

    /// The month is the word next to the day, and rather behind it: some days of the week are called like a month, as the French
    /// Tuesday, "mar., 24 nov. 2026".
    fn date_of_runs(&self) -> Option<Date> {
        let at = self.runs.iter().position(|run| matches!(run, Run::Day(_)))?;
        let month = |run: Option<&Run>| match run {
            Some(Run::Month(month)) => Some(*month),
            _ => None,
        };
        let behind = month(self.runs.get(at + 1));
        let before = || month(self.runs.get(at.checked_sub(1)?));
        let anywhere = || self.runs.iter().rev().find_map(|run| month(Some(run)));
        let month = behind.or_else(before).or_else(anywhere)?;
        let mut found = (None, None);
        for run in &self.runs {
            match run {
                Run::Day(day) => found.0 = Some(*day),
                Run::Year(year) => found.1 = Some(*year),
                _ => {}
            }
        }
        Date::from_calendar_date(i32::from(found.1?), month, found.0?).ok()
    }
}

/// Up to four digits at the start, as a number and how many they were, and what follows.
fn number(text: &str) -> Option<((u16, usize), &str)> {
    let (run, rest) = digits(text)?;
    (run.len() <= 4).then_some(((run.parse().ok()?, run.len()), rest))
}

fn digits(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text.split_at_checked(end).filter(|(run, _)| !run.is_empty())
}

/// Words between the pieces, and behind the number of a day: "23rd of November", "24 de nov. de 2026".
fn is_small_word(word: &str) -> bool {
    ["st", "nd", "rd", "th", "of", "de", "at", "um", "den"]
        .iter()
        .any(|small| word.eq_ignore_ascii_case(small))
}

/// By the beginnings of the months' names: English, then those of German, French, Spanish, Italian, Portuguese, Dutch and the
/// Nordic languages that differ.
fn month_named(word: &str) -> Option<Month> {
    const MONTHS: [&[&str]; 12] = [
        &["jan", "jän", "ene", "gen"],
        &["feb", "fév", "fev"],
        &["mar", "mär", "mrz", "mrt", "maart"],
        &["apr", "avr", "abr"],
        &["may", "mai", "mei", "mag", "maj"],
        &["jun", "juin", "giu"],
        &["jul", "juil", "lug"],
        &["aug", "aoû", "aou", "ago"],
        &["sep", "set"],
        &["oct", "okt", "ott", "out"],
        &["nov"],
        &["dec", "dez", "déc", "dic", "des"],
    ];
    let word = word.to_lowercase();
    let is_one = |names: &&[&str]| names.iter().any(|name| word.starts_with(name));
    let number = MONTHS.iter().position(is_one)? + 1;
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

/// The text without what stands in round brackets, and with the signs that look like a minus as one.
fn without_comments(text: &str) -> String {
    let mut depth = 0u32;
    let mut kept = String::new();
    for c in text.chars().take(SIGNS) {
        match c {
            '(' => {
                depth += 1;
                kept.push(' ');
            }
            ')' => depth = depth.saturating_sub(1),
            '\u{2010}'..='\u{2015}' | '\u{2212}' if depth == 0 => kept.push('-'),
            c if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
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
    fn one_moment_is_read_however_it_is_written() {
        let moment = 1_795_426_920;
        for (text, offset) in [
            ("Mon, 23 Nov 2026 10:42:00+0100", 60),
            ("Mon, 23 Nov 2026 10:42:00 +01:00", 60),
            ("Mon, 23 Nov 2026 04:42:00 -05:00", -300),
            ("Mon, 23 Nov 2026 04:42:00-05:00", -300),
            ("Mon, 23 Nov 2026 09:42:00Z", 0),
            ("Mon, 23 Nov 2026 10:42:00 GMT+0100", 60),
            ("Mon Nov 23 2026 10:42:00 GMT+0100 (CET)", 60),
            ("Mon Nov 23 04:42:00 GMT-0500 2026", -300),
            ("Mon Nov 23 10:42:00 CET 2026", 60),
            ("Mon, 23 Nov 2026 10:42:00 MEZ", 60),
            ("Mon, 23 Nov 2026 18:42:00 JST", 540),
            ("Mon, 23 Nov 2026 10:42:00 BST", 60),
            ("Mon, 23 Nov 2026 15:12:00 IST", 330),
            ("Mon, 23 Nov 2026 04:42:00 EST", -300),
            ("Mon, 23 Nov 2026 09:42:00 A", 0),
            ("Mon, 23 Nov 2026 09:42:00 XYZ", 0),
            ("Mon, 23 Nov 2026 10:42:00 GMT +0100", 60),
            ("Mon, 23 Nov 2026 10:42:00 +0100 GMT", 60),
            ("Mon, 23 Nov 2026 10:42:00 UTC+1", 60),
            ("Mon, 23 Nov 2026 10:42:00 +100", 60),
            ("Mon, 23 Nov 2026 04:42:00 -500", -300),
            ("Mon, 23 Nov 2026 10:42:00 +01", 60),
            ("Mon, 23 Nov 2026 04:42:00 \u{2013}0500", -300),
            ("2026-11-23T10:42:00+01:00", 60),
            ("2026-11-23T09:42:00Z", 0),
            ("2026-11-23T09:42:00.000Z", 0),
            ("2026-11-23 10:42:00 +0100", 60),
            ("23.11.2026 09:42", 0),
            ("11/23/2026 09:42 AM", 0),
            ("Mon, 23 Nov 2026 10.42.00 +0100", 60),
            ("23 Nov 2026 1042 +0100", 60),
            ("Mon,\u{a0}23\u{a0}Nov 2026 10:42:00 +0100", 60),
            ("=?utf-8?q?Mon,_23_Nov_2026_10:42:00_+0100?=", 60),
            ("\"Mon, 23 Nov 2026 10:42:00 +0100\"", 60),
            ("Mon,23Nov2026 10:42:00 +0100", 60),
            ("Mon, 23 Nov 2026 12:62:00 10:42:00 +0100", 60),
            ("Mon, 23 Nov 2026 10:42:00.123 +0100", 60),
            ("Mo, 23. Nov. 2026 10:42:00 +0100", 60),
            ("lun., 23 de noviembre de 2026 10:42:00 +0100", 60),
            ("Monday, November 23rd, 2026 9:42 AM", 0),
            ("Mon, 23 Nov 2026 10:42 PM +1300", 780),
        ] {
            assert_eq!(parse(text), Some((moment * 1000, offset)), "{text}");
        }
    }

    #[test]
    fn months_are_known_by_their_names_and_days_of_the_week_are_none() {
        let day = |text: &str| {
            let (moment, _) = parse(text)?;
            let at = crate::date::at_offset(moment, 0)?;
            Some((u8::from(at.month()), at.day(), at.hour()))
        };
        for (text, expected) in [
            ("Mar, 24 Nov 2026 10:42:00 +0000", (11, 24, 10)),
            ("mar., 24 nov. 2026 10:42:00 +0000", (11, 24, 10)),
            ("Mar Nov 24 10:42:00 2026", (11, 24, 10)),
            ("Tue, 24 Mar 2026 10:42:00 +0000", (3, 24, 10)),
            ("Tue Mar 24 10:42:00 2026", (3, 24, 10)),
            ("Di, 26 Mai 2026 10:42:00 +0000", (5, 26, 10)),
            ("Mi, 23 Dez 2026 10:42:00 +0000", (12, 23, 10)),
            ("mer., 23 juil. 2026 10:42:00 +0000", (7, 23, 10)),
            ("mer., 23 juin 2026 10:42:00 +0000", (6, 23, 10)),
            ("dim., 23 août 2026 10:42:00 +0000", (8, 23, 10)),
            ("23 Nov 2026 10:42 PM", (11, 23, 22)),
            ("23 Nov 2026 12:05 AM", (11, 23, 0)),
            ("23 Nov 2026 12:05pm", (11, 23, 12)),
        ] {
            assert_eq!(day(text), Some(expected), "{text}");
        }
        assert_eq!(day("05/06/2026 10:42"), None, "nobody knows which is the day");
    }
}
