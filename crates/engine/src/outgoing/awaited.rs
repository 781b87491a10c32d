//! Copies of sent letters that the server files by itself. Gmail puts what goes out by its own SMTP server into Sent, some
//! moments later; a copy of ours that comes first would be a second one. So it is waited for. A letter that went out by
//! another server is filed by nobody, and is appended when the wait was in vain.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use waxwing_model::SubmissionId;
use waxwing_remote::RemoteError;
use waxwing_remote::imap::Session;

use crate::engine::{Engine, locked};
use crate::error::Result;

/// So long the server has for its own copy.
const PATIENCE: Duration = Duration::from_secs(600);
/// So often it is looked for.
const PAUSE: Duration = Duration::from_secs(20);

/// Since when each copy is waited for, and when it was last looked for. A restart begins anew: it waits longer, and
/// appends nothing twice.
#[derive(Debug, Default)]
pub(crate) struct Awaited(HashMap<SubmissionId, (Instant, Instant)>);

impl Engine {
    /// Whether it was looked for just now.
    pub(super) fn is_waited_for(&self, submission: SubmissionId) -> bool {
        let awaited = locked(&self.inner.awaited);
        awaited
            .0
            .get(&submission)
            .is_some_and(|(_, looked)| looked.elapsed() < PAUSE)
    }

    /// Looks for the server's own copy. `true`: it is there, or has not come in all the time that it had.
    pub(super) async fn copy_is_overdue(
        &self,
        session: &mut Session,
        path: &str,
        submission: SubmissionId,
        message_id: &str,
    ) -> Result<bool> {
        let there = match session.find_message_id(path, message_id).await {
            // What becomes of a folder that cannot be searched is decided where the copy is filed.
            Err(RemoteError::Refused { .. }) => return Ok(true),
            found => !found?.is_empty(),
        };
        let now = Instant::now();
        let mut awaited = locked(&self.inner.awaited);
        let (since, looked) = awaited.0.entry(submission).or_insert((now, now));
        *looked = now;
        let overdue = there || since.elapsed() >= PATIENCE;
        if overdue {
            awaited.0.remove(&submission);
        }
        Ok(overdue)
    }
}
