//! Days as people write them in a search. What day it is, and in which zone, is the store's to say.

/// The beginning of a day where the person is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Day {
    /// As ISO 8601 writes it.
    On(String),
    /// So many units before today.
    Ago(u32, Unit),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Day,
    Month,
    Year,
}

impl Unit {
    /// As a modifier of SQLite's dates names it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Day => "days",
            Self::Month => "months",
            Self::Year => "years",
        }
    }
}

/// A day, and how long the time is that its text names: `2026-11` begins with a day and is a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Span {
    pub first: Day,
    pub unit: Unit,
}

/// `2026-11-23`, `2026/11`, `2026`, `today`, `yesterday`, or `7d`, `2w`, `3m`, `1y` for so long before today. Days are also read with
/// the year behind (`23.11.2026`, `11/23/2026`), but for those that somebody else would read as another day.
pub(crate) fn span(text: &str) -> Option<Span> {
    let one = |first| {
        Some(Span {
            first,
            unit: Unit::Day,
        })
    };
    match text {
        "today" => return one(Day::Ago(0, Unit::Day)),
        "yesterday" => return one(Day::Ago(1, Unit::Day)),
        _ => {}
    }
    if let Some(day) = ago(text) {
        return one(day);
    }
    date(text)
}

fn ago(text: &str) -> Option<Day> {
    let (times, unit) = match text.chars().last()? {
        'd' => (1, Unit::Day),
        'w' => (7, Unit::Day),
        'm' => (1, Unit::Month),
        'y' => (1, Unit::Year),
        _ => return None,
    };
    let digits = text.strip_suffix(['d', 'w', 'm', 'y'])?;
    if digits.is_empty() || digits.len() > 5 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let count = digits.parse::<u32>().ok()?.checked_mul(times)?;
    // SQLite's calendar begins 4713 years before ours.
    let most = match unit {
        Unit::Day => 99_999,
        Unit::Month => 3_000,
        Unit::Year => 250,
    };
    (count <= most).then_some(Day::Ago(count, unit))
}

fn date(text: &str) -> Option<Span> {
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let (year, rest) = text.split_at_checked(4)?;
        let (month, day) = rest.split_at_checked(2)?;
        return real(year, Some(month), Some(day));
    }
    let sign = text.chars().find(|one| SIGNS.contains(one));
    let pieces: Vec<&str> = match sign {
        Some(sign) => text.split(sign).collect(),
        None => vec![text],
    };
    match *pieces.as_slice() {
        [year] => real(year, None, None),
        [month, year] if year.len() == 4 => real(year, Some(month), None),
        [year, month] => real(year, Some(month), None),
        [first, second, year] if year.len() == 4 && first.len() <= 2 => {
            with_year_behind(first, second, year, sign)
        }
        [year, month, day] => real(year, Some(month), Some(day)),
        _ => None,
    }
}

/// What stands between the parts of a day.
const SIGNS: [char; 3] = ['-', '/', '.'];

/// With points it is the day that stands first, wherever days are written so. With other signs some people write the month first.
fn with_year_behind(first: &str, second: &str, year: &str, sign: Option<char>) -> Option<Span> {
    let by_day = real(year, Some(second), Some(first));
    if sign == Some('.') {
        return by_day;
    }
    let by_month = real(year, Some(first), Some(second));
    match (by_day, by_month) {
        (Some(one), Some(other)) => (one == other).then_some(one),
        (one, other) => one.or(other),
    }
}

/// The year, the month or the day, if there is one.
fn real(year: &str, month: Option<&str>, day: Option<&str>) -> Option<Span> {
    let unit = match (month, day) {
        (_, Some(_)) => Unit::Day,
        (Some(_), None) => Unit::Month,
        (None, None) => Unit::Year,
    };
    let number = |text: &str, most: usize| -> Option<u16> {
        let digits = (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|_| digits)
    };
    let year = number(year, 4)?;
    let (month, day) = (number(month.unwrap_or("1"), 2)?, number(day.unwrap_or("1"), 2)?);
    let is_real = (1900..=9999).contains(&year)
        && (1..=12).contains(&month)
        && (1..=days_of(year, month)).contains(&day);
    is_real.then(|| Span {
        first: Day::On(format!("{year:04}-{month:02}-{day:02}")),
        unit,
    })
}

fn days_of(year: u16, month: u16) -> u16 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them_and_no_day_that_is_none() {
        let on = |date: &str, unit| {
            Some(Span {
                first: Day::On(date.into()),
                unit,
            })
        };
        let ago = |count, unit| {
            Some(Span {
                first: Day::Ago(count, unit),
                unit: Unit::Day,
            })
        };
        for (text, expected) in [
            ("2026-11-23", on("2026-11-23", Unit::Day)),
            ("2026/1/3", on("2026-01-03", Unit::Day)),
            ("2026.12", on("2026-12-01", Unit::Month)),
            ("2026", on("2026-01-01", Unit::Year)),
            ("2024-02-29", on("2024-02-29", Unit::Day)),
            ("today", ago(0, Unit::Day)),
            ("30d", ago(30, Unit::Day)),
            ("2w", ago(14, Unit::Day)),
            ("3m", ago(3, Unit::Month)),
            ("1y", ago(1, Unit::Year)),
            ("2026-02-29", None),
            ("2026-13", None),
            ("2026-04-31", None),
            ("2026-11-23-1", None),
            ("23-11-2026", on("2026-11-23", Unit::Day)),
            ("11/23/2026", on("2026-11-23", Unit::Day)),
            ("3.4.2026", on("2026-04-03", Unit::Day)),
            ("5/5/2026", on("2026-05-05", Unit::Day)),
            ("11.2026", on("2026-11-01", Unit::Month)),
            ("20261123", on("2026-11-23", Unit::Day)),
            ("20261323", None),
            ("3/4/2026", None),
            ("32.11.2026", None),
            ("23.11-2026", None),
            ("2026-11-2026", None),
            ("23.11.26", None),
            ("13.2026", None),
            ("99999", None),
            ("2026-", None),
            ("-1d", None),
            ("99999w", None),
            ("9000y", None),
            ("d", None),
            ("noon", None),
        ] {
            assert_eq!(span(text), expected, "{text}");
        }
    }
}
