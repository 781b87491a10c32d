//! A connection that is signed in and takes one letter after the other (RFC 5321, section 3.3).
//!
//! Whether it can be used again follows from how the last letter ended: where nobody knows what the server waits for,
//! nothing more is said. Not here: how one letter is handed over (`send`).

use waxwing_model::{Envelope, ServerSettings, Timestamp};

use super::{
    connect::{Connection, connect},
    outcome::{Receipt, SendError},
    prepared::Prepared,
    send::{self as handing, VERDICT_PATIENCE},
    sign_in::sign_in,
    wishes::Wishes,
};
use crate::{Credentials, Letter, RemoteError, Trust};

#[derive(Debug)]
pub struct Session {
    pub(super) connection: Connection,
    pub(super) state: State,
}

/// What the server waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// A letter.
    Ready,
    /// The rest of a letter that was given up: it is told to forget it first.
    Begun,
    /// Nobody knows.
    Broken,
}

impl Session {
    /// Connects and signs in. `credentials` may be left out for a relay that wants none.
    pub async fn open<'a>(
        server: &ServerSettings,
        credentials: impl Into<Option<&'a Credentials>>,
        trust: &Trust,
    ) -> Result<Self, RemoteError> {
        let credentials = credentials.into();
        let mut connection = connect(server, trust).await?;
        sign_in(&mut connection, server, credentials).await?;
        Ok(Self::over(connection))
    }

    pub(super) fn over(connection: Connection) -> Self {
        Self {
            connection,
            state: State::Ready,
        }
    }

    /// Hands a letter over for everyone in `envelope`. `progress` hears how many bytes of it have been written so far.
    pub async fn send(
        &mut self,
        envelope: &Envelope,
        letter: &dyn Letter,
        wishes: &Wishes,
        progress: &mut (dyn FnMut(u64) + Send),
    ) -> Result<Receipt, SendError> {
        let prepared = Prepared::of(envelope, letter)?;
        handing::transact(self, prepared, letter, wishes, VERDICT_PATIENCE, progress).await
    }

    /// Whether another letter can be handed over. One that was idle for long may have been closed by the server all the
    /// same, which the next letter finds out before anything is sent.
    pub fn is_usable(&self) -> bool {
        self.state != State::Broken
    }

    /// Whether the server keeps a letter until then by itself (RFC 4865).
    pub fn can_hold_until(&self, now: Timestamp, until: Timestamp) -> bool {
        let offered = self.connection.features.future_release;
        offered.is_some_and(|offered| offered.covers(now, until))
    }

    /// QUIT, without making anybody wait for it: what becomes of it says nothing about a letter.
    pub async fn leave(mut self) {
        handing::leave(&mut self).await;
    }
}

/// Connects, hands one letter over and leaves.
pub async fn send<'a>(
    server: &ServerSettings,
    credentials: impl Into<Option<&'a Credentials>>,
    trust: &Trust,
    envelope: &Envelope,
    raw: &[u8],
) -> Result<Receipt, SendError> {
    let credentials = credentials.into();
    let prepared = Prepared::of(envelope, &raw)?;
    let mut session = Session::open(server, credentials, trust)
        .await
        .map_err(SendError::NotSent)?;
    let wishes = Wishes::default();
    let result = handing::transact(
        &mut session,
        prepared,
        &raw,
        &wishes,
        VERDICT_PATIENCE,
        &mut |_| {},
    )
    .await;
    session.leave().await;
    result
}
