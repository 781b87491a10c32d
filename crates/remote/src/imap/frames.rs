//! The stream of bytes, cut into whole responses (RFC 9051, section 2.2.2): lines, with the literals that stand
//! in them. Nothing larger than our caps is ever gathered, whatever a server announces.
//!
//! Not here: what a response means. Cutting looks at ends of lines and at `{n}` only, in one pass.

use std::fmt;
use std::future::Future;
use std::io;
use std::pin::pin;
use std::task::{Context, Poll, ready};

use bytes::BytesMut;
use tokio::io::AsyncReadExt;

use crate::{RemoteError, Wire};

/// The largest literal: more than any letter that a provider takes.
pub(super) const LITERAL_CAP: usize = 256 * 1024 * 1024;
/// The longest line.
const LINE_CAP: usize = 1024 * 1024;
/// The answer to SEARCH is one line however many messages there are; this is for several millions of them.
const SEARCH_CAP: usize = 64 * 1024 * 1024;
/// One response with all its literals.
const RESPONSE_CAP: usize = LITERAL_CAP + 16 * 1024 * 1024;
/// How much is asked of the system at once.
const READ: usize = 64 * 1024;
/// So much of a literal shows that the server means what it announced.
const EARNEST: usize = 1024 * 1024;

pub(super) struct Frames {
    wire: Wire,
    buffer: BytesMut,
    cut: Cut,
}

/// Why no further response comes.
#[derive(Debug)]
pub(super) enum Broken {
    Ended,
    Io(io::Error),
    /// Larger than we take.
    Limit(String),
    /// No response that could come here; this is how it begins.
    Nonsense(String),
}

impl Broken {
    pub(super) fn error(&self, doing: &str) -> RemoteError {
        match self {
            Self::Ended => RemoteError::closed(doing),
            Self::Io(error) => RemoteError::from_io(doing, error),
            Self::Limit(what) => RemoteError::limit(what),
            Self::Nonsense(words) => RemoteError::protocol(doing, words),
        }
    }
}

impl fmt::Debug for Frames {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What has been read is somebody's mail.
        f.debug_struct("Frames")
            .field("wire", &self.wire)
            .field("buffered", &self.buffer.len())
            .finish()
    }
}

impl Frames {
    pub(super) fn new(wire: Wire) -> Self {
        Self {
            wire,
            buffer: BytesMut::new(),
            cut: Cut::default(),
        }
    }

    pub(super) fn wire(&self) -> &Wire {
        &self.wire
    }

    pub(super) fn wire_mut(&mut self) -> &mut Wire {
        &mut self.wire
    }

    /// What was read and is no whole response yet.
    pub(super) fn pending(&mut self) -> &mut BytesMut {
        &mut self.buffer
    }

    /// The next response, its line end included.
    pub(super) fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Result<BytesMut, Broken>> {
        loop {
            if let Some(length) = self.cut.find_end(&self.buffer)? {
                return Poll::Ready(Ok(self.take(length)));
            }
            self.make_room();
            // Reading keeps nothing between two polls but what stands in the buffer.
            match ready!(pin!(self.wire.read_buf(&mut self.buffer)).poll(cx)) {
                Ok(0) => return Poll::Ready(Err(Broken::Ended)),
                Ok(_) => {}
                Err(error) => return Poll::Ready(Err(Broken::Io(error))),
            }
        }
    }

    /// Room for the next read. Where a good part of a large literal has come, there is room for the rest of it at once, so
    /// that it is not copied again and again while it grows.
    fn make_room(&mut self) {
        let come = self.buffer.len();
        let rest = self.cut.line.saturating_sub(come);
        let room = if come >= EARNEST { rest + READ } else { READ };
        self.buffer.reserve(room);
    }

    fn take(&mut self, length: usize) -> BytesMut {
        self.cut = Cut::default();
        let frame = self.buffer.split_to(length);
        if length > 4 * READ {
            // One large letter does not keep its memory for the rest of the session.
            self.buffer = BytesMut::from(&self.buffer[..]);
        }
        frame
    }
}

/// Where the search for the end of a response stands. Each byte is looked at once, however it trickles in.
#[derive(Debug, Default)]
struct Cut {
    /// Where the line begins that is being read.
    line: usize,
    /// Up to where no end of that line was found.
    searched: usize,
    /// Set once the first line has begun: a line of words holds no literals, whatever it ends with.
    kind: Option<Kind>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Words,
    Data { line_cap: usize },
}

impl Cut {
    /// The length of the first response in these bytes, or `None` while it is not whole.
    fn find_end(&mut self, bytes: &[u8]) -> Result<Option<usize>, Broken> {
        loop {
            let Some(fresh) = bytes.get(self.searched..) else {
                return Ok(None);
            };
            let end = memchr::memchr(b'\n', fresh).map(|at| self.searched + at);
            let kind = match self.kind {
                Some(kind) => kind,
                None => Kind::of(bytes),
            };
            let line_cap = match kind {
                Kind::Words => LINE_CAP,
                Kind::Data { line_cap } => line_cap,
            };
            if end.unwrap_or(bytes.len()).saturating_sub(self.line) > line_cap {
                return Err(Broken::Limit(format!(
                    "a line of more than {} MB",
                    line_cap / (1024 * 1024)
                )));
            }
            let Some(end) = end else {
                self.searched = bytes.len();
                return Ok(None);
            };
            self.kind = Some(kind);
            let after = end + 1;
            let literal = match kind {
                Kind::Words => None,
                Kind::Data { .. } => announced(bytes.get(self.line..after).unwrap_or_default()),
            };
            let Some(literal) = literal else {
                return Ok(Some(after));
            };
            if literal > LITERAL_CAP as u64 {
                return Err(Broken::Limit("a message of more than 256 MB".into()));
            }
            // The cast is exact: the cap fits.
            let next = after.saturating_add(literal as usize);
            if next > RESPONSE_CAP {
                return Err(Broken::Limit("a response of more than 272 MB".into()));
            }
            self.line = next;
            self.searched = next;
        }
    }
}

impl Kind {
    /// Continuations, and status responses tagged or not, are words (RFC 9051, section 7.1): `{5}` at their end
    /// is part of what they say.
    fn of(line: &[u8]) -> Self {
        let mut words = line.split(|byte| matches!(byte, b' ' | b'\r' | b'\n'));
        if words.next() != Some(b"*") {
            return Self::Words;
        }
        let name = words.next().unwrap_or_default();
        let is = |expected: &[u8]| name.eq_ignore_ascii_case(expected);
        if [&b"OK"[..], b"NO", b"BAD", b"BYE", b"PREAUTH"]
            .into_iter()
            .any(is)
        {
            Self::Words
        } else if is(b"SEARCH") || is(b"ESEARCH") {
            Self::Data { line_cap: SEARCH_CAP }
        } else {
            Self::Data { line_cap: LINE_CAP }
        }
    }
}

/// The size of the literal that a line announces with `{n}` at its end.
fn announced(line: &[u8]) -> Option<u64> {
    let line = line.strip_suffix(b"\n")?;
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let line = line.strip_suffix(b"}")?;
    let line = line.strip_suffix(b"+").unwrap_or(line);
    let open = memchr::memrchr(b'{', line)?;
    let digits = line.get(open + 1..)?;
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    // A number that no integer holds is too large for us as well.
    Some(std::str::from_utf8(digits).ok()?.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use tokio::io::AsyncWriteExt;

    use super::*;

    fn frames_of(bytes: &[u8], piece: usize) -> (Frames, tokio::task::JoinHandle<()>) {
        let (near, mut far) = tokio::io::duplex(piece);
        let bytes = bytes.to_vec();
        let writer = tokio::spawn(async move {
            // The reader may leave in the middle, as it does at a cap.
            let _ = far.write_all(&bytes).await;
        });
        (Frames::new(Wire::new(Box::new(near), None, false)), writer)
    }

    async fn next(frames: &mut Frames) -> Result<BytesMut, Broken> {
        poll_fn(|cx| frames.poll_next(cx)).await
    }

    #[tokio::test]
    async fn responses_come_whole_whatever_the_pieces() {
        let stream = b"* 1 FETCH (BODY[] {6}\r\na\r\nb\n{ FLAGS ())\r\n* OK done {5}\r\n+ go {3}\r\nA1 OK x {9}\r\nbare\n";
        let expected: [&[u8]; 5] = [
            b"* 1 FETCH (BODY[] {6}\r\na\r\nb\n{ FLAGS ())\r\n",
            b"* OK done {5}\r\n",
            b"+ go {3}\r\n",
            b"A1 OK x {9}\r\n",
            b"bare\n",
        ];
        for piece in [1, 2, 3, 7, 4096] {
            let (mut frames, writer) = frames_of(stream, piece);
            for frame in expected {
                assert_eq!(next(&mut frames).await.unwrap(), frame, "with pieces of {piece}");
            }
            let end = next(&mut frames).await.expect_err("the stream ends");
            assert!(matches!(end, Broken::Ended), "{end:?} is told as such");
            writer.await.unwrap();
        }
    }

    #[tokio::test]
    async fn a_literal_bomb_is_not_waited_for() {
        for size in ["268435457", "99999999999999999999999999"] {
            let (mut frames, _writer) = frames_of(format!("* 1 FETCH (BODY[] {{{size}}}\r\n").as_bytes(), 64);
            let error = next(&mut frames).await.expect_err("nobody writes such letters");
            assert!(
                matches!(error, Broken::Limit(_)),
                "{error:?} comes before the first byte of it"
            );
        }
    }

    #[tokio::test]
    async fn an_announcement_alone_takes_no_memory() {
        let (mut frames, _writer) = frames_of(b"* 1 FETCH (BODY[] {268435456}\r\nonly this", 64);
        let error = next(&mut frames).await.expect_err("the server hangs up");
        assert!(
            matches!(error, Broken::Ended),
            "{error:?}: half a letter is no letter"
        );
        assert!(
            frames.buffer.capacity() < 1024 * 1024,
            "memory comes with bytes, not with promises"
        );
    }

    #[tokio::test]
    async fn a_line_without_an_end_stops_at_the_cap_and_a_long_search_does_not() {
        let (mut frames, _writer) = frames_of(&vec![b'x'; LINE_CAP + 10], 64 * 1024);
        let error = next(&mut frames).await.expect_err("it never ends");
        assert!(
            matches!(error, Broken::Limit(_)),
            "{error:?} says that it was too much"
        );

        let mut search = b"* SEARCH".to_vec();
        for uid in 1_000_000..1_300_000 {
            search.extend_from_slice(format!(" {uid}").as_bytes());
        }
        search.extend_from_slice(b"\r\n");
        let (mut frames, _writer) = frames_of(&search, 64 * 1024);
        assert_eq!(
            next(&mut frames).await.unwrap().len(),
            search.len(),
            "large mailboxes exist"
        );
    }

    #[tokio::test]
    async fn many_literals_in_one_response_are_capped_together() {
        let mut cut = Cut::default();
        // Two literals just within the cap; the bytes themselves are not needed to refuse the second.
        let mut bytes = format!("* 1 FETCH (BODY[1] {{{LITERAL_CAP}}}\r\n").into_bytes();
        assert!(cut.find_end(&bytes).unwrap().is_none(), "the first is waited for");
        bytes.resize(cut.line, b'x');
        bytes.extend_from_slice(format!(" BODY[2] {{{LITERAL_CAP}}}\r\n").as_bytes());
        assert!(cut.find_end(&bytes).is_err(), "both together are too much");
    }
}
