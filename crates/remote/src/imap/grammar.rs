//! The tokens of IMAP (RFC 9051, section 9): atoms, numbers, strings, literals and lists, read from one response.
//!
//! Everything returns `None` rather than failing loudly: a response that cannot be read is passed over by the
//! exchange. Nothing recurses, so that nesting costs no stack. Not here: which token means what.

use std::borrow::Cow;

/// Lists deeper than this are nobody's answer to what we ask.
const DEEPEST: usize = 100;

/// A place in a response.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a> {
    rest: &'a [u8],
}

impl<'a> Cursor<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub(super) fn rest(self) -> &'a [u8] {
        self.rest
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    pub(super) fn eat(&mut self, byte: u8) -> Option<()> {
        self.rest = self.rest.strip_prefix(&[byte])?;
        Some(())
    }

    /// Passes over any spaces; servers put none, one or several.
    pub(super) fn spaces(&mut self) {
        while let Some(rest) = self.rest.strip_prefix(b" ") {
            self.rest = rest;
        }
    }

    pub(super) fn at_end(&self) -> bool {
        matches!(self.peek(), None | Some(b'\r' | b'\n'))
    }

    /// Bytes up to the first that `ends`, at least one.
    pub(super) fn until(&mut self, ends: impl Fn(u8) -> bool) -> Option<&'a [u8]> {
        let length = self
            .rest
            .iter()
            .position(|byte| ends(*byte))
            .unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        (!taken.is_empty()).then_some(taken)
    }

    /// An atom, or what servers write where one belongs: flags with their backslash, and `]`.
    pub(super) fn atom(&mut self) -> Option<&'a [u8]> {
        self.until(|byte| byte <= b' ' || matches!(byte, b'(' | b')' | b'{' | b'"'))
    }

    pub(super) fn number<N: std::str::FromStr>(&mut self) -> Option<N> {
        let mut ahead = *self;
        let digits = ahead.until(|byte| !byte.is_ascii_digit())?;
        let number = std::str::from_utf8(digits).ok()?.parse().ok()?;
        *self = ahead;
        Some(number)
    }

    /// A quoted string or a literal.
    pub(super) fn string(&mut self) -> Option<Cow<'a, [u8]>> {
        match self.peek()? {
            b'"' => self.quoted(),
            b'{' | b'~' => self.literal().map(Cow::Borrowed),
            _ => None,
        }
    }

    /// A string, or NIL as `Some(None)`.
    pub(super) fn nstring(&mut self) -> Option<Option<Cow<'a, [u8]>>> {
        if let Some(string) = self.string() {
            return Some(Some(string));
        }
        let mut ahead = *self;
        let atom = ahead.atom()?;
        atom.eq_ignore_ascii_case(b"NIL").then(|| *self = ahead)?;
        Some(None)
    }

    /// An atom or a string, as names of mailboxes are written.
    pub(super) fn astring(&mut self) -> Option<Cow<'a, [u8]>> {
        if let Some(string) = self.string() {
            return Some(string);
        }
        self.until(|byte| byte <= b' ' || matches!(byte, b'(' | b')' | b'"'))
            .map(Cow::Borrowed)
    }

    fn quoted(&mut self) -> Option<Cow<'a, [u8]>> {
        let inner = self.rest.strip_prefix(b"\"")?;
        let at = memchr::memchr3(b'"', b'\\', b'\n', inner)?;
        let (plain, after) = inner.split_at_checked(at)?;
        if let Some(rest) = after.strip_prefix(b"\"") {
            self.rest = rest;
            return Some(Cow::Borrowed(plain));
        }
        let mut unescaped = plain.to_vec();
        let mut bytes = after.iter();
        loop {
            match bytes.next()? {
                b'"' => break,
                b'\n' => return None,
                b'\\' => unescaped.push(*bytes.next()?),
                byte => unescaped.push(*byte),
            }
        }
        self.rest = bytes.as_slice();
        Some(Cow::Owned(unescaped))
    }

    /// A literal, or the literal8 of RFC 3516.
    fn literal(&mut self) -> Option<&'a [u8]> {
        let mut ahead = *self;
        let _ = ahead.eat(b'~');
        ahead.eat(b'{')?;
        let length: usize = ahead.number()?;
        let _ = ahead.eat(b'+');
        ahead.eat(b'}')?;
        let _ = ahead.eat(b'\r');
        ahead.eat(b'\n')?;
        let (literal, rest) = ahead.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(literal)
    }

    /// Passes over one value of whatever kind.
    pub(super) fn skip_value(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            self.spaces();
            match self.peek()? {
                b'(' => {
                    depth += 1;
                    if depth > DEEPEST {
                        return None;
                    }
                    self.eat(b'(')?;
                    continue;
                }
                b')' => {
                    depth = depth.checked_sub(1)?;
                    self.eat(b')')?;
                }
                b'"' | b'{' => drop(self.string()?),
                b'~' => match self.string() {
                    Some(_) => {}
                    None => drop(self.atom()?),
                },
                _ => drop(self.atom()?),
            }
            if depth == 0 {
                return Some(());
            }
        }
    }

    /// The atoms of a parenthesised list.
    pub(super) fn atoms(&mut self) -> Option<Vec<&'a [u8]>> {
        self.eat(b'(')?;
        let mut atoms = Vec::new();
        loop {
            self.spaces();
            if self.eat(b')').is_some() {
                return Some(atoms);
            }
            atoms.push(self.atom()?);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_read_as_they_were_meant() {
        let mut cursor = Cursor::new(b"\"a \\\"b\\\\\" {3}\r\nx\"y ~{2}\r\n\0z NIL atom");
        let mut next = || {
            cursor.spaces();
            cursor.nstring().unwrap().map(Cow::into_owned)
        };
        assert_eq!(next().unwrap(), b"a \"b\\", "backslashes are unwrapped");
        assert_eq!(next().unwrap(), b"x\"y", "a literal is taken as it stands");
        assert_eq!(next().unwrap(), b"\0z", "a literal8 may hold NUL (RFC 3516)");
        assert_eq!(next(), None, "NIL is nothing");
        cursor.spaces();
        assert!(cursor.nstring().is_none(), "an atom is no string");
        assert_eq!(cursor.atom().unwrap(), b"atom", "and is still there");
    }

    #[test]
    fn a_value_of_any_kind_is_passed_over() {
        let bytes = b"((\"a)\" {2}\r\n)) (NIL \\X)) 5) next";
        let mut cursor = Cursor::new(bytes);
        cursor.skip_value().expect("lists nest");
        assert_eq!(cursor.rest(), b" next", "and no further");
    }

    #[test]
    fn a_hundred_thousand_parentheses_cost_nothing() {
        let deep = vec![b'('; 100_000];
        assert!(
            Cursor::new(&deep).skip_value().is_none(),
            "it is refused, and the stack stands"
        );
    }

    #[test]
    fn garbage_is_read_as_nothing() {
        for bytes in [
            &b"\"open"[..],
            b"{5}\r\nabc",
            b"{}\r\n",
            b"{99999999999999999999999}\r\n",
            b"",
            b"\"a\\",
        ] {
            assert!(Cursor::new(bytes).string().is_none(), "{bytes:?} is no string");
        }
    }
}
