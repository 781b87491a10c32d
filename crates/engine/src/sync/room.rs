//! How full an account is and how large its folders are, for a person to see. It is asked once in a connection when
//! nothing else is left to do: sizes only if a folder had to be looked into, since they are as they were otherwise; the
//! room again when the server has refused something because the account is full.
//!
//! Nothing of the synchronisation hangs on it.

use std::collections::HashMap;

use waxwing_model::{AccountId, MailboxId, Quota};
use waxwing_remote::RemoteError;

use super::ImapWorker;
use crate::engine::Engine;
use crate::error::Result;

/// What a connection has asked already, and whether it had reason to.
#[derive(Debug, Default)]
pub(super) struct Room {
    asked: bool,
    sizes_asked: bool,
    pub(super) looked_into_a_folder: bool,
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
        let full = self.session.take_over_quota();
        if full || !self.room.asked {
            self.room.asked = true;
            self.read_quota().await?;
            return Ok(true);
        }
        if self.room.looked_into_a_folder && !self.room.sizes_asked {
            self.room.sizes_asked = true;
            self.read_sizes().await?;
            return Ok(true);
        }
        Ok(false)
    }

    async fn read_quota(&mut self) -> Result<()> {
        let account = self.account.id;
        let quota = match self.session.quota().await {
            Ok(quota) => quota,
            Err(error) => return passed_over(error),
        };
        self.engine
            .write(move |writing| writing.set_quota(account, quota))
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
            .write(move |writing| {
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
