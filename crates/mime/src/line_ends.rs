//! Letters whose lines end as no line should, and what is made of them. No octet moves, so that every place stays true.

use std::borrow::Cow;

use memchr::{memchr, memmem};

/// Octets of a letter that are looked through for lines with two carriage returns.
const LOOKED_AT: usize = 64 << 10;

/// A letter whose lines end as very old Macs ended them, in all of it or in its header, or the wrong way round, with lines
/// that end. A server lets a CR alone pass, and a forger would hide fields behind one: so none ends a line where the first LF has
/// its CR, as in all that comes through SMTP, nor where a From stands behind that LF, which then ends no line of the body.
pub(crate) fn with_line_ends(raw: &[u8]) -> Cow<'_, [u8]> {
    let Some(first) = memchr(b'\r', raw) else {
        return Cow::Borrowed(raw);
    };
    let Some(feed) = memchr(b'\n', raw) else {
        let ended = |&byte: &u8| if byte == b'\r' { b'\n' } else { byte };
        return Cow::Owned(raw.iter().map(ended).collect());
    };
    // LF CR, and no empty line of CR LF behind a line of LF.
    let is_empty_line = match raw.get(first + 1..).unwrap_or_default() {
        [b'\n', b'\r', b'\n', ..] => true,
        [b'\n', b'\r', ..] => false,
        behind => behind.starts_with(b"\n"),
    };
    if first == feed + 1 && !is_empty_line {
        return Cow::Owned(turned_round(raw));
    }
    // An empty line of CR stands before the first LF: all of the header has such lines.
    let header = raw.get(..feed).unwrap_or_default();
    match memmem::find(header, b"\r\r") {
        Some(empty) if empty + 2 < feed && !header.ends_with(b"\r") && !from_follows(raw, feed) => {
            Cow::Owned(only_feeds(raw))
        }
        _ => Cow::Borrowed(raw),
    }
}

/// Whether a From stands between this line end and the next empty line.
fn from_follows(raw: &[u8], feed: usize) -> bool {
    let behind = raw.get(feed + 1..).unwrap_or_default();
    let lines = behind.split(|byte| *byte == b'\n').map(without_end);
    let name = b"from:";
    lines.take_while(|line| !line.is_empty()).any(|line| {
        line.get(..name.len())
            .is_some_and(|begun| begun.eq_ignore_ascii_case(name))
    })
}

/// Whether lines end with two carriage returns and a line feed, as programs write them that translate line ends twice.
pub(crate) fn are_doubled(raw: &[u8]) -> bool {
    memmem::find(raw.get(..LOOKED_AT).unwrap_or(raw), b"\r\r\n").is_some()
}

/// A line without what ends it.
pub(crate) fn without_end(line: &[u8]) -> &[u8] {
    let mut line = line.strip_suffix(b"\n").unwrap_or(line);
    while let Some(shorter) = line.strip_suffix(b"\r") {
        line = shorter;
    }
    line
}

fn turned_round(raw: &[u8]) -> Vec<u8> {
    let mut turned = Vec::with_capacity(raw.len());
    let mut rest = raw;
    loop {
        match rest {
            [b'\n', b'\r', after @ ..] => {
                turned.extend_from_slice(b"\r\n");
                rest = after;
            }
            [byte, after @ ..] => {
                turned.push(*byte);
                rest = after;
            }
            [] => return turned,
        }
    }
}

fn only_feeds(raw: &[u8]) -> Vec<u8> {
    let mut ended = raw.to_vec();
    let mut at = 0;
    while let Some(found) = memchr(b'\r', ended.get(at..).unwrap_or_default()) {
        at += found + 1;
        if ended.get(at) != Some(&b'\n')
            && let Some(end) = ended.get_mut(at - 1)
        {
            *end = b'\n';
        }
    }
    ended
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_every_kind_end() {
        for (raw, ended) in [
            ("a: b\r\rtext\r", "a: b\n\ntext\n"),
            ("a: b\rc: d\r\rtext\nmore\r\n", "a: b\nc: d\n\ntext\nmore\r\n"),
            ("a: b\n\r\n\rtext\n\r", "a: b\r\n\r\ntext\r\n"),
        ] {
            assert_eq!(&*with_line_ends(raw.as_bytes()), ended.as_bytes(), "{raw:?}");
        }
        for raw in [
            "a: b\n\r\ntext",
            "a: b\rc: d\r\n\r\n",
            "a: b\r\r\n\r\r\n",
            "a: b\n\ntext\r",
            "a: b\rc: d\r\r x\r\ne: f\r\n",
            "a: b\rFrom: d\r\r x\n y\nFrom: f\n",
        ] {
            assert!(
                matches!(with_line_ends(raw.as_bytes()), Cow::Borrowed(_)),
                "{raw:?}"
            );
        }
    }

    #[test]
    fn two_carriage_returns_are_no_part_of_a_line() {
        assert_eq!(without_end(b"a\r\r\n"), b"a");
        assert!(are_doubled(b"a\r\r\n") && !are_doubled(b"a\r\n\r\n"));
    }
}
