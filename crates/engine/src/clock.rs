//! What time it is, in the model's unit.

use std::time::{SystemTime, UNIX_EPOCH};

use waxwing_model::Timestamp;

/// Milliseconds since 1970. A clock before 1970 counts as 1970.
pub fn now() -> Timestamp {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| {
        Timestamp::try_from(elapsed.as_millis()).unwrap_or(Timestamp::MAX)
    })
}
