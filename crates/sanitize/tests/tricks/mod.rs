//! The collection in tests/hostile, one trick a line, with what is written in brackets made of it. Not here: what is asked of
//! the tricks.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may fail"
)]

pub const FAMILIES: [(&str, &str); 12] = [
    (
        "addresses",
        include_str!("../../../../tests/hostile/addresses.txt"),
    ),
    ("bulk", include_str!("../../../../tests/hostile/bulk.txt")),
    ("bytes", include_str!("../../../../tests/hostile/bytes.txt")),
    ("comments", include_str!("../../../../tests/hostile/comments.txt")),
    ("mutation", include_str!("../../../../tests/hostile/mutation.txt")),
    ("names", include_str!("../../../../tests/hostile/names.txt")),
    (
        "navigation",
        include_str!("../../../../tests/hostile/navigation.txt"),
    ),
    ("overlays", include_str!("../../../../tests/hostile/overlays.txt")),
    ("pictures", include_str!("../../../../tests/hostile/pictures.txt")),
    ("rawtext", include_str!("../../../../tests/hostile/rawtext.txt")),
    ("recent", include_str!("../../../../tests/hostile/recent.txt")),
    ("sheets", include_str!("../../../../tests/hostile/sheets.txt")),
];

/// The lines of a family as letters.
pub fn vectors(family: &str) -> Vec<String> {
    let (_, text) = FAMILIES
        .iter()
        .find(|(name, _)| *name == family)
        .expect("a family");
    let lines = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("# "));
    lines
        .map(|line| String::from_utf8_lossy(&octets(line)).into_owned())
        .collect()
}

/// `{{0A}}` is an octet, `{{100|x}}` is a hundred of x.
fn octets(line: &str) -> Vec<u8> {
    let mut made = Vec::new();
    let mut rest = line;
    while let Some(at) = rest.find("{{") {
        made.extend_from_slice(&rest.as_bytes()[..at]);
        let (inside, after) = closed(&rest[at + 2..]);
        match inside.split_once('|') {
            Some((times, what)) => made.extend(octets(what).repeat(times.parse().expect("a number"))),
            None => made.push(u8::from_str_radix(inside, 16).expect("an octet")),
        }
        rest = after;
    }
    made.extend_from_slice(rest.as_bytes());
    made
}

/// What stands before the two brackets that close, and what behind them.
fn closed(text: &str) -> (&str, &str) {
    let (mut depth, mut at) = (1, 0);
    while depth > 0 {
        let rest = &text[at..];
        let (open, close) = (
            rest.find("{{").unwrap_or(usize::MAX),
            rest.find("}}").expect("it is closed"),
        );
        depth = if open < close { depth + 1 } else { depth - 1 };
        at += open.min(close) + 2;
    }
    // Of three closing brackets the first belongs to what is inside.
    let at = at + text[at..].bytes().take_while(|byte| *byte == b'}').count();
    (&text[..at - 2], &text[at..])
}
