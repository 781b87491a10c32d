//! When the search index is compared with the letters: once a day, and soon after somebody has met a part of it that makes no sense.
//! All of the index is read for it, which takes minutes where there are a million letters, and nothing is indexed meanwhile: so what
//! was looked at just now rests, also where searches go on to complain of it. Not here: how it is compared (`waxwing_store`).

use std::time::{Duration, Instant};

/// When it is compared first.
const FIRST: Duration = Duration::from_secs(600);
const DAY: Duration = Duration::from_secs(86_400);
/// After something was mended. A disk that goes on to lose pages is not read without an end.
const AFTER_MENDING: Duration = Duration::from_secs(60);
/// After nothing was found, or could be done: it is not to be expected that the next time finds more.
const IN_VAIN: Duration = Duration::from_secs(3_600);

pub(super) struct Comparison {
    daily_at: Instant,
    damaged: bool,
    rests_until: Instant,
}

/// Why it is time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Occasion {
    Day,
    Damage,
}

impl Comparison {
    pub fn new(now: Instant) -> Self {
        Self {
            daily_at: now + FIRST,
            damaged: false,
            rests_until: now,
        }
    }

    /// Somebody has met damage.
    pub fn note_damage(&mut self) {
        self.damaged = true;
    }

    pub fn occasion(&self, now: Instant) -> Option<Occasion> {
        if now >= self.daily_at {
            return Some(Occasion::Day);
        }
        (self.damaged && now >= self.rests_until).then_some(Occasion::Damage)
    }

    /// It was compared, and damage mended or not.
    pub fn was_done(&mut self, occasion: Occasion, mended: bool, now: Instant) {
        if occasion == Occasion::Day {
            self.daily_at = now + DAY;
        }
        self.damaged = false;
        self.rests_until = now + if mended { AFTER_MENDING } else { IN_VAIN };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_is_looked_for_at_once_and_then_not_without_an_end() {
        let start = Instant::now();
        let mut comparison = Comparison::new(start);
        assert_eq!(comparison.occasion(start), None, "nothing has happened");
        comparison.note_damage();
        assert_eq!(comparison.occasion(start), Some(Occasion::Damage));
        comparison.was_done(Occasion::Damage, true, start);
        assert_eq!(
            comparison.occasion(start + IN_VAIN / 10),
            None,
            "nobody complains"
        );
        comparison.note_damage();
        assert_eq!(comparison.occasion(start), None, "not again in the same moment");
        let next = start + AFTER_MENDING;
        assert_eq!(comparison.occasion(next), Some(Occasion::Damage));
        comparison.was_done(Occasion::Damage, false, next);
        comparison.note_damage();
        assert_eq!(comparison.occasion(next + IN_VAIN / 10), None, "it was in vain");
        comparison.was_done(Occasion::Day, false, start + FIRST);
        comparison.note_damage();
        let later = start + FIRST + IN_VAIN;
        assert_eq!(comparison.occasion(later), Some(Occasion::Damage), "hours later");
    }

    #[test]
    fn once_a_day_it_is_compared_whatever_there_was_before() {
        let start = Instant::now();
        let mut comparison = Comparison::new(start);
        comparison.note_damage();
        comparison.was_done(Occasion::Damage, false, start);
        assert_eq!(comparison.occasion(start + FIRST), Some(Occasion::Day));
        comparison.was_done(Occasion::Day, false, start + FIRST);
        assert_eq!(comparison.occasion(start + DAY), None);
        assert_eq!(comparison.occasion(start + FIRST + DAY), Some(Occasion::Day));
    }
}
