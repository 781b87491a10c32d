//! How much of a letter has been handed over, for letters that take a while. It is not written down: what counts is the
//! server's answer.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use waxwing_model::{Change, SubmissionId};

use crate::engine::{Engine, locked};

/// Shorter letters are gone before anybody could look.
const WORTH_TELLING: u64 = 256 * 1024;
/// So often it is told.
const PAUSE: Duration = Duration::from_millis(200);

#[derive(Debug, Default)]
pub(crate) struct UnderWay(HashMap<SubmissionId, Progress>);

#[derive(Debug)]
struct Progress {
    written: u64,
    total: u64,
    told: Instant,
}

impl Engine {
    /// How much of a letter is handed over, in hundredths. `None`: it is not under way, or is too short to ask.
    pub fn handed_over(&self, submission: SubmissionId) -> Option<u8> {
        let under_way = locked(&self.inner.under_way);
        let Progress { written, total, .. } = under_way.0.get(&submission)?;
        let hundredths = written.saturating_mul(100).checked_div(*total)?;
        u8::try_from(hundredths.min(100)).ok()
    }

    pub(super) fn note_progress(&self, submission: SubmissionId, written: u64, total: u64) {
        if total < WORTH_TELLING {
            return;
        }
        let now = Instant::now();
        {
            let mut under_way = locked(&self.inner.under_way);
            let told = under_way.0.get(&submission).map(|progress| progress.told);
            if told.is_some_and(|told| now.duration_since(told) < PAUSE) && written < total {
                return;
            }
            let progress = Progress {
                written,
                total,
                told: now,
            };
            under_way.0.insert(submission, progress);
        }
        self.inner.changes.publish(vec![Change::Outbox]);
    }

    pub(super) fn forget_progress(&self, submission: SubmissionId) {
        locked(&self.inner.under_way).0.remove(&submission);
    }
}
