//! The stream that async-imap is given. It drives the dialogue: tags, commands, continuations, the sign-in. What it
//! reads here are lines of ours that say only of what kind each response was, so that its parser never meets bytes
//! which a server chose; the response itself waits beside it, whole, for our grammar (ADR 7).
//!
//! Not here: what is said and when (`exchange`), and what a response means (`response` and those who asked for it).

use std::collections::VecDeque;
use std::fmt;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::BytesMut;
use secrecy::zeroize::{Zeroize, Zeroizing};
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, ReadBuf};

use super::cancel::Cancel;
use super::frames::{Broken, Frames};
use crate::{RemoteError, Wire};

// async-imap writes each command to the log at the trace level, passwords among them.
const _: () = assert!(log::STATIC_MAX_LEVEL as usize <= log::LevelFilter::Debug as usize);

/// What may come untagged around a sign-in. Nobody takes it before the sign-in has ended.
const APART_CAP: usize = 1024 * 1024;

pub(super) struct Tap {
    frames: Frames,
    /// Responses that nobody has taken yet.
    heard: VecDeque<BytesMut>,
    /// Their bytes, and something for each.
    waiting: usize,
    /// What is left of the line that async-imap reads in place of a response.
    shown: BytesMut,
    /// What async-imap has said and not yet flushed. It may hold a password.
    said: Zeroizing<Vec<u8>>,
    /// How much of it has been written.
    written: usize,
    held: bool,
    /// Of the commands whose end has not been heard, in the order in which they were said.
    tags: VecDeque<String>,
    /// What is said next begins a command.
    beginning: bool,
    /// Nobody waits for the answer to what is said next.
    ahead: bool,
    manner: Manner,
    cancel: Option<Cancel>,
    broken: Option<Broken>,
    round_trips: u64,
}

/// How responses are shown to async-imap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// One line for each.
    Each,
    /// Untagged ones wait apart. During a sign-in async-imap takes one for the end of the challenges.
    UntaggedApart,
    /// The same, and the end of a command is shown as a success whatever it was: async-imap throws the connection
    /// away when COMPRESS is refused.
    AlwaysWell,
    /// Bytes pass both ways: another tap is above this one, with compression between them.
    Beneath,
}

impl Tap {
    pub(super) fn new(wire: Wire) -> Self {
        Self {
            frames: Frames::new(wire),
            heard: VecDeque::new(),
            waiting: 0,
            shown: BytesMut::new(),
            said: Zeroizing::new(Vec::new()),
            written: 0,
            held: false,
            tags: VecDeque::new(),
            beginning: false,
            ahead: false,
            manner: Manner::Each,
            cancel: None,
            broken: None,
            round_trips: 0,
        }
    }

    pub(super) fn wire(&self) -> &Wire {
        self.frames.wire()
    }

    pub(super) fn wire_mut(&mut self) -> &mut Wire {
        self.frames.wire_mut()
    }

    pub(super) fn set_manner(&mut self, manner: Manner) {
        self.manner = manner;
    }

    /// How the next sign-in can be given up.
    pub(super) fn set_cancel(&mut self, cancel: Option<Cancel>) {
        self.cancel = cancel;
    }

    /// The oldest response that nobody has taken.
    pub(super) fn take_heard(&mut self) -> Option<BytesMut> {
        let frame = self.heard.pop_front()?;
        self.waiting = self.waiting.saturating_sub(weight(&frame));
        Some(frame)
    }

    /// How often something was said and an answer waited for.
    pub(super) fn round_trips(&self) -> u64 {
        self.round_trips
    }

    /// Why nothing more comes.
    pub(super) fn failure(&self, doing: &str) -> RemoteError {
        self.broken.as_ref().unwrap_or(&Broken::Ended).error(doing)
    }

    /// Whether flushing is put off, so that a command and its literals leave in one piece.
    pub(super) fn hold(&mut self, held: bool) {
        self.held = held;
    }

    /// What is said next begins a command. `ahead`: its answer is not waited for, and mostly comes before that of the next one.
    pub(super) fn begin_command(&mut self, ahead: bool) {
        (self.beginning, self.ahead) = (true, ahead);
    }

    /// A literal that goes out with what is flushed next.
    pub(super) fn gather(&mut self, literal: &[u8]) {
        self.said.extend_from_slice(literal);
    }

    /// Some of a literal that may be sent now. It goes out as it stands, without being gathered.
    pub(super) async fn write_literal(&mut self, literal: &[u8]) -> io::Result<()> {
        self.frames.wire_mut().write_all(literal).await
    }

    /// The line that stands for a response, or `None` where it is not shown.
    fn line_for(&mut self, frame: &[u8]) -> Result<Option<String>, Broken> {
        let apart = matches!(self.manner, Manner::UntaggedApart | Manner::AlwaysWell);
        if let Some(challenge) = frame.strip_prefix(b"+") {
            if self.cancel.as_ref().is_some_and(Cancel::was_said) {
                return Err(Broken::Nonsense(
                    "the server asks for more than there is to say".into(),
                ));
            }
            // Only a sign-in reads it, and wants base64; whoever writes words instead wants an empty challenge.
            let challenge = challenge.trim_ascii();
            let challenge = match STANDARD.decode(challenge) {
                Ok(_) => std::str::from_utf8(challenge).unwrap_or_default(),
                Err(_) => "",
            };
            return Ok(Some(format!("+ {challenge}\r\n")));
        }
        let mut words = frame.split(|byte| *byte <= b' ');
        let tag = words.next().unwrap_or_default();
        if tag == b"*" {
            return Ok((!apart).then(|| "* OK heard\r\n".to_owned()));
        }
        let state = words.next().unwrap_or_default();
        let state = ["OK", "NO", "BAD"]
            .into_iter()
            .find(|known| state.eq_ignore_ascii_case(known.as_bytes()));
        // Mostly the first, but a server may end commands in an order of its own (RFC 9051, section 5.5).
        let place = self.tags.iter().position(|ours| tag == ours.as_bytes());
        match (place.and_then(|place| self.tags.remove(place)), state) {
            (Some(ours), Some(_)) if self.manner == Manner::AlwaysWell => {
                Ok(Some(format!("{ours} OK done\r\n")))
            }
            (Some(ours), Some(state)) => Ok(Some(format!("{ours} {state} done\r\n"))),
            _ => Err(Broken::Nonsense(beginning(frame))),
        }
    }

    /// Brings the next line to be shown.
    fn poll_line(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while self.shown.is_empty() {
            if self.broken.is_some() {
                return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
            }
            let line = match ready!(self.frames.poll_next(cx)) {
                Ok(frame) => match self.line_for(&frame) {
                    Ok(line) => {
                        self.waiting += weight(&frame);
                        self.heard.push_back(frame);
                        line
                    }
                    Err(broken) => return Poll::Ready(self.break_off(broken)),
                },
                Err(broken) => return Poll::Ready(self.break_off(broken)),
            };
            if let Some(line) = line {
                self.shown.extend_from_slice(line.as_bytes());
            } else if self.waiting > APART_CAP {
                let broken = Broken::Limit("a sign-in in which the server does not stop talking".into());
                return Poll::Ready(self.break_off(broken));
            }
        }
        Poll::Ready(Ok(()))
    }

    /// Nothing more is read; `failure` tells why.
    fn break_off(&mut self, broken: Broken) -> io::Result<()> {
        self.broken = Some(broken);
        Err(io::ErrorKind::BrokenPipe.into())
    }

    /// What is about to be written begins a command, goes on with one, or takes a sign-in back.
    fn look_at_said(&mut self) {
        if std::mem::take(&mut self.beginning) || self.tags.is_empty() {
            let tag = self.said.split(|byte| *byte == b' ').next().unwrap_or_default();
            self.tags.push_back(String::from_utf8_lossy(tag).into_owned());
        } else if self.cancel.as_ref().is_some_and(Cancel::is_due) {
            self.said.zeroize();
            // The way to take it back (RFC 9051, section 6.2.2), which async-imap has no words for.
            self.said.extend_from_slice(b"*\r\n");
        }
    }
}

/// What a response costs while it waits: many short ones are a burden too.
fn weight(frame: &BytesMut) -> usize {
    frame.len() + size_of::<BytesMut>()
}

/// Enough of a response to tell what it was.
fn beginning(frame: &[u8]) -> String {
    String::from_utf8_lossy(frame.get(..200).unwrap_or(frame)).into_owned()
}

impl fmt::Debug for Tap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What is said may be a password, what is heard is somebody's mail.
        f.debug_struct("Tap")
            .field("frames", &self.frames)
            .field("manner", &self.manner)
            .field("broken", &self.broken)
            .finish_non_exhaustive()
    }
}

impl AsyncRead for Tap {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.manner == Manner::Beneath {
            let pending = self.frames.pending();
            if pending.is_empty() {
                return Pin::new(self.frames.wire_mut()).poll_read(cx, buf);
            }
            let length = pending.len().min(buf.remaining());
            buf.put_slice(&pending.split_to(length));
            return Poll::Ready(Ok(()));
        }
        ready!(self.poll_line(cx))?;
        let length = self.shown.len().min(buf.remaining());
        buf.put_slice(&self.shown.split_to(length));
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Tap {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if self.manner == Manner::Beneath {
            return Pin::new(self.frames.wire_mut()).poll_write(cx, bytes);
        }
        // async-imap writes a command in four pieces; they leave as one at the flush that follows.
        self.said.extend_from_slice(bytes);
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = &mut *self;
        if this.held {
            return Poll::Ready(Ok(()));
        }
        if !this.said.is_empty() && this.written == 0 {
            this.look_at_said();
        }
        while let Some(rest) = this.said.get(this.written..).filter(|rest| !rest.is_empty()) {
            let count = ready!(Pin::new(this.frames.wire_mut()).poll_write(cx, rest))?;
            if count == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            this.written += count;
        }
        ready!(Pin::new(this.frames.wire_mut()).poll_flush(cx))?;
        if this.written > 0 {
            this.round_trips += u64::from(!std::mem::take(&mut this.ahead));
            this.said.zeroize();
            this.written = 0;
        }
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(self.frames.wire_mut()).poll_shutdown(cx)
    }
}
