//! A command on its way out (RFC 9051, section 6): text, strings that are quoted or sent as literals, and how long
//! its answer may take.
//!
//! Not here: tags, and waiting for the server's leave to send a literal (`exchange`).

use std::borrow::Cow;
use std::fmt::Write;
use std::time::Duration;

use secrecy::zeroize::Zeroizing;

use super::path::Names;
use crate::{Letter, RemoteError};

/// Servers need not read more than 8,192 octets of a command line (RFC 7162, section 4); this leaves room for
/// the rest of it around a set of UIDs.
pub(super) const SET_BYTES: usize = 7_000;

/// How long a server may be silent over a command that it has to carry out message by message. Giving up on a
/// COPY too soon would mean doing it twice.
pub(super) const LABOUR: Duration = Duration::from_secs(300);

/// A longer string is sent as a literal: not every server reads a quoted one of any length.
const QUOTED: usize = 1000;

#[derive(Debug)]
pub(super) struct Command<'a> {
    pub(super) doing: &'static str,
    pub(super) pieces: Vec<Piece<'a>>,
    pub(super) laborious: bool,
}

pub(super) enum Piece<'a> {
    /// It may hold a password, so it is wiped.
    Text(Zeroizing<String>),
    Literal(Cow<'a, [u8]>),
    /// The same for what may be too much to be held.
    Letter(&'a dyn Letter),
}

impl<'a> Command<'a> {
    /// `text` is sent as it stands and must hold nothing that came from a person or a server.
    pub(super) fn new(doing: &'static str, text: &str) -> Self {
        Self {
            doing,
            pieces: vec![Piece::Text(Zeroizing::new(text.to_owned()))],
            laborious: false,
        }
    }

    /// The server may take its time.
    pub(super) fn laborious(mut self) -> Self {
        self.laborious = true;
        self
    }

    pub(super) fn text(mut self, text: &str) -> Self {
        self.push_text(text);
        self
    }

    /// A space and a string, quoted where that is allowed (RFC 9051, section 4.3), else as a literal.
    pub(super) fn string(mut self, string: &'a str) -> Result<Self, RemoteError> {
        if string.contains(['\r', '\n', '\0']) {
            return Err(line_end(self.doing));
        }
        self.push_text(" ");
        if string.is_ascii() && string.len() < QUOTED {
            self.push_quoted(string);
        } else {
            self.pieces.push(Piece::Literal(Cow::Borrowed(string.as_bytes())));
        }
        Ok(self)
    }

    /// A space and words as a session of `names` takes them: where UTF-8 is spoken it may stand in quotes (RFC 6855,
    /// section 3; RFC 9051, section 4.3).
    pub(super) fn words(mut self, words: &'a str, names: Names) -> Result<Self, RemoteError> {
        let breaking = words.contains(['\r', '\n', '\0']);
        if names == Names::ModifiedUtf7 || breaking || words.len() >= QUOTED {
            return self.string(words);
        }
        self.push_text(" ");
        self.push_quoted(words);
        Ok(self)
    }

    /// A space and the path of a mailbox.
    pub(super) fn path(mut self, path: &'a str, names: Names) -> Result<Self, RemoteError> {
        match names.said(path) {
            Cow::Borrowed(path) => self.words(path, names),
            Cow::Owned(path) if path.len() >= QUOTED => {
                self.push_text(" ");
                self.pieces.push(Piece::Literal(Cow::Owned(path.into_bytes())));
                Ok(self)
            }
            Cow::Owned(path) if path.contains(['\r', '\n', '\0']) => Err(line_end(self.doing)),
            Cow::Owned(path) => {
                self.push_text(" ");
                self.push_quoted(&path);
                Ok(self)
            }
        }
    }

    /// A message with UTF-8 in its header (RFC 6855, section 4).
    pub(super) fn utf8_letter(mut self, letter: &'a dyn Letter) -> Self {
        self.push_text(" UTF8 (~");
        self.pieces.push(Piece::Letter(letter));
        self.push_text(")");
        self
    }

    fn push_quoted(&mut self, string: &str) {
        // It may be a password, so its quoted form is wiped as well.
        let mut quoted = Zeroizing::new(String::with_capacity(2 * string.len() + 2));
        quoted.push('"');
        for c in string.chars() {
            if matches!(c, '"' | '\\') {
                quoted.push('\\');
            }
            quoted.push(c);
        }
        quoted.push('"');
        self.push_text(&quoted);
    }

    /// A space and a message.
    pub(super) fn letter(mut self, letter: &'a dyn Letter) -> Self {
        self.push_text(" ");
        self.pieces.push(Piece::Letter(letter));
        self
    }

    /// The whole command where it holds no literals.
    pub(super) fn line(&self) -> Zeroizing<String> {
        let mut line = Zeroizing::new(String::new());
        for piece in &self.pieces {
            if let Piece::Text(text) = piece {
                line.push_str(text);
            }
        }
        line
    }

    /// Goes on with the last text, or begins one behind a literal.
    fn push_text(&mut self, text: &str) {
        if let Some(Piece::Text(last)) = self.pieces.last_mut() {
            last.push_str(text);
        } else {
            self.pieces.push(Piece::Text(Zeroizing::new(text.to_owned())));
        }
    }
}

impl std::fmt::Debug for Piece<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            // A command may hold a password, so its text is nobody's business.
            Self::Text(text) => write!(f, "Text({} bytes)", text.len()),
            Self::Literal(bytes) => write!(f, "Literal({} bytes)", bytes.len()),
            Self::Letter(letter) => write!(f, "Letter({} bytes)", letter.size()),
        }
    }
}

fn line_end(doing: &str) -> RemoteError {
    RemoteError::refused(doing, "a line end cannot be part of a name")
}

/// Keywords as flags in parentheses. Those that are no atoms (RFC 9051, section 9) cannot be said in IMAP.
pub(super) fn flag_list<'k>(flags: impl IntoIterator<Item = &'k str>) -> String {
    let mut list = String::from("(");
    for flag in flags {
        if !is_flag(flag) {
            continue;
        }
        let space = if list.len() > 1 { " " } else { "" };
        let _ = write!(list, "{space}{flag}");
    }
    list.push(')');
    list
}

pub(super) fn is_flag(flag: &str) -> bool {
    let atom = flag.strip_prefix('\\').unwrap_or(flag);
    !atom.is_empty()
        && atom.bytes().all(|byte| {
            (b'!'..=b'~').contains(&byte)
                && !matches!(byte, b'(' | b')' | b'{' | b'%' | b'*' | b'"' | b'\\' | b']')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(command: &Command<'_>) -> String {
        let mut all = String::new();
        for piece in &command.pieces {
            match piece {
                Piece::Text(text) => all.push_str(text),
                Piece::Letter(letter) => write!(all, "<{} bytes>", letter.size()).unwrap(),
                Piece::Literal(bytes) => write!(all, "<{}>", String::from_utf8_lossy(bytes)).unwrap(),
            }
        }
        all
    }

    #[test]
    fn strings_are_quoted_or_sent_as_literals() {
        let command = Command::new("testing", "CREATE").string("a \"b\\c").unwrap();
        assert_eq!(written(&command), "CREATE \"a \\\"b\\\\c\"");
        let command = Command::new("testing", "RENAME")
            .string("Entwürfe")
            .unwrap()
            .string("b")
            .unwrap();
        assert_eq!(
            written(&command),
            "RENAME <Entwürfe> \"b\"",
            "eight bits are not for quotes"
        );
    }

    #[test]
    fn where_utf8_is_spoken_it_stands_in_quotes() {
        let path = |path: &'static str, names| {
            written(&Command::new("testing", "SELECT").path(path, names).unwrap())
        };
        assert_eq!(path("R&-D/Entw&APw-rfe", Names::Utf8), "SELECT \"R&D/Entwürfe\"");
        assert_eq!(
            path("R&-D/Entw&APw-rfe", Names::ModifiedUtf7),
            "SELECT \"R&-D/Entw&APw-rfe\""
        );
        assert_eq!(path("Entwürfe", Names::Utf8), "SELECT \"Entwürfe\"");
        assert_eq!(path("Entwürfe", Names::ModifiedUtf7), "SELECT <Entwürfe>");
        for hidden in ["&AA0ACg-A2 DELETE INBOX", "a\r\nb"] {
            let error = Command::new("testing", "CREATE").path(hidden, Names::Utf8);
            assert!(
                matches!(error, Err(RemoteError::Refused { .. })),
                "a line end in {hidden:?} is told before anything is sent"
            );
        }
    }

    #[test]
    fn a_name_cannot_become_a_second_command() {
        for name in ["a\r\nA2 DELETE INBOX", "a\nb", "a\rb", "a\0b"] {
            let error = Command::new("testing", "CREATE")
                .string(name)
                .expect_err("it holds a line end");
            assert!(
                matches!(error, RemoteError::Refused { .. }),
                "{error} is told before anything is sent"
            );
        }
    }

    #[test]
    fn only_atoms_go_out_as_flags() {
        assert_eq!(
            flag_list(["\\Seen", "$forwarded", "two words", "", "\\", "ü", "a)"]),
            "(\\Seen $forwarded)"
        );
    }

    #[test]
    fn a_command_does_not_show_its_text() {
        let command = Command::new("signing in", "LOGIN")
            .string("correct horse")
            .unwrap();
        assert!(!format!("{command:?}").contains("horse"), "it may be a password");
    }
}
