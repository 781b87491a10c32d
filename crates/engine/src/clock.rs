//! What time it is, in the model's unit, and how the person's own clock tells it.

use std::time::{SystemTime, UNIX_EPOCH};

use time::{OffsetDateTime, UtcOffset};
use waxwing_model::Timestamp;

/// Milliseconds since 1970. A clock before 1970 counts as 1970.
pub fn now() -> Timestamp {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| {
        Timestamp::try_from(elapsed.as_millis()).unwrap_or(Timestamp::MAX)
    })
}

/// The person's distance from UTC at a moment, in minutes: that of the system's zone, with its summer time. Zero where
/// it cannot be told.
pub fn utc_offset_minutes(at: Timestamp) -> i16 {
    OffsetDateTime::from_unix_timestamp(at.div_euclid(1000))
        .ok()
        .and_then(|at| UtcOffset::local_offset_at(at).ok())
        .map_or(0, UtcOffset::whole_minutes)
}
