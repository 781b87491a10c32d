//! Batches of messages on their way into the store: while one is written the next is parsed, and another one comes over the
//! wire. They are written in the order in which they came.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinHandle;
use waxwing_model::{AccountId, MailboxId};

use super::arrivals::{BATCH_OCTETS, Extent, Keeper, Parsed, parse};
use super::names::Fresh;
use crate::error::{EngineError, Result};

/// So many are parsed and written at a time. More would only fill the memory where the disk is slower than the network.
const AT_ONCE: u32 = 2;

pub(super) struct Batches {
    keeper: State,
    place: (AccountId, MailboxId),
    room: Arc<Semaphore>,
}

enum State {
    Idle(Box<Keeper>),
    Busy(JoinHandle<Result<Box<Keeper>>>),
    /// Something went wrong, and was told.
    Lost,
}

impl Batches {
    pub(super) fn new(keeper: Keeper) -> Self {
        Self {
            place: (keeper.account, keeper.inbox),
            keeper: State::Idle(Box::new(keeper)),
            room: Arc::new(Semaphore::new(usize::try_from(AT_ONCE).unwrap_or(1))),
        }
    }

    /// Begins with a batch, as soon as there is room for it. One before it that failed is told of.
    pub(super) async fn keep(&mut self, extent: Extent, came: Vec<(Fresh, Vec<u8>)>) -> Result<()> {
        if came.is_empty() {
            return Ok(());
        }
        let octets: u64 = came.iter().map(|(_, raw)| raw.len() as u64).sum();
        // One large letter has all the room.
        let share = if octets > 2 * BATCH_OCTETS { AT_ONCE } else { 1 };
        let room = Arc::clone(&self.room).acquire_many_owned(share).await;
        let room = room.map_err(|_| EngineError::Closing)?;
        let before = match std::mem::replace(&mut self.keeper, State::Lost) {
            State::Busy(task) if task.is_finished() => State::Idle(State::Busy(task).rest().await?),
            before => before,
        };
        let (account, inbox) = self.place;
        // Before the task that waits for it, so that it is parsed while the one before is written.
        let parsing = tokio::task::spawn_blocking(move || {
            let each = |(fresh, raw)| parse(account, inbox, extent, fresh, raw);
            came.into_iter().map(each).collect()
        });
        self.keeper = State::Busy(tokio::spawn(write_behind(before, parsing, room)));
        Ok(())
    }

    /// The keeper, when all is written.
    pub(super) async fn rest(self) -> Result<Box<Keeper>> {
        self.keeper.rest().await
    }
}

async fn write_behind(
    before: State,
    parsing: JoinHandle<Vec<Parsed>>,
    room: OwnedSemaphorePermit,
) -> Result<Box<Keeper>> {
    let keeper = before.rest().await?;
    let parsed = parsing.await.map_err(|_| EngineError::Closing)?;
    let kept = keeper.keep(parsed).await;
    drop(room);
    kept
}

impl State {
    async fn rest(self) -> Result<Box<Keeper>> {
        match self {
            Self::Idle(keeper) => Ok(keeper),
            Self::Busy(task) => task.await.map_err(|_| EngineError::Closing)?,
            Self::Lost => Err(EngineError::Closing),
        }
    }
}
