//! What pictures HTML names: the `src` of an `<img>`, the `background` of a table or a body, and `url()` in styles. It is one look over
//! the text without a tree, for each letter that arrives with pictures is looked at so. Not here: what a reader is shown of
//! them, for which the HTML is read as a browser reads it.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memchr3, memmem, memrchr};

use crate::html_tokens::decode_entities;

/// Octets of an address that can name a part of a letter; `data:` has more.
const LONGEST: usize = 3_000;
/// Octets before an address in which its tag begins.
const FARTHEST: usize = 2_000;

/// Tells each address, in its order and without its entities.
pub(crate) fn sources(html: &str, tell: &mut impl FnMut(&str)) {
    let mut look = Look {
        html,
        at: 0,
        in_picture: false,
        next_close: 0,
    };
    while let Some(source) = look.next_source() {
        if source.len() > LONGEST {
            continue;
        }
        let source = match source.contains('&') {
            true => Cow::Owned(decode_entities(source)),
            false => Cow::Borrowed(source),
        };
        let source = source.trim_matches(|sign: char| sign <= ' ' || sign == '"' || sign == '\'');
        match source.contains(['\t', '\n', '\r']) {
            true => tell(&source.replace(['\t', '\n', '\r'], "")),
            false => tell(source),
        }
    }
}

/// Tells of the same addresses those of the scheme `cid:`, in a fraction of the time: nearly all letters name their pictures so.
pub(crate) fn ids(html: &str, tell: &mut impl FnMut(&str)) {
    let octets = html.as_bytes();
    let (mut comment, mut passed) = (memmem::find(octets, b"<!--"), 0);
    // Where the address ends, which is looked for once for all that begin before it.
    let mut end = 0;
    for colon in memchr_iter(b':', octets) {
        let Some(start) = colon.checked_sub(3) else {
            continue;
        };
        let is_scheme = octets
            .get(start..colon)
            .is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"cid"));
        if !is_scheme || start < passed {
            continue;
        }
        while let Some(open) = comment.filter(|open| *open < start) {
            passed = comment_end(html, open);
            let rest = octets.get(passed..).unwrap_or_default();
            comment = memmem::find(rest, b"<!--").map(|open| passed + open);
        }
        let before = octets.get(start.saturating_sub(FARTHEST)..start);
        if start < passed || !before.is_some_and(names_picture) {
            continue;
        }
        if end <= start {
            let rest = octets.get(start..).unwrap_or_default();
            end = rest
                .iter()
                .position(ends_address)
                .map_or(html.len(), |end| start + end);
        }
        let source = html.get(start..end).filter(|source| source.len() <= LONGEST);
        // The quote around it may be an entity.
        let decoded = source.map(decode_entities);
        decoded
            .iter()
            .for_each(|source| tell(source.split(['"', '\'']).next().unwrap_or_default()));
    }
}

fn ends_address(sign: &u8) -> bool {
    sign.is_ascii_whitespace() || matches!(sign, b'"' | b'\'' | b')' | b'>')
}

/// Whether what stands behind this is the address of a picture.
fn names_picture(before: &[u8]) -> bool {
    let trimmed = before.trim_ascii_end();
    let entities = [&b"&quot;"[..], b"&apos;", b"&#34;", b"&#39;"];
    let unquoted = trimmed
        .strip_suffix(b"\"")
        .or_else(|| trimmed.strip_suffix(b"'"))
        .or_else(|| entities.iter().find_map(|entity| trimmed.strip_suffix(*entity)))
        .unwrap_or(trimmed)
        .trim_ascii_end();
    match unquoted.split_last() {
        Some((b'(', before)) => is_url(before),
        Some((b'=', before)) => {
            is_called(before, b"background") || is_called(before, b"src") && ends_in_picture(before)
        }
        _ => false,
    }
}

/// Whether the last tag that begins in this is that of a picture.
fn ends_in_picture(mut before: &[u8]) -> bool {
    while let Some(open) = memrchr(b'<', before) {
        let inner = before.get(open + 1..).unwrap_or_default();
        if inner.first().is_some_and(u8::is_ascii_alphabetic) {
            return is_picture(inner);
        }
        before = before.get(..open).unwrap_or_default();
    }
    false
}

/// A browser takes `<image>` for the same.
fn is_picture(tag: &[u8]) -> bool {
    [&b"img"[..], b"image"].iter().any(|name| {
        let (start, next) = (tag.get(..name.len()), tag.get(name.len()));
        start.is_some_and(|start| start.eq_ignore_ascii_case(name))
            && next.is_some_and(|next| next.is_ascii_whitespace() || *next == b'/')
    })
}

/// Whether an attribute of this name ends here.
fn is_called(before: &[u8], name: &[u8]) -> bool {
    let before = before.trim_ascii_end();
    let at = before.len().checked_sub(name.len());
    let Some((before, found)) = at.and_then(|at| before.split_at_checked(at)) else {
        return false;
    };
    let begins = before
        .last()
        .is_some_and(|last| last.is_ascii_whitespace() || matches!(last, b'"' | b'\'' | b'/'));
    begins && found.eq_ignore_ascii_case(name)
}

fn is_url(before: &[u8]) -> bool {
    before
        .last_chunk::<3>()
        .is_some_and(|name| name.eq_ignore_ascii_case(b"url"))
}

/// Where a comment ends that begins here; `<!-->` is a whole one.
fn comment_end(html: &str, open: usize) -> usize {
    let inner = html.as_bytes().get(open + 2..).unwrap_or_default();
    memmem::find(inner, b"-->").map_or(html.len(), |end| open + 2 + end + 3)
}

struct Look<'a> {
    html: &'a str,
    at: usize,
    /// The tag that was opened last is that of a picture.
    in_picture: bool,
    /// Where the next closing bracket stands, which is looked for once for all that are open before it.
    next_close: usize,
}

impl<'a> Look<'a> {
    fn next_source(&mut self) -> Option<&'a str> {
        loop {
            let rest = self.html.as_bytes().get(self.at..)?;
            let sign = self.at + memchr3(b'<', b'=', b'(', rest)?;
            self.at = sign + 1;
            let source = match self.html.as_bytes().get(sign)? {
                b'<' => self.tag(),
                b'=' => self.attribute(sign),
                _ => self.function(sign),
            };
            if source.is_some() {
                return source;
            }
        }
    }

    /// Notes what kind of tag begins here, and passes over comments.
    fn tag(&mut self) -> Option<&'a str> {
        let inner = self.html.as_bytes().get(self.at..)?;
        if inner.starts_with(b"!--") {
            self.at = comment_end(self.html, self.at - 1);
        } else if inner.first().is_some_and(u8::is_ascii_alphabetic) {
            self.in_picture = is_picture(inner);
        }
        None
    }

    /// The value behind an equals sign, if that is of an attribute that names a picture.
    fn attribute(&mut self, sign: usize) -> Option<&'a str> {
        let before = self.html.as_bytes().get(..sign)?;
        if !(self.in_picture && is_called(before, b"src") || is_called(before, b"background")) {
            return None;
        }
        let value = self.html.get(self.at..)?;
        let trimmed = value.trim_ascii_start();
        let start = self.at + (value.len() - trimmed.len());
        let end = match trimmed.as_bytes().first()? {
            quote @ (b'"' | b'\'') => memchr(*quote, trimmed.as_bytes().get(1..)?).map(|end| end + 1),
            _ => trimmed
                .bytes()
                .position(|byte| byte.is_ascii_whitespace() || byte == b'>'),
        };
        let end = start + end.unwrap_or(trimmed.len());
        self.at = end;
        self.html.get(start..end)
    }

    /// What stands between the brackets of `url()`.
    fn function(&mut self, sign: usize) -> Option<&'a str> {
        if !is_url(self.html.as_bytes().get(..sign)?) {
            return None;
        }
        if self.next_close < self.at {
            let close = memchr(b')', self.html.as_bytes().get(self.at..)?);
            self.next_close = close.map_or(self.html.len(), |close| self.at + close);
        }
        self.html.get(self.at..self.next_close)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    fn all(html: &str) -> Vec<String> {
        let mut all = Vec::new();
        sources(html, &mut |source| all.push(source.to_owned()));
        all
    }

    #[test]
    fn pictures_are_found_wherever_html_may_name_them() {
        for (html, found) in [
            ("<img src=cid:a>", &["cid:a"][..]),
            ("<IMG alt='x = y' SRC = \"a&amp;b.gif\"/>", &["a&b.gif"]),
            ("<img/src='a b.gif'>", &["a b.gif"]),
            ("<img src=\" a\r\n.gif \">", &["a.gif"]),
            ("<image src=a>", &["a"]),
            ("<body background=a><td BACKGROUND='b'>", &["a", "b"]),
            ("<p style=\"background:url(a.gif)\">", &["a.gif"]),
            ("<p style=\"background:URL( 'a.gif' )\">", &["a.gif"]),
            ("<p style='background:url(&quot;a.gif&quot;)'>", &["a.gif"]),
            ("<style>p{background:url(\"a\"),url(b)}</style>", &["a", "b"]),
            ("<!--[if mso]><img src=a><![endif]--><img src=b>", &["b"]),
            ("<!--><img src=a>", &["a"]),
            ("<![if !mso]><img src=a><![endif]>", &["a"]),
            ("<a href=cid:a>x</a><a src=cid:b>", &[]),
            ("<img data-src=a longdesc=b>", &[]),
            ("<imgs src=a><img", &[]),
            ("<!-- <img src=a>", &[]),
            ("src=a url (b) curl(c", &["c"]),
            ("=(<", &[]),
            ("", &[]),
        ] {
            assert_eq!(all(html), found, "{html}");
        }
        let long = format!(
            "<img src='data:image/png;base64,{}'><img src=a>",
            "A".repeat(LONGEST)
        );
        assert_eq!(all(&long), ["a"]);
    }

    #[test]
    fn ids_are_found_where_addresses_are() {
        for html in [
            "<img src=cid:a>",
            "<IMG alt='x = y' SRC = \"cid:a&amp;b\"/><img src=' CID:c '>",
            "<img\nalt=\"a < b\" src=\"cid:a\"><image src=cid:b>",
            "<body background=cid:a><td BACKGROUND='cid:b'>",
            "<p style=\"background:url(cid:a)\"><p style=\"background:URL( 'cid:b' )\">",
            "<p style='background:url(&quot;cid:a&quot;)'><p style=\"background:url(&#39;cid:a&#39;)\">",
            "<!--[if mso]><img src=cid:a><![endif]--><img src=cid:b><!-- <img src=cid:c>",
            "<!--><img src=cid:a><!-- --><!----><img src=cid:b>",
            "<a href=cid:a>x</a><a src=cid:b><img data-src=cid:c><p>cid:d (cid:e) url cid:f",
            "<img src=xcid:a><img src=cid:><img src=id:a>cid:",
            "cid:a<img src=cid:b",
        ] {
            let mut found = Vec::new();
            ids(html, &mut |source| found.push(source.to_owned()));
            let all = all(html).into_iter();
            let wanted = all.filter(|source| {
                source
                    .get(..4)
                    .is_some_and(|start| start.eq_ignore_ascii_case("cid:"))
            });
            assert_eq!(found, wanted.collect::<Vec<_>>(), "{html}");
        }
    }

    #[test]
    fn what_never_ends_is_passed_over_once() {
        for open in [
            "<img src='",
            "url(",
            "<!--",
            "<img src=",
            "background=\"",
            "=",
            "<img src=a\" ",
            " src=cid:",
            "<!--cid:",
            "url(cid:",
            "<img src=cid:",
        ] {
            let html = open.repeat(2_000_000 / open.len());
            let before = Instant::now();
            all(&html);
            ids(&html, &mut |_| {});
            assert!(before.elapsed().as_secs() < 5, "{open}");
        }
    }
}
