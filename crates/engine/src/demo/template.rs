//! A letter's template, filled in for a moment. This is no general template language: it knows the few words
//! that keep the letters fresh.
//!
//! The first line is `X-Demo: PLACE; AGE; KEYWORDS`, where AGE is `12 minutes` or `3 days 09:31`. In the rest,
//! `{{date +0100}}` is the letter's Date, and counted in days or months from now, `{{day+5}}` is "28 November",
//! `{{weekday+5}}` "Saturday", `{{month-1}}` "October", `{{year}}` the year and `{{stamp+5}}` "20261128".

use time::format_description::well_known::Rfc2822;
use time::{Date, Duration, Month, OffsetDateTime, Time, UtcOffset};
use waxwing_model::{Keyword, Keywords, Timestamp};

use super::{DemoLetter, DemoMailbox};

/// The letter that a template makes at that moment; `None` if the template is wrong, which a test excludes.
pub(super) fn fill(template: &'static str, now: Timestamp) -> Option<DemoLetter> {
    let now = OffsetDateTime::from_unix_timestamp(now.div_euclid(1000)).ok()?;
    let (first, letter) = template.split_once('\n')?;
    let mut parts = first.strip_prefix("X-Demo:")?.split(';').map(str::trim);
    let mailbox = mailbox(parts.next()?);
    let received = received(parts.next()?, now)?;
    let keywords: Keywords = parts
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .map(Keyword::new)
        .collect();
    let text = replaced(letter, received, now.date())?;
    Some(DemoLetter {
        mailbox,
        raw: text.replace("\r\n", "\n").replace('\n', "\r\n").into_bytes(),
        received_at: received.unix_timestamp() * 1000,
        keywords,
    })
}

fn mailbox(name: &'static str) -> DemoMailbox {
    match name {
        "Inbox" => DemoMailbox::Inbox,
        "Archive" => DemoMailbox::Archive,
        "Sent" => DemoMailbox::Sent,
        "Trash" => DemoMailbox::Trash,
        "Junk" => DemoMailbox::Junk,
        path => DemoMailbox::Named(path),
    }
}

/// `12 minutes` before now, or at `09:31` some days ago. Times of day stay before 20:00 and minutes below 230, so
/// that the letters keep their order at whatever hour the demo is made.
fn received(age: &str, now: OffsetDateTime) -> Option<OffsetDateTime> {
    let mut words = age.split_whitespace();
    let count: i64 = words.next()?.parse().ok()?;
    match (words.next()?, words.next()) {
        ("minutes", None) => now.checked_sub(Duration::minutes(count)),
        ("days", Some(clock)) => {
            let (hour, minute) = clock.split_once(':')?;
            let time = Time::from_hms(hour.parse().ok()?, minute.parse().ok()?, 0).ok()?;
            Some(now.checked_sub(Duration::days(count))?.replace_time(time))
        }
        _ => None,
    }
}

fn replaced(text: &str, received: OffsetDateTime, today: Date) -> Option<String> {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let (word, after) = after.split_once("}}")?;
        filled.push_str(before);
        filled.push_str(&meaning(word, received, today)?);
        rest = after;
    }
    filled.push_str(rest);
    Some(filled)
}

fn meaning(word: &str, received: OffsetDateTime, today: Date) -> Option<String> {
    if let Some(zone) = word.strip_prefix("date ") {
        let (hours, minutes): (i8, i8) = (zone.get(..3)?.parse().ok()?, zone.get(3..)?.parse().ok()?);
        let offset = UtcOffset::from_hms(hours, minutes * hours.signum(), 0).ok()?;
        return received.to_offset(offset).format(&Rfc2822).ok();
    }
    let (name, count) = match word.find(['+', '-']) {
        Some(at) => word.split_at_checked(at)?,
        None => (word, "0"),
    };
    let count: i32 = count.parse().ok()?;
    let date = today.checked_add(Duration::days(i64::from(count)))?;
    Some(match name {
        "day" => format!("{} {}", date.day(), date.month()),
        "weekday" => date.weekday().to_string(),
        "stamp" => format!("{}{:02}{:02}", date.year(), u8::from(date.month()), date.day()),
        "month" => month_away(today.month(), count).to_string(),
        "year" => today.year().to_string(),
        _ => return None,
    })
}

fn month_away(month: Month, count: i32) -> Month {
    (0..count.rem_euclid(12)).fold(month, |month, _| month.next())
}
