//! Stored letters that could not be read when it was their turn, as where a disk did not answer: the others go on, and these are tried
//! again in this run of the program, later each time, and anew in the next. What is damaged for good is none of them: it reads as not
//! here. Where a disk is silent all of a mailbox may come here: so many are known one by one, of the others from which to which they
//! are, and they are tried again together.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use waxwing_model::EmailId;
use waxwing_store::{Passed, StoreError, Stored};

use crate::engine::{Engine, locked};
use crate::error::{EngineError, Result};

/// When one is tried again first; each time it is twice as long, and this at the most.
const FIRST: Duration = Duration::from_secs(60);
const LONGEST: Duration = Duration::from_secs(3_600);

/// Letters that are known one by one. Tests have few.
pub(crate) const MOST: usize = if cfg!(test) { 8 } else { 1_000 };

/// Those of one task.
#[derive(Default)]
pub(crate) struct SetAside(Mutex<Letters>);

#[derive(Default)]
struct Letters {
    each: HashMap<EmailId, Aside>,
    /// Those that came when there were as many as are known one by one.
    others: Option<Others>,
    /// How long they waited the last time, since when none could be read.
    waited: Option<Duration>,
}

#[derive(Debug, Clone, Copy)]
struct Aside {
    wait: Duration,
    until: Instant,
}

/// Letters that were looked at one behind the other, and maybe some between them that were not.
#[derive(Debug, Clone, Copy)]
struct Others {
    first: EmailId,
    last: EmailId,
    aside: Aside,
}

impl Letters {
    fn put(&mut self, email: EmailId, now: Instant) {
        let wait = match self.each.get(&email) {
            Some(aside) => twice(aside.wait),
            None => FIRST,
        };
        if self.each.len() < MOST || self.each.contains_key(&email) {
            let until = now + wait;
            self.each.insert(email, Aside { wait, until });
            return;
        }
        let wait = self.waited.map_or(FIRST, twice);
        let until = now + wait;
        // As long as there come more, none of them is tried: whoever looks comes to the last of them first.
        let (first, last) = match self.others {
            Some(others) => (others.first.min(email), others.last.max(email)),
            None => (email, email),
        };
        self.others = Some(Others {
            first,
            last,
            aside: Aside { wait, until },
        });
    }

    /// Lets those go that are not known one by one, where their time has come.
    fn let_others_go(&mut self, now: Instant) -> bool {
        match self.others.filter(|others| others.aside.until <= now) {
            Some(others) => {
                self.others = None;
                self.waited = Some(others.aside.wait);
                true
            }
            None => false,
        }
    }
}

fn twice(wait: Duration) -> Duration {
    (wait * 2).min(LONGEST)
}

impl SetAside {
    /// It could not be read, maybe once more.
    fn put(&self, email: EmailId, now: Instant) {
        locked(&self.0).put(email, now);
    }

    /// It was read, or is not here any more.
    fn take(&self, email: EmailId) {
        let mut letters = locked(&self.0);
        letters.each.remove(&email);
        letters.waited = None;
    }

    pub(crate) fn has(&self, email: EmailId) -> bool {
        let letters = locked(&self.0);
        let is_other = |others: Others| others.first <= email && email <= others.last;
        letters.each.contains_key(&email) || letters.others.is_some_and(is_other)
    }

    pub(crate) fn is_empty(&self) -> bool {
        let letters = locked(&self.0);
        letters.each.is_empty() && letters.others.is_none()
    }

    /// All of them, for whoever looks for others.
    pub(crate) fn passed(&self) -> Passed {
        let letters = locked(&self.0);
        Passed {
            each: letters.each.keys().copied().collect(),
            between: letters.others.map(|others| (others.first, others.last)),
        }
    }

    /// Those whose time has come, the newest first, so many at the most.
    pub(crate) fn due(&self, now: Instant, most: u32) -> Vec<EmailId> {
        let letters = locked(&self.0);
        let due = letters.each.iter().filter(|(_, aside)| aside.until <= now);
        let mut due: Vec<EmailId> = due.map(|(email, _)| *email).collect();
        due.sort_unstable_by(|one, other| other.cmp(one));
        due.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        due
    }

    /// Whether the time has come of those that are not known one by one. They are set aside no more then.
    pub(crate) fn lets_others_go(&self, now: Instant) -> bool {
        locked(&self.0).let_others_go(now)
    }

    /// How long it is until the time of one of them comes, and this at the most.
    pub(crate) fn wait(&self, now: Instant, most: Duration) -> Duration {
        let letters = locked(&self.0);
        let others = letters.others.iter().map(|others| others.aside);
        let next = letters.each.values().copied().chain(others);
        let next = next.map(|aside| aside.until).min();
        next.map_or(most, |next| next.saturating_duration_since(now).min(most))
    }
}

impl Engine {
    /// A letter as it stands in the store. `None`: it is not here, or damaged; or it cannot be read just now, and is set aside.
    pub(crate) async fn stored_unless_aside(
        &self,
        email: EmailId,
        aside: &SetAside,
        now: Instant,
    ) -> Result<Option<Stored>> {
        let error = match self.read(move |reading| reading.stored(email)).await {
            Ok(stored) => {
                aside.take(email);
                return Ok(stored);
            }
            // Of this letter alone: what is wrong with the whole store is met by whoever looks which letters wait.
            Err(EngineError::Store(
                error @ (StoreError::Io { .. } | StoreError::Sqlite { .. } | StoreError::Damaged(_)),
            )) => error,
            Err(error) => return Err(error),
        };
        tracing::warn!(%email, %error, "a stored letter could not be read, and is tried again later");
        aside.put(email, now);
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_that_cannot_be_read_is_tried_again_later_each_time() {
        let aside = SetAside::default();
        let start = Instant::now();
        let letter = EmailId(7);
        assert_eq!(aside.wait(start, LONGEST), LONGEST, "there is none");
        aside.put(letter, start);
        assert!(aside.due(start, 10).is_empty(), "not at once");
        assert_eq!(aside.wait(start, LONGEST), FIRST);
        let (mut now, mut waited) = (start, Vec::new());
        for _ in 0..10 {
            let wait = aside.wait(now, LONGEST * 2);
            waited.push(wait);
            now += wait;
            assert_eq!(aside.due(now, 10), [letter]);
            aside.put(letter, now);
        }
        assert!(
            waited.is_sorted() && waited.ends_with(&[LONGEST, LONGEST]),
            "{waited:?}"
        );
        aside.take(letter);
        assert!(aside.is_empty() && aside.due(now + LONGEST, 10).is_empty());
    }

    #[test]
    fn the_newest_of_those_whose_time_has_come_is_tried_first() {
        let aside = SetAside::default();
        let start = Instant::now();
        for number in [3, 9, 5] {
            aside.put(EmailId(number), start);
        }
        aside.put(EmailId(12), start + FIRST);
        assert_eq!(aside.due(start + FIRST, 2), [EmailId(9), EmailId(5)]);
    }

    #[test]
    fn while_a_disk_is_silent_no_more_are_known_than_so_many_and_all_are_tried_again() {
        let aside = SetAside::default();
        let mut now = Instant::now();
        let many = i64::try_from(100 * MOST).unwrap();
        let mut waited = Vec::new();
        for _ in 0..10 {
            for number in (1..=many).rev() {
                aside.put(EmailId(number), now);
                assert!(aside.passed().each.len() <= MOST);
            }
            assert!((1..=many).all(|number| aside.has(EmailId(number))));
            assert!(!aside.has(EmailId(many + 1)), "what comes later is none of them");
            assert!(!aside.lets_others_go(now), "not at once");
            let others = locked(&aside.0).others.expect("there are others").aside;
            waited.push(others.wait);
            now += others.wait;
            assert!(aside.lets_others_go(now) && !aside.lets_others_go(now), "once");
            assert!(!aside.has(EmailId(1)), "the oldest is one of them");
        }
        assert!(
            waited.is_sorted() && waited.starts_with(&[FIRST]) && waited.ends_with(&[LONGEST, LONGEST]),
            "{waited:?}"
        );
        for email in aside.passed().each {
            aside.take(email);
        }
        assert!(aside.is_empty());
        let waits = |number: i64| {
            (1..=number)
                .rev()
                .for_each(|number| aside.put(EmailId(number), now));
            aside.wait(now, LONGEST)
        };
        assert_eq!(waits(many), FIRST, "some were read since, and so may be others");
    }
}
