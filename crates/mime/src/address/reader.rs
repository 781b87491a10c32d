//! The signs of an address list, taken apart one after another (RFC 5322, sections 3.4 and 4.4). A sign that opens something and
//! is never closed is a sign like any other, for else it would swallow the addresses behind it. Whether one is closed is known
//! before the reading begins, so that a list is read in one go however it is broken.

use std::collections::HashSet;

use waxwing_model::Address;

use super::Manner;
use super::pieces::{clean_email, clean_name, is_one_piece, is_whole, split_bare};
use crate::{visible, words};

pub(super) struct Reader<'a> {
    text: &'a str,
    at: usize,
    manner: Manner,
    /// Where comments begin that also end.
    comments: HashSet<usize>,
    /// A quotation mark that nothing closes was met, so that none behind it is closed either.
    quotes_end: bool,
    /// No encoded word that begins before this place is a whole one.
    no_word_before: usize,
    last_bracket: Option<usize>,
    /// The words before an address, undecoded and unquoted.
    phrase: Phrase,
    angle: Option<String>,
    comment: Option<String>,
    /// Words that ended at a comma without an address: the first half of "Okafor, Amara <…>".
    pending: String,
    /// Words before a colon. They name a group if a semicolon follows, and else the next address.
    group: Option<(usize, String)>,
    found: Vec<Address>,
}

/// Words, and what is known of them.
#[derive(Default)]
struct Phrase {
    text: String,
    has_at: bool,
    /// A piece of it was quoted, and is no address, whatever it looks like.
    is_quoted: bool,
}

impl Phrase {
    fn push(&mut self, text: &str) {
        self.has_at = self.has_at || text.contains('@');
        self.text.push_str(text);
    }
}

impl<'a> Reader<'a> {
    pub(super) fn read(text: &'a str, manner: Manner) -> Vec<Address> {
        let mut reader = Self {
            text,
            at: 0,
            manner,
            comments: closed_comments(text),
            quotes_end: false,
            no_word_before: 0,
            last_bracket: text.rfind('>'),
            phrase: Phrase::default(),
            angle: None,
            comment: None,
            pending: String::new(),
            group: None,
            found: Vec::new(),
        };
        while let Some((at, c)) = reader.next() {
            match c {
                '=' if reader.encoded_word(at) => {}
                '"' => reader.quoted(at),
                '(' if reader.comments.contains(&at) => reader.commented(),
                '<' => reader.angled(at),
                // One too many, behind an address.
                '>' if reader.angle.is_some() => {}
                ',' => reader.finish(true),
                ';' => {
                    reader.finish(false);
                    // The semicolon that ends a group (section 3.4).
                    reader.group = None;
                }
                ':' if reader.angle.is_none() && !reader.phrase.has_at => reader.colon(),
                _ => reader.phrase.push(reader.slice(at, reader.at)),
            }
        }
        reader.finish(false);
        reader.name_by_group();
        if reader.found.is_empty() && manner == Manner::Header {
            let comment = reader.comment.take();
            reader.add(comment, "");
        }
        reader.found
    }

    fn next(&mut self) -> Option<(usize, char)> {
        let at = self.at;
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some((at, c))
    }

    fn peek(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    fn slice(&self, from: usize, to: usize) -> &'a str {
        self.text.get(from..to).unwrap_or_default()
    }

    /// An encoded word is one piece, though its sender left signs raw in it, if it ends at the same place for a reader that knows
    /// none: else a quoted string or a comment that begins in it hides the true address from us, or shows another. Such a one is
    /// read sign by sign. With a space in it, it is none at all (RFC 2047, section 2).
    fn encoded_word(&mut self, at: usize) -> bool {
        if at < self.no_word_before || self.peek() != Some('?') {
            return false;
        }
        match words::leading(self.slice(at, self.text.len())) {
            Ok(word) if !is_one_piece(word) => {
                // What begins within it ends with it.
                self.no_word_before = at + word.len();
                false
            }
            Ok(word) => {
                self.phrase.push(word);
                self.at = at + word.len();
                true
            }
            Err(length) => {
                self.no_word_before = at + length;
                false
            }
        }
    }

    /// A quoted string (section 3.2.4). Before an "@" it is a local part and keeps its quotes.
    fn quoted(&mut self, start: usize) {
        let mut text = String::new();
        let mut ends = self.text.get(self.at..).unwrap_or_default().char_indices();
        let mut end = None;
        if !self.quotes_end {
            while let Some((offset, c)) = ends.next() {
                match c {
                    '"' => {
                        end = Some(self.at + offset + 1);
                        break;
                    }
                    '\\' => text.extend(ends.next().map(|(_, c)| c)),
                    c => text.push(c),
                }
            }
        }
        let Some(end) = end else {
            self.quotes_end = true;
            self.phrase.push("\"");
            return;
        };
        self.at = end;
        if self.peek() == Some('@') {
            self.phrase.push(self.slice(start, end));
        } else {
            self.phrase.push(&text);
            self.phrase.is_quoted = true;
        }
    }

    /// A comment (section 3.2.2), which may hold comments. The last one stands in for a missing name.
    fn commented(&mut self) {
        let mut text = String::new();
        let mut depth = 1u32;
        while let Some((_, c)) = self.next() {
            match c {
                '(' => depth += 1,
                ')' if depth == 1 => break,
                ')' => depth -= 1,
                '\\' => text.extend(self.next().map(|(_, c)| c)),
                c => text.push(c),
            }
        }
        self.phrase.push(" ");
        self.comment = Some(text);
    }

    /// What stands in angle brackets. An open one ends where the next address starts.
    fn angled(&mut self, start: usize) {
        match self.angle.take() {
            // `Lena <L> <lena@a.example>`: what is in the first brackets is no address.
            Some(angle) if !angle.is_empty() && !angle.contains('@') => {
                self.phrase.push(&format!("<{angle}> "));
            }
            Some(angle) => {
                self.angle = Some(angle);
                self.finish(false);
            }
            None => {}
        }
        let is_closed = self.last_bracket.is_some_and(|last| last > start);
        let mut text = String::new();
        let (mut quoted, mut has_at) = (false, false);
        while let Some(c) = self.peek() {
            // A route (section 4.4) has commas of its own.
            let ends = matches!(c, ',' | ';') && (has_at || !is_closed) && !text.starts_with('@');
            if !quoted && (ends || c == '<' && has_at) {
                break;
            }
            let at = self.at;
            self.at += c.len_utf8();
            match c {
                '>' if !quoted => break,
                '<' if !quoted => {
                    self.phrase.push(&std::mem::take(&mut text));
                    continue;
                }
                '(' if !quoted && self.comments.contains(&at) => {
                    self.commented();
                    continue;
                }
                '"' if quoted => quoted = false,
                '"' => quoted = self.quote_closes(),
                '\\' if quoted => {
                    text.push(c);
                    text.extend(self.next().map(|(_, c)| c));
                    continue;
                }
                '@' if !quoted => has_at = true,
                _ => {}
            }
            text.push(c);
        }
        self.angle = Some(text);
    }

    /// Whether a quoted string that begins here also ends.
    fn quote_closes(&mut self) -> bool {
        if self.quotes_end {
            return false;
        }
        let mut rest = self.text.get(self.at..).unwrap_or_default().bytes();
        let closes = loop {
            match rest.next() {
                Some(b'"') => break true,
                Some(b'\\') => rest.next(),
                Some(_) => continue,
                None => break false,
            };
        };
        self.quotes_end = !closes;
        closes
    }

    /// A colon: behind the name of a group (section 3.4), or in a name.
    fn colon(&mut self) {
        let before = self.phrase.text.rsplit(char::is_whitespace).next();
        let scheme = before.unwrap_or_default().trim_start_matches('[');
        if ["mailto", "smtp"]
            .iter()
            .any(|one| scheme.eq_ignore_ascii_case(one))
        {
            let kept = self.phrase.text.len() - scheme.len();
            self.phrase.text.truncate(kept);
            return;
        }
        if self
            .group
            .as_ref()
            .is_some_and(|(number, _)| *number != self.found.len())
        {
            self.name_by_group();
        }
        let (_, name) = self.group.get_or_insert((self.found.len(), String::new()));
        name.push_str(&std::mem::take(&mut self.pending));
        name.push_str(&std::mem::take(&mut self.phrase).text);
        name.push(':');
        if self
            .text
            .get(self.at..)
            .is_some_and(|rest| rest.starts_with(char::is_whitespace))
        {
            name.push(' ');
        }
    }

    /// No semicolon came, and so the words before the colon are the beginning of a name.
    fn name_by_group(&mut self) {
        let Some((number, words)) = self.group.take() else {
            return;
        };
        match self.found.get_mut(number) {
            Some(address) => {
                let name = words.clone() + address.name.as_deref().unwrap_or_default();
                let name = match address.name {
                    Some(_) => clean_name(&name),
                    None => clean_name(name.trim_end().trim_end_matches(':')),
                };
                address.name = Some(name).filter(|name| !name.is_empty());
            }
            None => self.add(Some(words.trim_end().trim_end_matches(':').to_owned()), ""),
        }
    }

    fn finish(&mut self, at_comma: bool) {
        let phrase = std::mem::take(&mut self.phrase);
        let is_quoted = phrase.is_quoted;
        let phrase = visible::collapse(&phrase.text);
        let comment = self.comment.take();
        if let Some(angle) = self.angle.take() {
            let pending = std::mem::take(&mut self.pending);
            let name = if phrase.is_empty() && pending.is_empty() {
                comment
            } else {
                Some(pending + &phrase)
            };
            self.add(name, &angle);
        } else if phrase.contains('@') {
            self.flush_pending();
            if !is_quoted && phrase.contains(' ') && phrase.split(' ').all(is_whole) {
                // Several addresses, with nothing between them but spaces.
                for email in phrase.split(' ') {
                    self.add(None, email);
                }
            } else {
                let (name, email) = split_bare(&phrase);
                self.add(name.or(comment), &email);
            }
        } else if !phrase.is_empty() {
            self.pending.push_str(&phrase);
            self.pending.push_str(", ");
            if !at_comma || self.manner == Manner::Typed {
                self.flush_pending();
            }
        } else {
            self.comment = comment;
        }
        if !at_comma {
            self.flush_pending();
        }
    }

    fn flush_pending(&mut self) {
        let name = std::mem::take(&mut self.pending);
        if let Some(name) = name.strip_suffix(", ") {
            self.add(Some(name.to_owned()), "");
        }
    }

    fn add(&mut self, name: Option<String>, email: &str) {
        let email = clean_email(email);
        let name = name
            .map(|name| clean_name(&name))
            .filter(|name| !name.is_empty() && *name != email);
        if name.is_some() || !email.is_empty() {
            self.found.push(Address { name, email });
        }
    }
}

/// Where comments begin that also end. A backslash protects what follows it.
fn closed_comments(text: &str) -> HashSet<usize> {
    let mut open = Vec::new();
    let mut closed = HashSet::new();
    let mut bytes = text.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'(' => open.push(at),
            b')' => closed.extend(open.pop()),
            b'\\' => {
                bytes.next();
            }
            _ => {}
        }
    }
    closed
}
