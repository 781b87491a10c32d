//! Files that stand in the midst of a text: uuencode (POSIX.1, `uuencode`) and yEnc 1.3. Letters of before MIME have them,
//! and so have archives and newsgroups. Only a whole, well-formed one is a file; everything else stays the text that it is.

use std::borrow::Cow;

use memchr::memmem;

/// Files of one text that are cut out of it.
const MOST: usize = 100;

/// A file that stood in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Embedded {
    pub(crate) name: String,
    pub(crate) data: Vec<u8>,
}

/// A text without the files in it, and the files. `None`: there are none, as nearly always.
pub(crate) fn cut(text: &[u8]) -> Option<(Vec<u8>, Vec<Embedded>)> {
    let begins = |mark: &[u8]| memmem::find(text, mark).is_some();
    if !begins(b"begin ") && !begins(b"begin-base64 ") && !begins(b"=ybegin ") {
        return None;
    }
    let mut kept = Vec::with_capacity(text.len());
    let mut files = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (line, after) = line(rest);
        let found = match files.len() < MOST {
            true => uuencoded(line, after)
                .or_else(|| in_base64(line, after))
                .or_else(|| yencoded(line, after)),
            false => None,
        };
        if let Some((file, after)) = found {
            files.push(file);
            rest = after;
        } else {
            kept.extend(rest.get(..rest.len() - after.len()).unwrap_or_default());
            rest = after;
        }
    }
    (!files.is_empty()).then_some((kept, files))
}

/// What stands around the file that a whole body is.
pub(crate) struct Around<'e> {
    pub(crate) before: &'e [u8],
    pub(crate) behind: &'e [u8],
    /// Whether the file has its end.
    is_whole: bool,
}

impl Around<'_> {
    /// Whether nothing is around a whole file.
    pub(crate) fn is_nothing(&self) -> bool {
        let is_blank = |words: &[u8]| words.trim_ascii().is_empty();
        self.is_whole && is_blank(self.before) && is_blank(self.behind)
    }
}

/// A whole body that is one such file, handed on in runs, and what stands around it: a line that is no data ends it too.
pub(crate) fn uudecode<'e>(encoded: &'e [u8], sink: &mut impl FnMut(&[u8])) -> Around<'e> {
    let mut rest = encoded;
    let mut before = encoded;
    while !rest.is_empty() {
        let (first, after) = line(rest);
        if begin(first).is_some() {
            before = encoded.get(..encoded.len() - rest.len()).unwrap_or_default();
            rest = after;
            break;
        }
        rest = after;
    }
    while !rest.is_empty() {
        let (row, behind) = line(rest);
        let is_whole = is_end(row);
        let data = if is_whole { None } else { uu_row(row) };
        let Some(data) = data else {
            return Around {
                before,
                behind: if is_whole { behind } else { rest },
                is_whole,
            };
        };
        sink(&data);
        rest = behind;
    }
    Around {
        before,
        behind: rest,
        is_whole: false,
    }
}

/// A text that is such a file, with the words around it, and whether there are none.
pub(crate) fn text(encoded: &[u8]) -> (Cow<'_, [u8]>, bool) {
    let mut data = Vec::new();
    let around = uudecode(encoded, &mut |run| data.extend_from_slice(run));
    if data.is_empty() {
        return (Cow::Borrowed(encoded), false);
    }
    if around.is_nothing() {
        return (Cow::Owned(data), true);
    }
    let mut text = around.before.to_vec();
    text.append(&mut data);
    if !text.ends_with(b"\n") {
        text.push(b'\n');
    }
    text.extend_from_slice(around.behind);
    (Cow::Owned(text), false)
}

/// A line without its end, and what follows it.
fn line(text: &[u8]) -> (&[u8], &[u8]) {
    let end = memchr::memchr(b'\n', text).map_or(text.len(), |at| at + 1);
    let (line, after) = text.split_at_checked(end).unwrap_or((text, b""));
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    (line.strip_suffix(b"\r").unwrap_or(line), after)
}

/// The name in `begin 644 name`.
fn begin(line: &[u8]) -> Option<String> {
    let rest = line.strip_prefix(b"begin ")?;
    let digits = rest
        .iter()
        .take_while(|byte| (b'0'..=b'7').contains(byte))
        .count();
    let name = rest.get(digits..)?.strip_prefix(b" ")?.trim_ascii();
    ((3..=4).contains(&digits) && !name.is_empty()).then(|| crate::charset::decode_header(name))
}

/// Editors leave blanks behind it.
fn is_end(row: &[u8]) -> bool {
    row.trim_ascii_end() == b"end"
}

/// The same in base64 (POSIX.1, `uuencode -m`): `begin-base64 644 name`, and four signs at the end.
fn in_base64<'t>(first: &[u8], after: &'t [u8]) -> Option<(Embedded, &'t [u8])> {
    let name = begin(&[b"begin", first.strip_prefix(b"begin-base64")?].concat())?;
    let mut data = Vec::new();
    let mut rest = after;
    while !rest.is_empty() {
        let (row, after) = line(rest);
        rest = after;
        let row = row.trim_ascii_end();
        if row == b"====" {
            return Some((Embedded { name, data }, rest));
        }
        let is_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=".contains(byte);
        if !row.iter().all(is_base64) {
            return None;
        }
        crate::transfer::base64(row, &mut |run| data.extend_from_slice(run));
    }
    None
}

fn uuencoded<'t>(first: &[u8], after: &'t [u8]) -> Option<(Embedded, &'t [u8])> {
    let name = begin(first)?;
    let mut data = Vec::new();
    let mut rest = after;
    // No line of data begins like the first line of a file, so each is looked at for one file alone.
    while !rest.is_empty() {
        let (row, after) = line(rest);
        rest = after;
        if is_end(row) {
            return Some((Embedded { name, data }, rest));
        }
        data.extend(uu_row(row)?);
    }
    None
}

/// One line of data: how many octets, then six bits a sign. Blanks at its end may have been lost.
fn uu_row(row: &[u8]) -> Option<Vec<u8>> {
    let value = |byte: u8| (0x20..=0x60).contains(&byte).then(|| (byte - 0x20) & 0x3f);
    let Some((&length, signs)) = row.split_first() else {
        return Some(Vec::new());
    };
    let length = usize::from(value(length)?);
    // Some write a sign for a sum behind it.
    if signs.len() > length.div_ceil(3) * 4 + 2 {
        return None;
    }
    let mut octets = Vec::with_capacity(length + 3);
    for start in (0..length).step_by(3).map(|at| at / 3 * 4) {
        let mut bits = 0_u32;
        for place in start..start + 4 {
            bits = bits << 6 | u32::from(signs.get(place).map_or(Some(0), |sign| value(*sign))?);
        }
        let [_, group @ ..] = bits.to_be_bytes();
        octets.extend(group);
    }
    octets.truncate(length);
    Some(octets)
}

fn yencoded<'t>(first: &[u8], after: &'t [u8]) -> Option<(Embedded, &'t [u8])> {
    let head = first.strip_prefix(b"=ybegin ")?;
    let at = memmem::find(head, b"name=")?;
    let name = head.get(at + 5..)?.trim_ascii();
    let unquoted = name.strip_prefix(b"\"").and_then(|name| name.strip_suffix(b"\""));
    let name = crate::charset::decode_header(unquoted.unwrap_or(name));
    let mut data = Vec::new();
    let mut rest = after;
    while !rest.is_empty() {
        let (row, after) = line(rest);
        rest = after;
        if let Some(tail) = row.strip_prefix(b"=yend ") {
            let whole = size(tail).is_some_and(|size| size == data.len());
            return (whole && !name.is_empty()).then_some((Embedded { name, data }, rest));
        }
        if row.starts_with(b"=ybegin ") {
            return None;
        }
        if !row.starts_with(b"=ypart ") {
            let mut bytes = row.iter();
            while let Some(&byte) = bytes.next() {
                let octet = match byte {
                    b'=' => bytes.next()?.wrapping_sub(64),
                    byte => byte,
                };
                data.push(octet.wrapping_sub(42));
            }
        }
    }
    None
}

fn size(fields: &[u8]) -> Option<usize> {
    let at = memmem::find(fields, b"size=")? + 5;
    let digits: String = fields
        .get(at..)?
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .map(|byte| char::from(*byte))
        .collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use waxwing_testkit::effort::assert_linear;

    use super::*;

    #[test]
    fn files_are_cut_out_of_a_text() {
        let text = b"See file:\r\n\r\nbegin 644 cat.txt\r\n#0V%T\r\n`\r\nend\r\nand\n=ybegin line=128 size=4 name=a b.bin\r\n\x92\x8b=\x7e\x9e\r\n=yend size=4\r\nBye.";
        let (kept, files) = cut(text).expect("two");
        assert_eq!(kept, b"See file:\r\n\r\nand\nBye.");
        let files: Vec<_> = files
            .iter()
            .map(|file| (file.name.as_str(), file.data.as_slice()))
            .collect();
        assert_eq!(files, [("cat.txt", &b"Cat"[..]), ("a b.bin", b"ha\x14t")]);
    }

    #[test]
    fn files_are_found_as_careless_programs_leave_them() {
        for (text, name, data, kept) in [
            (
                "begin 644 cat.txt\r\n#0V%T\r\n`\r\nend  \r\n",
                "cat.txt",
                &b"Cat"[..],
                "",
            ),
            (
                "begin-base64 644 cat.txt\r\nQ2F0\r\n====\r\nrest\r\n",
                "cat.txt",
                b"Cat",
                "rest\r\n",
            ),
            (
                "=ybegin line=128 size=1 name=\"a.bin\"\nz\n=yend size=1\n",
                "a.bin",
                b"P",
                "",
            ),
        ] {
            let (rest, files) = cut(text.as_bytes()).expect(text);
            let [file] = files.as_slice() else {
                panic!("{text}")
            };
            assert_eq!((file.name.as_str(), file.data.as_slice()), (name, data), "{text}");
            assert_eq!(String::from_utf8_lossy(&rest), kept);
        }
    }

    #[test]
    fn what_is_not_whole_stays_text() {
        for text in [
            "begin 644 cat.txt\n#0V%T\n`\n",
            "begin 644 cat.txt\nnot data at all, but words\nend\n",
            "begin at the beginning\nend\n",
            "begin 644 \n`\nend\n",
            "=ybegin line=128 size=4 name=a\nabc\n=yend size=4\n",
            "we begin 644 things\n",
            "begin-base64 644 cat.txt\nQ2F0\n",
            "begin-base64 644 cat.txt\nwords, and no data\n====\n",
        ] {
            assert_eq!(cut(text.as_bytes()), None, "{text:?}");
        }
    }

    #[test]
    fn a_body_in_this_encoding_is_decoded() {
        for (body, before, behind, is_good) in [
            ("\nbegin 644 -\n#0V%T\n`\nend\n\n", "\n", "\n", true),
            (
                "words\nbegin 644 -\n#0V%T\n`\nend\nand more\n",
                "words\n",
                "and more\n",
                false,
            ),
            (
                "begin 644 -\n#0V%T\nno data, but words\n",
                "",
                "no data, but words\n",
                false,
            ),
            ("begin 644 -\n#0V%T\n", "", "", false),
        ] {
            let mut data = Vec::new();
            let around = uudecode(body.as_bytes(), &mut |run| data.extend_from_slice(run));
            assert_eq!(data, b"Cat", "{body:?}");
            assert_eq!(
                (around.before, around.behind),
                (before.as_bytes(), behind.as_bytes()),
                "{body:?}"
            );
            assert_eq!(around.is_nothing(), is_good, "{body:?}");
        }
        let none = uudecode(b"no such thing", &mut |_| {});
        assert!(!none.is_nothing(), "it is told");
    }

    #[test]
    fn a_hundred_thousand_beginnings_are_looked_at_once() {
        for piece in [
            "begin 644 a\n",
            "begin 644 a\n#0V%T\n",
            "begin-base64 644 a\n",
            "begin-base64 644 a\nQ2F0\n",
            "=ybegin name=a\n",
            "=ybegin name=a\nxyz\n",
        ] {
            let text = |pieces| piece.repeat(pieces);
            assert_linear(piece, 2_000, text, |text| cut(text.as_bytes()));
            assert_eq!(cut(text(100_000).as_bytes()), None, "{piece}");
        }
    }
}
