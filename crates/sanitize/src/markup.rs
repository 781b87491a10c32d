//! A letter read into tags and text, in the very steps of a browser's tokenizer (WHATWG HTML, section 13.2.5), without
//! copying what can stay where it is. Tags with a crowd of attributes lose those that are too many: a tokenizer compares each
//! new one with all before it, so that a tag of a million would take an hour.
//!
//! It serves the first pass alone. The last filter reads with html5ever, and a test holds the two together; if they came to
//! disagree, looks would be lost, not safety. Not here: what becomes of any of it.

use std::borrow::Cow;

use memchr::memchr;

use crate::element::{Fate, Text, known};
use crate::references::{Place, read};

/// More attributes than any tag of a letter has.
const MOST: usize = 128;

pub(crate) struct Attribute<'h> {
    /// In lower case.
    pub(crate) name: Cow<'h, str>,
    pub(crate) value: Cow<'h, str>,
}

/// A start tag.
pub(crate) struct Tag<'t> {
    /// Empty if it is none that is known here.
    pub(crate) name: &'static str,
    pub(crate) fate: Fate,
    /// The first of two equal names.
    pub(crate) attributes: &'t [Attribute<'t>],
    /// It ends with `/>`.
    pub(crate) is_closed: bool,
}

/// Whoever wants to know what stands in a letter.
pub(crate) trait Reader {
    fn start(&mut self, tag: &Tag);
    fn end(&mut self, name: &'static str, fate: Fate);
    fn text(&mut self, text: &str);
}

/// Reads a letter from its beginning to its end, and says how many signs and names were looked at for it.
pub(crate) fn tell(html: &str, reader: &mut impl Reader) -> usize {
    let html = html.strip_prefix('\u{feff}').unwrap_or(html);
    let mut walk = Walk {
        html,
        at: 0,
        attributes: Vec::new(),
        steps: 0,
    };
    while walk.at < html.len() {
        walk.text(reader);
        if walk.markup(reader).is_none() {
            break;
        }
    }
    walk.steps
}

struct Walk<'h> {
    html: &'h str,
    at: usize,
    /// Those of the tag that is being read, kept for the room that they take.
    attributes: Vec<Attribute<'h>>,
    steps: usize,
}

impl<'h> Walk<'h> {
    /// Text up to the next sign that may begin a tag.
    fn text(&mut self, reader: &mut impl Reader) {
        let from = self.at;
        self.at = self.find(b'<').unwrap_or(self.html.len());
        self.hand_on(from, Place::Between, reader);
    }

    /// A tag, a comment, or a sign that was none. `None`: the letter ends in it, and it counts for nothing.
    fn markup(&mut self, reader: &mut impl Reader) -> Option<()> {
        let start = self.at;
        match (self.byte(1), self.byte(2)) {
            (None, _) => {}
            (Some(letter), _) if letter.is_ascii_alphabetic() => {
                self.at += 1;
                return self.start(reader);
            }
            (Some(b'/'), Some(letter)) if letter.is_ascii_alphabetic() => {
                self.at += 2;
                let (name, fate, _) = self.tag()?;
                reader.end(name, fate);
                return Some(());
            }
            (Some(b'!'), _) if self.rest().starts_with("<!--") => {
                self.at += 4;
                return self.comment();
            }
            (Some(b'!' | b'?'), _) | (Some(b'/'), Some(_)) => {
                self.at = self.find(b'>')? + 1;
                return Some(());
            }
            // At the end of the letter `</` is text.
            (Some(b'/'), None) => self.at += 1,
            _ => {}
        }
        self.at = self.html.len().min(self.at + 1);
        self.hand_on(start, Place::Between, reader);
        Some(())
    }

    fn start(&mut self, reader: &mut impl Reader) -> Option<()> {
        let from = self.at;
        let (name, fate, is_closed) = self.tag()?;
        reader.start(&Tag {
            name,
            fate,
            attributes: &self.attributes,
            is_closed,
        });
        let text = match fate {
            Fate::Sheet => Text::Rawtext,
            Fate::KeepText(text) | Fate::RemoveText(text) => text,
            _ => return Some(()),
        };
        // Such names are known, and written as long as they are.
        self.content(from, name.len(), text, reader);
        Some(())
    }

    /// What is text up to the end tag, in elements whose content is not markup.
    fn content(&mut self, name_at: usize, length: usize, text: Text, reader: &mut impl Reader) {
        let name = self.slice(name_at, name_at + length);
        let from = self.at;
        let place = match text {
            Text::Rcdata => Place::Rcdata,
            Text::Rawtext | Text::Plain => Place::Raw,
        };
        loop {
            let found = match text {
                Text::Plain => None,
                Text::Rcdata | Text::Rawtext => self.find(b'<'),
            };
            let Some(found) = found else {
                self.at = self.html.len();
                break;
            };
            self.at = found;
            let end = found + 2 + length;
            let ends = self.byte(1) == Some(b'/')
                && self
                    .html
                    .get(found + 2..end)
                    .is_some_and(|here| here.eq_ignore_ascii_case(name))
                && self
                    .html
                    .as_bytes()
                    .get(end)
                    .is_some_and(|&byte| is_blank(byte) || matches!(byte, b'/' | b'>'));
            if ends {
                break;
            }
            self.at += 1;
        }
        self.hand_on(from, place, reader);
    }

    /// Reads a tag from its name on, with its attributes. `None`: the letter ends in it.
    fn tag(&mut self) -> Option<(&'static str, Fate, bool)> {
        let from = self.at;
        self.skip_while(|byte| !is_blank(byte) && !matches!(byte, b'/' | b'>'));
        let (name, fate) = known(self.slice(from, self.at).as_bytes());
        self.attributes.clear();
        let mut count = 0_usize;
        loop {
            let mut is_closed = false;
            let next = loop {
                match self.byte(0)? {
                    b'/' => is_closed = true,
                    byte if is_blank(byte) => is_closed = false,
                    byte => break byte,
                }
                self.at += 1;
            };
            if next == b'>' {
                self.at += 1;
                return Some((name, fate, is_closed && count <= MOST));
            }
            count += 1;
            self.attribute(count <= MOST)?;
        }
    }

    fn attribute(&mut self, is_kept: bool) -> Option<()> {
        let from = self.at;
        // An equals sign where a name should begin is the name's first letter.
        self.at += 1;
        self.skip_while(|byte| !is_blank(byte) && !matches!(byte, b'/' | b'>' | b'='));
        let name = self.slice(from, self.at);
        self.skip_blanks();
        let mut value = "";
        if self.byte(0)? == b'=' {
            self.at += 1;
            self.skip_blanks();
            let from = self.at;
            match self.byte(0)? {
                quote @ (b'"' | b'\'') => {
                    self.at += 1;
                    self.at = self.find(quote)?;
                    value = self.slice(from + 1, self.at);
                    self.at += 1;
                }
                b'>' => {}
                _ => {
                    self.skip_while(|byte| !is_blank(byte) && byte != b'>');
                    value = self.slice(from, self.at);
                }
            }
        }
        if is_kept {
            let name = lower(name, &mut self.steps);
            self.steps += self.attributes.len();
            if !self.attributes.iter().any(|known| known.name == name) {
                let value = read(value, Place::Attribute, &mut self.steps);
                self.attributes.push(Attribute { name, value });
            }
        }
        Some(())
    }

    fn comment(&mut self) -> Option<()> {
        if let Some(after) = ["->", ">"].iter().find(|end| self.rest().starts_with(**end)) {
            self.at += after.len();
            return Some(());
        }
        loop {
            self.at = self.find(b'-')?;
            let end = match (self.byte(1), self.byte(2), self.byte(3)) {
                (Some(b'-'), Some(b'>'), _) => 3,
                (Some(b'-'), Some(b'!'), Some(b'>')) => 4,
                _ => 0,
            };
            if end > 0 {
                self.at += end;
                return Some(());
            }
            self.at += 1;
        }
    }

    fn hand_on(&mut self, from: usize, place: Place, reader: &mut impl Reader) {
        let text = self.slice(from, self.at);
        if !text.is_empty() {
            reader.text(&read(text, place, &mut self.steps));
        }
    }

    fn rest(&self) -> &'h str {
        self.html.get(self.at..).unwrap_or_default()
    }

    fn slice(&self, from: usize, to: usize) -> &'h str {
        self.html.get(from..to).unwrap_or_default()
    }

    fn byte(&self, ahead: usize) -> Option<u8> {
        self.html.as_bytes().get(self.at + ahead).copied()
    }

    /// Where a sign of one octet stands next.
    fn find(&mut self, sign: u8) -> Option<usize> {
        let found = memchr(sign, self.rest().as_bytes());
        self.steps += found.unwrap_or(self.rest().len()) + 1;
        found.map(|at| self.at + at)
    }

    fn skip_blanks(&mut self) {
        let rest = self.html.as_bytes().get(self.at..).unwrap_or_default();
        let blanks = rest
            .iter()
            .position(|&byte| !is_blank(byte))
            .unwrap_or(rest.len());
        self.steps += blanks;
        self.at += blanks;
    }

    /// Stops before an ASCII byte or at the end, so that it always stands between two characters.
    fn skip_while(&mut self, wanted: impl Fn(u8) -> bool) {
        let rest = self.html.as_bytes().get(self.at..).unwrap_or_default();
        let skipped = rest
            .iter()
            .position(|&byte| byte.is_ascii() && !wanted(byte))
            .unwrap_or(rest.len());
        self.steps += skipped;
        self.at += skipped;
    }
}

fn lower<'t>(name: &'t str, steps: &mut usize) -> Cow<'t, str> {
    let odd = |odd, byte: &u8| odd | byte.is_ascii_uppercase() | (*byte == 0);
    if !name.as_bytes().iter().fold(false, odd) {
        return Cow::Borrowed(name);
    }
    Cow::Owned(read(name, Place::Name, steps).to_ascii_lowercase())
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\x0c' | b'\r' | b' ')
}

#[cfg(test)]
mod tests;
