//! Deleting messages for good, and only those that were named (RFC 4315, section 2.1).
//!
//! A plain EXPUNGE would take what another client has marked as well, so it is used only where the server has
//! nothing better and nothing else is marked.

use super::command::{Command, SET_BYTES};
use super::{Session, UidSet};
use crate::RemoteError;

const DOING: &str = "deleting messages";

impl Session {
    /// Deletes messages of the selected mailbox. Gone is as good as deleted. On a server without UIDPLUS where
    /// others have marked messages too, ours are marked and stay until somebody expunges.
    pub async fn destroy(&mut self, uids: &UidSet) -> Result<(), RemoteError> {
        if uids.is_empty() {
            return Ok(());
        }
        if self.selected.as_ref().is_some_and(|chosen| chosen.read_only) {
            return Err(RemoteError::refused(DOING, "the folder can only be read"));
        }
        self.store(uids, '+', "(\\Deleted)").await?;
        let expunged = self.expunge_marked(uids).await;
        if let Err(RemoteError::Refused { .. }) = &expunged {
            // They stay, so they must not stay marked: every client would hide them, and the next one that expunges
            // would take them.
            self.store(uids, '-', "(\\Deleted)").await?;
        }
        expunged
    }

    async fn expunge_marked(&mut self, uids: &UidSet) -> Result<(), RemoteError> {
        if self.capabilities.uidplus {
            for chunk in uids.chunks(SET_BYTES) {
                self.expunge(&format!("UID EXPUNGE {chunk}"), chunk.count())
                    .await?;
            }
            return Ok(());
        }
        let marked = self.search(Command::new(DOING, "UID SEARCH DELETED")).await?;
        if marked.iter().all(|uid| uids.contains(*uid)) {
            self.expunge("EXPUNGE", uids.count()).await?;
        } else {
            tracing::info!("messages stay marked as deleted, since others are marked too");
        }
        Ok(())
    }

    async fn expunge(&mut self, command: &str, expected: u64) -> Result<(), RemoteError> {
        self.exchange.news.expect_expunges(expected);
        let done = self
            .exchange
            .run(Command::new(DOING, command).laborious(), &mut |_| false)
            .await;
        self.exchange.news.expect_expunges(0);
        done.map(drop)
    }
}
