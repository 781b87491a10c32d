//! Rich text as a row of tokens: groups, words with a number, bytes (the RTF specification, version 1.9.1). It never fails;
//! what is no token is passed over.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Open,
    Close,
    /// `\*`: what the group is need not be known.
    Optional,
    /// `\word` and its number; or a sign like `\~`.
    Word(&'a [u8], Option<i32>),
    /// `\'e4`.
    Byte(u8),
    Bytes(&'a [u8]),
}

pub(super) struct Tokens<'a> {
    rest: &'a [u8],
}

impl<'a> Tokens<'a> {
    pub(super) fn of(rtf: &'a [u8]) -> Self {
        Self { rest: rtf }
    }

    fn take_while(&mut self, wanted: impl Fn(u8) -> bool) -> &'a [u8] {
        let length = self.rest.iter().take_while(|byte| wanted(**byte)).count();
        self.take(length)
    }

    fn take(&mut self, length: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, &[]));
        self.rest = rest;
        taken
    }

    /// What follows a backslash.
    fn control(&mut self) -> Option<Token<'a>> {
        let sign = *self.rest.first()?;
        if sign.is_ascii_alphabetic() {
            let word = self.take_while(|byte| byte.is_ascii_alphabetic());
            let minus = self.rest.first() == Some(&b'-');
            if minus {
                self.take(1);
            }
            let digits = self.take_while(|byte| byte.is_ascii_digit());
            let number = std::str::from_utf8(digits)
                .ok()
                .and_then(|digits| digits.parse::<i32>().ok());
            // One blank ends a word and is not shown.
            if self.rest.first() == Some(&b' ') {
                self.take(1);
            }
            if word == b"bin" {
                self.take(number.and_then(|length| length.try_into().ok()).unwrap_or(0));
            }
            return Some(Token::Word(
                word,
                number.map(|number| if minus { -number } else { number }),
            ));
        }
        let sign = self.take(1);
        Some(match sign {
            b"*" => Token::Optional,
            b"'" => {
                let digits = std::str::from_utf8(self.take(2)).unwrap_or_default();
                Token::Byte(u8::from_str_radix(digits, 16).unwrap_or(b'?'))
            }
            b"\n" | b"\r" => Token::Word(b"par", None),
            b"{" | b"}" | b"\\" => Token::Bytes(sign),
            sign => Token::Word(sign, None),
        })
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            match self.rest.first()? {
                b'{' => {
                    self.take(1);
                    return Some(Token::Open);
                }
                b'}' => {
                    self.take(1);
                    return Some(Token::Close);
                }
                b'\\' => {
                    self.take(1);
                    return self.control();
                }
                // Line ends are there for those who read the file itself.
                b'\r' | b'\n' | 0 => {
                    self.take_while(|byte| matches!(byte, b'\r' | b'\n' | 0));
                }
                _ => {
                    let bytes =
                        self.take_while(|byte| !matches!(byte, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0));
                    return Some(Token::Bytes(bytes));
                }
            }
        }
    }
}
