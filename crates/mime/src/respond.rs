//! What an answer starts with: to whom it goes, its subject, its place in the conversation, and what it quotes.

use std::borrow::Cow;
use std::collections::HashSet;

use waxwing_model::{Address, ResponseKind, Timestamp};

use crate::excerpt::excerpt;
use crate::html_text::escape;
use crate::{Letter, date, subject};

/// References that a letter carries on; the first one and the last ones (RFC 5322, section 3.6.4, sets no limit,
/// but lines are folded and servers count).
const REFERENCE_LIMIT: usize = 40;

/// The beginning of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    pub to: Vec<Address>,
    pub cc: Vec<Address>,
    pub subject: String,
    pub quote_html: String,
    /// Some of the text is not quoted, since no editor bears it. It is said where it stood.
    pub is_shortened: bool,
    pub in_reply_to: Vec<String>,
    pub references: Vec<String>,
}

/// What a response starts with. Times are told at `utc_offset_minutes`, with the year unless it is that of `now`.
pub fn respond(
    kind: ResponseKind,
    original: &Letter,
    own_addresses: &[String],
    utc_offset_minutes: i16,
    now: Timestamp,
) -> Response {
    let (to, cc) = recipients(kind, original, own_addresses);
    let clock = Clock {
        utc_offset_minutes,
        now,
    };
    let headers = &original.headers;
    let is_answer = kind != ResponseKind::Forward;
    let text = excerpt(original.text.as_deref().unwrap_or_default());
    Response {
        to,
        cc,
        subject: if is_answer {
            subject::answering(&headers.subject)
        } else {
            subject::forwarding(&headers.subject)
        },
        quote_html: if is_answer {
            quoted(original, &text.text, clock)
        } else {
            forwarded(original, &text.text, clock)
        },
        is_shortened: text.is_shortened,
        in_reply_to: headers.message_id.iter().filter(|_| is_answer).cloned().collect(),
        references: references(original),
    }
}

fn recipients(kind: ResponseKind, original: &Letter, own: &[String]) -> (Vec<Address>, Vec<Address>) {
    let headers = &original.headers;
    let own: HashSet<String> = own.iter().map(|address| address.to_lowercase()).collect();
    let is_own = |address: &Address| own.contains(&address.email.to_lowercase());
    if kind == ResponseKind::Forward {
        return (Vec::new(), Vec::new());
    }
    let target = if headers.reply_to.is_empty() {
        &headers.from
    } else {
        &headers.reply_to
    };
    // Whoever answers a letter of their own writes on to those they wrote to.
    let continues_own = headers.from.iter().any(is_own) && headers.to.iter().any(|address| !is_own(address));
    let mut once = Once::default();
    if continues_own {
        let to = once.filter(headers.to.iter());
        let cc = if kind == ResponseKind::ReplyAll {
            once.filter(headers.cc.iter())
        } else {
            Vec::new()
        };
        return (to, cc);
    }
    let mut to = once.filter(target.iter());
    if kind == ResponseKind::Reply {
        return (to, Vec::new());
    }
    to.extend(once.filter(headers.to.iter().filter(|address| !is_own(address))));
    let cc = once.filter(headers.cc.iter().filter(|address| !is_own(address)));
    (to, cc)
}

/// Lets each address pass once.
#[derive(Default)]
struct Once(HashSet<String>);

impl Once {
    fn filter<'a>(&mut self, addresses: impl Iterator<Item = &'a Address>) -> Vec<Address> {
        addresses
            .filter(|a| !a.email.is_empty() && self.0.insert(a.email.to_lowercase()))
            .cloned()
            .collect()
    }
}

/// The references of the original and itself (RFC 5322, section 3.6.4).
fn references(original: &Letter) -> Vec<String> {
    let headers = &original.headers;
    let mut ids = match (headers.references.as_slice(), headers.in_reply_to.as_slice()) {
        ([], [parent]) => vec![parent.clone()],
        (references, _) => references.to_vec(),
    };
    if let Some(own) = &headers.message_id {
        ids.retain(|id| id != own);
        ids.push(own.clone());
    }
    if ids.len() > REFERENCE_LIMIT {
        ids.drain(1..=ids.len() - REFERENCE_LIMIT);
    }
    ids
}

#[derive(Clone, Copy)]
struct Clock {
    utc_offset_minutes: i16,
    now: Timestamp,
}

impl Clock {
    /// "23 November at 10:42".
    fn tell(self, moment: Timestamp) -> Option<String> {
        let then = date::at_offset(moment, self.utc_offset_minutes)?;
        let now = date::at_offset(self.now, self.utc_offset_minutes)?;
        let year = if then.year() == now.year() {
            String::new()
        } else {
            format!(" {}", then.year())
        };
        Some(format!(
            "{} {}{year} at {:02}:{:02}",
            then.day(),
            then.month(),
            then.hour(),
            then.minute()
        ))
    }
}

fn quoted(original: &Letter, text: &str, clock: Clock) -> String {
    let who = original
        .headers
        .from
        .first()
        .map_or(Cow::Borrowed("Somebody"), Address::display);
    let announcement = match original.headers.date.and_then(|date| clock.tell(date)) {
        Some(when) => format!("On {when}, {who} wrote:"),
        None => format!("{who} wrote:"),
    };
    // The signature (RFC 3676, section 4.3) is not quoted.
    let text = text.split("\n-- \n").next().unwrap_or_default();
    format!(
        "<p>{}</p><blockquote type=\"cite\">{}</blockquote>",
        escape(&announcement),
        html_from_text(text)
    )
}

fn forwarded(original: &Letter, text: &str, clock: Clock) -> String {
    let headers = &original.headers;
    let list = |addresses: &[Address]| {
        addresses
            .iter()
            .map(Address::to_string)
            .collect::<Vec<_>>()
            .join(", ")
    };
    let lines = [
        ("From", list(&headers.from)),
        (
            "Date",
            headers.date.and_then(|date| clock.tell(date)).unwrap_or_default(),
        ),
        ("Subject", headers.subject.clone()),
        ("To", list(&headers.to)),
        ("Cc", list(&headers.cc)),
    ];
    let lines = lines.iter().filter(|(_, value)| !value.is_empty());
    let header: String = lines
        .map(|(name, value)| format!("<br>{name}: {}", escape(value)))
        .collect();
    format!(
        "<p>---------- Forwarded message ----------{header}</p><div>{}</div>",
        html_from_text(text)
    )
}

/// Plain text as HTML: lines broken, empty lines kept, quotes within it as blockquotes.
pub fn html_from_text(text: &str) -> String {
    let mut html = String::new();
    let mut depth = 0usize;
    let mut at_start = true;
    for line in text.lines() {
        let (level, content) = quote_level(line);
        while depth < level {
            html.push_str("<blockquote type=\"cite\">");
            (depth, at_start) = (depth + 1, true);
        }
        while depth > level {
            html.push_str("</blockquote>");
            (depth, at_start) = (depth - 1, true);
        }
        if !at_start {
            html.push_str("<br>");
        }
        html.push_str(&escape(content));
        at_start = false;
    }
    html + &"</blockquote>".repeat(depth)
}

/// How many ">" a line starts with, up to ten, and what follows them.
fn quote_level(line: &str) -> (usize, &str) {
    let mut rest = line;
    let mut level = 0;
    while level < 10
        && let Some(after) = rest.strip_prefix('>')
    {
        rest = after
            .strip_prefix(' ')
            .filter(|after| after.starts_with('>'))
            .unwrap_or(after);
        level += 1;
    }
    (
        level,
        if level > 0 {
            rest.strip_prefix(' ').unwrap_or(rest)
        } else {
            rest
        },
    )
}
