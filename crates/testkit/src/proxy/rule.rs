//! The rules of a proxy: when something happens, what happens, and how often. Nothing is read or written here.

use std::sync::Arc;
use std::time::Duration;

/// Which way bytes go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    ToServer,
    ToClient,
}

/// When a rule fits.
#[derive(Debug, Clone)]
pub enum When {
    /// Always.
    Always,
    /// As soon as this many bytes have been passed on in this connection and direction.
    AfterBytes(u64),
    /// On a line that contains these bytes; ASCII letters are compared without case.
    Line(Vec<u8>),
    /// On a line that is these bytes and nothing else but its end, such as the lone dot behind a letter in SMTP.
    WholeLine(Vec<u8>),
}

/// What happens to a line, or to the bytes from a position on.
#[derive(Debug, Clone)]
pub enum Action {
    /// The connection ends with a FIN. The line is not passed on.
    Cut,
    /// The connection ends with a RST. The line is not passed on.
    Reset,
    /// Nothing more is passed on in this direction, and the connection stays.
    Stall,
    /// The line is not passed on.
    Swallow,
    /// The line is passed on after a while.
    Delay(Duration),
    /// Something else is passed on instead.
    Replace(Vec<u8>),
    /// Something is passed on before the line.
    Before(Vec<u8>),
    /// Something is passed on after the line.
    After(Vec<u8>),
    /// This many bytes of the line are passed on, then the connection ends with a FIN.
    CutWithin(usize),
    /// The line is not passed on, and whoever said it gets these bytes instead of an answer. `{tag}` in them stands
    /// for the first word of the line (IMAP's tag). A literal that follows unasked (RFC 7888) is swallowed too. What was
    /// said before has to be answered by then, or the answers come in the wrong order.
    Answer(Vec<u8>),
    /// The same, and then the connection ends with a FIN.
    Last(Vec<u8>),
    /// The last byte is passed on as another one. Inside TLS that breaks the record which it belongs to, and whoever reads
    /// it ends the connection with an alert (RFC 8446, section 5.2).
    Spoil,
    /// Something is done, whatever it is, and the line is passed on when it is over.
    First(Deed),
}

/// What a test does at the moment when a line comes by: kill somebody, fill a disk.
#[derive(Clone)]
pub struct Deed(pub(super) Arc<dyn Fn() + Send + Sync>);

impl std::fmt::Debug for Deed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Deed")
    }
}

/// When, what, and how often.
#[derive(Debug, Clone)]
pub struct Rule {
    pub(super) direction: Direction,
    pub(super) when: When,
    pub(super) action: Action,
    /// How often the rule may still act; without end when there is none.
    pub(super) left: Option<u32>,
}

impl When {
    /// A line that contains this text.
    pub fn line(text: &str) -> When {
        When::Line(text.as_bytes().to_vec())
    }

    /// A line that is this text.
    pub fn whole_line(text: &str) -> When {
        When::WholeLine(text.as_bytes().to_vec())
    }
}

impl Action {
    /// Answers with a line; CRLF is added.
    pub fn answer(line: &str) -> Action {
        Action::Answer(format!("{line}\r\n").into_bytes())
    }

    /// Does this before the line is passed on. It may block.
    pub fn first(deed: impl Fn() + Send + Sync + 'static) -> Action {
        Action::First(Deed(Arc::new(deed)))
    }

    /// Answers with a line, to which CRLF is added, and hangs up.
    pub fn last(line: &str) -> Action {
        Action::Last(format!("{line}\r\n").into_bytes())
    }
}

impl Rule {
    /// A rule for what the client says. It acts once.
    pub fn to_server(when: When, action: Action) -> Rule {
        Rule {
            direction: Direction::ToServer,
            when,
            action,
            left: Some(1),
        }
    }

    /// A rule for what the server says. It acts once.
    pub fn to_client(when: When, action: Action) -> Rule {
        Rule {
            direction: Direction::ToClient,
            when,
            action,
            left: Some(1),
        }
    }

    /// The same rule, which acts this often.
    #[must_use]
    pub fn times(self, count: u32) -> Rule {
        Rule {
            left: Some(count),
            ..self
        }
    }

    /// The same rule, which acts whenever it fits.
    #[must_use]
    pub fn forever(self) -> Rule {
        Rule { left: None, ..self }
    }

    pub(super) fn reads_lines(&self) -> bool {
        matches!(self.when, When::Line(_) | When::WholeLine(_))
    }
}

/// Whether `line` contains `text`, ASCII letters compared without case.
pub(super) fn contains(line: &[u8], text: &[u8]) -> bool {
    text.is_empty()
        || line
            .windows(text.len())
            .any(|window| window.eq_ignore_ascii_case(text))
}
