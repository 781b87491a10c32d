//! HTML cut into tags and text, in one pass and without a tree. This is for reading words, not for showing HTML:
//! what comes out of here is plain text and nothing here makes HTML safe.

use mail_parser::decoders::html::add_html_token;
use memchr::{memchr, memmem};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// Between tags; entities are still there.
    Text(&'a str),
    Open {
        /// In lower case.
        name: String,
        attributes: &'a str,
    },
    Close {
        name: String,
    },
}

/// The tags and the text of some HTML. What scripts, style sheets and comments hold is left out.
pub(crate) struct Tokens<'a> {
    rest: &'a str,
    /// An element whose content is not text: it ends only at its own closing tag.
    opaque: Option<String>,
}

impl<'a> Tokens<'a> {
    pub(crate) fn of(html: &'a str) -> Self {
        Self {
            rest: html,
            opaque: None,
        }
    }

    fn advance(&mut self, by: usize) {
        self.rest = self.rest.get(by..).unwrap_or_default();
    }

    /// Goes to the closing tag of an opaque element, or to the end where there is none.
    fn skip_opaque(&mut self, name: &str) {
        while let Some(at) = memmem::find(self.rest.as_bytes(), b"</") {
            let found = self.rest.get(at + 2..).unwrap_or_default();
            let is_it = found
                .get(..name.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(name))
                && !found
                    .get(name.len()..)
                    .unwrap_or_default()
                    .starts_with(|c: char| c.is_ascii_alphanumeric());
            if is_it {
                return self.advance(at);
            }
            self.advance(at + 2);
        }
        self.rest = "";
    }

    /// A comment, a declaration or a processing instruction.
    fn skip_markup(&mut self) {
        let end = match self.rest.strip_prefix("<!--") {
            Some(comment) => memmem::find(comment.as_bytes(), b"-->").map(|at| at + 7),
            None => memchr(b'>', self.rest.as_bytes()).map(|at| at + 1),
        };
        self.advance(end.unwrap_or(self.rest.len()));
    }

    fn tag(&mut self) -> Option<Token<'a>> {
        let is_closing = self.rest.starts_with("</");
        let inner = self.rest.get(if is_closing { 2 } else { 1 }..)?;
        let end = tag_end(inner);
        let content = inner.get(..end)?;
        let name_end = content
            .find(|c: char| c.is_whitespace() || c == '/')
            .unwrap_or(content.len());
        let (name, attributes) = content.split_at_checked(name_end)?;
        let name = name.to_ascii_lowercase();
        self.rest = inner.get(end..).unwrap_or_default();
        self.rest = self.rest.strip_prefix('>').unwrap_or(self.rest);
        if is_closing {
            return Some(Token::Close { name });
        }
        if OPAQUE.contains(&name.as_str()) {
            self.opaque = Some(name.clone());
        }
        Some(Token::Open { name, attributes })
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if let Some(name) = self.opaque.take() {
            self.skip_opaque(&name);
        }
        loop {
            let bytes = self.rest.as_bytes();
            match bytes {
                [] => return None,
                [b'<', b'!' | b'?', ..] => self.skip_markup(),
                [b'<', b'/', letter, ..] | [b'<', letter, ..] if letter.is_ascii_alphabetic() => {
                    return self.tag();
                }
                [b'<', b'/', ..] => self.skip_markup(),
                _ => {
                    // A "<" that starts no tag is text.
                    let end =
                        memchr(b'<', bytes.get(1..).unwrap_or_default()).map_or(bytes.len(), |at| at + 1);
                    let text = self.rest.get(..end)?;
                    self.advance(end);
                    return Some(Token::Text(text));
                }
            }
        }
    }
}

const OPAQUE: [&str; 10] = [
    "iframe", "noembed", "noframes", "script", "select", "style", "svg", "template", "textarea", "title",
];

/// Where a tag ends: at ">" outside quotes.
fn tag_end(inner: &str) -> usize {
    let mut quote = None;
    let mut after_equals = false;
    for (at, byte) in inner.bytes().enumerate() {
        match (byte, quote) {
            (b'>', None) => return at,
            // A quote opens a value only right after an equals sign; elsewhere it is a stray character.
            (b'"' | b'\'', None) if after_equals => quote = Some(byte),
            (_, Some(open)) if open == byte => quote = None,
            _ => {}
        }
        after_equals = byte == b'=' || (after_equals && byte.is_ascii_whitespace());
    }
    inner.len()
}

/// To what address the HTML says that those in it are relative: in its first `<base>` that says one.
pub(crate) fn base(html: &str) -> Option<String> {
    Tokens::of(html).find_map(|token| match token {
        Token::Open { name, attributes } if name == "base" => attribute(attributes, "href"),
        _ => None,
    })
}

/// The value of one attribute, with its entities decoded.
pub(crate) fn attribute(attributes: &str, wanted: &str) -> Option<String> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/' || c == '=');
        if rest.is_empty() {
            return None;
        }
        let name_end = rest
            .find(|c: char| c.is_whitespace() || c == '=' || c == '/')
            .unwrap_or(rest.len());
        let (name, after) = rest.split_at_checked(name_end)?;
        let after = after.trim_start();
        let Some(value) = after.strip_prefix('=').map(str::trim_start) else {
            if name.eq_ignore_ascii_case(wanted) {
                return Some(String::new());
            }
            rest = after;
            continue;
        };
        let (value, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let inner = value.get(1..).unwrap_or_default();
                inner.split_once(quote).unwrap_or((inner, ""))
            }
            _ => value.split_at_checked(value.find(char::is_whitespace).unwrap_or(value.len()))?,
        };
        if name.eq_ignore_ascii_case(wanted) {
            return Some(decode_entities(value));
        }
        rest = after;
    }
}

/// The text with its entities decoded.
pub(crate) fn decode_entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        let Some((before, from)) = rest.split_at_checked(at) else {
            break;
        };
        out.push_str(before);
        // No entity has a longer name than 32 characters.
        let end = from
            .bytes()
            .take(34)
            .position(|byte| byte == b';')
            .map(|end| end + 1);
        match end.and_then(|end| from.split_at_checked(end)) {
            Some((entity, after)) => {
                add_html_token(&mut out, entity.as_bytes(), false);
                rest = after;
            }
            None => {
                out.push('&');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(html: &str) -> String {
        Tokens::of(html)
            .filter_map(|t| {
                if let Token::Text(text) = t {
                    Some(text)
                } else {
                    None
                }
            })
            .collect()
    }

    #[test]
    fn what_is_no_text_is_left_out() {
        for (html, text) in [
            ("a<b>c</b>", "ac"),
            (
                "<style>p > a { }</style>x<script>if (a</b) '</scriptx'</script>y",
                "xy",
            ),
            ("<!-- <p>no</p> -->yes<!doctype html><?xml?>", "yes"),
            ("<a title=\"a > b\" href='x>y'>link</a>", "link"),
            ("1 < 2 & 3 <3", "1 < 2 & 3 <3"),
            ("<p title=\"open>never", ""),
            ("<!-- open", ""),
            ("<title>x</title>y</ >z", "yz"),
        ] {
            assert_eq!(texts(html), text, "{html}");
        }
    }

    #[test]
    fn attributes_are_found_quoted_or_not() {
        for (attributes, value) in [
            (" href=\"a&amp;b\"", Some("a&b")),
            (" class=x href = 'y z' ", Some("y z")),
            (" HREF=q/r?s=t", Some("q/r?s=t")),
            (" data-href=\"no\"", None),
            (" href", Some("")),
            (" / = ", None),
        ] {
            assert_eq!(attribute(attributes, "href").as_deref(), value, "{attributes}");
        }
    }

    #[test]
    fn entities_are_decoded_and_what_is_none_stays() {
        assert_eq!(
            decode_entities("&lt;&#228;&#xE4;&uuml;&nosuch; & &amp"),
            "<ääü&nosuch; & &amp",
            "names, numbers"
        );
        assert_eq!(
            decode_entities("&a&b;&ü;&#xD800;"),
            "&a&b;&ü;\u{fffd}",
            "nothing panics"
        );
    }
}
