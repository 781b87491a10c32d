//! How full an account is and how large its folders are, for a person to see. It is asked once in a connection when
//! nothing else is left to do, and once an hour at the most, since a server may have to add up every message; the room
//! again when the server has refused something because the account is full.
//!
//! Nothing of the synchronisation hangs on it.

use std::collections::HashMap;

use waxwing_model::{AccountId, MailboxId, Quota, Timestamp};
use waxwing_remote::RemoteError;

use super::ImapWorker;
use crate::clock::now;
use crate::engine::Engine;
use crate::error::Result;

/// Milliseconds until it is worth asking again.
const HOUR: Timestamp = 3_600_000;

/// What a connection has asked already, and whether it had reason to.
#[derive(Debug, Default)]
pub(super) struct Room {
    /// Whether it is known when it was asked last.
    looked_up: bool,
    asked: bool,
    sizes_asked: bool,
}

impl Engine {
    /// How full accounts are on their servers, where those tell.
    pub async fn quotas(&self) -> Result<HashMap<AccountId, Quota>> {
        self.read(|reading| reading.quotas()).await
    }

    /// How large folders are on their servers in bytes, where those tell.
    pub async fn mailbox_sizes(&self) -> Result<HashMap<MailboxId, u64>> {
        self.read(|reading| reading.mailbox_sizes()).await
    }
}

impl ImapWorker {
    /// Asks what is to be asked. `false`: there was nothing.
    pub(super) async fn read_room(&mut self) -> Result<bool> {
        if !std::mem::replace(&mut self.room.looked_up, true) {
            let asked_lately = self.has_asked_lately().await?;
            (self.room.asked, self.room.sizes_asked) = (asked_lately, asked_lately);
        }
        let full = self.session.take_over_quota();
        if full || !self.room.asked {
            self.room.asked = true;
            self.read_quota().await?;
            return Ok(true);
        }
        if !self.room.sizes_asked {
            self.room.sizes_asked = true;
            self.read_sizes().await?;
            return Ok(true);
        }
        Ok(false)
    }

    async fn has_asked_lately(&self) -> Result<bool> {
        let account = self.account.id;
        let asked_at = self
            .engine
            .read(move |reading| reading.room_asked_at(account))
            .await?;
        // A moment in the future was told by another clock.
        Ok(asked_at.is_some_and(|asked_at| (0..HOUR).contains(&(now() - asked_at))))
    }

    async fn read_quota(&mut self) -> Result<()> {
        let account = self.account.id;
        let quota = match self.session.quota().await {
            Ok(quota) => quota,
            Err(error) => return passed_over(error),
        };
        self.engine
            .write_soon(move |writing| {
                writing.set_room_asked(account, now())?;
                writing.set_quota(account, quota)
            })
            .await
    }

    async fn read_sizes(&mut self) -> Result<()> {
        let account = self.account.id;
        let sizes = match self.session.sizes().await {
            Ok(sizes) if sizes.is_empty() => return Ok(()),
            Ok(sizes) => sizes,
            Err(error) => return passed_over(error),
        };
        self.engine
            .write_soon(move |writing| {
                for remote in writing.remote_mailboxes(account)? {
                    if let Some(size) = remote.path.as_ref().and_then(|path| sizes.get(path)) {
                        writing.set_mailbox_size(remote.id, *size)?;
                    }
                }
                Ok(())
            })
            .await
    }
}

/// A server that announces it and then refuses is no trouble of the person's.
fn passed_over(error: RemoteError) -> Result<()> {
    match error {
        RemoteError::Refused { doing, reply } => {
            tracing::info!(doing, reply, "the server does not tell");
            Ok(())
        }
        error => Err(error.into()),
    }
}
