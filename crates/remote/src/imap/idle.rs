//! Waiting for news of the selected mailbox: IDLE (RFC 2177), or asking once a minute where there is none. News of
//! others come the same way where they were asked for (`notify`).
//!
//! Not here: what the news are, and waiting again.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use super::Session;
use super::exchange::{Step, Take};
use super::response::State;
use crate::RemoteError;

/// Why the waiting ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdleEnd {
    /// Something came, went, or was marked.
    Changed,
    /// Something happened in other mailboxes; [`Session::take_elsewhere`] tells what. Only after
    /// [`Session::notify`].
    Elsewhere,
    /// The caller wanted it.
    Stopped,
    /// It has lasted long enough: servers hang up after 30 minutes (RFC 2177, section 3).
    Renew,
}

const DOING: &str = "waiting for new mail";
const RENEW: Duration = Duration::from_secs(25 * 60);
const POLL: Duration = Duration::from_secs(60);

impl Session {
    /// Waits until something changes in the selected mailbox, `stop` is done, or it is time to begin anew. News
    /// that came since the last look count as well. A connection that ends is an error.
    pub async fn idle(&mut self, stop: impl Future<Output = ()> + Send) -> Result<IdleEnd, RemoteError> {
        self.idle_for(stop, RENEW, POLL).await
    }

    pub(super) async fn idle_for(
        &mut self,
        stop: impl Future<Output = ()> + Send,
        renew: Duration,
        poll: Duration,
    ) -> Result<IdleEnd, RemoteError> {
        if let Some(news) = self.news() {
            return Ok(news);
        }
        let renewal = pin!(tokio::time::sleep(renew));
        if !self.capabilities.idle {
            return self.poll(stop, renewal, poll).await;
        }
        self.exchange.open("IDLE", DOING).await?;
        loop {
            match self.exchange.step(DOING, &mut |_| false).await? {
                Step::Continue => break,
                Step::Data => {}
                Step::Done(condition) => {
                    self.exchange.end(&condition);
                    return Err(condition.failure(DOING));
                }
            }
        }
        // The silence is the point of it. A dead connection is found by TCP's keep-alive.
        self.exchange.bear(renew + POLL);
        let end = self.listen(stop, renewal).await?;
        let end = match end {
            Listened::Wanted(end) => end,
            // The server has had enough before us.
            Listened::Ended => return Ok(self.news_or(IdleEnd::Renew)),
        };
        self.exchange.bear(POLL);
        self.exchange.go_on("DONE", DOING).await?;
        loop {
            match self.exchange.step(DOING, &mut |_| false).await? {
                Step::Continue | Step::Data => {}
                Step::Done(condition) => {
                    self.exchange.end(&condition);
                    return match condition.state {
                        State::Ok => Ok(self.news_or(end)),
                        _ => Err(condition.failure(DOING)),
                    };
                }
            }
        }
    }

    async fn listen(
        &mut self,
        stop: impl Future<Output = ()> + Send,
        mut renewal: std::pin::Pin<&mut tokio::time::Sleep>,
    ) -> Result<Listened, RemoteError> {
        let mut stop = pin!(stop);
        let all_is_news: &mut Take<'_> = &mut |_| false;
        while !self.exchange.news.has_changed() && !self.exchange.news.has_elsewhere() {
            let step = tokio::select! {
                biased;
                () = &mut stop => return Ok(Listened::Wanted(IdleEnd::Stopped)),
                () = &mut renewal => return Ok(Listened::Wanted(IdleEnd::Renew)),
                step = self.exchange.step(DOING, all_is_news) => step?,
            };
            if let Step::Done(condition) = step {
                self.exchange.end(&condition);
                return match condition.state {
                    State::Ok => Ok(Listened::Ended),
                    _ => Err(condition.failure(DOING)),
                };
            }
        }
        Ok(Listened::Wanted(IdleEnd::Changed))
    }

    async fn poll(
        &mut self,
        stop: impl Future<Output = ()> + Send,
        mut renewal: std::pin::Pin<&mut tokio::time::Sleep>,
        poll: Duration,
    ) -> Result<IdleEnd, RemoteError> {
        let mut stop = pin!(stop);
        loop {
            tokio::select! {
                biased;
                () = &mut stop => return Ok(IdleEnd::Stopped),
                () = &mut renewal => return Ok(IdleEnd::Renew),
                () = tokio::time::sleep(poll) => {}
            }
            self.look_up().await?;
            if let Some(news) = self.news() {
                return Ok(news);
            }
        }
    }

    /// News outweigh every other reason, since the caller looks after them.
    fn news_or(&mut self, end: IdleEnd) -> IdleEnd {
        self.news().unwrap_or(end)
    }

    /// Those of the selected mailbox first; others wait until they are taken.
    fn news(&mut self) -> Option<IdleEnd> {
        if self.exchange.news.take_changed() {
            return Some(IdleEnd::Changed);
        }
        self.exchange.news.has_elsewhere().then_some(IdleEnd::Elsewhere)
    }
}

enum Listened {
    Wanted(IdleEnd),
    /// The server ended the command by itself.
    Ended,
}
