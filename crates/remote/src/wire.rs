//! A connection to a server as everything above it sees it: bytes both ways, counted, and never silent for long.
//!
//! Not here: what the bytes mean, and how the connection came to be (`dial`, `tls`).

use std::fmt;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep};

use crate::binding::ChannelBinding;

/// How long a connection may be silent while we wait for it.
pub const SILENCE: Duration = Duration::from_secs(60);

/// The longest silence that any connection of this process bears, in milliseconds.
static LONGEST: AtomicU64 = AtomicU64::new(u64::MAX);

/// From now on no connection of this process bears a longer silence, whatever it is waiting for. For tests of silent
/// servers, which would last for minutes; nothing else calls it.
pub fn bear_at_most(longest: Duration) {
    let longest = u64::try_from(longest.as_millis()).unwrap_or(u64::MAX);
    LONGEST.store(longest, Ordering::Relaxed);
}

/// Whatever carries the bytes: TCP, TLS over it, or a pipe in a test.
pub trait Channel: AsyncRead + AsyncWrite + Unpin + Send + Sync + fmt::Debug {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send + Sync + fmt::Debug> Channel for T {}

/// A connection. Waiting for it longer than its patience without a byte ends in [`io::ErrorKind::TimedOut`].
#[derive(Debug)]
pub struct Wire {
    channel: Box<dyn Channel>,
    peer: Option<SocketAddr>,
    encrypted: bool,
    binding: Option<ChannelBinding>,
    reading: Alarm,
    writing: Alarm,
    received: u64,
    sent: u64,
}

impl Wire {
    pub fn new(channel: Box<dyn Channel>, peer: Option<SocketAddr>, encrypted: bool) -> Self {
        Self {
            channel,
            peer,
            encrypted,
            binding: None,
            reading: Alarm::new(SILENCE),
            writing: Alarm::new(SILENCE),
            received: 0,
            sent: 0,
        }
    }

    /// The same, knowing what ties a sign-in to the TLS that it runs over.
    pub(crate) fn bound(mut self, binding: Option<ChannelBinding>) -> Self {
        self.binding = binding;
        self
    }

    /// What ties a sign-in to this very connection; `None` where there is no TLS, or TLS gives nothing for it.
    pub(crate) fn binding(&self) -> Option<&ChannelBinding> {
        self.binding.as_ref()
    }

    /// From now on, how long a silence is borne. IDLE needs more than a command does.
    pub fn set_patience(&mut self, patience: Duration) {
        self.reading = Alarm::new(patience);
        self.writing = Alarm::new(patience);
    }

    pub fn peer(&self) -> Option<SocketAddr> {
        self.peer
    }

    pub fn is_encrypted(&self) -> bool {
        self.encrypted
    }

    /// Bytes both ways, before encryption.
    pub fn bytes(&self) -> u64 {
        self.received + self.sent
    }

    /// What carries the bytes, without the counting: TLS is put around that.
    pub fn into_channel(self) -> Box<dyn Channel> {
        self.channel
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let this = &mut *self;
        match Pin::new(&mut this.channel).poll_read(cx, buf) {
            Poll::Ready(result) => {
                this.reading.rest();
                this.received += (buf.filled().len() - before) as u64;
                Poll::Ready(result)
            }
            Poll::Pending => this.reading.poll(cx).map(Err),
        }
    }
}

impl AsyncWrite for Wire {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let this = &mut *self;
        match Pin::new(&mut this.channel).poll_write(cx, buf) {
            Poll::Ready(result) => {
                this.writing.rest();
                // The answer to what is written now is not late yet.
                this.reading.rest();
                this.sent += *result.as_ref().unwrap_or(&0) as u64;
                Poll::Ready(result)
            }
            Poll::Pending => this.writing.poll(cx).map(Err),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = &mut *self;
        match Pin::new(&mut this.channel).poll_flush(cx) {
            Poll::Ready(result) => {
                this.writing.rest();
                Poll::Ready(result)
            }
            Poll::Pending => this.writing.poll(cx).map(Err),
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = &mut *self;
        match Pin::new(&mut this.channel).poll_shutdown(cx) {
            Poll::Ready(result) => Poll::Ready(result),
            Poll::Pending => this.writing.poll(cx).map(Err),
        }
    }
}

/// Rings when one wait has lasted longer than our patience. The timer is moved only when it goes off, not at
/// every byte, since a busy connection has very many of those.
#[derive(Debug)]
struct Alarm {
    patience: Duration,
    waiting_since: Option<Instant>,
    timer: Option<Pin<Box<Sleep>>>,
}

impl Alarm {
    fn new(patience: Duration) -> Self {
        Self {
            patience: patience.min(Duration::from_millis(LONGEST.load(Ordering::Relaxed))),
            waiting_since: None,
            timer: None,
        }
    }

    fn rest(&mut self) {
        self.waiting_since = None;
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<io::Error> {
        let deadline = *self.waiting_since.get_or_insert_with(Instant::now) + self.patience;
        let timer = self
            .timer
            .get_or_insert_with(|| Box::pin(tokio::time::sleep_until(deadline)));
        loop {
            ready!(timer.as_mut().poll(cx));
            if Instant::now() >= deadline {
                self.timer = None;
                self.waiting_since = None;
                return Poll::Ready(io::Error::new(io::ErrorKind::TimedOut, "no byte for too long"));
            }
            timer.as_mut().reset(deadline);
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};

    use super::*;

    /// Longer than the bytes are apart, and shorter than all of them take.
    const PATIENCE: Duration = Duration::from_secs(3);
    const APART: Duration = Duration::from_millis(600);

    /// Sends six bytes, and says how far apart they were in truth.
    async fn dribble(mut far: DuplexStream) -> (DuplexStream, Duration) {
        let mut longest = Duration::ZERO;
        for _ in 0..6 {
            let before = Instant::now();
            tokio::time::sleep(APART).await;
            far.write_all(b"x").await.unwrap();
            longest = longest.max(before.elapsed());
        }
        (far, longest)
    }

    #[tokio::test]
    async fn a_silent_peer_ends_the_wait_and_a_slow_one_does_not() {
        loop {
            let (near, far) = tokio::io::duplex(64);
            let mut wire = Wire::new(Box::new(near), None, false);
            wire.set_patience(PATIENCE);
            let slow = tokio::spawn(dribble(far));
            let read = wire.read_exact(&mut [0; 6]).await;
            let (_far, longest) = slow.await.unwrap();
            // A machine that stood still for so long was as silent as a peer, and nothing is known then.
            if read.is_err() && longest >= PATIENCE {
                continue;
            }
            read.expect("longer than three seconds in all, but never three seconds of silence");
            let error = wire.read_u8().await.expect_err("nothing more comes");
            assert_eq!(error.kind(), io::ErrorKind::TimedOut, "silence is told as such");
            assert_eq!(wire.bytes(), 6, "each byte is counted once");
            return;
        }
    }
}
