//! The first bytes that the other side says, kept beside the stream: when TLS cannot make anything of them, they tell
//! who is there instead, and in which words that is said.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, BufReader, ReadBuf};

use crate::wire::Channel;

/// Enough to know a web server by.
const KEPT: usize = 16;
/// What is taken from the system at once. TLS by itself asks for 4,096 octets at a time, a quarter of a full record (rustls,
/// `READ_SIZE`), and so hundreds of thousands of times for a mailbox.
const TAKEN: usize = 64 * 1024;

/// What answers at a port where something else was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speaks {
    /// No TLS, where it was to come first.
    Plain,
    /// TLS from the first byte, where it was not asked for.
    Tls,
    /// A web server: the settings are wrong, or a public network's sign-in page stands in between.
    Web,
}

#[derive(Debug)]
pub(crate) struct Overheard {
    channel: BufReader<Box<dyn Channel>>,
    first: Vec<u8>,
}

impl Overheard {
    pub(crate) fn new(channel: Box<dyn Channel>) -> Self {
        Self {
            channel: BufReader::with_capacity(TAKEN, channel),
            first: Vec::new(),
        }
    }

    /// Whether a web server has answered.
    pub(crate) fn is_web(&self) -> bool {
        is_web(&String::from_utf8_lossy(&self.first))
    }
}

/// Whether these words are the beginning of a web server's answer, or of a page.
pub(crate) fn is_web(words: &str) -> bool {
    let words = words.to_ascii_lowercase();
    ["http/1.", "http/2", "<html", "<!doctype html"]
        .iter()
        .any(|sign| words.contains(sign))
}

impl Speaks {
    pub(crate) fn sentence(self, place: &str) -> String {
        match self {
            Self::Plain => format!(
                "What answers at {place} does not begin with encryption, so nothing was sent to it. TLS has another port, \
                 or this one is for STARTTLS."
            ),
            Self::Tls => format!(
                "What answers at {place} wants encryption from the first byte. Choose TLS for it, or another port."
            ),
            Self::Web => format!(
                "A web server answers at {place}, and no mail server. In a public network its sign-in page may stand in \
                 between."
            ),
        }
    }
}

impl AsyncRead for Overheard {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        ready!(Pin::new(&mut self.channel).poll_read(cx, buf))?;
        let room = KEPT.saturating_sub(self.first.len());
        if room > 0 {
            let came = buf.filled().iter().skip(before).take(room);
            self.first.extend(came);
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Overheard {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.channel).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.channel).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.channel).poll_shutdown(cx)
    }
}
