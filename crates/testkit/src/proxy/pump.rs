//! One direction of one connection through the proxy: bytes are cut into lines where a rule asks for lines,
//! and each piece meets the rules. The rules themselves are in `rule.rs`.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender};
use tokio::sync::oneshot;

use super::rule::{Action, Direction, When, contains};
use super::{Shared, lock};

/// Why both directions end at once.
pub(super) enum End {
    Cut,
    Reset,
}

/// What one direction has the other one say.
pub(super) struct Saying {
    bytes: Vec<u8>,
    /// Whether that is the last of this connection.
    last: bool,
    /// Told when it is said.
    said: oneshot::Sender<()>,
}

/// Which way this is, and the line to the other direction.
pub(super) struct Aside {
    direction: Direction,
    other: UnboundedSender<Saying>,
    told: UnboundedReceiver<Saying>,
}

impl Aside {
    pub(super) fn new(
        direction: Direction,
        other: UnboundedSender<Saying>,
        told: UnboundedReceiver<Saying>,
    ) -> Aside {
        Aside {
            direction,
            other,
            told,
        }
    }
}

/// Passes bytes on until they end (`Ok`) or a rule ends the connection.
pub(super) async fn pump(
    mut from: impl AsyncRead + Unpin,
    to: &mut (impl AsyncWrite + Unpin),
    aside: Aside,
    shared: &Arc<Shared>,
) -> Result<(), End> {
    let Aside {
        direction,
        other,
        mut told,
    } = aside;
    let mut pump = Pump {
        to,
        direction,
        other,
        shared,
        passed: 0,
        swallowing: None,
    };
    let mut pending = Vec::new();
    loop {
        let mut chunk = Vec::with_capacity(16 << 10);
        // The rest of a line is waited for, but not for long: a literal's last bytes need not end with a line.
        let patience = if pending.is_empty() {
            Duration::from_secs(3600)
        } else {
            Duration::from_millis(25)
        };
        let came = tokio::select! {
            came = tokio::time::timeout(patience, from.read_buf(&mut chunk)) => came,
            Some(saying) = told.recv() => {
                pump.write(&saying.bytes).await?;
                let _ = saying.said.send(());
                if saying.last {
                    return Err(End::Cut);
                }
                continue;
            }
        };
        match came {
            Ok(Ok(0)) | Ok(Err(_)) => {
                pump.piece(&std::mem::take(&mut pending)).await?;
                let _ = pump.to.shutdown().await;
                return Ok(());
            }
            Ok(Ok(_)) => pending.extend_from_slice(&chunk),
            Err(_) => pump.piece(&std::mem::take(&mut pending)).await?,
        }
        // Asked for only now: a rule may have been added while we waited for these bytes.
        let by_line = lock(&shared.rules)
            .iter()
            .any(|rule| rule.direction == direction && rule.reads_lines());
        if !by_line {
            pump.piece(&std::mem::take(&mut pending)).await?;
        }
        while let Some(end) = pending.iter().position(|byte| *byte == b'\n') {
            let rest = pending.split_off(end + 1);
            let line = std::mem::replace(&mut pending, rest);
            pump.piece(&line).await?;
        }
    }
}

struct Pump<'a, W> {
    to: &'a mut W,
    direction: Direction,
    other: UnboundedSender<Saying>,
    shared: &'a Arc<Shared>,
    /// Bytes passed on in this connection.
    passed: u64,
    /// What is left of a literal whose command was answered without the server: its bytes, then the end of its line.
    swallowing: Option<usize>,
}

impl<W: AsyncWrite + Unpin> Pump<'_, W> {
    async fn piece(&mut self, piece: &[u8]) -> Result<(), End> {
        if piece.is_empty() {
            return Ok(());
        }
        if let Some(left) = self.swallowing {
            self.swallowing = left.checked_sub(piece.len());
            return Ok(());
        }
        let Some((at, action)) = self.ruling(piece) else {
            return self.write(piece).await;
        };
        let (before, rest) = piece.split_at(at.min(piece.len()));
        self.write(before).await?;
        match action {
            Action::Cut => Err(End::Cut),
            Action::Reset => Err(End::Reset),
            Action::Stall => std::future::pending().await,
            Action::Swallow => Ok(()),
            Action::Delay(time) => {
                tokio::time::sleep(time).await;
                self.write(rest).await
            }
            Action::Replace(other) => self.write(&other).await,
            Action::Before(other) => {
                self.write(&other).await?;
                self.write(rest).await
            }
            Action::After(other) => {
                self.write(rest).await?;
                self.write(&other).await
            }
            Action::CutWithin(count) => {
                let (kept, _) = rest.split_at(count.min(rest.len()));
                self.write(kept).await?;
                Err(End::Cut)
            }
            Action::Answer(bytes) => {
                self.swallowing = literal_behind(piece);
                let is_said = self.have_said(&bytes, piece, false)?;
                // Where the other direction has ended, there is nobody left to say it to.
                let _ = is_said.await;
                Ok(())
            }
            Action::Spoil => {
                let mut spoiled = rest.to_vec();
                if let Some(last) = spoiled.last_mut() {
                    *last ^= 1;
                }
                self.write(&spoiled).await
            }
            Action::First(deed) => {
                let done = tokio::task::spawn_blocking(move || (deed.0)()).await;
                done.map_err(|_| End::Cut)?;
                self.write(rest).await
            }
            Action::Last(bytes) => {
                let is_said = self.have_said(&bytes, piece, true)?;
                let _ = is_said.await;
                Ok(())
            }
        }
    }

    /// Has the other direction say something about a line that came in this one. It is to be waited for before anything is
    /// made of the lines behind it: where commands are sent together, answers come in their order.
    fn have_said(&self, bytes: &[u8], line: &[u8], last: bool) -> Result<oneshot::Receiver<()>, End> {
        let tag = line.split(|byte| *byte == b' ').next().unwrap_or_default();
        let bytes = match bytes.strip_prefix(b"{tag}") {
            Some(rest) => [tag, rest].concat(),
            None => bytes.to_vec(),
        };
        let (said, is_said) = oneshot::channel();
        self.other
            .send(Saying { bytes, last, said })
            .map_err(|_| End::Cut)?;
        Ok(is_said)
    }

    /// The first rule that fits, and from which byte of the piece on it acts.
    fn ruling(&self, piece: &[u8]) -> Option<(usize, Action)> {
        let mut rules = lock(&self.shared.rules);
        for rule in rules.iter_mut() {
            if rule.direction != self.direction || rule.left == Some(0) {
                continue;
            }
            let at = match &rule.when {
                When::Always => Some(0),
                When::Line(text) => contains(piece, text).then_some(0),
                When::WholeLine(text) => (piece.trim_ascii_end() == text.as_slice()).then_some(0),
                When::AfterBytes(count) => {
                    let missing = usize::try_from(count.saturating_sub(self.passed)).unwrap_or(usize::MAX);
                    (missing < piece.len()).then_some(missing)
                }
            };
            if let Some(at) = at {
                rule.left = rule.left.map(|left| left - 1);
                self.shared.acted.fetch_add(1, Ordering::SeqCst);
                return Some((at, rule.action.clone()));
            }
        }
        None
    }

    async fn write(&mut self, bytes: &[u8]) -> Result<(), End> {
        if bytes.is_empty() {
            return Ok(());
        }
        self.to.write_all(bytes).await.map_err(|_| End::Cut)?;
        self.to.flush().await.map_err(|_| End::Cut)?;
        self.passed += u64::try_from(bytes.len()).unwrap_or(0);
        self.shared.record(self.direction, bytes);
        Ok(())
    }
}

/// How long the literal is that follows a line unasked: `{12+}` at its end (RFC 7888, section 4).
fn literal_behind(line: &[u8]) -> Option<usize> {
    let line = std::str::from_utf8(line).ok()?.trim_end();
    let (_, length) = line.strip_suffix("+}")?.rsplit_once('{')?;
    length.parse().ok()
}
