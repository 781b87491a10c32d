//! One command and its answer at a time: tags, literals, and the untagged responses that come in between.
//!
//! A command whose answer was not read to its end, because it failed or because its future was dropped, leaves the
//! connection in the middle of something. Such a connection is never used again. Not here: any single command.

use std::time::Duration;

use secrecy::zeroize::Zeroizing;

use super::command::{Command, LABOUR, Piece};
use super::frames::Frames;
use super::news::News;
use super::response::{Condition, Data, Response, State};
use crate::{RemoteError, Wire};

/// What a command does with data: `true` when they are the answer it waits for, `false` when they are news.
pub(super) type Take<'t> = dyn FnMut(&Data<'_>) -> bool + Send + 't;

#[derive(Debug)]
pub(super) struct Exchange {
    frames: Frames,
    pub(super) news: News,
    /// The largest literal that goes out without asking (RFC 7888).
    pub(super) literal_at_once: usize,
    /// How long the server may be silent while an answer is due.
    silence: Duration,
    tags: u32,
    round_trips: u64,
    unfinished: bool,
    leaving: bool,
}

/// One response, as far as the running command is concerned.
#[derive(Debug)]
pub(super) enum Step {
    /// The server waits for more of the command, with these words.
    Continue(Vec<u8>),
    Data,
    Done(Condition),
}

impl Exchange {
    pub(super) fn new(mut wire: Wire, silence: Duration) -> Self {
        wire.set_patience(silence);
        Self {
            frames: Frames::new(wire),
            news: News::default(),
            literal_at_once: 0,
            silence,
            tags: 0,
            round_trips: 0,
            unfinished: false,
            leaving: false,
        }
    }

    pub(super) fn wire(&self) -> &Wire {
        self.frames.wire()
    }

    /// How long a silence is borne from now on.
    pub(super) fn set_silence(&mut self, silence: Duration) {
        self.silence = silence;
        self.frames.wire_mut().set_patience(silence);
    }

    /// How long a silence is borne for once, until [`Exchange::end`].
    pub(super) fn bear(&mut self, silence: Duration) {
        self.frames.wire_mut().set_patience(silence);
    }

    pub(super) fn round_trips(&self) -> u64 {
        self.round_trips
    }

    /// A BYE is what we asked for from now on.
    pub(super) fn leave(&mut self) {
        self.leaving = true;
    }

    /// Runs a command whose success is expected. NO and BAD are errors.
    pub(super) async fn run(
        &mut self,
        command: Command<'_>,
        take: &mut Take<'_>,
    ) -> Result<Condition, RemoteError> {
        let doing = command.doing;
        let condition = self.attempt(command, take).await?;
        match condition.state {
            State::Ok => Ok(condition),
            _ => Err(condition.failure(doing)),
        }
    }

    /// Runs a command and gives its condition, whichever it is.
    pub(super) async fn attempt(
        &mut self,
        command: Command<'_>,
        take: &mut Take<'_>,
    ) -> Result<Condition, RemoteError> {
        let doing = command.doing;
        let tag = self.begin(doing)?;
        if command.laborious {
            self.bear(LABOUR);
        }
        let condition = self.converse(command, &tag, take).await?;
        self.end(&condition);
        Ok(condition)
    }

    async fn converse(
        &mut self,
        command: Command<'_>,
        tag: &str,
        take: &mut Take<'_>,
    ) -> Result<Condition, RemoteError> {
        let doing = command.doing;
        let mut out = Zeroizing::new(format!("{tag} ").into_bytes());
        for piece in &command.pieces {
            match piece {
                Piece::Text(text) => out.extend_from_slice(text.as_bytes()),
                Piece::Literal(bytes) if bytes.len() <= self.literal_at_once => {
                    out.extend_from_slice(format!("{{{}+}}\r\n", bytes.len()).as_bytes());
                    out.extend_from_slice(bytes);
                }
                Piece::Literal(bytes) => {
                    out.extend_from_slice(format!("{{{}}}\r\n", bytes.len()).as_bytes());
                    self.write(&out, doing).await?;
                    out.clear();
                    if let Some(refusal) = self.wait_for_leave(doing, tag, take).await? {
                        return Ok(refusal);
                    }
                    self.frames.write(bytes, doing).await?;
                }
            }
        }
        out.extend_from_slice(b"\r\n");
        self.write(&out, doing).await?;
        loop {
            match self.step(doing, tag, take).await? {
                Step::Data => {}
                Step::Done(condition) => return Ok(condition),
                Step::Continue(_) => {
                    return Err(RemoteError::protocol(
                        doing,
                        "the server waits for more than was announced",
                    ));
                }
            }
        }
    }

    /// Waits until a literal may be sent. `Some`: the command has ended instead.
    async fn wait_for_leave(
        &mut self,
        doing: &str,
        tag: &str,
        take: &mut Take<'_>,
    ) -> Result<Option<Condition>, RemoteError> {
        loop {
            match self.step(doing, tag, take).await? {
                Step::Continue(_) => return Ok(None),
                Step::Data => {}
                // An OK here would mean that the server took the command without what it is about.
                Step::Done(condition) if condition.state == State::Ok => {
                    return Err(RemoteError::protocol(
                        doing,
                        "the command was done before it was said",
                    ));
                }
                Step::Done(condition) => return Ok(Some(condition)),
            }
        }
    }

    /// The tag for a command that is spoken step by step. [`Exchange::end`] has to follow.
    pub(super) fn begin(&mut self, doing: &str) -> Result<String, RemoteError> {
        if self.unfinished {
            return Err(RemoteError::closed(doing));
        }
        self.unfinished = true;
        self.tags = self.tags.wrapping_add(1);
        Ok(format!("W{}", self.tags))
    }

    pub(super) fn end(&mut self, condition: &Condition) {
        self.news.hear_condition(condition);
        self.frames.wire_mut().set_patience(self.silence);
        self.unfinished = false;
    }

    /// Says something and counts the wait that follows.
    pub(super) async fn write(&mut self, bytes: &[u8], doing: &str) -> Result<(), RemoteError> {
        self.round_trips += 1;
        self.frames.write(bytes, doing).await
    }

    /// The next response. Dropping this future loses nothing.
    pub(super) async fn step(
        &mut self,
        doing: &str,
        tag: &str,
        take: &mut Take<'_>,
    ) -> Result<Step, RemoteError> {
        let frame = self.frames.next(doing).await?;
        match Response::read(frame) {
            Some(Response::Continue(words)) => Ok(Step::Continue(words.to_vec())),
            Some(Response::Done {
                tag: other,
                condition,
            }) if other == tag.as_bytes() => Ok(Step::Done(condition)),
            Some(Response::Data(data)) => {
                match data.condition() {
                    Some(bye) if bye.state == State::Bye && !self.leaving => {
                        self.unfinished = true;
                        return Err(closed(doing, &bye));
                    }
                    _ => {}
                }
                if !take(&data) {
                    self.news.hear(&data);
                }
                Ok(Step::Data)
            }
            Some(Response::Done { .. }) | None => Err(RemoteError::protocol(doing, beginning(frame))),
        }
    }

    /// The greeting (RFC 9051, section 7.1): it comes once, before any command.
    pub(super) async fn greeting(&mut self, doing: &str) -> Result<Condition, RemoteError> {
        let frame = self.frames.next(doing).await?;
        let condition = match Response::read(frame) {
            Some(Response::Data(data)) => data.condition(),
            _ => None,
        };
        match condition {
            Some(greeting) if matches!(greeting.state, State::Ok | State::PreAuth) => {
                self.news.hear_condition(&greeting);
                Ok(greeting)
            }
            Some(bye) if bye.state == State::Bye => Err(closed(doing, &bye)),
            _ => Err(RemoteError::protocol(doing, beginning(frame))),
        }
    }
}

/// A server that hangs up often says why, and the person should read it.
pub(super) fn closed(doing: &str, bye: &Condition) -> RemoteError {
    match crate::error::clean(&bye.words()) {
        words if words.is_empty() => RemoteError::closed(doing),
        words => RemoteError::closed(format!("{doing}; it said “{words}”")),
    }
}

/// Enough of a response to tell what it was.
fn beginning(frame: &[u8]) -> String {
    String::from_utf8_lossy(frame.get(..200).unwrap_or(frame)).into_owned()
}
