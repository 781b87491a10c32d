//! Moving messages to another mailbox: MOVE (RFC 6851) where there is one, else copy, verify, then delete.
//!
//! At every instant at least one copy is on the server, and nothing is deleted before its copy is known to stand.
//! Not here: undoing. The engine moves back.

use super::command::{Command, SET_BYTES};
use super::copy_uid::CopyUid;
use super::response::State;
use super::{Session, UidSet};
use crate::RemoteError;

/// What a move came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moved {
    /// Old UID and new UID, as far as the server tells them.
    pub pairs: Vec<(u32, u32)>,
    /// Of the target.
    pub uid_validity: Option<u32>,
}

const DOING: &str = "moving messages";

impl Session {
    /// Moves messages of the selected mailbox. Those that are gone are passed over.
    pub async fn move_messages(&mut self, uids: &UidSet, to: &str) -> Result<Moved, RemoteError> {
        let mut moved = Moved::default();
        for chunk in uids.chunks(SET_BYTES) {
            let told = if self.capabilities.r#move {
                self.move_at_once(&chunk, to).await?
            } else {
                self.copy_then_delete(&chunk, to).await?
            };
            for copied in told {
                moved.uid_validity = Some(copied.uid_validity);
                moved.pairs.extend(copied.pairs);
            }
        }
        Ok(moved)
    }

    async fn move_at_once(&mut self, uids: &UidSet, to: &str) -> Result<Vec<CopyUid>, RemoteError> {
        self.exchange.news.expect_expunges(uids.count());
        let told = self.transfer("UID MOVE", uids, to).await;
        self.exchange.news.expect_expunges(0);
        told
    }

    async fn copy_then_delete(&mut self, uids: &UidSet, to: &str) -> Result<Vec<CopyUid>, RemoteError> {
        let there = self
            .search(Command::new(DOING, &format!("UID SEARCH UID {uids}")))
            .await?;
        // Servers answer for messages beyond the last one when a set is open.
        let there: Vec<u32> = there.into_iter().filter(|uid| uids.contains(*uid)).collect();
        if there.is_empty() {
            return Ok(Vec::new());
        }
        let before = self.status(to).await?;
        let told = self.transfer("UID COPY", &UidSet::from_uids(&there), to).await?;
        let copied: Vec<u32> = told
            .iter()
            .flat_map(|copied| copied.pairs.iter().map(|(old, _)| *old))
            .collect();
        let verified = if copied.is_empty() {
            // Nothing was told, so it is counted: COPY is all or nothing (RFC 9051, section 6.4.7).
            let after = self.status(to).await?;
            let grown = match (before.uid_next, after.uid_next) {
                (0, _) | (_, 0) => u64::from(after.messages.saturating_sub(before.messages)),
                (before, after) => u64::from(after.saturating_sub(before)),
            };
            if grown < there.len() as u64 {
                return Err(RemoteError::protocol(
                    DOING,
                    "the copies cannot be found, so nothing was deleted",
                ));
            }
            there
        } else {
            copied.into_iter().filter(|uid| uids.contains(*uid)).collect()
        };
        self.destroy(&UidSet::from_uids(&verified)).await?;
        Ok(told)
    }

    /// MOVE or COPY, with what the server tells of it in the tagged or in untagged responses (RFC 6851, section 4.3).
    async fn transfer(&mut self, verb: &str, uids: &UidSet, to: &str) -> Result<Vec<CopyUid>, RemoteError> {
        let mut told = Vec::new();
        let command = Command::new(DOING, &format!("{verb} {uids}"))
            .string(to)?
            .laborious();
        let condition = self
            .exchange
            .attempt(
                command,
                &mut |data| match data.condition().as_ref().and_then(CopyUid::read) {
                    Some(copied) => {
                        told.push(copied);
                        true
                    }
                    None => false,
                },
            )
            .await?;
        if condition.state != State::Ok {
            return Err(condition.failure(DOING));
        }
        told.extend(CopyUid::read(&condition));
        Ok(told)
    }
}
