//! Header blocks taken apart into fields (RFC 5322, section 2.2), and where they end. No field is understood here.

use std::borrow::Cow;

use memchr::memchr;

use crate::line_ends::with_line_ends;
use crate::{charset, line_ends};

/// Bytes of one header block that are read. Longer ones exist only to do harm.
pub(crate) const HEADER_LIMIT: usize = 1 << 20;

/// Octets at the end of a Content-Type field in which a boundary that it names is looked for.
const NEAR: usize = 2_000;

/// One field as it stands in the letter.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field<'a> {
    pub(crate) name: &'a [u8],
    /// With its folds.
    pub(crate) value: &'a [u8],
    /// Name and value with the line ends.
    pub(crate) raw: &'a [u8],
}

impl<'a> Field<'a> {
    pub(crate) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name.as_bytes())
    }

    /// The value as text on one line; encoded words are still encoded.
    pub(crate) fn unfolded(&self) -> Cow<'a, str> {
        // Most are plain, but for the line end.
        let value = self.value.trim_ascii();
        if value.iter().all(|byte| matches!(byte, b'\t' | b' '..=b'~'))
            && let Ok(text) = std::str::from_utf8(value)
        {
            return Cow::Borrowed(text);
        }
        let folded = charset::decode_header(self.value);
        let mut text = String::with_capacity(folded.len());
        let mut rest = folded.chars().peekable();
        while let Some(c) = rest.next() {
            match c {
                '\r' if matches!(rest.peek(), Some('\n' | '\r')) => {}
                '\r' => text.push(' '),
                '\n' | '\0' => {}
                c => text.push(c),
            }
        }
        Cow::Owned(text.trim().to_owned())
    }
}

/// The first field of that name, unfolded.
pub(crate) fn first<'a>(fields: &[Field<'a>], name: &str) -> Option<Cow<'a, str>> {
    fields.iter().find(|field| field.is(name)).map(Field::unfolded)
}

/// The header block of a letter, with what was put before it.
pub(crate) fn header_of(raw: &[u8]) -> Cow<'_, [u8]> {
    let mut header = with_line_ends(raw);
    let (end, _) = header_end(&header, 0, |_| false);
    match &mut header {
        Cow::Borrowed(header) => *header = header.get(..end).unwrap_or_default(),
        Cow::Owned(header) => header.truncate(end),
    }
    header
}

/// Where the header of a letter begins, if something else was put before it: empty lines, the line of an mbox file, whole
/// or protected, a byte order mark. A field that every letter has must follow, or it is the text that begins so.
pub(crate) fn beginning(raw: &[u8]) -> usize {
    const MOST_LINES: usize = 8;
    let mut at = if raw.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    for _ in 0..MOST_LINES {
        let (line, next) = line_at(raw, at);
        if next == at
            || !(line.is_empty()
                || line.starts_with(b">From ")
                || line.starts_with(b"From ")
                || line.starts_with(b"+OK"))
        {
            break;
        }
        at = next;
    }
    let is_one_of = |line: &[u8], usual: &[&[u8]]| {
        name_of(line).is_some_and(|name| usual.iter().any(|usual| name.eq_ignore_ascii_case(usual)))
    };
    // Another field may come first, where one follows soon that stands in no text.
    let start = at;
    for number in 0..MOST_LINES {
        let (line, next) = line_at(raw, at);
        if is_one_of(line, if number == 0 { &USUAL } else { &SURE }) {
            return start;
        }
        let goes_on = name_of(line).is_some() || number > 0 && is_folded(line);
        if next == at || !goes_on {
            break;
        }
        at = next;
    }
    0
}

/// Fields that stand in every letter, and with which hardly a line of text begins.
const SURE: [&[u8]; 5] = [
    b"from",
    b"message-id",
    b"mime-version",
    b"received",
    b"return-path",
];

/// Fields with which headers begin.
const USUAL: [&[u8]; 16] = [
    b"arc-seal",
    b"authentication-results",
    b"content-type",
    b"date",
    b"delivered-to",
    b"dkim-signature",
    b"from",
    b"message-id",
    b"mime-version",
    b"received",
    b"reply-to",
    b"return-path",
    b"sender",
    b"subject",
    b"to",
    b"x-original-to",
];

/// A line without its end, and where the next one starts.
pub(crate) fn line_at(raw: &[u8], start: usize) -> (&[u8], usize) {
    let rest = raw.get(start..).unwrap_or_default();
    let next = memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
    let line = rest.get(..next).unwrap_or_default();
    (line_ends::without_end(line), start + next)
}

/// Where the header block that starts at `start` ends, and where the body starts. A line for which `stop` holds
/// ends the block too: it is a boundary.
pub(crate) fn header_end(raw: &[u8], start: usize, stop: impl Fn(&[u8]) -> bool) -> (usize, usize) {
    let mut at = if start == 0 { beginning(raw) } else { start };
    let mut fields = 0u32;
    let mut before: &[u8] = b"";
    // The last Content-Type so far, and where it begins while its lines go on.
    let (mut content_type, mut within): (&[u8], _) = (b"", None);
    while at < raw.len() {
        let (line, next) = line_at(raw, at);
        if line.is_empty() {
            return (at, next);
        }
        let name = name_of(line);
        // A line that is a field is one for whoever looks at signatures too: it must not end the header for readers alone.
        if stop(line) || name.is_none() && is_named_boundary(content_type, line) {
            return (at, at);
        }
        if let Some(name) = name {
            fields += 1;
            within = name.eq_ignore_ascii_case(b"content-type").then_some(at);
        } else if !is_folded(line) && !is_mbox_line(line, at) {
            // A damaged line within a header is passed over; where no field follows, the text has begun. So it has before an
            // empty line, for a paragraph is lost where a header is not ended, and a damaged line is only odd to read. But a
            // parameter that lost its fold belongs to the field above it, and behind the empty line stands what it names.
            let (following, _) = line_at(raw, next);
            let is_within = name_of(following).is_some()
                || is_parameter(before, line)
                    && (following.is_empty() && next < raw.len() || is_parameter(line, following));
            if fields == 0 || !is_within {
                return (at, at);
            }
        }
        (before, at) = (line, next);
        if let Some(begun) = within {
            content_type = raw.get(begun..at).unwrap_or_default();
        }
    }
    (raw.len(), raw.len())
}

/// The fields of a header block, and whether the block was too long to be read whole.
pub(crate) fn split(header: &[u8]) -> (Vec<Field<'_>>, bool) {
    let too_long = header.len() > HEADER_LIMIT;
    let header = header.get(..HEADER_LIMIT).unwrap_or(header);
    let header = header.strip_prefix(b"\xef\xbb\xbf").unwrap_or(header);
    let mut fields = Vec::new();
    let mut at = 0;
    while at < header.len() {
        let start = at;
        let (line, mut next) = line_at(header, at);
        let name = name_of(line);
        while next < header.len() && header.get(next).is_some_and(|byte| matches!(byte, b' ' | b'\t')) {
            next = line_at(header, next).1;
        }
        if let (Some(name), Some(raw)) = (name, header.get(start..next))
            && let Some(colon) = memchr(b':', raw)
        {
            fields.push(Field {
                name,
                value: raw.get(colon + 1..).unwrap_or_default(),
                raw,
            });
        }
        at = next;
    }
    (fields, too_long)
}

/// Whether lines stand in a header, behind its first field, that are neither fields nor folded.
pub(crate) fn holds_damage(header: &[u8]) -> bool {
    let header = header.get(..HEADER_LIMIT).unwrap_or(header);
    let mut at = beginning(header);
    let mut fields = false;
    while at < header.len() {
        let (line, next) = line_at(header, at);
        match name_of(line) {
            Some(_) => fields = true,
            None if fields && !line.is_empty() && !is_folded(line) => return true,
            None => {}
        }
        at = next;
    }
    false
}

/// The name of the field that starts in this line: printable ASCII and a colon (RFC 5322, section 2.2), with
/// white space before the colon as old letters have it (section 4.5).
fn name_of(line: &[u8]) -> Option<&[u8]> {
    let colon = memchr(b':', line.get(..line.len().min(256))?)?;
    let name = line.get(..colon)?;
    let name = name.trim_ascii_end();
    (!name.is_empty() && name.iter().all(|byte| (33..=126).contains(byte))).then_some(name)
}

fn is_folded(line: &[u8]) -> bool {
    matches!(line.first(), Some(b' ' | b'\t'))
}

/// Whether a line is the boundary that the Content-Type above names: where the empty line is lost, the first part begins.
fn is_named_boundary(content_type: &[u8], line: &[u8]) -> bool {
    let Some(name) = line.strip_prefix(b"--").map(<[u8]>::trim_ascii_end) else {
        return false;
    };
    // Only its end is looked at, so that a header of such lines takes no longer than it is long.
    let (_, near) = content_type.split_at(content_type.len().saturating_sub(NEAR));
    let mut named = memchr::memmem::find_iter(near, b"oundary=");
    !name.is_empty()
        && named.any(|at| {
            let value = near.get(at + 8..).unwrap_or_default();
            let value = value.strip_prefix(b"\"").unwrap_or(value);
            let behind = value.strip_prefix(name).and_then(|behind| behind.first());
            matches!(behind, Some(b'"' | b';' | b'\r' | b'\n' | b' '))
        })
}

/// Whether a line is a parameter of the field above it (RFC 2045, section 5.1), by the semicolon before it or by its own looks.
/// A line of base64 that ends in padding is none.
fn is_parameter(before: &[u8], line: &[u8]) -> bool {
    let looks_so = || {
        let equals = memchr(b'=', line.get(..line.len().min(256))?)?;
        let (name, value) = line.split_at_checked(equals)?;
        let is_token = |byte: &u8| byte.is_ascii_graphic() && !b"()<>@,;:\\\"/[]?".contains(byte);
        let is_given = value.get(1).is_some_and(|byte| *byte != b'=');
        Some(!name.is_empty() && name.iter().all(is_token) && is_given)
    };
    before.trim_ascii_end().ends_with(b";") || looks_so().unwrap_or(false)
}

/// The line that separates letters in an mbox file, when someone has saved it with the letter.
fn is_mbox_line(line: &[u8], at: usize) -> bool {
    at == 0 && line.starts_with(b"From ")
}

#[cfg(test)]
mod tests;
