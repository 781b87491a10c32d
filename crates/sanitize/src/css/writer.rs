//! Writing tokens so that they read back as the same tokens and cannot end the `<style>` around them.

use cssparser::{ToCss, Token, TokenSerializationType};

use super::{ParseError, refused};

/// A piece of text that is built from tokens, at the end of another one. Whoever gives up on it cuts that one off where it began.
#[derive(Debug)]
pub(super) struct Writer<'t> {
    text: &'t mut String,
    /// Where the piece begins.
    start: usize,
    last: TokenSerializationType,
    space: bool,
}

impl<'t> Writer<'t> {
    pub(super) fn new(text: &'t mut String) -> Self {
        Self {
            start: text.len(),
            text,
            last: TokenSerializationType::Nothing,
            space: false,
        }
    }

    /// Another one for what comes next, which knows nothing of what stands before.
    pub(super) fn apart(&mut self) -> Writer<'_> {
        Writer::new(self.text)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.len() == self.start
    }

    /// The last sign of the piece.
    fn end(&self) -> Option<char> {
        self.text.get(self.start..)?.chars().next_back()
    }

    /// Writes a token after what stands already. A token that holds `<`, even in quotes, is refused: inside a
    /// style element it could be read as the beginning of the end tag.
    pub(super) fn token(&mut self, token: &Token) -> Result<(), ParseError> {
        if let Token::WhiteSpace(_) = token {
            self.space = !matches!(self.end(), None | Some('(' | '[' | ' '));
            return Ok(());
        }
        let kind = token.serialization_type();
        if self.space || self.last.needs_separator_when_before(kind) {
            self.text.push(' ');
        }
        self.space = false;
        self.last = kind;
        if self.plain(token) {
            return Ok(());
        }
        let start = self.text.len();
        if token.to_css(self.text).is_err() || self.text.get(start..).is_none_or(|new| new.contains('<')) {
            return refused();
        }
        Ok(())
    }

    /// Writes what most of all styles is made of, words and whole numbers, as [`ToCss`] would. `false`: this is something else.
    fn plain(&mut self, token: &Token) -> bool {
        let (number, unit) = match token {
            Token::Ident(word) if is_plain(word) => {
                self.text.push_str(word);
                return true;
            }
            Token::Dimension {
                has_sign: false,
                int_value: Some(number),
                unit,
                ..
            } if **unit == *"px" => (number, "px"),
            Token::Percentage {
                has_sign: false,
                int_value: Some(number),
                ..
            } => (number, "%"),
            Token::Number {
                has_sign: false,
                int_value: Some(number),
                ..
            } => (number, ""),
            _ => return false,
        };
        self.text.push_str(itoa::Buffer::new().format(*number));
        self.text.push_str(unit);
        true
    }

    /// Ends a block or function that a token opened.
    pub(super) fn close(&mut self, bracket: char) {
        self.text.push(bracket);
        self.space = false;
        self.last = Token::CloseParenthesis.serialization_type();
    }

    /// Writes what stands between two pieces.
    pub(super) fn raw(&mut self, text: &str) {
        self.text.push_str(text);
        self.space = false;
        self.last = TokenSerializationType::Nothing;
    }
}

/// Whether a word is written as it is read, as most are.
fn is_plain(word: &str) -> bool {
    word.bytes()
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic())
        && word
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
