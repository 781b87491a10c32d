//! How far a long fetch is, and how long it may still take.

use std::time::{Duration, Instant};

use waxwing_model::Activity;

/// Before this much time, a guess at the rest would jump about.
const SETTLE: Duration = Duration::from_millis(1_500);

#[derive(Debug)]
pub(crate) struct Progress {
    started: Instant,
    done: u32,
    total: u32,
}

impl Progress {
    pub(crate) fn new() -> Self {
        Self {
            started: Instant::now(),
            done: 0,
            total: 0,
        }
    }

    /// More was found to be fetched.
    pub(crate) fn expect(&mut self, more: usize) {
        if self.done == self.total {
            *self = Self::new();
        }
        self.total = self.total.saturating_add(u32::try_from(more).unwrap_or(u32::MAX));
    }

    pub(crate) fn advance(&mut self, fetched: usize) {
        self.done = self
            .done
            .saturating_add(u32::try_from(fetched).unwrap_or(u32::MAX))
            .min(self.total);
    }

    /// What the status line says; `None` while there is nothing to wait for.
    pub(crate) fn activity(&self) -> Option<Activity> {
        (self.done < self.total).then(|| Activity::Syncing {
            done: self.done,
            total: self.total,
            seconds_left: self.seconds_left(self.started.elapsed()),
        })
    }

    fn seconds_left(&self, elapsed: Duration) -> Option<u32> {
        if elapsed < SETTLE || self.done == 0 {
            return None;
        }
        let left = elapsed.as_secs_f64() / f64::from(self.done) * f64::from(self.total - self.done);
        // Rounded up, since "0 s left" is not true while something is left.
        Some(left.ceil() as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_follows_from_the_time_taken() {
        let mut progress = Progress::new();
        progress.expect(1_000);
        progress.advance(250);
        assert_eq!(
            progress.seconds_left(Duration::from_secs(10)),
            Some(30),
            "a quarter took ten seconds"
        );
        assert_eq!(
            progress.seconds_left(Duration::from_millis(100)),
            None,
            "too early to tell"
        );
    }

    #[test]
    fn nothing_left_is_no_progress() {
        let mut progress = Progress::new();
        assert_eq!(progress.activity(), None, "nothing is expected");
        progress.expect(2);
        progress.advance(5);
        assert_eq!(progress.activity(), None, "more than all is all");
    }
}
