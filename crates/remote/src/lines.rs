//! Talk in lines, for POP3, SMTP and the probes of discovery: a buffer over a [`Wire`] that gives one line at a
//! time and never more than [`LINE_CAP`] of it. How long a silence is borne is the wire's.
//!
//! Not here: what the lines mean, and IMAP, whose responses span lines (`imap/frames`).

use std::{fmt, time::Duration};

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::{RemoteError, Wire, binding::ChannelBinding};

/// The longest line that is taken in. The protocols allow 512 to 1,000 octets, real servers send far longer ones.
pub(crate) const LINE_CAP: usize = 1024 * 1024;

/// How much is asked of the system at once.
const READ: usize = 64 * 1024;

pub(crate) struct Lines {
    wire: Wire,
    buffer: Vec<u8>,
    /// How much of the buffer has been handed out.
    start: usize,
    round_trips: u64,
    /// Whether something was written since the last read: the next read is then a round trip.
    asked: bool,
}

/// Without the buffer: it holds people's mail, and this text may end in a log.
impl fmt::Debug for Lines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lines")
            .field("wire", &self.wire)
            .field("buffered", &self.buffered().len())
            .finish()
    }
}

impl Lines {
    pub(crate) fn new(wire: Wire) -> Self {
        Self {
            wire,
            buffer: Vec::new(),
            start: 0,
            round_trips: 0,
            asked: false,
        }
    }

    /// The octets that went over the wire in both directions.
    pub(crate) fn bytes(&self) -> u64 {
        self.wire.bytes()
    }

    /// How often we waited for an answer.
    pub(crate) fn round_trips(&self) -> u64 {
        self.round_trips
    }

    /// Whether nobody in between can read along.
    pub(crate) fn is_encrypted(&self) -> bool {
        self.wire.is_encrypted()
    }

    /// What ties a sign-in to this very connection.
    pub(crate) fn binding(&self) -> Option<&ChannelBinding> {
        self.wire.binding()
    }

    pub(crate) fn set_patience(&mut self, patience: Duration) {
        self.wire.set_patience(patience);
    }

    pub(crate) async fn send(&mut self, bytes: &[u8], doing: &'static str) -> Result<(), RemoteError> {
        let written = async {
            self.wire.write_all(bytes).await?;
            self.wire.flush().await
        };
        written
            .await
            .map_err(|error| RemoteError::from_io(doing, &error))?;
        self.asked = true;
        Ok(())
    }

    /// The next line without its end. A bare LF ends a line too: some servers know no better, and an answer is not
    /// a letter.
    pub(crate) async fn line(&mut self, doing: &'static str) -> Result<Vec<u8>, RemoteError> {
        let mut seen = 0;
        loop {
            let fresh = self.buffered().get(seen..).unwrap_or_default();
            let length = memchr::memchr(b'\n', fresh).map(|at| seen + at);
            seen = self.buffered().len();
            if length.unwrap_or(seen) > LINE_CAP {
                return Err(RemoteError::limit("a line of more than 1 MB"));
            }
            if let Some(length) = length {
                let mut line = self.buffered().get(..length).unwrap_or_default().to_vec();
                self.consume(length + 1);
                if line.last() == Some(&b'\r') {
                    line.pop();
                }
                return Ok(line);
            }
            self.fill(doing).await?;
        }
    }

    /// What has been read and not been handed out.
    pub(crate) fn buffered(&self) -> &[u8] {
        self.buffer.get(self.start..).unwrap_or_default()
    }

    pub(crate) fn consume(&mut self, count: usize) {
        self.start = (self.start + count).min(self.buffer.len());
    }

    /// Reads more, at least one byte. The end of the stream is an error here: none of our protocols ends that way.
    pub(crate) async fn fill(&mut self, doing: &'static str) -> Result<(), RemoteError> {
        self.buffer.drain(..self.start);
        self.start = 0;
        self.buffer.reserve(READ);
        if std::mem::take(&mut self.asked) {
            self.round_trips += 1;
        }
        match self.wire.read_buf(&mut self.buffer).await {
            Ok(0) => Err(RemoteError::closed(doing)),
            Ok(_) => Ok(()),
            Err(error) => Err(RemoteError::from_io(doing, &error)),
        }
    }

    /// Whether the other side has already said something, without waiting for it.
    pub(crate) fn has_word(&mut self, doing: &'static str) -> Result<bool, RemoteError> {
        if !self.buffered().is_empty() {
            return Ok(true);
        }
        match futures::FutureExt::now_or_never(self.fill(doing)) {
            None => Ok(false),
            Some(read) => read.map(|()| true),
        }
    }
}

/// A server's words as text that can be shown.
pub(crate) fn words(line: &[u8]) -> String {
    crate::error::clean(&String::from_utf8_lossy(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pipe(size: usize) -> (Lines, tokio::io::DuplexStream) {
        let (near, far) = tokio::io::duplex(size);
        (Lines::new(Wire::new(Box::new(near), None, false)), far)
    }

    #[tokio::test]
    async fn lines_come_one_by_one_whatever_the_pieces() {
        let (mut lines, mut far) = pipe(3);
        let writer = tokio::spawn(async move {
            far.write_all(b"+OK one\r\n\r\ntwo\nthree\rstill\r\nhalf")
                .await
                .unwrap();
        });
        for expected in ["+OK one", "", "two", "three\rstill"] {
            assert_eq!(lines.line("reading").await.unwrap(), expected.as_bytes());
        }
        writer.await.unwrap();
        let error = lines.line("reading").await.expect_err("half a line is none");
        assert!(
            matches!(error, RemoteError::Closed { .. }),
            "{error} tells that the other side left"
        );
    }

    #[tokio::test]
    async fn a_line_without_an_end_stops_at_the_cap() {
        let (mut lines, mut far) = pipe(64 * 1024);
        let writer = tokio::spawn(async move {
            let piece = vec![b'x'; 64 * 1024];
            while far.write_all(&piece).await.is_ok() {}
        });
        let error = lines.line("reading").await.expect_err("it never ends");
        assert!(
            matches!(error, RemoteError::Limit { .. }),
            "{error} says that it was too much"
        );
        drop(lines);
        writer.await.unwrap();
    }

    #[tokio::test]
    async fn looking_for_a_word_does_not_wait_for_one() {
        let (mut lines, mut far) = pipe(64);
        assert!(!lines.has_word("looking").unwrap(), "nothing was said");
        far.write_all(b"451 no\r\n").await.unwrap();
        assert!(lines.has_word("looking").unwrap(), "something was");
        assert_eq!(
            lines.line("looking").await.unwrap(),
            b"451 no",
            "and nothing of it is lost"
        );
        drop(far);
        assert!(
            lines.has_word("looking").is_err(),
            "the end of the stream is told"
        );
    }
}
