//! What pictures HTML names: the `src` of an `<img>`, the `background` of a table or a body, and `url()` in styles. It is one look over
//! the text without a tree, for each letter that arrives with pictures is looked at so. Not here: what a reader is shown of
//! them, for which the HTML is read as a browser reads it.

use std::borrow::Cow;

use memchr::{memchr, memchr3, memmem};

use crate::html_tokens::decode_entities;

/// Octets of an address that can name a part of a letter; `data:` has more.
const LONGEST: usize = 3_000;

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
            // `<!-->` is a whole comment.
            let end = memmem::find(inner.get(1..)?, b"-->");
            self.at = end.map_or(self.html.len(), |end| self.at + end + 4);
            return None;
        }
        if inner.first().is_some_and(u8::is_ascii_alphabetic) {
            // A browser takes `<image>` for the same.
            self.in_picture = [&b"img"[..], b"image"].iter().any(|name| {
                let (start, next) = (inner.get(..name.len()), inner.get(name.len()));
                start.is_some_and(|start| start.eq_ignore_ascii_case(name))
                    && next.is_some_and(|next| next.is_ascii_whitespace() || *next == b'/')
            });
        }
        None
    }

    /// The value behind an equals sign, if that is of an attribute that names a picture.
    fn attribute(&mut self, sign: usize) -> Option<&'a str> {
        let before = self.html.as_bytes().get(..sign)?.trim_ascii_end();
        let is_called = |name: &[u8]| {
            let Some((before, found)) = before
                .len()
                .checked_sub(name.len())
                .and_then(|at| before.split_at_checked(at))
            else {
                return false;
            };
            let begins = before
                .last()
                .is_some_and(|last| last.is_ascii_whitespace() || matches!(last, b'"' | b'\'' | b'/'));
            begins && found.eq_ignore_ascii_case(name)
        };
        if !(self.in_picture && is_called(b"src") || is_called(b"background")) {
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
        let name = self.html.as_bytes().get(sign.checked_sub(3)?..sign)?;
        if !name.eq_ignore_ascii_case(b"url") {
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
    fn what_never_ends_is_passed_over_once() {
        for open in [
            "<img src='",
            "url(",
            "<!--",
            "<img src=",
            "background=\"",
            "=",
            "<img src=a\" ",
        ] {
            let html = open.repeat(2_000_000 / open.len());
            let before = Instant::now();
            all(&html);
            assert!(before.elapsed().as_secs() < 5, "{open}");
        }
    }
}
