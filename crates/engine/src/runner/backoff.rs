//! How long to wait before the next try: longer each time, and never the same for everyone (jitter).

use std::time::Duration;

use waxwing_model::Timestamp;

#[derive(Debug, Clone)]
pub(crate) struct Backoff {
    failures: u32,
    first: Duration,
    longest: Duration,
    /// When what is still going wrong went wrong first.
    since: Option<Timestamp>,
}

impl Backoff {
    pub(crate) fn new(first: Duration, longest: Duration) -> Self {
        Self {
            failures: 0,
            first,
            longest,
            since: None,
        }
    }

    pub(crate) fn succeeded(&mut self) {
        self.failures = 0;
        self.since = None;
    }

    /// There is a reason to believe that the next try will do better: after it the waits are short again.
    pub(crate) fn encouraged(&mut self) {
        self.failures = 0;
    }

    /// It went wrong at this moment, perhaps once more. Gives the moment of the first time.
    pub(crate) fn failed_at(&mut self, moment: Timestamp) -> Timestamp {
        *self.since.get_or_insert(moment)
    }

    /// Whether the last try succeeded, or there was none.
    pub(crate) fn is_fresh(&self) -> bool {
        self.since.is_none()
    }

    /// The next wait; `chance` lies within 0 and 1.
    pub(crate) fn next(&mut self, chance: f64) -> Duration {
        let doubled = self
            .first
            .saturating_mul(2u32.saturating_pow(self.failures.min(16)));
        self.failures = self.failures.saturating_add(1);
        // Between half of the wait and all of it, so that the clients of a server that comes back do not come at once.
        doubled
            .min(self.longest)
            .mul_f64(0.5 + chance.clamp(0.0, 1.0) / 2.0)
    }
}

/// A number within 0 and 1 that differs from call to call. Nothing secret hangs on it.
pub(crate) fn chance() -> f64 {
    let (high, _) = uuid::Uuid::new_v4().as_u64_pair();
    // The version's bits stand in the low half of this word; the high 32 are random.
    (high >> 32) as f64 / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest_and_start_again_after_success() {
        let mut backoff = Backoff::new(Duration::from_secs(1), Duration::from_secs(60));
        let waits: Vec<u64> = (0..8).map(|_| backoff.next(1.0).as_secs()).collect();
        assert_eq!(
            waits,
            [1, 2, 4, 8, 16, 32, 60, 60],
            "each is twice the one before, up to a minute"
        );
        backoff.succeeded();
        assert_eq!(
            backoff.next(0.0),
            Duration::from_millis(500),
            "after a success it begins at the start, with jitter"
        );
    }

    #[test]
    fn trouble_began_when_it_began_until_something_succeeds() {
        let mut backoff = Backoff::new(Duration::from_secs(1), Duration::from_secs(60));
        assert_eq!((backoff.failed_at(100), backoff.failed_at(200)), (100, 100));
        backoff.encouraged();
        assert_eq!(backoff.failed_at(300), 100, "hope alone is no success");
        backoff.succeeded();
        assert_eq!(backoff.failed_at(400), 400);
    }

    #[test]
    fn chance_stays_within_its_bounds() {
        for _ in 0..1_000 {
            let chance = chance();
            assert!((0.0..=1.0).contains(&chance), "{chance} lies within 0 and 1");
        }
    }
}
