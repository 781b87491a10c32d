//! The attributes of one tag, to be asked by name and written anew. Not here: which of them may stay.

use crate::markup::Attribute;

/// Attributes as the tokenizer read them: names in lower case, the first of two equal names.
pub(crate) struct Attributes<'a>(pub(crate) &'a [Attribute<'a>]);

impl<'a> Attributes<'a> {
    pub(crate) fn get(&self, name: &str) -> Option<&'a str> {
        self.0
            .iter()
            .find(|attribute| attribute.name == name)
            .map(|attribute| &*attribute.value)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0
            .iter()
            .map(|attribute| (&*attribute.name, &*attribute.value))
    }

    pub(crate) fn classes(&self) -> impl Iterator<Item = &'a str> {
        self.get("class").unwrap_or_default().split_ascii_whitespace()
    }
}

/// Writes ` name="value"`.
pub(crate) fn write(name: &str, value: &str, to: &mut String) {
    to.push(' ');
    to.push_str(name);
    to.push_str("=\"");
    escape(value, to);
    to.push('"');
}

/// Writes ` name="one two"`, or nothing where there are no words.
pub(crate) fn write_words<'w>(name: &str, words: impl Iterator<Item = &'w str>, to: &mut String) {
    let before = to.len();
    for word in words {
        to.push(' ');
        if to.len() == before + 1 {
            to.push_str(name);
            to.push_str("=\"");
        }
        escape(word, to);
    }
    if to.len() > before {
        to.push('"');
    }
}

/// Writes text so that it is text again when it is read, in an element or in a quoted attribute.
pub(crate) fn escape(text: &str, to: &mut String) {
    // Mostly nothing is to be changed, which is seen sooner without a stop at each octet.
    if !text.bytes().fold(false, |odd, byte| odd | is_odd(byte)) {
        return to.push_str(text);
    }
    let mut rest = text;
    while let Some(at) = rest.bytes().position(is_odd) {
        let (plain, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        to.push_str(plain);
        let mut odd = from.chars();
        match odd.next() {
            Some('&') => to.push_str("&amp;"),
            Some('<') => to.push_str("&lt;"),
            Some('>') => to.push_str("&gt;"),
            Some('"') => to.push_str("&quot;"),
            // No text needs these two, and a parser drops them in some places and not in others.
            Some('\0' | '\u{feff}') | None => {}
            Some(other) => to.push(other),
        }
        rest = odd.as_str();
    }
    to.push_str(rest);
}

/// Whether a sign that begins with this octet may have to be changed.
fn is_odd(byte: u8) -> bool {
    matches!(byte, b'&' | b'<' | b'>' | b'"' | 0 | FIRST_OF_BOM)
}

/// With it begin the octets of U+FEFF, and of a few other signs, which stay.
const FIRST_OF_BOM: u8 = 0xef;
