//! When the search index is compared with the letters: once a day, and soon after somebody has met a part of it that makes no sense.
//! All of the index is read for it, a step at a time, and behind each step stands a rest, in which letters are indexed: a long one, as
//! nobody waits for it, and hardly any where damage is looked for. What was looked at just now rests longer, also where searches go on
//! to complain of it. Not here: how it is compared (`waxwing_store`).

use std::time::{Duration, Instant};

use waxwing_store::{Repairs, StillToCompare};

/// When it is compared first.
const FIRST: Duration = Duration::from_secs(600);
/// When it is gone on with what an earlier run of the program has begun.
const GOING_ON: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(86_400);
/// After something was mended. A disk that goes on to lose pages is not read without an end.
const AFTER_MENDING: Duration = Duration::from_secs(60);
/// After nothing was found, or could be done: it is not to be expected that the next time finds more.
const IN_VAIN: Duration = Duration::from_secs(3_600);
/// Behind a step, where somebody has met damage.
const SHORT_REST: Duration = Duration::from_millis(100);
/// Behind a step of the day, in times of what it took, and at least.
const REST: u32 = 4;
const SHORTEST_REST: Duration = Duration::from_millis(500);

pub(super) struct Comparison {
    daily_at: Instant,
    damaged: bool,
    rests_until: Instant,
    under_way: Option<UnderWay>,
}

/// One that has begun.
struct UnderWay {
    occasion: Occasion,
    repairs: Repairs,
    still: StillToCompare,
    next_at: Instant,
}

/// Why it is time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Occasion {
    Day,
    Damage,
}

/// What is to be done now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    Begin(Occasion),
    GoOn,
}

impl Comparison {
    /// `has_begun`: in an earlier run of the program.
    pub fn new(now: Instant, has_begun: bool) -> Self {
        let under_way = has_begun.then_some(UnderWay {
            occasion: Occasion::Day,
            repairs: Repairs::default(),
            still: StillToCompare::Volumes,
            next_at: now + GOING_ON,
        });
        Self {
            daily_at: now + FIRST,
            damaged: false,
            rests_until: now,
            under_way,
        }
    }

    /// Somebody has met damage.
    pub fn note_damage(&mut self) {
        self.damaged = true;
    }

    pub fn due(&self, now: Instant) -> Option<Due> {
        let looks_for_damage = matches!(
            self.under_way,
            Some(UnderWay {
                occasion: Occasion::Damage,
                ..
            })
        );
        if self.damaged && now >= self.rests_until && !looks_for_damage {
            return Some(Due::Begin(Occasion::Damage));
        }
        match &self.under_way {
            Some(under_way) => (now >= under_way.next_at).then_some(Due::GoOn),
            None => (now >= self.daily_at).then_some(Due::Begin(Occasion::Day)),
        }
    }

    /// How long it is until the next step of what is under way.
    pub fn rest(&self, now: Instant) -> Option<Duration> {
        let under_way = self.under_way.as_ref()?;
        Some(under_way.next_at.saturating_duration_since(now))
    }

    /// Whether what somebody has met may not be mended yet, and soon will be.
    pub fn is_mending(&self) -> bool {
        matches!(
            self.under_way,
            Some(UnderWay {
                occasion: Occasion::Damage,
                still: StillToCompare::Volumes,
                ..
            })
        )
    }

    pub fn begins(&mut self, occasion: Occasion, now: Instant) {
        if occasion == Occasion::Day {
            self.daily_at = now + DAY;
        }
        self.under_way = Some(UnderWay {
            occasion,
            repairs: Repairs::default(),
            still: StillToCompare::Volumes,
            next_at: now,
        });
    }

    /// A step is over, which has taken so long. Gives what was put right in all, where it was the last.
    pub fn went_on(
        &mut self,
        (repairs, still): (Repairs, StillToCompare),
        took: Duration,
        now: Instant,
    ) -> Option<Repairs> {
        let under_way = self.under_way.as_mut()?;
        under_way.repairs = under_way.repairs.and(repairs);
        under_way.still = still;
        under_way.next_at = now
            + match under_way.occasion {
                Occasion::Damage => SHORT_REST,
                Occasion::Day => (took * REST).max(SHORTEST_REST),
            };
        if still != StillToCompare::Nothing {
            return None;
        }
        let all = under_way.repairs;
        self.under_way = None;
        self.damaged = false;
        self.rests_until = now
            + match all.damaged {
                0 => IN_VAIN,
                _ => AFTER_MENDING,
            };
        Some(all)
    }

    /// A step was in vain. It is gone on behind it, after a while.
    pub fn was_in_vain(&mut self, now: Instant) {
        self.damaged = false;
        self.rests_until = now + IN_VAIN;
        if let Some(under_way) = &mut self.under_way {
            under_way.occasion = Occasion::Day;
            under_way.next_at = now + IN_VAIN;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MORE: (Repairs, StillToCompare) = (NONE, StillToCompare::Volumes);
    const LAST: (Repairs, StillToCompare) = (NONE, StillToCompare::Nothing);
    const NONE: Repairs = Repairs {
        missing: 0,
        astray: 0,
        misplaced: 0,
        damaged: 0,
    };
    const ONE: Repairs = Repairs { damaged: 1, ..NONE };
    const SECOND: Duration = Duration::from_secs(1);

    /// It begins, and is over with the same step.
    fn compared(comparison: &mut Comparison, occasion: Occasion, repairs: Repairs, now: Instant) {
        assert_eq!(comparison.due(now), Some(Due::Begin(occasion)));
        comparison.begins(occasion, now);
        let all = comparison.went_on((repairs, StillToCompare::Nothing), SECOND, now);
        assert_eq!(all, Some(repairs));
    }

    #[test]
    fn damage_is_looked_for_at_once_and_then_not_without_an_end() {
        let start = Instant::now();
        let mut comparison = Comparison::new(start, false);
        assert_eq!(comparison.due(start), None, "nothing has happened");
        comparison.note_damage();
        compared(&mut comparison, Occasion::Damage, ONE, start);
        assert_eq!(comparison.due(start + IN_VAIN / 10), None, "nobody complains");
        comparison.note_damage();
        assert_eq!(comparison.due(start), None, "not again in the same moment");
        let next = start + AFTER_MENDING;
        compared(&mut comparison, Occasion::Damage, NONE, next);
        comparison.note_damage();
        assert_eq!(comparison.due(next + IN_VAIN / 10), None, "it was in vain");
        compared(&mut comparison, Occasion::Damage, NONE, next + IN_VAIN);
    }

    #[test]
    fn once_a_day_it_is_compared_whatever_there_was_before() {
        let start = Instant::now();
        let mut comparison = Comparison::new(start, false);
        assert_eq!(comparison.due(start + FIRST / 2), None);
        compared(&mut comparison, Occasion::Day, NONE, start + FIRST);
        assert_eq!(comparison.due(start + DAY), None);
        comparison.note_damage();
        compared(&mut comparison, Occasion::Damage, NONE, start + DAY);
        compared(&mut comparison, Occasion::Day, NONE, start + FIRST + DAY);
    }

    #[test]
    fn behind_each_step_of_the_day_stands_a_rest_that_is_longer_than_it_was() {
        let start = Instant::now();
        let mut comparison = Comparison::new(start, false);
        comparison.begins(Occasion::Day, start);
        assert_eq!(comparison.due(start), Some(Due::GoOn));
        assert_eq!(comparison.went_on(MORE, SECOND, start), None, "it is not over");
        assert_eq!(comparison.due(start + SECOND * 2), None);
        assert_eq!(comparison.rest(start + SECOND), Some(SECOND * 3));
        assert_eq!(comparison.due(start + SECOND * 4), Some(Due::GoOn));
        comparison.went_on(MORE, Duration::ZERO, start);
        assert_eq!(comparison.rest(start), Some(SHORTEST_REST));
        comparison.went_on(LAST, SECOND, start);
        assert_eq!(comparison.rest(start), None);
    }

    #[test]
    fn whoever_has_met_damage_does_not_wait_for_the_rests_of_the_day() {
        let start = Instant::now();
        let mut comparison = Comparison::new(start, false);
        comparison.begins(Occasion::Day, start);
        comparison.went_on(MORE, SECOND * 60, start);
        assert!(!comparison.is_mending());
        comparison.note_damage();
        assert_eq!(comparison.due(start), Some(Due::Begin(Occasion::Damage)), "anew");
        comparison.begins(Occasion::Damage, start);
        comparison.went_on(MORE, SECOND * 60, start);
        assert!(comparison.is_mending());
        assert_eq!(comparison.rest(start), Some(SHORT_REST));
        comparison.note_damage();
        assert_eq!(
            comparison.due(start + SHORT_REST),
            Some(Due::GoOn),
            "not anew all the time"
        );
        comparison.went_on((ONE, StillToCompare::Lines), SECOND, start);
        assert!(!comparison.is_mending(), "all volumes make sense");
        assert_eq!(
            comparison.went_on(LAST, SECOND, start),
            Some(ONE),
            "what it was in all"
        );
    }

    #[test]
    fn what_an_earlier_run_has_begun_is_gone_on_with_and_what_was_in_vain_later() {
        let start = Instant::now();
        let mut comparison = Comparison::new(start, true);
        assert_eq!(comparison.due(start), None, "the program has other things to do");
        let now = start + GOING_ON;
        assert_eq!(comparison.due(now), Some(Due::GoOn));
        comparison.was_in_vain(now);
        assert_eq!(comparison.due(now + IN_VAIN / 2), None);
        assert_eq!(comparison.due(now + IN_VAIN), Some(Due::GoOn));
    }
}
