//! How full an account is on its server.

use serde::{Deserialize, Serialize};

/// The room for an account's letters, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Quota {
    pub used: u64,
    pub limit: u64,
}

impl Quota {
    /// What is still free. A server may have let in more than fits.
    pub fn left(self) -> u64 {
        self.limit.saturating_sub(self.used)
    }
}
