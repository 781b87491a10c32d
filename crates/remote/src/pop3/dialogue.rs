//! Questions and answers: one command, its status line, and what follows it.
//!
//! It knows whether the two sides are in step. A call that fails in the middle of an answer, or is dropped there,
//! leaves half an answer on the wire; taking that for the next one could file a letter under another's name. So
//! nothing more is asked after it.
//!
//! What is not here: the meaning of the commands.

use secrecy::zeroize::Zeroizing;

use super::{
    answer::{Answer, Refusal},
    unstuffing::Unstuffing,
};
use crate::{
    RemoteError,
    lines::{Lines, words},
};

/// The longest list of lines that is taken in: some million messages with their names.
const LISTING_CAP: usize = 128 * 1024 * 1024;

/// The longest letter that is taken in.
pub(super) const LETTER_CAP: usize = 256 * 1024 * 1024;

/// The most that a server's word for a size makes us set aside at once.
const ROOM_CAP: usize = 32 * 1024 * 1024;

pub(super) type Verdict = Result<String, Refusal>;

#[derive(Debug)]
pub(super) struct Dialogue {
    pub(super) lines: Lines,
    /// What the greeting gave to make an APOP proof from.
    pub(super) timestamp: Option<String>,
    in_step: bool,
}

impl Dialogue {
    pub(super) fn new(lines: Lines) -> Self {
        Self {
            lines,
            timestamp: None,
            in_step: true,
        }
    }

    /// Opens an exchange; [`Dialogue::end`] closes it. In between the two sides are out of step.
    pub(super) fn begin(&mut self, doing: &'static str) -> Result<(), RemoteError> {
        if !self.in_step {
            return Err(RemoteError::closed(doing));
        }
        self.in_step = false;
        Ok(())
    }

    pub(super) fn end(&mut self) {
        self.in_step = true;
    }

    /// One command with a one-line answer.
    pub(super) async fn ask(&mut self, command: &str, doing: &'static str) -> Result<Verdict, RemoteError> {
        self.begin(doing)?;
        self.tell(command, doing).await?;
        let verdict = self.verdict(doing).await?;
        self.end();
        Ok(verdict)
    }

    /// One command whose answer is a list of lines.
    pub(super) async fn ask_listing(
        &mut self,
        command: &str,
        doing: &'static str,
    ) -> Result<Result<Vec<String>, Refusal>, RemoteError> {
        self.begin(doing)?;
        self.tell(command, doing).await?;
        let listing = self.listing(doing).await?;
        self.end();
        Ok(listing)
    }

    /// Writes one command, and wipes it: there may be a password in it. A line break in it would be a second command, so it is refused.
    pub(super) async fn tell(&mut self, command: &str, doing: &'static str) -> Result<(), RemoteError> {
        if command.contains(['\r', '\n', '\0']) {
            return Err(RemoteError::refused(
                doing,
                "a line break cannot be part of a user name or password",
            ));
        }
        let line = Zeroizing::new([command, "\r\n"].concat());
        self.lines.send(line.as_bytes(), doing).await
    }

    pub(super) async fn answer(&mut self, doing: &'static str) -> Result<Answer, RemoteError> {
        let line = self.lines.line(doing).await?;
        Answer::parse(&line)
            .ok_or_else(|| RemoteError::protocol(doing, format!("neither +OK nor -ERR: {}", words(&line))))
    }

    pub(super) async fn verdict(&mut self, doing: &'static str) -> Result<Verdict, RemoteError> {
        match self.answer(doing).await? {
            Answer::Ok(text) => Ok(Ok(text)),
            Answer::Refused(refusal) => Ok(Err(refusal)),
            Answer::Challenge(text) => Err(RemoteError::protocol(
                doing,
                format!("a challenge that nobody asked for: {text}"),
            )),
        }
    }

    /// The status line and, behind +OK, the lines up to the dot.
    pub(super) async fn listing(
        &mut self,
        doing: &'static str,
    ) -> Result<Result<Vec<String>, Refusal>, RemoteError> {
        if let Err(refusal) = self.verdict(doing).await? {
            return Ok(Err(refusal));
        }
        let (mut lines, mut total) = (Vec::new(), 0);
        loop {
            let line = self.lines.line(doing).await?;
            if line == b"." {
                return Ok(Ok(lines));
            }
            // Each entry counts for more than its letters, or empty lines would fill the memory.
            total += line.len() + 16;
            if total > LISTING_CAP {
                return Err(RemoteError::limit("a list of more than 128 MB"));
            }
            let entry = line.strip_prefix(b".").unwrap_or(&line);
            lines.push(String::from_utf8_lossy(entry).into_owned());
        }
    }

    /// The status line and, behind +OK, a letter up to the dot. A letter that does not end is no letter. `expected` is
    /// about its size, so that it is not copied again and again while it grows.
    pub(super) async fn letter(
        &mut self,
        expected: usize,
        doing: &'static str,
    ) -> Result<Result<Vec<u8>, Refusal>, RemoteError> {
        if let Err(refusal) = self.verdict(doing).await? {
            return Ok(Err(refusal));
        }
        // A little more than the server says: some count line ends as one octet.
        let room = (expected + expected / 32 + 256).min(ROOM_CAP);
        let (mut unstuffing, mut letter) = (Unstuffing::new(), Vec::with_capacity(room));
        loop {
            let (used, done) = unstuffing.feed(self.lines.buffered(), &mut letter);
            self.lines.consume(used);
            if letter.len() > LETTER_CAP {
                return Err(RemoteError::limit("a message of more than 256 MB"));
            }
            if done {
                return Ok(Ok(letter));
            }
            self.lines.fill(doing).await?;
        }
    }
}
