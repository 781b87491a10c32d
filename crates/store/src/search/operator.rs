//! The operators of a search: `from:` and its like, which look in one place of the index, and `has:`, `is:`, `in:`,
//! `after:`, `before:`, `larger:` and `smaller:`, which ask for what a letter is. Pure: what day it is, and which folders
//! there are, is the store's to say.

/// A part of a letter that is indexed by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    From,
    /// Whoever got it, copies and blind copies too.
    To,
    Subject,
}

impl Place {
    /// The column of the index.
    pub(crate) fn column(self) -> &'static str {
        match self {
            Self::From => "sender",
            Self::To => "recipients",
            Self::Subject => "subject",
        }
    }
}

/// What a letter must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Asked {
    Attachment,
    Seen(bool),
    Starred,
    Answered,
    /// In a folder of this name, or with this role.
    Folder(String),
    /// The same while its name is being typed.
    FolderLike(String),
    Since(Day),
    Before(Day),
    /// Octets of the whole letter.
    Larger(i64),
    Smaller(i64),
}

/// The beginning of a day where the person is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Day {
    /// As ISO 8601 writes it.
    On(String),
    /// So many days before today.
    Ago(u32),
}

/// Names that stand in front of a colon.
const NAMES: [&str; 10] = [
    "from", "to", "subject", "has", "is", "in", "after", "before", "larger", "smaller",
];

/// The operator that the text begins with, where it goes on behind the colon, and how it goes on.
pub(crate) fn name(text: &str) -> (Option<&str>, &str) {
    let Some((head, tail)) = text.split_once(':') else {
        return (None, text);
    };
    let is_one = NAMES.iter().any(|name| head.eq_ignore_ascii_case(name));
    let goes_on = tail.chars().next().is_some_and(|next| !next.is_whitespace());
    if is_one && goes_on {
        (Some(head), tail)
    } else {
        (None, text)
    }
}

/// The place that an operator looks in, if it is one of those.
pub(crate) fn place(name: &str) -> Option<Place> {
    match name.to_ascii_lowercase().as_str() {
        "from" => Some(Place::From),
        "to" => Some(Place::To),
        "subject" => Some(Place::Subject),
        _ => None,
    }
}

/// What an operator asks with this value; `None` where it has no such value.
pub(crate) fn asked(name: &str, value: &str, typing: bool) -> Option<Asked> {
    let word = value.to_lowercase();
    match name.to_ascii_lowercase().as_str() {
        "has" => matches!(word.as_str(), "attachment" | "attachments").then_some(Asked::Attachment),
        "is" => match word.as_str() {
            "unread" => Some(Asked::Seen(false)),
            "read" => Some(Asked::Seen(true)),
            "starred" => Some(Asked::Starred),
            "answered" => Some(Asked::Answered),
            _ => None,
        },
        "in" => match word.trim() {
            "" => None,
            folder if typing => Some(Asked::FolderLike(folder.to_owned())),
            _ => Some(Asked::Folder(value.trim().to_owned())),
        },
        "after" => day(&word).map(Asked::Since),
        "before" => day(&word).map(Asked::Before),
        "larger" => size(&word).map(Asked::Larger),
        "smaller" => size(&word).map(Asked::Smaller),
        _ => None,
    }
}

/// `2026-11-23`, `2026/11`, `2026`, `today`, `yesterday`, or `7d` for seven days before today. A month or a year stands
/// for its first day.
fn day(text: &str) -> Option<Day> {
    match text {
        "today" => return Some(Day::Ago(0)),
        "yesterday" => return Some(Day::Ago(1)),
        _ => {}
    }
    if let Some(days) = text.strip_suffix('d') {
        return days.parse().ok().filter(|days| *days < 100_000).map(Day::Ago);
    }
    let mut numbers = text.split(['-', '/', '.']).map(|piece| {
        let digits = !piece.is_empty() && piece.len() <= 4 && piece.bytes().all(|byte| byte.is_ascii_digit());
        piece.parse::<u16>().ok().filter(|_| digits)
    });
    let year = numbers.next()??;
    let month = numbers.next().unwrap_or(Some(1))?;
    let day = numbers.next().unwrap_or(Some(1))?;
    let is_real = (1900..=9999).contains(&year)
        && (1..=12).contains(&month)
        && (1..=days_of(year, month)).contains(&day)
        && numbers.next().is_none();
    is_real.then(|| Day::On(format!("{year:04}-{month:02}-{day:02}")))
}

fn days_of(year: u16, month: u16) -> u16 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

/// `500`, `200k`, `10M`, `1.5mb`, `1G`: octets, in steps of 1,000 as the window shows them.
fn size(text: &str) -> Option<i64> {
    let text = text.strip_suffix('b').unwrap_or(text);
    let (number, unit) = match text.chars().last()? {
        'k' => (text.strip_suffix('k')?, 1_000_i64),
        'm' => (text.strip_suffix('m')?, 1_000_000),
        'g' => (text.strip_suffix('g')?, 1_000_000_000),
        _ => (text, 1),
    };
    let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
    let digits = |text: &str| (1..=6).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    // A number of bare octets may be longer than one of megabytes.
    let is_whole = !whole.is_empty() && whole.len() <= 12 && whole.bytes().all(|byte| byte.is_ascii_digit());
    if !is_whole || !digits(part) {
        return None;
    }
    let whole = whole.parse::<i64>().ok()?.checked_mul(unit)?;
    let scale = 10_i64.checked_pow(u32::try_from(part.len()).ok()?)?;
    let part = part.parse::<i64>().ok()?.checked_mul(unit)? / scale;
    whole.checked_add(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them_and_no_day_that_is_none() {
        for (text, expected) in [
            ("2026-11-23", Some(Day::On("2026-11-23".into()))),
            ("2026/1/3", Some(Day::On("2026-01-03".into()))),
            ("2026.12", Some(Day::On("2026-12-01".into()))),
            ("2026", Some(Day::On("2026-01-01".into()))),
            ("2024-02-29", Some(Day::On("2024-02-29".into()))),
            ("today", Some(Day::Ago(0))),
            ("30d", Some(Day::Ago(30))),
            ("2026-02-29", None),
            ("2026-13", None),
            ("2026-04-31", None),
            ("2026-11-23-1", None),
            ("23-11-2026", None),
            ("99999", None),
            ("2026-", None),
            ("-1d", None),
            ("d", None),
            ("noon", None),
        ] {
            assert_eq!(day(text), expected, "{text}");
        }
    }

    #[test]
    fn sizes_are_read_with_their_units() {
        for (text, expected) in [
            ("500", Some(500)),
            ("200k", Some(200_000)),
            ("10mb", Some(10_000_000)),
            ("1.5m", Some(1_500_000)),
            ("1g", Some(1_000_000_000)),
            ("0", Some(0)),
            ("m", None),
            ("", None),
            ("1.", None),
            ("-1", None),
            ("1e3", None),
            ("999999999999g", None),
            ("life", None),
        ] {
            assert_eq!(size(text), expected, "{text}");
        }
    }
}
