//! How long something is waited for, counted in moments and not by a clock. Not here: how much work something is, which is in
//! `effort`.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

/// So many moments are a second on a machine that does nothing else.
pub const A_SECOND: u32 = 10;

/// How many moments something takes in which this program gets to run at all. On a busy machine they last longer, and what is
/// measured lasts longer by as much: so its number says what was waited for, and no clock does.
pub async fn moments<T>(work: impl Future<Output = T>) -> (T, u32) {
    let mut work = pin!(work);
    let mut passed = 0;
    loop {
        tokio::select! {
            biased;
            done = &mut work => return (done, passed),
            () = tokio::time::sleep(Duration::from_secs(1) / A_SECOND) => passed += 1,
        }
    }
}
