//! The first bytes that the other side says, kept beside the stream: when TLS cannot make anything of them, they tell
//! who is there instead.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::wire::Channel;

/// Enough to know a web server by.
const KEPT: usize = 16;

#[derive(Debug)]
pub(crate) struct Overheard {
    channel: Box<dyn Channel>,
    first: Vec<u8>,
}

impl Overheard {
    pub(crate) fn new(channel: Box<dyn Channel>) -> Self {
        Self {
            channel,
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
