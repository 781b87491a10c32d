//! Whole messages, one after the other, as somebody takes them. What is not taken yet waits on the way, so that a single
//! command may ask for more than would fit into memory, and costs one round trip.
//!
//! Messages are never marked as read by this (`BODY.PEEK`). Not here: which messages to fetch, and parsing them.

use std::borrow::Cow;
use std::collections::VecDeque;

use super::command::SET_BYTES;
use super::exchange::{Step, Take};
use super::fetched::Fetched;
use super::response::State;
use super::{Session, UidSet};
use crate::RemoteError;

const DOING: &str = "fetching messages";

/// Messages on their way. When this is dropped before the last one has come, the session is in the middle of an answer,
/// and every further call on it ends in [`RemoteError::Closed`].
#[derive(Debug)]
pub struct Bodies<'s> {
    session: &'s mut Session,
    /// A command for each.
    waiting: VecDeque<UidSet>,
    running: Option<UidSet>,
}

impl Session {
    /// Whole messages, every byte as the server has it, in the server's order. Those that are gone are left out.
    pub fn bodies(&mut self, uids: &UidSet) -> Bodies<'_> {
        Bodies {
            session: self,
            waiting: uids.chunks(SET_BYTES).into(),
            running: None,
        }
    }

    /// One whole message; `None` when it is gone.
    pub async fn fetch_body(&mut self, uid: u32) -> Result<Option<Vec<u8>>, RemoteError> {
        let mut bodies = self.bodies(&UidSet::from_uids(&[uid]));
        let mut body = None;
        let mut withheld = false;
        while let Some((_, raw)) = bodies.next().await? {
            match raw {
                Some(raw) => body = Some(raw),
                None => withheld = true,
            }
        }
        match body {
            None if withheld => Err(RemoteError::protocol(
                "fetching a message",
                "the server has it and does not give it",
            )),
            body => Ok(body),
        }
    }
}

impl Bodies<'_> {
    /// The next message with its UID; without its bytes where the server has it and does not give it. `None`: that were
    /// all.
    pub async fn next(&mut self) -> Result<Option<(u32, Option<Vec<u8>>)>, RemoteError> {
        loop {
            let Some(asked) = &self.running else {
                let Some(chunk) = self.waiting.pop_front() else {
                    return Ok(None);
                };
                let line = format!("UID FETCH {chunk} (UID RFC822.SIZE BODY.PEEK[])");
                self.session.exchange.open(&line, DOING).await?;
                self.running = Some(chunk);
                continue;
            };
            let mut came = None;
            let take: &mut Take<'_> = &mut |data| {
                // A message that was not asked for is news, or a server's mistake, and no answer.
                let fetched =
                    Fetched::read(data).filter(|fetched| fetched.uid.is_some_and(|uid| asked.contains(uid)));
                came = fetched.and_then(body_of);
                came.is_some()
            };
            match self.session.exchange.step(DOING, take).await? {
                Step::Data if came.is_some() => return Ok(came),
                Step::Data => {}
                Step::Done(condition) => {
                    self.session.exchange.end(&condition);
                    self.running = None;
                    // EXPUNGEISSUED (RFC 5530): some of them are gone, and the others were given.
                    if condition.state != State::Ok && condition.code != "EXPUNGEISSUED" {
                        return Err(condition.failure(DOING));
                    }
                }
                Step::Continue => {
                    return Err(RemoteError::protocol(
                        DOING,
                        "the server waits for more than was announced",
                    ));
                }
            }
        }
    }
}

/// The literal's own size was kept by the framing, so what came is whole. RFC822.SIZE is only believed where nothing came
/// at all: iCloud and others have been seen to send empty bodies.
fn body_of(fetched: Fetched<'_>) -> Option<(u32, Option<Vec<u8>>)> {
    let raw = fetched
        .section?
        .map(Cow::into_owned)
        .filter(|raw| !raw.is_empty() || fetched.size == Some(0));
    Some((fetched.uid?, raw))
}
