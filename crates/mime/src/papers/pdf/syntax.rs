//! The tokens of PDF (ISO 32000-1, section 7.2 and 7.3): values, and whatever word stands between them.

use std::collections::HashMap;
use std::rc::Rc;

use super::super::budget::Budget;

/// Lists and dictionaries within each other that are followed.
const DEEPEST: usize = 24;
/// Octets of memory that a value takes beside its own octets, and what it is worth as work.
const VALUE: usize = 96;
const WORK: usize = 16;
/// Octets of memory for the values of one operator.
const ROOM: usize = 16 << 20;

/// A clone shares what is in it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Number(f64),
    Text(Rc<[u8]>),
    Name(Rc<[u8]>),
    List(Rc<Vec<Value>>),
    Dictionary(Rc<HashMap<Rc<[u8]>, Value>>),
    /// Another object, by its number.
    Reference(u32),
    /// An operator, or a word such as `obj` and `true`.
    Word(Rc<[u8]>),
}

impl Value {
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// A number that counts things.
    pub fn count(&self) -> Option<usize> {
        let number = self.number()?;
        // Nothing in a file is longer than that.
        (0.0..=4_294_967_295.0)
            .contains(&number)
            .then_some(number as usize)
    }

    pub fn is_name(&self, wanted: &[u8]) -> bool {
        matches!(self, Self::Name(name) if **name == *wanted)
    }

    pub fn list(&self) -> &[Value] {
        match self {
            Self::List(list) => list,
            _ => &[],
        }
    }

    pub fn get(&self, key: &[u8]) -> Option<&Value> {
        match self {
            Self::Dictionary(entries) => entries.get(key),
            _ => None,
        }
    }
}

/// Reads values one after the other.
pub(super) struct Reader<'a> {
    pub bytes: &'a [u8],
    pub at: usize,
    /// Octets of memory that its values may still take.
    pub room: usize,
    pub budget: &'a Budget,
}

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8], budget: &'a Budget) -> Self {
        Self {
            bytes,
            at: 0,
            room: ROOM,
            budget,
        }
    }

    /// The values so far have been let go.
    pub fn let_go(&mut self) {
        self.room = ROOM;
    }

    /// The next value. In a file two numbers and an R are a reference, in a page they are not.
    pub fn value(&mut self, references: bool) -> Option<Value> {
        self.nested(references, 0)
    }

    /// `None` at the end, and where the file has cost what it may.
    fn nested(&mut self, references: bool, depth: usize) -> Option<Value> {
        let before = self.at;
        self.skip_space();
        self.budget.work(WORK + self.at - before);
        if self.budget.left() == 0 || self.room < VALUE {
            return None;
        }
        self.room -= VALUE;
        match self.peek()? {
            b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => self.dictionary(references, depth),
            b'[' => self.list(references, depth),
            first => {
                let start = self.at;
                let value = self.plain(first, references);
                let octets = self.at - start;
                self.budget.work(octets);
                self.room = self.room.saturating_sub(octets);
                Some(value)
            }
        }
    }

    /// A value that has none within it.
    fn plain(&mut self, first: u8, references: bool) -> Value {
        match first {
            b'(' => Value::Text(self.text().into()),
            b'<' => Value::Text(self.hexadecimal().into()),
            b'/' => {
                self.at += 1;
                Value::Name(self.name().into())
            }
            b'0'..=b'9' | b'+' | b'-' | b'.' => {
                let number = self.number();
                match references {
                    true => self.reference(number).unwrap_or(Value::Number(number)),
                    false => Value::Number(number),
                }
            }
            b']' | b'>' | b')' | b'{' | b'}' => {
                self.at += 1;
                Value::Word([first].as_slice().into())
            }
            _ => Value::Word(self.name().into()),
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b'\0' | b'\t' | b'\n' | 0x0c | b'\r' | b' ' => self.at += 1,
                b'%' => {
                    let rest = self.bytes.get(self.at..).unwrap_or_default();
                    self.at += memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
                }
                _ => return,
            }
        }
    }

    fn number(&mut self) -> f64 {
        let start = self.at;
        while self
            .peek()
            .is_some_and(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.'))
        {
            self.at += 1;
        }
        let text = self.bytes.get(start..self.at).unwrap_or_default();
        std::str::from_utf8(text)
            .ok()
            .and_then(|text| text.parse().ok())
            .unwrap_or(0.0)
    }

    /// `12 0 R`, whose first number has been read.
    fn reference(&mut self, number: f64) -> Option<Value> {
        let back = self.at;
        let found = (|| {
            self.skip_space();
            self.peek().filter(u8::is_ascii_digit)?;
            self.number();
            self.skip_space();
            self.peek().filter(|byte| *byte == b'R')?;
            self.at += 1;
            (0.0..=4_294_967_295.0).contains(&number).then_some(number as u32)
        })();
        if found.is_none() {
            self.at = back;
        }
        found.map(Value::Reference)
    }

    fn name(&mut self) -> Vec<u8> {
        let mut name = Vec::new();
        while let Some(byte) = self.peek().filter(|byte| is_regular(*byte)) {
            self.at += 1;
            let escaped = (byte == b'#')
                .then(|| self.bytes.get(self.at..self.at + 2).and_then(pair))
                .flatten();
            if escaped.is_some() {
                self.at += 2;
            }
            name.push(escaped.unwrap_or(byte));
        }
        if name.is_empty() {
            // Whatever stands there is no part of a name, and is passed.
            self.at += 1;
        }
        name
    }

    fn list(&mut self, references: bool, depth: usize) -> Option<Value> {
        self.at += 1;
        let mut list = Vec::new();
        if depth >= DEEPEST {
            return None;
        }
        loop {
            match self.nested(references, depth + 1)? {
                Value::Word(word) if *word == *b"]" => return Some(Value::List(list.into())),
                value => list.push(value),
            }
        }
    }

    fn dictionary(&mut self, references: bool, depth: usize) -> Option<Value> {
        self.at += 2;
        let mut entries = HashMap::new();
        if depth >= DEEPEST {
            return None;
        }
        loop {
            match self.nested(references, depth + 1)? {
                Value::Word(word) if *word == *b">" => {
                    if self.peek() == Some(b'>') {
                        self.at += 1;
                    }
                    return Some(Value::Dictionary(entries.into()));
                }
                Value::Name(name) => {
                    let value = self.nested(references, depth + 1)?;
                    entries.insert(name, value);
                }
                _ => {}
            }
        }
    }

    fn hexadecimal(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut digits = Vec::new();
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'>' => break,
                digit if digit.is_ascii_hexdigit() => digits.push(digit),
                _ => {}
            }
        }
        if digits.len() % 2 == 1 {
            digits.push(b'0');
        }
        digits.chunks(2).filter_map(pair).collect()
    }

    fn text(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut text = Vec::new();
        let mut open = 0_u32;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => open += 1,
                b')' if open == 0 => break,
                b')' => open -= 1,
                b'\\' => {
                    text.extend(self.escaped());
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
        text
    }

    fn escaped(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(match byte {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'b' | b'f' => b' ',
            b'\r' if self.peek() == Some(b'\n') => {
                self.at += 1;
                return None;
            }
            b'\n' | b'\r' => return None,
            b'0'..=b'7' => {
                let mut number = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit) = self.peek().filter(|digit| (b'0'..=b'7').contains(digit)) else {
                        break;
                    };
                    self.at += 1;
                    number = number * 8 + u32::from(digit - b'0');
                }
                u8::try_from(number & 0xff).unwrap_or_default()
            }
            other => other,
        })
    }
}

fn is_regular(byte: u8) -> bool {
    !matches!(
        byte,
        b'\0'
            | b'\t'
            | b'\n'
            | 0x0c
            | b'\r'
            | b' '
            | b'('
            | b')'
            | b'<'
            | b'>'
            | b'['
            | b']'
            | b'{'
            | b'}'
            | b'/'
            | b'%'
    )
}

fn pair(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}
