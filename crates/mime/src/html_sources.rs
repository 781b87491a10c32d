//! What pictures HTML names: the `src` of an `<img>`, the `background` of a table or a body, and `url()` in styles that hold by themselves. It is one look over
//! the text without a tree, for each letter that arrives with pictures is looked at so. Not here: what a reader is shown of
//! them, for which the HTML is read as a browser reads it.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memchr2, memchr3, memmem, memrchr};

use crate::html_tokens::decode_entities;
use crate::style_rules::is_up_to_reader;

/// Octets of an address that can name a part of a letter; `data:` has more.
const LONGEST: usize = 3_000;

/// Tells each address, in its order and without its entities.
pub(crate) fn sources(html: &str, tell: &mut impl FnMut(&str)) {
    let mut look = Look {
        html,
        at: 0,
        in_picture: false,
    };
    while let Some(source) = look.next_source() {
        tell_clean(source, tell);
    }
}

/// Tells an address without its entities, and without what a browser leaves out of it.
fn tell_clean(source: &str, tell: &mut impl FnMut(&str)) {
    if source.len() > LONGEST {
        return;
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

/// Tells of the same addresses those of the scheme `cid:`, in a fraction of the time: nearly all letters name their pictures so.
pub(crate) fn ids(html: &str, tell: &mut impl FnMut(&str)) {
    let octets = html.as_bytes();
    let mut passed = Passed {
        html,
        to: 0,
        looked: 0,
        in_picture: false,
        comment: memmem::find(octets, b"<!--"),
    };
    for colon in memchr_iter(b':', octets) {
        let Some(start) = colon.checked_sub(3) else {
            continue;
        };
        let is_scheme = octets
            .get(start..colon)
            .is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"cid"));
        if !is_scheme || !passed.reaches(start) {
            continue;
        }
        let before = octets.get(..start).unwrap_or_default();
        let Some(until) = names_picture(before, passed.in_picture) else {
            continue;
        };
        let end = until.end(html, start);
        if !matches!(until, Until::Bracket) {
            passed.pass(end);
        }
        html.get(start..end)
            .iter()
            .for_each(|source| tell_clean(source, tell));
    }
}

/// What stands before an address.
struct Passed<'a> {
    html: &'a str,
    /// What begins before this stands in a comment, or in an attribute that was told.
    to: usize,
    /// Up to where tags were looked for, and whether the last one is that of a picture.
    looked: usize,
    in_picture: bool,
    /// The next comment.
    comment: Option<usize>,
}

impl Passed<'_> {
    /// Whether what begins here is still to be told. It stands in the tag that is known then.
    fn reaches(&mut self, start: usize) -> bool {
        while let Some(open) = self.comment.filter(|open| *open < start) {
            if open >= self.to {
                self.look(open);
                self.pass(comment_end(self.html, open));
            }
            let rest = self.html.as_bytes().get(self.to..).unwrap_or_default();
            self.comment = memmem::find(rest, b"<!--").map(|open| self.to + open);
        }
        if start < self.to {
            return false;
        }
        self.look(start);
        true
    }

    fn pass(&mut self, to: usize) {
        self.to = to;
        self.looked = to;
    }

    /// Looks from behind for the tag that was opened last.
    fn look(&mut self, until: usize) {
        let octets = self.html.as_bytes();
        let mut end = until;
        while let Some(open) = octets.get(self.looked..end).and_then(|part| memrchr(b'<', part)) {
            end = self.looked + open;
            let inner = octets.get(end + 1..).unwrap_or_default();
            if inner.first().is_some_and(u8::is_ascii_alphabetic) {
                self.in_picture = is_picture(inner);
                break;
            }
        }
        self.looked = until;
    }
}

/// How far an address goes.
#[derive(Clone, Copy)]
enum Until {
    Quote(u8),
    /// White space, or the end of the tag.
    Space,
    /// A closing bracket, or one that opens another.
    Bracket,
}

impl Until {
    fn end(self, html: &str, start: usize) -> usize {
        let rest = html.as_bytes().get(start..).unwrap_or_default();
        let end = match self {
            Self::Quote(quote) => memchr(quote, rest),
            Self::Space => rest
                .iter()
                .position(|sign| sign.is_ascii_whitespace() || *sign == b'>'),
            Self::Bracket => memchr2(b'(', b')', rest),
        };
        end.map_or(html.len(), |end| start + end)
    }
}

/// How far the address goes that stands behind this, if it is one of a picture. `in_picture`: the last tag is that of one.
fn names_picture(before: &[u8], in_picture: bool) -> Option<Until> {
    let trimmed = before.trim_ascii_end();
    let quote = trimmed
        .last()
        .copied()
        .filter(|last| matches!(last, b'"' | b'\''));
    let entities = [&b"&quot;"[..], b"&apos;", b"&#34;", b"&#39;"];
    let unquoted = match quote {
        Some(_) => trimmed.split_last().map(|(_, before)| before),
        None => entities.iter().find_map(|entity| trimmed.strip_suffix(*entity)),
    };
    match unquoted.unwrap_or(trimmed).trim_ascii_end().split_last()? {
        (b'(', before) => (is_url(before) && !is_up_to_reader(before)).then_some(Until::Bracket),
        (b'=', before) => {
            let names = is_called(before, b"background") || in_picture && is_called(before, b"src");
            names.then_some(quote.map_or(Until::Space, Until::Quote))
        }
        _ => None,
    }
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
            quote @ (b'"' | b'\'') => Until::Quote(*quote).end(self.html, start + 1),
            _ => Until::Space.end(self.html, start),
        };
        self.at = end;
        self.html.get(start..end)
    }

    /// What stands between the brackets of `url()`.
    fn function(&mut self, sign: usize) -> Option<&'a str> {
        let before = self.html.as_bytes().get(..sign)?;
        if !is_url(before) || is_up_to_reader(before) {
            return None;
        }
        self.html.get(self.at..Until::Bracket.end(self.html, self.at))
    }
}

#[cfg(test)]
mod tests {
    use waxwing_testkit::effort::assert_linear;

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
            (
                "<style>p:hover{background:url(a)}b{background:url(b)}</style>",
                &["b"],
            ),
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
            "<img src=\"cid:a(1).png\"><img src='cid:it\"s one'><img src=cid:a(b)>",
            "<p style='background:url(cid:a'><img src=cid:b>url(cid:c(cid:d)",
            "<style>p:hover{background:url(cid:a)}b{background:url(cid:b)}</style>",
            "<img <!-- <b> --> src=cid:a><b <!-- <img> --> src=cid:b>",
            "<img src=\"cid:a src=cid:b <b \" src='cid:c'>",
            &format!("<img alt=\"{}\" src=\"cid:a\">", "x".repeat(5_000)),
            &format!("<b title=\"{}\" src=\"cid:a\">", "x".repeat(5_000)),
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
            "<img src=url(cid:",
            " /src=cid:",
            "<img background=cid:url(",
        ] {
            for close in ["", ")", "'", "\"", ">", "-->"] {
                // Each address that is never closed, and blocks that are as long as one may be.
                let block = open.repeat(LONGEST / open.len() - 1) + close;
                let one = |octets| open.repeat(octets / open.len()) + close;
                let blocks = |octets| block.repeat(octets / block.len());
                for make in [&one as &dyn Fn(usize) -> String, &blocks] {
                    let told = |html: &String| {
                        let (mut of_all, mut of_ids) = (0, 0);
                        sources(html, &mut |source| of_all += source.len());
                        ids(html, &mut |source| of_ids += source.len());
                        [of_all, of_ids]
                    };
                    assert_linear(format_args!("{open}…{close}"), 40_000, make, told);
                    let html = make(500_000);
                    let told = told(&html);
                    // What stands in an attribute and what stands in brackets may overlap, and no more than that.
                    let most = 2 * html.len();
                    assert!(
                        told.iter().all(|octets| *octets <= most),
                        "{open} {close}: {told:?}"
                    );
                }
            }
        }
    }
}
