//! One command and its answer at a time: literals, and the untagged responses that come in between. async-imap
//! drives the dialogue, through the stream in `tap`; what the responses say is read by our own grammar.
//!
//! A command whose answer was not read to its end, because it failed or because its future was dropped, leaves the
//! connection in the middle of something. Such a connection is never used again. Not here: any single command, and
//! the sign-in (`entry`).

use std::time::Duration;

use async_imap::{Client, Connection};
use bytes::BytesMut;
use secrecy::zeroize::Zeroizing;

use super::command::{Command, LABOUR, Piece};
use super::dialogue::Dialogue;
use super::news::News;
use super::response::{Condition, Data, Response, State};
use super::tap::{Manner, Tap};
use crate::binding::ChannelBinding;
use crate::letter::{Letter, PIECE, Pages};
use crate::{RemoteError, Wire};

/// What a command does with data: `true` when they are the answer it waits for, `false` when they are news.
pub(super) type Take<'t> = dyn FnMut(&Data<'_>) -> bool + Send + 't;

#[derive(Debug)]
pub(super) struct Exchange {
    pub(super) dialogue: Dialogue,
    pub(super) news: News,
    /// The largest literal that goes out without asking (RFC 7888).
    pub(super) literal_at_once: usize,
    /// How long the server may be silent while an answer is due.
    pub(super) silence: Duration,
    encrypted: bool,
    binding: Option<ChannelBinding>,
    pub(super) compressed: bool,
    pub(super) unfinished: bool,
    /// The tags of commands that were said and whose answers nobody waits for.
    ahead: Vec<String>,
    leaving: bool,
}

/// One response, as far as the running command is concerned.
#[derive(Debug)]
pub(super) enum Step {
    /// The server waits for more of the command.
    Continue,
    Data,
    Done(Condition),
}

impl Exchange {
    pub(super) fn new(mut wire: Wire, silence: Duration) -> Self {
        wire.set_patience(silence);
        Self {
            encrypted: wire.is_encrypted(),
            binding: wire.binding().cloned(),
            dialogue: Dialogue::Greeted(Client::new(Tap::new(wire))),
            news: News::default(),
            literal_at_once: 0,
            silence,
            compressed: false,
            unfinished: false,
            ahead: Vec::new(),
            leaving: false,
        }
    }

    pub(super) fn is_encrypted(&self) -> bool {
        self.encrypted
    }

    /// What ties a sign-in to the TLS connection.
    pub(super) fn binding(&self) -> Option<&ChannelBinding> {
        self.binding.as_ref()
    }

    /// Bytes both ways, before encryption and compression.
    pub(super) fn bytes(&self) -> u64 {
        self.dialogue.tap().map_or(0, |tap| tap.wire().bytes())
    }

    /// How often an answer was waited for.
    pub(super) fn round_trips(&self) -> u64 {
        self.dialogue.tap().map_or(0, Tap::round_trips)
    }

    /// How long a silence is borne from now on.
    pub(super) fn set_silence(&mut self, silence: Duration) {
        self.silence = silence;
        self.bear(silence);
    }

    /// How long a silence is borne for once, until [`Exchange::end`].
    pub(super) fn bear(&mut self, silence: Duration) {
        if let Some(connection) = self.dialogue.connection() {
            connection.get_mut().wire_mut().set_patience(silence);
        }
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
        self.begin(doing)?;
        if command.laborious {
            self.bear(LABOUR);
        }
        let condition = match &mut self.dialogue {
            Dialogue::Greeted(client) => {
                let line = command.line();
                client.get_mut().set_manner(Manner::UntaggedApart);
                // Its own verdict is not asked for: what came stands beside it.
                let _ = client.run_command_and_check_ok(&line, None).await;
                self.hear_out(doing, take)?
            }
            _ => self.converse(command, take).await?,
        };
        self.end(&condition);
        Ok(condition)
    }

    async fn converse(
        &mut self,
        command: Command<'_>,
        take: &mut Take<'_>,
    ) -> Result<Condition, RemoteError> {
        let doing = command.doing;
        let mut line = Zeroizing::new(String::new());
        let mut begun = false;
        for piece in &command.pieces {
            match piece {
                Piece::Text(text) => line.push_str(text),
                Piece::Literal(bytes) => {
                    let literal: &[u8] = bytes;
                    if let Some(refusal) = self.say_literal(&line, &literal, &mut begun, doing, take).await? {
                        return Ok(refusal);
                    }
                    line.clear();
                }
                Piece::Letter(letter) => {
                    if let Some(refusal) = self.say_literal(&line, *letter, &mut begun, doing, take).await? {
                        return Ok(refusal);
                    }
                    line.clear();
                }
            }
        }
        self.say(&line, &mut begun, doing).await?;
        loop {
            match self.step(doing, take).await? {
                Step::Data => {}
                Step::Done(condition) => return Ok(condition),
                Step::Continue => {
                    return Err(RemoteError::protocol(
                        doing,
                        "the server waits for more than was announced",
                    ));
                }
            }
        }
    }

    /// Says what stands before a literal, and the literal, which is not gathered where it is long. `Some`: the command has
    /// ended instead.
    async fn say_literal(
        &mut self,
        line: &str,
        literal: &dyn Letter,
        begun: &mut bool,
        doing: &str,
        take: &mut Take<'_>,
    ) -> Result<Option<Condition>, RemoteError> {
        let unread = |error| RemoteError::from_io(doing, &error);
        let size = literal.size();
        let at_once = usize::try_from(size).is_ok_and(|size| size <= self.literal_at_once);
        let announced = Zeroizing::new(format!("{line}{{{size}{}}}", if at_once { "+" } else { "" }));
        let mut pages = Pages::of(literal);
        if at_once && size <= PIECE as u64 {
            let first = pages.turn().map_err(unread)?.unwrap_or_default();
            self.tap(doing)?.hold(true);
            let said = self.say(&announced, begun, doing).await;
            let tap = self.tap(doing)?;
            tap.gather(first);
            tap.hold(false);
            return said.map(|()| None);
        }
        self.say(&announced, begun, doing).await?;
        if !at_once && let Some(refusal) = self.wait_for_leave(doing, take).await? {
            return Ok(Some(refusal));
        }
        while let Some(page) = pages.turn().map_err(unread)? {
            self.tap(doing)?.write_literal(page).await.map_err(unread)?;
        }
        Ok(None)
    }

    /// Says a line: the first with a tag, those behind literals without one.
    async fn say(&mut self, line: &str, begun: &mut bool, doing: &str) -> Result<(), RemoteError> {
        let session = self.dialogue.session(doing)?;
        let said = if std::mem::replace(begun, true) {
            session.run_command_untagged(line).await
        } else {
            session.get_mut().begin_command(false);
            session.run_command(line).await.map(drop)
        };
        said.map_err(|error| unsaid(doing, error))
    }

    /// Says a command whose answer nobody needs, and does not wait for it: it is heard with that of the next one.
    pub(super) async fn say_ahead(&mut self, doing: &str, line: &str) -> Result<(), RemoteError> {
        self.begin(doing)?;
        let session = self.dialogue.session(doing)?;
        session.get_mut().begin_command(true);
        let tag = session
            .run_command(line)
            .await
            .map_err(|error| unsaid(doing, error))?;
        self.ahead.push(tag.0);
        self.unfinished = false;
        Ok(())
    }

    /// Begins a command that is spoken step by step. [`Exchange::end`] has to follow.
    pub(super) async fn open(&mut self, line: &str, doing: &str) -> Result<(), RemoteError> {
        self.begin(doing)?;
        self.say(line, &mut false, doing).await
    }

    /// Goes on with it.
    pub(super) async fn go_on(&mut self, line: &str, doing: &str) -> Result<(), RemoteError> {
        self.say(line, &mut true, doing).await
    }

    /// Waits until a literal may be sent. `Some`: the command has ended instead.
    async fn wait_for_leave(
        &mut self,
        doing: &str,
        take: &mut Take<'_>,
    ) -> Result<Option<Condition>, RemoteError> {
        loop {
            match self.step(doing, take).await? {
                Step::Continue => return Ok(None),
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

    pub(super) fn begin(&mut self, doing: &str) -> Result<(), RemoteError> {
        if self.unfinished {
            return Err(RemoteError::closed(doing));
        }
        self.unfinished = true;
        Ok(())
    }

    pub(super) fn end(&mut self, condition: &Condition) {
        self.news.hear_condition(condition);
        self.bear(self.silence);
        self.unfinished = false;
    }

    pub(super) fn tap(&mut self, doing: &str) -> Result<&mut Tap, RemoteError> {
        let connection = self.dialogue.connection();
        connection
            .map(Connection::get_mut)
            .ok_or_else(|| RemoteError::closed(doing))
    }

    /// The next response. Dropping this future loses nothing.
    pub(super) async fn step(&mut self, doing: &str, take: &mut Take<'_>) -> Result<Step, RemoteError> {
        let session = self.dialogue.session(doing)?;
        let shown = session.read_response().await;
        let tap = session.get_mut();
        match (shown, tap.take_heard()) {
            (Ok(Some(_)), Some(frame)) => self.hear(&frame, doing, take),
            _ => Err(tap.failure(doing)),
        }
    }

    /// All that was said during a call of async-imap that reads by itself, to the end of the command.
    pub(super) fn hear_out(&mut self, doing: &str, take: &mut Take<'_>) -> Result<Condition, RemoteError> {
        while let Some(frame) = self.tap(doing)?.take_heard() {
            if let Step::Done(condition) = self.hear(&frame, doing, take)? {
                return Ok(condition);
            }
        }
        Err(self.tap(doing)?.failure(doing))
    }

    fn hear(&mut self, frame: &BytesMut, doing: &str, take: &mut Take<'_>) -> Result<Step, RemoteError> {
        match Response::read(frame) {
            Some(Response::Continue) => Ok(Step::Continue),
            Some(Response::Done(condition)) => {
                let tag = frame
                    .as_ref()
                    .split(|byte| *byte <= b' ')
                    .next()
                    .unwrap_or_default();
                let Some(place) = self.ahead.iter().position(|ahead| ahead.as_bytes() == tag) else {
                    return Ok(Step::Done(condition));
                };
                self.ahead.swap_remove(place);
                self.news.hear_condition(&condition);
                Ok(Step::Data)
            }
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
            None => Err(RemoteError::protocol(doing, "this is no response")),
        }
    }

    /// The greeting (RFC 9051, section 7.1): it comes once, before any command.
    pub(super) async fn greeting(&mut self, doing: &str) -> Result<(), RemoteError> {
        let Dialogue::Greeted(client) = &mut self.dialogue else {
            return Err(RemoteError::closed(doing));
        };
        let shown = client.read_response().await;
        let (Ok(Some(_)), Some(frame)) = (shown, client.get_mut().take_heard()) else {
            return Err(client.get_ref().failure(doing));
        };
        let condition = match Response::read(&frame) {
            Some(Response::Data(data)) => data.condition(),
            _ => None,
        };
        match condition {
            Some(greeting) if greeting.state == State::Ok => {
                self.news.hear_condition(&greeting);
                Ok(())
            }
            // As whom? Whoever stands in between may have done it (RFC 9051, section 11.1).
            Some(greeting) if greeting.state == State::PreAuth => Err(RemoteError::protocol(
                doing,
                "the server says that somebody is signed in already",
            )),
            Some(bye) if bye.state == State::Bye => Err(closed(doing, &bye)),
            _ => Err(RemoteError::protocol(doing, String::from_utf8_lossy(&frame))),
        }
    }
}

/// A server that hangs up often says why, and the person should read it.
fn closed(doing: &str, bye: &Condition) -> RemoteError {
    match crate::error::clean(&bye.words()) {
        words if words.is_empty() => RemoteError::closed(doing),
        words => RemoteError::closed(format!("{doing}; it said “{words}”")),
    }
}

/// Why a line did not leave.
fn unsaid(doing: &str, error: async_imap::error::Error) -> RemoteError {
    match error {
        async_imap::error::Error::Io(error) => RemoteError::from_io(doing, &error),
        other => RemoteError::protocol(doing, other.to_string()),
    }
}
