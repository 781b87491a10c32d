//! How much is asked for at once: as much as comes in a moment, so that a long way costs few waits, and so that whoever
//! wants something in between does not wait long.

use std::time::Duration;

/// A portion that comes faster than this could have been larger.
const QUICK: Duration = Duration::from_millis(150);
/// One that takes longer keeps others waiting.
const SLOW: Duration = Duration::from_millis(600);

#[derive(Debug, Clone)]
pub(super) struct Pace {
    portion: usize,
    least: usize,
    most: usize,
}

impl Pace {
    pub(super) fn new(portion: usize, least: usize, most: usize) -> Self {
        Self { portion, least, most }
    }

    pub(super) fn portion(&self) -> usize {
        self.portion
    }

    /// Learns from a portion of this size, and how long it took to come.
    pub(super) fn learn(&mut self, portion: usize, took: Duration) {
        if took > SLOW {
            self.portion = (portion / 2).clamp(self.least, self.most);
        } else if took < QUICK && portion >= self.portion {
            self.portion = self.portion.saturating_mul(2).min(self.most);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn portions_grow_while_they_come_quickly_and_shrink_when_they_are_slow() {
        let mut pace = Pace::new(1_000, 100, 4_000);
        for _ in 0..3 {
            pace.learn(pace.portion(), Duration::from_millis(20));
        }
        assert_eq!(pace.portion(), 4_000, "twice as many each time, up to the most");
        pace.learn(4_000, Duration::from_millis(300));
        assert_eq!(pace.portion(), 4_000, "neither quick nor slow");
        pace.learn(4_000, Duration::from_secs(2));
        assert_eq!(pace.portion(), 2_000, "half as many");
        for _ in 0..9 {
            pace.learn(pace.portion(), Duration::from_secs(2));
        }
        assert_eq!(pace.portion(), 100, "but not fewer than the least");
        pace.learn(7, Duration::from_millis(1));
        assert_eq!(pace.portion(), 100, "a rest of a few says nothing about many");
    }
}
